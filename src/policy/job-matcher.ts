import type { JobMatcher } from '../model/policy.ts';
import { matchesGlob } from './glob.ts';

/** A job as a policy names it. `job` is `null` for what is about a file. */
export interface NamedJob {
  readonly workflow: string;
  readonly job: readonly string[] | null;
  readonly definedIn: string;
}

/** Whether an entry of a policy is about a job. One that names jobs is not about what concerns a file. */
export function matchesJob({ workflows, jobs, called }: JobMatcher, { workflow, job, definedIn }: NamedJob): boolean {
  const name = workflow.slice(workflow.lastIndexOf('/') + 1);
  return (
    matchesAny(workflows, [name, workflow]) &&
    matchesAny(jobs, job === null ? [] : [job.join('/')]) &&
    matchesAny(called, [definedIn])
  );
}

function matchesAny(patterns: readonly string[] | null, texts: readonly string[]): boolean {
  return patterns === null || patterns.some((pattern) => texts.some((text) => matchesGlob(pattern, text)));
}
