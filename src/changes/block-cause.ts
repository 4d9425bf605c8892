import { whereItIsWritten } from '../calls/call-tree.ts';
import type { JobInChain } from '../calls/call-tree.ts';
import type { Because } from '../model/change.ts';
import type { Location } from '../model/position.ts';
import { chainOf, isOurs } from '../policy/job-places.ts';
import type { Transition } from './kinds.ts';
import type { JobPair } from './pair-jobs.ts';
import { placeOfCall, placeOfJob, positionIn } from './places.ts';

/** Says which block was added, removed or changed; `null` where the same block applies, or one that says the same. */
export function blockCause({ base, head }: JobPair, { kind, permissions }: Transition): Because | null {
  const [before, after] = [base.jobs[0], head.jobs[0]];
  if (before === undefined || after === undefined) return null;
  const areSame = JSON.stringify(before.reported.declared) === JSON.stringify(after.reported.declared);
  if (areSame) return null;
  const [was, is] = [before.chained, after.chained];
  const other = otherCall(was, is);
  if (other !== null) return other;
  if (is.block === null) {
    // In a file that nobody here calls, its callers decide instead.
    const now = kind === 'becomes-unknown' ? 'its callers decide now' : "the repository's default applies now";
    const { ids } = whereItIsWritten(was);
    const without = chainOf(is).find((job) => job.ids.length === ids.length) ?? is;
    return removed(was, placeOfJob(without), now);
  }
  const owner = whereItIsWritten(is);
  const at = isOurs(owner) ? { path: is.block.path, ...positionIn(is.block.block, permissions) } : placeOfCall(owner);
  // The nearest block counts: it was added, or the one that counted before is gone.
  if (distance(is) < distance(was)) return { ...at, message: `${blockOf(is, at, 'A')} was added.` };
  if (distance(is) > distance(was)) return removed(was, at, `${blockOf(is, at, 'the')} applies now`);
  // The same words can give something else: on another platform, or with another table.
  return isWrittenAlike(was, is) ? null : { ...at, message: `${blockOf(is, at, 'The')} changed.` };
}

/** Whether the blocks of two jobs say the same, wherever they stand. */
function isWrittenAlike(was: JobInChain, is: JobInChain): boolean {
  const [before, now] = [was, is].map(({ block }) =>
    JSON.stringify(block?.block, (key, value: unknown) => (['position', 'comment'].includes(key) ? undefined : value)),
  );
  return before === now;
}

/** Another workflow, or another ref of one, is called than before. */
function otherCall(was: JobInChain, is: JobInChain): Because | null {
  const owner = whereItIsWritten(is);
  for (let [now, then]: [JobInChain | null, JobInChain | null] = [is, was]; now !== null && then !== null;) {
    const [reference, before] = [now.job.uses?.reference, then.job.uses?.reference];
    if (now !== is && reference !== before && reference !== undefined && !isAbove(owner, now)) {
      return { ...placeOfCall(now), message: `\`uses\` names ${reference} now.` };
    }
    [now, then] = [now.caller, then.caller];
  }
  return null;
}

/** Whether a block is one of a job that calls, and not of what is called. */
function isAbove(owner: JobInChain, calling: JobInChain): boolean {
  return owner.ids.length <= calling.ids.length;
}

function removed(was: JobInChain, at: Location, now: string): Because {
  return { ...at, message: `${blockOf(was, at, 'The')} was removed: ${now}.` };
}

/** A block in words, by whose it is. */
function blockOf(job: JobInChain, at: Location, article: 'A' | 'The' | 'the'): string {
  const owner = whereItIsWritten(job);
  const where = owner.file.path === at.path ? '' : ` in ${owner.file.path}`;
  const whose = owner.job.permissions === null ? 'the workflow' : `the job '${owner.job.id}'`;
  return `${article} block of ${whose}${where}`;
}

/** How far away the block is that applies: at the job, at its workflow, at the job that calls that, and so on. */
function distance(job: JobInChain): number {
  if (job.block === null) return Number.POSITIVE_INFINITY;
  const owner = whereItIsWritten(job);
  return 2 * (job.ids.length - owner.ids.length) + Number(owner.job.permissions === null);
}
