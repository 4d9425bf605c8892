import type { Permissions } from '../model/permission.ts';
import type { Report, ReportedJob, ReportedWhatIf } from '../model/report.ts';
import { samePermissions, union } from './same-permissions.ts';

/**
 * Takes a report and what trying another value of a setting gave, and returns the report with the blocks to write first as
 * all that it suggests: every other job keeps what it has under the value that there is now. What a called job needs is
 * still known, so that no block of a caller takes it away.
 */
export function suggestingBlocks(report: Report, { blocks, before }: ReportedWhatIf): Report {
  const wanted = new Map(blocks.map(({ workflow, job, permissions }) => [keyOf(workflow, job), permissions]));
  const suggestedFor = (workflow: string, job: ReportedJob): Permissions | null => {
    if (job.path.length === 1) return wanted.get(keyOf(workflow, job.path)) ?? null;
    // The file of a called job may have runs of its own, and with them a block to write: it holds here too.
    const block = wanted.get(keyOf(job.definedIn, job.path.slice(-1)));
    if (block === undefined) return job.suggested;
    return isEnough(block, job) ? block : null;
  };
  const value = before === 'read' || before === 'write' ? before : null;
  return {
    ...report,
    repository:
      value === null ? report.repository : { ...report.repository, defaultPermissions: { value, source: 'option' } },
    workflows: report.workflows.map((workflow) => ({
      ...workflow,
      jobs: workflow.jobs.map((job) => ({
        ...job,
        grants: value === null ? job.grants : grantsUnder(value, job),
        suggested: suggestedFor(workflow.path, job),
      })),
    })),
  };
}

/** The rows of one value of the setting, where its value is not known. */
function grantsUnder(value: 'read' | 'write', { grants }: ReportedJob): ReportedJob['grants'] {
  return grants
    .filter(({ defaultPermissions = value }) => defaultPermissions === value)
    .map(({ defaultPermissions: _known, ...grant }) => grant);
}

/** Whether a block gives all that is suggested for a job or, where nothing is, all that it has. */
function isEnough(block: Permissions, { suggested, grants }: ReportedJob): boolean {
  const all = suggested === null ? grants.map(({ permissions }) => permissions) : [suggested];
  return all.every((permissions) => {
    const { metadata: _always, ...named } = permissions;
    return samePermissions(union(block, named), block);
  });
}

function keyOf(workflow: string, job: readonly string[]): string {
  return JSON.stringify([workflow, job]);
}
