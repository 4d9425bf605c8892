import type { Job, Workflow } from '../model/workflow.ts';
import { definitionOf } from '../workflow/grammar.ts';
import { readExpression } from '../workflow/expression.ts';
import type { Expr } from '@actions/expressions/ast';
import type { Certainty, Value } from './abstract-value.ts';
import { evaluateCondition, statusFunctionsOf } from './condition.ts';
import type { StatusFunction } from './condition.ts';

/** Says which jobs of a workflow certainly do not run, given the contexts of a run. */
export type NotRun = (contexts: ReadonlyMap<string, Value>) => ReadonlySet<Job>;

interface ReadCondition {
  readonly job: Job;
  readonly tree: Expr | null;
  readonly asks: ReadonlySet<StatusFunction>;
  readonly needs: readonly Job[];
}

/**
 * Reads the conditions of a workflow once. A job certainly does not run when its own condition is certainly false, or
 * when a job that it needs certainly does not run and its condition does not make up for that. Returns `null` when no
 * job has a condition.
 *
 * @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-jobs-with-conditions
 */
export function notRunJobs(workflow: Workflow): NotRun | null {
  if (workflow.jobs.every(({ condition }) => condition === null)) return null;
  const conditions = inOrderOfNeeds(workflow.jobs).map((job) => readCondition(job, workflow.jobs));
  return (contexts) => {
    const notRun = new Set<Job>();
    for (const condition of conditions) {
      if (isCertainlyFalse(condition, contexts, notRun)) notRun.add(condition.job);
    }
    return notRun;
  };
}

function isCertainlyFalse(
  { tree, asks, needs }: ReadCondition,
  contexts: ReadonlyMap<string, Value>,
  notRun: ReadonlySet<Job>,
): boolean {
  const isSkipped = needs.some((job) => notRun.has(job));
  // Without a question about the run so far, GitHub puts `success() &&` before the condition.
  if (isSkipped && asks.size === 0) return true;
  if (tree === null) return false;
  return evaluateCondition(tree, { contexts, status: statusOf(needs, isSkipped) }) === false;
}

/**
 * What the status functions say before the run. Nothing has failed yet for a job that needs no other; the whole run may
 * have been cancelled all the same, which is no success.
 */
function statusOf(needs: readonly Job[], isSkipped: boolean): Readonly<Record<StatusFunction, Certainty>> {
  return {
    always: true,
    success: isSkipped ? false : 'unknown',
    failure: needs.length === 0 ? false : 'unknown',
    cancelled: 'unknown',
  };
}

function readCondition(job: Job, jobs: readonly Job[]): ReadCondition {
  const read = job.condition === null ? { tree: null } : readExpression(job.condition, contextsOfConditions());
  const tree = 'error' in read ? null : read.tree;
  const needed = new Set(job.needs.map((id) => id.toUpperCase()));
  return {
    job,
    tree,
    asks: tree === null ? new Set() : statusFunctionsOf(tree),
    needs: jobs.filter(({ id }) => needed.has(id.toUpperCase())),
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
