import type { Permissions } from '../model/permission.ts';
import type { JobOfWorkflow, ReportedJob, ReportedWhatIf, SuggestedBlock } from '../model/report.ts';
import type { CheckedWorkflow } from '../policy/checked-workflow.ts';
import { higher } from '../permissions/access-level.ts';
import type { Tried } from './tried.ts';

/**
 * Takes both sides of a comparison and who would notice, and returns the blocks to write first so that nobody does: for
 * jobs without a block that would lose what they need, or may need, and for those that would get more.
 */
export function blocksFor(
  { before, changes }: Tried,
  { losing, unclear, failing }: Omit<ReportedWhatIf, 'blocks'>,
): readonly SuggestedBlock[] {
  const gaining = changes.flatMap(({ kind, workflow, job }) =>
    kind === 'raised' && job !== undefined ? [{ workflow, job }] : [],
  );
  const jobs = new Set([...losing, ...unclear, ...gaining].map(rootKey));
  return before.workflows.flatMap((workflow) =>
    workflow.jobs
      .filter(({ reported: { path, declared } }) => path.length === 1 && declared === null)
      .filter(
        ({ reported: { path, uses } }) =>
          jobs.has(rootKey({ workflow: workflow.report.path, job: path })) ||
          (uses !== null && failing.includes(workflow.report.path)),
      )
      .flatMap(({ reported }): readonly SuggestedBlock[] => {
        const permissions = reported.suggested ?? granted(reported, workflow);
        return permissions === null ? [] : [{ workflow: workflow.report.path, job: reported.path, permissions }];
      }),
  );
}

/** The job of the workflow file itself: blocks of called workflows cannot give more than its own. */
function rootKey({ workflow, job }: JobOfWorkflow): string {
  return JSON.stringify([workflow, job[0]]);
}

/** All that a job, or those that it calls, get in any run. */
function granted({ path }: ReportedJob, { report }: CheckedWorkflow): Permissions | null {
  const rows = report.jobs.filter((job) => job.path[0] === path[0]).flatMap(({ grants }) => grants);
  if (rows.length === 0) return null;
  const all: Record<string, 'none' | 'read' | 'write'> = {};
  for (const { permissions } of rows) {
    for (const [name, level] of Object.entries(permissions)) {
      // Every token has it, whatever a block says.
      if (name !== 'metadata') all[name] = higher(all[name] ?? 'none', level);
    }
  }
  return all;
}
