import type { Location } from '../model/position.ts';
import type { ConcurrencyGroup, Workflow } from '../model/workflow.ts';
import { readExpression } from '../workflow/expression.ts';
import { allJobs } from './call-tree.ts';
import type { JobInChain } from './call-tree.ts';

/** A called workflow, or a job of one, that waits for the concurrency group that its own run holds. */
export interface Deadlock {
  readonly calling: JobInChain;
  /** The job that GitHub names: the calling one, or the nested one whose group it is. */
  readonly job: JobInChain;
  /** The group as a reader writes it. */
  readonly group: string;
  /** Where the called file names it. */
  readonly at: Location;
}

/**
 * The calls below a workflow that name its own concurrency group: the run holds it until they are done, so they wait for
 * ever, and GitHub cancels. Only where both are certainly the same: one text, or one expression about the run alone,
 * since a called workflow sees the `github` context of its caller.
 *
 * @see https://github.com/rhysd/actionlint/issues/538
 */
export function deadlocksOf({ concurrency: held }: Workflow, tree: readonly JobInChain[]): readonly Deadlock[] {
  if (held === undefined || !isFixed(held)) return [];
  const group = held.isExpression ? `\${{ ${held.text} }}` : held.text;
  return allJobs(tree).flatMap((calling): Deadlock[] => {
    const { call } = calling;
    // Of a file that GitHub refuses there are no jobs here.
    if (call?.callee.kind !== 'found' || call.jobs.length === 0) return [];
    const { path, read } = call.callee.file;
    const waiting = isSame(held, read.workflow.concurrency)
      ? [{ job: calling, waited: read.workflow.concurrency }]
      : call.jobs
          .filter(({ job }) => isSame(held, job.concurrency))
          .map((job) => ({ job, waited: job.job.concurrency ?? held }));
    return waiting.map(({ job, waited: { line, column } }) => ({ calling, job, group, at: { path, line, column } }));
  });
}

/**
 * Whether no job of a run gets anywhere because of deadlocks: each waits, or needs one that does. Otherwise some jobs
 * run before GitHub cancels, or beside it.
 */
export function isStuck(tree: readonly JobInChain[], deadlocks: readonly Deadlock[]): boolean {
  const waiting = new Set(deadlocks.map(({ job }) => job));
  return deadlocks.some(({ job }) => startsAtOnce(job)) && stuckAmong(tree, waiting).size === tree.length;
}

function stuckAmong(jobs: readonly JobInChain[], waiting: ReadonlySet<JobInChain>): ReadonlySet<JobInChain> {
  const stuck = new Set(
    jobs.filter((job) => {
      const below = job.call?.jobs ?? [];
      return waiting.has(job) || (below.length > 0 && stuckAmong(below, waiting).size === below.length);
    }),
  );
  for (let before = -1; before < stuck.size;) {
    before = stuck.size;
    const ids = new Set([...stuck].map(({ job }) => job.id.toUpperCase()));
    for (const one of jobs) {
      // A condition may let it run all the same.
      if (one.job.condition === null && one.job.needs.some((id) => ids.has(id.toUpperCase()))) stuck.add(one);
    }
  }
  return stuck;
}

/** Neither a condition nor another job stands before it, here and up the chain. */
function startsAtOnce({ job, caller }: JobInChain): boolean {
  return job.condition === null && job.needs.length === 0 && (caller === null || startsAtOnce(caller));
}

/** Some parts of `github` differ from job to job; all others are the same in the whole run. */
const OF_A_JOB = /^(?:job|action|action_\w+|env|output|path|workspace)$/i;

function isFixed({ text, isExpression }: ConcurrencyGroup): boolean {
  if (!isExpression) return true;
  if ('error' in readExpression(text, ['github'])) return false;
  const withoutTexts = text.replaceAll(/'[^']*'/g, "''");
  const parts = [...withoutTexts.matchAll(/\bgithub\b(?:\s*\.\s*([\w-]+))?/gi)].map(([, part]) => part);
  return parts.every((part) => part !== undefined && !OF_A_JOB.test(part));
}

function isSame(a: ConcurrencyGroup, b: ConcurrencyGroup | undefined): b is ConcurrencyGroup {
  return a.text === b?.text && a.isExpression === b.isExpression;
}
