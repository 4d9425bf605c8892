import type { JobInChain } from '../calls/call-tree.ts';
import type { JobNeeds } from '../model/needs.ts';
import type { ReportedJob } from '../model/report.ts';
import { callNeeds } from './call-needs.ts';
import { grantedIn } from './granted-in.ts';
import { jobNeeds } from './job-needs.ts';
import type { Known } from './job-needs.ts';
import type { NeedsWorld } from './needs-world.ts';
import type { NeedsOf } from './prepare-needs.ts';

/** A job that a workflow reaches: as it is called, and as it is reported. */
export interface JobOfReport {
  readonly chained: JobInChain;
  readonly reported: ReportedJob;
}

/** Makes the function that works out what jobs need; each job is worked out once. */
export function needsOfJobs(jobs: readonly JobOfReport[], world: NeedsWorld): NeedsOf {
  const reported = new Map(jobs.map((job) => [job.chained, job.reported]));
  const workedOut = new Map<JobInChain, JobNeeds | null>();
  const known: Known = { jobs: new Map(), steps: { scripts: new Map(), actions: new Map() } };
  return needsOf;

  function needsOf(chained: JobInChain): JobNeeds | null {
    let needs = workedOut.get(chained);
    if (needs === undefined) {
      needs = workOut(chained);
      workedOut.set(chained, needs);
    }
    return needs;
  }

  function workOut(chained: JobInChain): JobNeeds | null {
    const { grants = [], declared = null } = reported.get(chained) ?? {};
    if (chained.job.uses === null) return jobNeeds({ chained, grants, declared }, world, known);
    return callNeeds(chained, declared ?? grantedIn(grants, null), world.settings.platform, needsOf);
  }
}
