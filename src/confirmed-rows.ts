import type { Grant } from './model/grant.ts';
import type { Observation, ObservedResult } from './model/observation.ts';
import type { Permissions } from './model/permission.ts';
import type { Observed, ReportedWorkflow } from './model/report.ts';
import { observedResults } from './policy/observed-results.ts';

/** GitHub never prints this one, so no log confirms it. */
const NEVER_PRINTED = 'id-token';

/** Adds to what runs showed how many of the rows of a report they confirm, as these are now. */
export function withConfirmedRows(observed: Observation, workflows: readonly ReportedWorkflow[]): Observed {
  const rows = workflows.flatMap(({ path, jobs }) =>
    jobs.flatMap(({ path: job, grants }) => grants.filter(isGranted).map((row) => ({ path, job, row }))),
  );
  const results = observedResults(observed);
  const confirmed = rows.filter(({ path, job, row }) =>
    results.some((result) => result.run.path === path && isConfirmed(row, job, result)),
  );
  return { ...observed, rows: { all: rows.length, confirmed: confirmed.length } };
}

function isGranted({ status }: Grant): boolean {
  return status === 'granted';
}

/** Whether a log of the same job in the same kind of run shows just these permissions. */
function isConfirmed(row: Grant, job: readonly string[], { run, actor, jobs }: ObservedResult): boolean {
  if (actor !== row.actor || !row.events.includes(run.event)) return false;
  const key = job.join('/');
  return jobs.some(
    (one) =>
      one.result === 'agrees' &&
      one.job?.join('/') === key &&
      one.granted !== null &&
      isSame(one.granted, row.permissions),
  );
}

function isSame(one: Permissions, other: Permissions): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  names.delete(NEVER_PRINTED);
  return [...names].every((name) => (one[name] ?? 'none') === (other[name] ?? 'none'));
}
