import { whereItIsWritten } from '../calls/call-tree.ts';
import type { JobInChain } from '../calls/call-tree.ts';
import type { PermissionsBlock } from '../model/permission.ts';
import type { Location, Position } from '../model/position.ts';
import type { CheckedJob, CheckedWorkflow } from './checked-workflow.ts';
import type { Subject } from './rule.ts';

/** A job and those that call it, from the job up. */
export function chainOf(job: JobInChain): readonly [JobInChain, ...JobInChain[]] {
  return job.caller === null ? [job] : [job, ...chainOf(job.caller)];
}

/** Whether a job stands in a file of the repository under test, as it is checked out. */
export function isOurs({ file }: JobInChain): boolean {
  return file.place.kind === 'checkout';
}

/** The job itself where it stands in the repository under test, else the job of the repository that leads to it. */
export function nearestOfOurs(job: JobInChain): JobInChain {
  // The root is always one of the repository.
  return chainOf(job).find(isOurs) ?? job;
}

/** Where a job stands. */
export function placeOf({ file, job }: JobInChain): Location {
  return { path: file.path, ...job.position };
}

/** A place in a job; for a job of another repository, the call that leads there. */
export function placeInCheckout(chained: JobInChain, position: Position): Location {
  const job = nearestOfOurs(chained);
  return job === chained ? { path: job.file.path, ...position } : placeOf(job);
}

/** The line of a step in a file of the checkout; the job that leads to it where it stands in a file of others. */
export function placeOfStep(chained: JobInChain, { path, line, column }: Location): Location {
  return isOurs(chained) && !path.includes('@') ? { path, line, column } : placeOf(nearestOfOurs(chained));
}

/** Where an ignore comment is about a job: at the job, at its block, and at the calls that lead to it. */
export function placesOfJob({ file, job, block, caller }: JobInChain): readonly Location[] {
  return [
    { path: file.path, ...job.position },
    ...(block === null ? [] : [{ path: block.path, ...block.block.position }]),
    ...(caller === null ? [] : placesOfJob(caller)),
  ];
}

/** What a violation in a job is about, for the rule to add to. */
export function subjectOf({ report }: CheckedWorkflow, { reported, chained }: CheckedJob): Subject {
  return {
    workflow: report.path,
    job: reported.path,
    definedIn: reported.definedIn,
    places: chainOf(chained).filter(isOurs).map(placeOf),
  };
}

/** A block that applies to a job, and the job at whose level it is written: its own, its workflow's, or its caller's. */
export interface AppliedBlock {
  readonly block: PermissionsBlock;
  readonly owner: JobInChain;
  /** It stands at the job, and not at the workflow of the job. */
  readonly isOfJob: boolean;
  /** The same for all jobs that it applies to, and when lines move. */
  readonly key: string;
}

/** The block that applies to a job; `null` when none does. */
export function appliedBlock(job: JobInChain): AppliedBlock | null {
  if (job.block === null) return null;
  const owner = whereItIsWritten(job);
  const isOfJob = owner.job.permissions !== null;
  const key = `${owner.file.path}:${isOfJob ? owner.job.id : ''}`;
  return { block: job.block.block, owner, isOfJob, key };
}
