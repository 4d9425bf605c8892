import type { JobInChain } from '../../calls/call-tree.ts';
import type { Grant } from '../../model/grant.ts';
import type { Settings } from '../../model/settings.ts';
import type { Job, Trigger, Workflow } from '../../model/workflow.ts';
import { givenInputs, givenKey } from '../../needs/given-inputs.ts';
import { notRunJobs } from '../../token/not-run.ts';
import type { NotRun } from '../../token/not-run.ts';
import { outsiderContext, typesByOutsiders } from '../../token/outsider.ts';
import type { runContext } from '../../token/run-context.ts';
import type { Run } from '../../token/run.ts';
import type { SettingsCase } from '../../token/settings-case.ts';
import { isPullRequestEvent, isReducedForForks } from '../../token/trigger-events.ts';
import type { CheckedJob, CheckedWorkflow } from '../checked-workflow.ts';

/** A kind of run that an outsider can start, with all that a job is granted in it. */
export interface Reached {
  readonly event: string;
  /** For `workflow_run`: the event of the run before it. */
  readonly source: string | null;
  /** The activity types by which an outsider starts it; `null` for any. */
  readonly actions: readonly (string | null)[];
  readonly rows: readonly Grant[];
  /** What is known of such a run, for the steps of the job. */
  readonly contexts: ReturnType<typeof runContext>;
}

/**
 * So many runs follow one another by `workflow_run`, and no more.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run
 */
const MOST_RUNS_AFTER = 3;

/** Tells in which kinds of runs that outsiders start a job gets a token. */
export function reachOf(
  workflows: readonly CheckedWorkflow[],
  settings: Settings,
): (workflow: CheckedWorkflow, job: CheckedJob) => readonly Reached[] {
  const triggersByName = new Map<string, Trigger[]>();
  for (const { report, file } of workflows) {
    const name = report.name ?? report.path;
    // GitHub goes by the name, and several may have the same.
    if (report.outcome === 'invalid') continue;
    const triggers = triggersByName.get(name) ?? [];
    triggers.push(...file.workflow.triggers);
    triggersByName.set(name, triggers);
  }
  const known = new Map<string, NotRun>();

  return ({ file }, { reported, chained }) =>
    file.workflow.triggers.flatMap((trigger) => {
      const types = typesByOutsiders(trigger);
      if (types?.length === 0 || !startsForForks(trigger, settings)) return [];
      return sourcesOf(trigger).flatMap((source) => {
        const open = (types ?? [null]).filter((action) => mayRun(chained, trigger, action, source));
        const [first] = open;
        const rows = rowsIn(reported.grants, trigger.event, open);
        if (first === undefined || rows.length === 0) return [];
        const run = runOf(trigger, first);
        const contexts = outsiderContext(source)(run, settings.repository, null, givenInputs(chained));
        return [{ event: trigger.event, source, actions: open, rows, contexts }];
      });
    });

  /** The events by which outsiders start the runs that start this one; `[null]` for any other event. */
  function sourcesOf(trigger: Trigger): readonly (string | null)[] {
    return trigger.event === 'workflow_run' ? [...new Set(startersOf(trigger, MOST_RUNS_AFTER))] : [null];
  }

  function startersOf({ workflows: names }: Trigger, left: number): readonly string[] {
    if (left === 0) return [];
    return (names ?? [])
      .flatMap((name) => triggersByName.get(name) ?? [])
      .filter((one) => (one.event === 'workflow_run' ? startersOf(one, left - 1).length > 0 : isByOutsiders(one)))
      .map(({ event }) => event);
  }

  /** A fork's pull request starts no run where the settings of a private repository say so, whatever its token gets. */
  function isByOutsiders(trigger: Trigger): boolean {
    const { visibility, forkPullRequests } = settings;
    const areForksOff = visibility !== 'public' && visibility !== 'unknown' && forkPullRequests === 'off';
    return typesByOutsiders(trigger)?.length !== 0 && !(areForksOff && isReducedForForks(trigger.event));
  }

  function mayRun(leaf: JobInChain, trigger: Trigger, action: string | null, source: string | null): boolean {
    return possibleCases(settings).some((one) => {
      for (let chained: JobInChain | null = leaf; chained !== null; chained = chained.caller) {
        if (lookup(chained, source).isNotRun(chained.job, runOf(trigger, action), one)) return false;
      }
      return true;
    });
  }

  function lookup(chained: JobInChain, source: string | null): NotRun {
    const { workflow } = chained.file.read;
    const key = JSON.stringify([chained.file.path, givenKey(chained), source]);
    let notRun = known.get(key);
    if (notRun === undefined) {
      notRun = notRunJobs(workflow, settings.repository, givenInputs(chained), outsiderContext(source));
      known.set(key, notRun);
    }
    return notRun;
  }
}

