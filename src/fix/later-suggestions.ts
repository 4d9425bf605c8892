import type { Report, ReportedJob } from '../model/report.ts';
import { samePermissions } from './same-permissions.ts';

/**
 * A report with the suggestions of another one: what a calling job has to give follows from the blocks of the called
 * workflow, which may be changed as well. Where the other one knows nothing, what was known before holds.
 */
export function withLaterSuggestions(report: Report, later: Report): Report {
  const byPath = new Map(later.workflows.map((workflow) => [workflow.path, workflow]));
  const workflows = report.workflows.map((workflow) => {
    const jobs = new Map(byPath.get(workflow.path)?.jobs.map((job) => [job.path.join('\n'), job]));
    return { ...workflow, jobs: workflow.jobs.map((job) => withLater(job, jobs.get(job.path.join('\n')))) };
  });
  return { ...report, workflows };
}

function withLater(job: ReportedJob, later: ReportedJob | undefined): ReportedJob {
  const suggested = later?.suggested ?? null;
  if (later === undefined || suggested === null || samePermissions(suggested, job.suggested)) return job;
  return { ...job, suggested, needs: later.needs };
}
