import type { Report, ReportedWhatIf } from '../model/report.ts';

/**
 * Takes a report and what trying another value of a setting gave, and returns the report with the blocks to write first as
 * all that it suggests: every other job keeps what it has.
 */
export function suggestingBlocks(report: Report, { blocks, before }: ReportedWhatIf): Report {
  const wanted = new Map(blocks.map(({ workflow, job, permissions }) => [keyOf(workflow, job), permissions]));
  return {
    ...report,
    repository:
      before === 'read' || before === 'write'
        ? { ...report.repository, defaultPermissions: { value: before, source: 'option' } }
        : report.repository,
    workflows: report.workflows.map((workflow) => ({
      ...workflow,
      jobs: workflow.jobs.map((job) => ({ ...job, suggested: wanted.get(keyOf(workflow.path, job.path)) ?? null })),
    })),
  };
}

function keyOf(workflow: string, job: readonly string[]): string {
  return JSON.stringify([workflow, job]);
}
