import type { JobNeeds } from './model/needs.ts';
import type { ReportedNeeds } from './model/report.ts';
import type { NeedsOf } from './needs/prepare-needs.ts';
import type { CheckedJob, CheckedWorkflow } from './policy/checked-workflow.ts';

/** Adds to each job what it needs and what to write. A file that GitHub refuses has no jobs to speak of. */
export function withNeeds(checked: readonly CheckedWorkflow[], needsOf: NeedsOf): readonly CheckedWorkflow[] {
  return checked.map((workflow) => {
    if (workflow.report.outcome === 'invalid') return workflow;
    const jobs = workflow.jobs.map(({ chained, reported }): CheckedJob => {
      const needs = needsOf(chained);
      return {
        chained,
        reported: needs === null ? reported : { ...reported, needs: told(needs), suggested: needs.suggested },
      };
    });
    return { ...workflow, jobs, report: { ...workflow.report, jobs: jobs.map(({ reported }) => reported) } };
  });
}

function told(needs: JobNeeds): ReportedNeeds {
  const { complete, open, permissions, needs: because, uncertain: unseen, impossible } = needs;
  return { complete, uncertain: open, permissions, because, unseen, impossible };
}
