import type { NeverStarting } from '../../model/observation.ts';
import type { ObservedRun } from '../../model/observed-run.ts';
import type { WorkflowRun } from '../runs/workflow-run.ts';
import { isOfMerge } from './compare-run.ts';

/** A row of failed starts, and the run before it. */
export type FailedStarts = Omit<NeverStarting, 'path' | 'why'> & { readonly run: WorkflowRun };

/** Neither started nor failed to: nothing was tried. */
const SAYS_NOTHING: ReadonlySet<string | null> = new Set([null, 'action_required', 'skipped', 'stale']);

/**
 * Whether the last runs of a workflow all ended as `startup_failure`. A branch that somebody tries something on is not
 * enough: one run of the default branch is, or those of several pull requests.
 *
 * @param runs of the workflow, newest first.
 */
export function failedStarts(runs: readonly WorkflowRun[], defaultBranch: string | null): FailedStarts | null {
  const isOfDefault = ({ event, branch }: ObservedRun): boolean =>
    defaultBranch === null || branch === defaultBranch || event === 'schedule';
  const counting = runs.filter(({ run }) => !SAYS_NOTHING.has(run.conclusion) && (isOfMerge(run) || isOfDefault(run)));
  const end = counting.findIndex(({ run }) => run.conclusion !== 'startup_failure');
  const row = end === -1 ? counting : counting.slice(0, end);
  const [last] = row;
  const since = row.at(-1);
  if (last === undefined || since === undefined) return null;
  const branches = new Set(row.map(({ run }) => `${run.headRepository ?? ''}:${run.branch ?? ''}`));
  const isCertain = row.some(({ run }) => !isOfMerge(run)) || branches.size > 1;
  if (!isCertain) return null;
  const before = end === -1 ? null : (counting[end]?.run.date.slice(0, 10) ?? null);
  return { runs: row.length, since: since.run, last: last.run, startedLast: before, run: last };
}
