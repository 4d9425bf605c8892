import type { Settings } from '../model/settings.ts';
import type { Job, Workflow } from '../model/workflow.ts';
import { definitionOf } from '../workflow/grammar/grammar.ts';
import { readExpression } from '../workflow/expression.ts';
import type { Expr } from '@actions/expressions/ast';
import { known, NULL, record, UNKNOWN } from './abstract-value.ts';
import type { Certainty, Value } from './abstract-value.ts';
import { evaluateCondition, statusFunctionsOf } from './condition.ts';
import type { StatusFunction } from './condition.ts';
import { runContext } from './run-context.ts';
import type { Run } from './run.ts';
import type { SettingsCase } from './settings-case.ts';

/** Tells of the jobs of a workflow whether they certainly do not run. */
export interface NotRun {
  /** Whether a condition decides about a job: its own, or that of a job that it needs. */
  readonly isConditional: (job: Job) => boolean;
  readonly isNotRun: (job: Job, run: Run, one: SettingsCase) => boolean;
}

interface ReadCondition {
  readonly job: Job;
  readonly tree: Expr | null;
  readonly asks: ReadonlySet<StatusFunction>;
  readonly needs: readonly Job[];
  /** A job of a called workflow may well come after those that its caller needs. */
  readonly isCalled: boolean;
}

/**
 * Reads the conditions of a workflow once. A job certainly does not run when its own condition is certainly false, or
 * when a job that it needs certainly does not run and its condition does not make up for that. The jobs of a called
 * workflow see the event of the run, and inputs of their own: `given` is what is known of these, `null` for a workflow that
 * starts by itself. `contextOf` says what is known of a run.
 *
 * @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-jobs-with-conditions
 */
export function notRunJobs(
  workflow: Workflow,
  repository: Settings['repository'],
  given: Value | null,
  contextOf: typeof runContext = runContext,
): NotRun {
  const conditions = readConditions(workflow, given !== null);
  const conditional = new Set<Job>();
  for (const { job, needs } of conditions) {
    if (job.condition !== null || needs.some((needed) => conditional.has(needed))) conditional.add(job);
  }
  // Few conditions ask for the visibility. Without one that may, it is left open, and a run is looked at once.
  const asksVisibility = workflow.jobs.some(({ condition }) => /private|visibility|\[/i.test(condition ?? ''));
  const looked = new Map<string, ReadonlySet<Job>>();
  return {
    isConditional: (job) => conditional.has(job),
    isNotRun(job, run, one) {
      const visibility = asksVisibility ? one.visibility : null;
      const key = `${run.trigger.event} ${run.action ?? '*'} ${run.actor} ${visibility ?? ''}`;
      let notRun = looked.get(key);
      if (notRun === undefined) {
        notRun = notRunIn(conditions, contextOf(run, repository, visibility, given));
        looked.set(key, notRun);
      }
      return notRun.has(job);
    },
  };
}

function readConditions({ jobs }: Workflow, isCalled: boolean): readonly ReadCondition[] {
  return inOrderOfNeeds(jobs).map((job) => readCondition(job, jobs, isCalled));
}

function notRunIn(conditions: readonly ReadCondition[], contexts: ReadonlyMap<string, Value>): ReadonlySet<Job> {
  const soFar: SoFar = { notRun: new Set(), behind: new Set(), silent: new Set() };
  for (const condition of conditions) {
    const { job, needs } = condition;
    if (needs.some((needed) => soFar.notRun.has(needed) || soFar.behind.has(needed))) soFar.behind.add(job);
    if (!isCertainlyFalse(condition, contexts, soFar)) continue;
    soFar.notRun.add(job);
    if (nothingFailed(condition, soFar)) soFar.silent.add(job);
  }
  return soFar.notRun;
}

/** What is known of the jobs that come before one. */
interface SoFar {
  readonly notRun: Set<Job>;
  /** At any distance behind one that does not run. */
  readonly behind: Set<Job>;
  /** Not run, and nor is any job before it. */
  readonly silent: Set<Job>;
}

function isCertainlyFalse(condition: ReadCondition, contexts: ReadonlyMap<string, Value>, soFar: SoFar): boolean {
  const { job, tree, asks } = condition;
  // Without a question about the run so far, GitHub puts `success() &&` before the condition.
  if (soFar.behind.has(job) && asks.size === 0) return true;
  if (tree === null) return false;
  const all = new Map([...contexts, ['needs', needsOf(condition, soFar)]]);
  return evaluateCondition(tree, { contexts: all, status: statusOf(condition, soFar) }) === false;
}

/**
 * What the status functions say before the run. They look at all jobs that come before, and not only at those that are
 * needed: what was skipped further up is no success either. The whole run may have been cancelled, which is none as well.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
 * @see https://github.com/actions/runner/issues/2205
 */
function statusOf(condition: ReadCondition, soFar: SoFar): Readonly<Record<StatusFunction, Certainty>> {
  return {
    always: true,
    success: soFar.behind.has(condition.job) ? false : 'unknown',
    failure: nothingFailed(condition, soFar) ? false : 'unknown',
    cancelled: 'unknown',
  };
}

/** Whether no job comes before this one that may have run. Those that a caller needs are not known here. */
function nothingFailed({ needs, isCalled }: ReadCondition, { silent }: SoFar): boolean {
  return !isCalled && needs.every((needed) => silent.has(needed));
}

/** The jobs that are needed directly are the only ones in the context `needs`. One that was skipped has no outputs. */
function needsOf({ needs }: ReadCondition, { notRun }: SoFar): Value {
  const byId = new Map(needs.map((job) => [job.id.toLowerCase(), notRun.has(job) ? SKIPPED : UNKNOWN]));
  return { kind: 'object', get: (id) => byId.get(id) ?? NULL, mayBeNull: needs.length === 0 };
}

const SKIPPED = record({ result: known('skipped'), outputs: record({}, NULL) }, NULL);

const NOTHING: ReadonlySet<string> = new Set();

function readCondition(job: Job, jobs: readonly Job[], isCalled: boolean): ReadCondition {
  const read = job.condition === null ? { tree: null } : readExpression(job.condition, contextsOfConditions());
  const tree = 'error' in read ? null : read.tree;
  const needed = job.needs.length === 0 ? NOTHING : new Set(job.needs.map((id) => id.toUpperCase()));
  return {
    job,
    tree,
    asks: tree === null ? new Set() : statusFunctionsOf(tree),
    needs: needed.size === 0 ? [] : jobs.filter(({ id }) => needed.has(id.toUpperCase())),
    isCalled,
  };
}

function contextsOfConditions(): readonly string[] {
  return definitionOf('job-if').context ?? [];
}

/** Each job after those that it needs. Circles, which GitHub refuses, are left as they stand. */
function inOrderOfNeeds(jobs: readonly Job[]): readonly Job[] {
  const byId = new Map(jobs.map((job) => [job.id.toUpperCase(), job]));
  const ordered = new Set<Job>();
  const visiting = new Set<Job>();
  const visit = (start: Job): void => {
    const waiting = [start];
    for (let job = waiting.at(-1); job !== undefined; job = waiting.at(-1)) {
      visiting.add(job);
      const next = job.needs
        .map((id) => byId.get(id.toUpperCase()))
        .find((needed) => needed !== undefined && !ordered.has(needed) && !visiting.has(needed));
      if (next !== undefined) waiting.push(next);
      else {
        waiting.pop();
        ordered.add(job);
      }
    }
  };
  jobs.forEach(visit);
  return [...ordered];
}
