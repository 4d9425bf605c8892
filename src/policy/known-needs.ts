import { inherits } from '../calls/call-tree.ts';
import type { JobInChain } from '../calls/call-tree.ts';
import type { JobNeeds } from '../model/needs.ts';
import type { CheckedJob } from './checked-workflow.ts';
import type { Evidence } from './rule.ts';

/** What a job in a chain needs; `null` where that is not known. */
export type NeedsInChain = (job: JobInChain) => JobNeeds | null;

/** What jobs need, for those who know them by their chain alone. */
export function needsInChains({ workflows, needsOf }: Pick<Evidence, 'workflows' | 'needsOf'>): NeedsInChain {
  let jobs: ReadonlyMap<JobInChain, CheckedJob> | null = null;
  return (chained) => {
    jobs ??= new Map(workflows.flatMap((workflow) => workflow.jobs.map((job) => [job.chained, job])));
    const job = jobs.get(chained);
    return job === undefined ? null : needsOf(job);
  };
}

/** Whether something may use a permission that could not be seen into: then nobody may call it superfluous. */
export function isOpen(needs: Pick<JobNeeds, 'open'> | null, permission: string): boolean {
  return needs === null || needs.open === 'all' || needs.open.includes(permission);
}

/** How far it is known what a block must hold that reaches some jobs: in full, as far as can be seen, or not. */
export function certaintyOf(jobs: readonly JobInChain[], needsOf: NeedsInChain): 'complete' | 'partly' | 'unknown' {
  const needs = jobs.flatMap(withSteps).map(needsOf);
  if (needs.every((one) => one?.complete === true)) return 'complete';
  return needs.every((one) => one !== null && one.suggested !== null) ? 'partly' : 'unknown';
}

/** The jobs with steps that a block reaches which stands at a job. */
function withSteps(job: JobInChain): readonly JobInChain[] {
  return job.call === null ? [job] : job.call.jobs.filter(inherits).flatMap(withSteps);
}