/** The jobs that decide whether a job runs: itself, those that it needs, those that call it, and theirs. */
export function before(leaf: JobInChain): readonly Job[] {
  const jobs: Job[] = [];
  for (let chained: JobInChain | null = leaf; chained !== null; chained = chained.caller) {
    jobs.push(...withNeeded(chained.job, chained.file.read.workflow));
  }
  return jobs;
}

/** A job and all that it needs. */
export function withNeeded(job: Job, { jobs }: Workflow): readonly Job[] {
  const all = new Set([job]);
  for (const one of all) {
    const needed = new Set(one.needs.map((id) => id.toUpperCase()));
    for (const other of jobs) if (needed.has(other.id.toUpperCase())) all.add(other);
  }
  return [...all];
}

/**
 * A fork's `pull_request` gets more than read in a private repository alone, and there only if its settings send write
 * tokens. Where the setting is not known, hardly any repository has it: the rule is silent.
 */
function startsForForks({ event }: Trigger, { visibility, forkPullRequests }: Settings): boolean {
  return !isReducedForForks(event) || (visibility !== 'public' && forkPullRequests === 'write');
}

/** The rows of runs that outsiders start: those of the repository, or of a fork where it has its own. */
function rowsIn(grants: readonly Grant[], event: string, actions: readonly (string | null)[]): readonly Grant[] {
  const ofEvent = grants.filter(
    (row) =>
      row.events.includes(event) &&
      (row.actions === undefined ||
        actions.some((action) => action === null || row.actions?.includes(action) === true)),
  );
  const of = (actor: Grant['actor']) => ofEvent.filter((row) => row.actor === actor);
  if (!isReducedForForks(event)) {
    // A fork differs by conditions alone: it may well be the only one that a job runs for. A bot's runs may be had by outsiders.
    const own = [...of('repository'), ...of('fork')].filter(isGranted);
    return own.length > 0
      ? own
      : of('dependabot').filter((row) => isGranted(row) && row.baseRefCreatedByDependabot !== true);
  }
  const ofForks = of('fork').filter(({ visibility }) => visibility !== 'public');
  return ofForks.length > 0
    ? ofForks.filter(isGranted)
    : of('repository')
        .filter(isGranted)
        .map((row) => ({ ...row, actor: 'fork' }));
}

function isGranted({ status }: Grant): boolean {
  return status !== 'not-run';
}

function runOf(trigger: Trigger, action: string | null): Run {
  const actor = isPullRequestEvent(trigger.event) ? 'fork' : 'repository';
  return { trigger, action, actor, baseRefCreatedByDependabot: false };
}

function possibleCases({ visibility }: Settings): readonly SettingsCase[] {
  const possible =
    visibility === 'unknown'
      ? (['public', 'private'] as const)
      : ([visibility === 'public' ? 'public' : 'private'] as const);
  return possible.map((one) => ({ defaultPermissions: 'read', visibility: one, forkPullRequests: null }));
}
