import type { Permissions } from '../model/permission.ts';
import type { JobOfWorkflow, ReportedJob, ReportedWhatIf, SuggestedBlock } from '../model/report.ts';
import { grantedIn } from '../needs/granted-in.ts';
import type { CheckedWorkflow } from '../policy/checked-workflow.ts';
import { isMore } from '../permissions/access-level.ts';
import { defaultPermissions } from '../permissions/declared.ts';
import type { Tried } from './tried.ts';

/**
 * Takes both sides of a comparison and who would notice, and returns the blocks to write first so that nobody does: for
 * jobs without a block that would lose what they need, or may need, and for those that would get more.
 */
export function blocksFor(
  { before, settings, changes }: Tried,
  { losing, unclear, failing }: Omit<ReportedWhatIf, 'blocks'>,
): readonly SuggestedBlock[] {
  const gaining = changes.flatMap(({ kind, workflow, job }) =>
    kind === 'raised' && job !== undefined ? [{ workflow, job }] : [],
  );
  const jobs = new Set([...losing, ...unclear, ...gaining].map(rootKey));
  const { value } = settings.after.defaultPermissions;
  const then = value === 'unknown' ? {} : defaultPermissions(value, settings.after.platform);
  return before.workflows.flatMap((workflow) =>
    workflow.jobs
      .filter(({ reported: { path, declared } }) => path.length === 1 && declared === null)
      .filter(
        ({ reported }) =>
          jobs.has(rootKey({ workflow: workflow.report.path, job: reported.path })) ||
          // Once the run starts again, its other jobs get the default.
          (failing.includes(workflow.report.path) && (reported.uses !== null || !isEnough(then, reported))),
      )
      .flatMap(({ reported }): readonly SuggestedBlock[] => {
        const permissions = reported.suggested ?? granted(reported, workflow);
        return permissions === null ? [] : [{ workflow: workflow.report.path, job: reported.path, permissions }];
      }),
  );
}

/** Whether a token surely has all that a job needs. */
function isEnough(permissions: Permissions, { needs }: ReportedJob): boolean {
  if (needs?.complete !== true) return false;
  return Object.entries(needs.permissions).every(([name, level]) => !isMore(level, permissions[name] ?? 'none'));
}

/** The job of the workflow file itself: blocks of called workflows cannot give more than its own. */
function rootKey({ workflow, job }: JobOfWorkflow): string {
  return JSON.stringify([workflow, job[0]]);
}

/** All that a job, or those that it calls, get in any run. */
function granted({ path }: ReportedJob, { report }: CheckedWorkflow): Permissions | null {
  const rows = report.jobs.filter((job) => job.path[0] === path[0]).flatMap(({ grants }) => grants);
  const most = grantedIn(rows, null);
  if (most === null) return null;
  // Every token has it, whatever a block says.
  const { metadata: _always, ...all } = most;
  return all;
}
