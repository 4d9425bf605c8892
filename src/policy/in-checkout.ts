import type { JobInChain } from '../calls/call-tree.ts';
import type { Location, Position } from '../model/position.ts';

/** The job itself, or the job of this repository whose call leads to it. */
export function jobInCheckout(chained: JobInChain): JobInChain {
  let job = chained;
  while (job.file.place.kind !== 'checkout' && job.caller !== null) job = job.caller;
  return job;
}

/** A place in a job; for a job of another repository, the call that leads there. */
export function placeInCheckout(chained: JobInChain, position: Position): Location {
  const job = jobInCheckout(chained);
  return { path: job.file.path, ...(job === chained ? position : job.job.position) };
}

/** Where an ignore comment is about a job: at the job, at its block, and at the calls that lead to it. */
export function placesOfJob({ file, job, block, caller }: JobInChain): readonly Location[] {
  return [
    { path: file.path, ...job.position },
    ...(block === null ? [] : [{ path: block.path, ...block.block.position }]),
    ...(caller === null ? [] : placesOfJob(caller)),
  ];
}
