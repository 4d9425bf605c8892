import type { JobInChain } from '../calls/call-tree.ts';
import type { Because } from '../model/change.ts';
import type { Job } from '../model/workflow.ts';
import { chainOf, isOurs, nearestOfOurs } from '../policy/job-places.ts';
import { withNeeded } from '../policy/untrusted/reach.ts';
import type { JobPair } from './pair-jobs.ts';

/** Says which `if` was added, removed or changed, of all that decide whether a job runs; `null` where none was. */
export function conditionCause({ base, head }: JobPair): Because | null {
  const [before, after] = [base.jobs[0]?.chained, head.jobs[0]?.chained];
  if (before === undefined || after === undefined) return null;
  const [was, is] = [chainOf(before), chainOf(after)];
  for (const [level, now] of is.entries()) {
    const then = was[level];
    if (then === undefined) continue;
    const changed = between(then, now);
    if (changed !== null) return changed;
  }
  return null;
}

/** The same for a job and those that it needs, without those that call it. */
function between(before: JobInChain, after: JobInChain): Because | null {
  const was = new Map(needed(before).map((job) => [job.id, job]));
  const is = new Map(needed(after).map((job) => [job.id, job]));
  const pairs = [[before.job, after.job] as const, ...[...is].map(([id, job]) => [was.get(id), job] as const)];
  for (const [then, now] of pairs) {
    if (then !== undefined && then.condition !== now.condition) return conditionOf(after, then, now);
  }
  const dropped = [...was.keys()].find((id) => !is.has(id));
  if (dropped !== undefined) return at(after, after.job, `The job '${after.job.id}' no longer needs '${dropped}'.`);
  const added = [...is.keys()].find((id) => !was.has(id));
  return added === undefined ? null : at(after, after.job, `The job '${after.job.id}' needs '${added}' now.`);
}

function needed({ job, file }: JobInChain): readonly Job[] {
  return withNeeded(job, file.read.workflow).filter((other) => other !== job);
}

function conditionOf(after: JobInChain, then: Job, now: Job): Because {
  const what = then.condition === null ? 'was added' : now.condition === null ? 'was removed' : 'was changed';
  return at(after, now, `\`if\` of the job '${now.id}' ${what}.`);
}

function at(chained: JobInChain, job: Job, message: string): Because {
  const ours = nearestOfOurs(chained);
  return { path: ours.file.path, ...(isOurs(chained) ? job : ours.job).position, message };
}
