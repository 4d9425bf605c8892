import type { Grant } from '../model/grant.ts';
import type { Permissions } from '../model/permission.ts';
import type { ReportedProblem } from '../model/report.ts';
import type { CheckedJob, CheckedWorkflow } from '../policy/checked-workflow.ts';
import { mostOf } from '../policy/first-block.ts';
import type { reachOf } from '../policy/untrusted/reach.ts';
import { isUnder } from '../token/settings-case.ts';
import type { SettingsCase } from '../token/settings-case.ts';
import { isReducedForForks } from '../token/trigger-events.ts';
import { triggerOf, typesOf } from './cells.ts';
import type { Cell } from './cells.ts';
import type { JobView } from './pair-jobs.ts';
import { BY_CALLER, FAILING, isRunning, NO_EVENT, NO_JOB, NOT_RUN } from './status.ts';
import type { Running, Status } from './status.ts';

/** Makes the function that says what a side has for a job in a kind of run, under a combination of settings. */
export function statusesOf(
  { workflow, jobs, isHidden }: JobView,
  reach: ReturnType<typeof reachOf>,
): (cell: Cell, one: SettingsCase) => Status {
  if (workflow === null) return () => NO_JOB;
  if (jobs.length === 0 && !isHidden) return () => NO_JOB;
  const reached = jobs.map((job) => reach(workflow, job));

  return (cell, one) => {
    // What starts a file that could not be understood is not known: what did, or will, does not.
    if (workflow.file.workflow.triggers.length === 0) return FAILING;
    const trigger = triggerOf(workflow, cell.event);
    const types = trigger === null ? [] : typesOf(trigger);
    if (types?.includes(cell.action) === false) return NO_EVENT;
    if (isFailing(workflow, one)) return FAILING;
    // A call that was not read is compared as a whole.
    return together(jobs.map((job, index) => statusOf(job, cell, one, isByOutsiders(reached[index] ?? [], cell))));
  };
}

/** Whether GitHub refuses all runs of a workflow under these settings. */
export function isFailing({ report, failures }: CheckedWorkflow, one: SettingsCase | null): boolean {
  if (report.outcome === 'invalid' || report.outcome === 'startup_failure') return true;
  return one !== null && failures.some(({ defaultPermissions }) => defaultPermissions === one.defaultPermissions);
}

/** What GitHub says of a workflow that it refuses, the first sentence; `null` where there is none. */
export function refusalOf({ report }: CheckedWorkflow): ReportedProblem | null {
  return report.problems.find(({ code }) => !NO_REFUSAL.has(code)) ?? null;
}

/** What a report tells of files that GitHub may well take. */
const NO_REFUSAL: ReadonlySet<string> = new Set(['call-not-read', 'encoding']);

function statusOf({ reported }: CheckedJob, cell: Cell, one: SettingsCase, byOutsiders: boolean): Status {
  const row = rowOf(reported.grants, cell, one);
  if (row === null) return cell.event === 'workflow_call' ? BY_CALLER : NOT_RUN;
  if (row.status === 'not-run') return NOT_RUN;
  return { kind: row.status, permissions: withoutMetadata(row.permissions), byOutsiders };
}

/** The row of a kind of run. Forks and Dependabot have the repository's where they have none of their own. */
function rowOf(
  grants: readonly Grant[],
  { event, action, actor, baseRefCreatedByDependabot }: Cell,
  one: SettingsCase,
): Grant | null {
  const rows = grants.filter(
    (row) =>
      row.events.includes(event) &&
      (row.actions === undefined || (action !== null && row.actions.includes(action))) &&
      isUnder(row, one),
  );
  const own = (row: Grant) => row.actor === actor && row.baseRefCreatedByDependabot === undefined;
  return (
    (baseRefCreatedByDependabot ? rows.find((row) => row.baseRefCreatedByDependabot === true) : undefined) ??
    rows.find(own) ??
    rows.find((row) => row.actor === 'repository') ??
    null
  );
}

/** A fork's own pull request is an outsider's; of other events it is known which an outsider can cause. */
function isByOutsiders(reached: ReturnType<ReturnType<typeof reachOf>>, { event, action, actor }: Cell): boolean {
  if (isReducedForForks(event)) return actor === 'fork';
  return reached.some(
    (one) => one.event === event && (action === null || one.actions.includes(null) || one.actions.includes(action)),
  );
}

/** Of the jobs that a call leads to: the most that any of them gets. */
function together(statuses: readonly Status[]): Status {
  const [first, ...others] = statuses;
  if (first === undefined) return NO_JOB;
  if (others.length === 0) return first;
  const running = statuses.filter(isRunning);
  if (running.length === 0) return statuses.find(({ kind }) => kind === 'by-caller') ?? NOT_RUN;
  const kind: Running['kind'] = running.some((one) => one.kind === 'upper-bound') ? 'upper-bound' : 'granted';
  return {
    kind,
    permissions: mostOf(running.map(({ permissions }) => permissions)),
    byOutsiders: running.some(({ byOutsiders }) => byOutsiders),
  };
}

function withoutMetadata(permissions: Permissions): Permissions {
  let known = withoutIt.get(permissions);
  if (known === undefined) {
    known = Object.fromEntries(
      Object.entries(permissions).filter(([name, level]) => name !== 'metadata' && level !== 'none'),
    );
    withoutIt.set(permissions, known);
  }
  return known;
}

/** Rows that say the same share their permissions. */
const withoutIt = new WeakMap<Permissions, Permissions>();
