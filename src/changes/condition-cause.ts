import type { JobInChain } from '../calls/call-tree.ts';
import type { Because, ChangeKind } from '../model/change.ts';
import type { Job } from '../model/workflow.ts';
import { chainOf, isOurs, nearestOfOurs } from '../policy/job-places.ts';
import { withNeeded } from '../policy/untrusted/reach.ts';
import type { JobPair } from './pair-jobs.ts';

/** Says which `if` was added, removed or changed, of all that decide whether a job runs; `null` where none was. */
export function conditionCause({ base, head }: JobPair, kind: ChangeKind): Because | null {
  const [before, after] = [base.jobs, head.jobs].map(([job]) => (job === undefined ? [] : chainOf(job.chained)));
  for (const [level, now] of (after ?? []).entries()) {
    const then = before?.[level];
    const changed = then === undefined ? null : between(then, now, STOPS.has(kind));
    if (changed !== null) return changed;
  }
  return null;
}

/** Kinds of changes that a further condition brings about. */
const STOPS: ReadonlySet<ChangeKind> = new Set(['lowered', 'no-longer-reachable']);

/** The same for a job and those that it needs, without those that call it. */
function between(before: JobInChain, after: JobInChain, stops: boolean): Because | null {
  const was = new Map(needed(before).map((job) => [job.id, job]));
  const is = new Map(needed(after).map((job) => [job.id, job]));
  const pairs = [[before.job, after.job] as const, ...[...is].map(([id, job]) => [was.get(id), job] as const)];
  for (const [then, now] of pairs) {
    if (then !== undefined && then.condition !== now.condition) return conditionOf(after, then, now);
  }
  const { id } = after.job;
  const added = [...is.keys()].filter((other) => !was.has(other)).map((other) => `needs '${other}' now`);
  const dropped = [...was.keys()].filter((other) => !is.has(other)).map((other) => `no longer needs '${other}'`);
  const [changed] = stops ? [...added, ...dropped] : [...dropped, ...added];
  return changed === undefined ? null : at(after, after.job, `The job '${id}' ${changed}.`);
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
