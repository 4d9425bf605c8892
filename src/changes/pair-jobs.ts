import { groupBy } from '../calls/group-by.ts';
import type { CheckedJob, CheckedWorkflow } from '../policy/checked-workflow.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import type { WorkflowPair } from './pair-workflows.ts';
import { bodyOf, contentOf } from './same-job.ts';

/** A job as one side has it. */
export interface JobView {
  /** The workflow that has it, or would; `null` where there is no such file. */
  readonly workflow: CheckedWorkflow | null;
  /** The jobs that get a token in its place: of a call that the other side could not read, all that it leads to. */
  readonly jobs: readonly CheckedJob[];
  /** Whether it is not to be seen whether there is such a job: the run fails before, or the call was not read. */
  readonly isHidden: boolean;
}

/** A job on both sides, or on one. */
export interface JobPair {
  /** Job ids; the head's where both have it. */
  readonly path: readonly string[];
  /** The base's, where it has it. */
  readonly basePath: readonly string[] | null;
  readonly base: JobView;
  readonly head: JobView;
}

/** A job that has no partner at its own path. */
interface Single {
  readonly pair: WorkflowPair;
  readonly index: number;
  readonly workflow: CheckedWorkflow;
  readonly job: CheckedJob;
}

/**
 * Pairs the jobs that get tokens: those at the same path, then those that moved or got another name, which have the same
 * content or at least do the same. The same pairs come of it when the sides are swapped.
 */
export function pairJobs(workflows: readonly WorkflowPair[]): readonly JobPair[] {
  const pairs: JobPair[] = [];
  const gone: Single[] = [];
  const added: Single[] = [];
  for (const [index, pair] of workflows.entries()) {
    const [base, head] = [unitsOf(pair.base), unitsOf(pair.head)];
    for (const [key, one] of base) {
      const same = head.get(key);
      if (same === undefined) continue;
      pairs.push(paired(pair, [one], [same], same.reported.path));
      base.delete(key);
      head.delete(key);
    }
    pairs.push(...readCalls(pair, base, head, (mine, theirs, path) => paired(pair, mine, theirs, path)));
    pairs.push(...readCalls(pair, head, base, (mine, theirs, path) => paired(pair, theirs, mine, path)));
    const { base: before, head: after } = pair;
    if (before !== null) for (const job of base.values()) gone.push({ pair, index, workflow: before, job });
    if (after !== null) for (const job of head.values()) added.push({ pair, index, workflow: after, job });
  }
  return [...pairs, ...moved(gone, added)];
}

/** By path: the jobs with steps, and those whose call was not read, which stand for what it leads to. */
function unitsOf(workflow: CheckedWorkflow | null): Map<string, CheckedJob> {
  const units = (workflow?.jobs ?? []).filter(
    ({ chained: { job, call } }) => job.uses === null || call?.callee.kind !== 'found',
  );
  return new Map(units.map((job) => [keyOf(job.reported.path), job]));
}

/** Calls that one side could not read, with the jobs of the other that they stand for. */
function readCalls(
  { base, head }: WorkflowPair,
  unread: Map<string, CheckedJob>,
  read: Map<string, CheckedJob>,
  pairOf: (unread: readonly CheckedJob[], read: readonly CheckedJob[], path: readonly string[]) => JobPair,
): readonly JobPair[] {
  if (base === null || head === null) return [];
  return [...unread].flatMap(([key, one]) => {
    const { path } = one.reported;
    const below = [...read].filter(([, { reported }]) => isBelow(reported.path, path));
    if (one.chained.job.uses === null || below.length === 0) return [];
    unread.delete(key);
    for (const [other] of below) read.delete(other);
    return [
      pairOf(
        [one],
        below.map(([, job]) => job),
        path,
      ),
    ];
  });
}

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return path.length > above.length && above.every((id, index) => path[index] === id);
}

function paired(
  { base, head }: WorkflowPair,
  before: readonly CheckedJob[],
  after: readonly CheckedJob[],
  path: readonly string[],
): JobPair {
  return {
    path,
    basePath: path,
    base: seen(base, before),
    head: seen(head, after),
  };
}

function seen(workflow: CheckedWorkflow | null, jobs: readonly CheckedJob[]): JobView {
  return { workflow, jobs, isHidden: false };
}

/** What tells jobs that moved, the surest first. */
const SAME: readonly ((single: Single) => string)[] = [contentOf, bodyOf].flatMap((textOf) => [
  ({ job, index }: Single) => JSON.stringify([textOf(job.chained.job), job.chained.job.id, index]),
  ({ job, index }: Single) => JSON.stringify([textOf(job.chained.job), index]),
  ({ job }: Single) => JSON.stringify([textOf(job.chained.job), job.chained.job.id]),
  ({ job }: Single) => textOf(job.chained.job),
]);

function moved(gone: readonly Single[], added: readonly Single[]): readonly JobPair[] {
  const pairs: JobPair[] = [];
  let [before, after] = [gone, added];
  for (const sameOf of SAME) {
    if (before.length === 0 || after.length === 0) break;
    const taken = new Set<Single>();
    const groups = new Map(groupBy(inOrder(after), sameOf).map((group) => [sameOf(group[0]), group]));
    for (const group of groupBy(inOrder(before), sameOf)) {
      const others = groups.get(sameOf(group[0])) ?? [];
      for (const [index, one] of group.entries()) {
        const other = others[index];
        if (other === undefined) break;
        taken.add(one).add(other);
        pairs.push({
          path: other.job.reported.path,
          basePath: one.job.reported.path,
          base: seen(one.workflow, [one.job]),
          head: seen(other.workflow, [other.job]),
        });
      }
    }
    before = before.filter((one) => !taken.has(one));
    after = after.filter((one) => !taken.has(one));
  }
  return [
    ...pairs,
    ...before.map(({ pair, workflow, job }): JobPair => {
      const { path } = job.reported;
      const head = { workflow: pair.head, jobs: [], isHidden: isHidden(pair.head, path) };
      return { path, basePath: path, base: seen(workflow, [job]), head };
    }),
    ...after.map(({ pair, workflow, job }): JobPair => {
      const { path } = job.reported;
      const base = { workflow: pair.base, jobs: [], isHidden: isHidden(pair.base, path) };
      return { path, basePath: null, base, head: seen(workflow, [job]) };
    }),
  ];
}

/** The same order on both sides, whatever the order in the files is. */
function inOrder(singles: readonly Single[]): readonly Single[] {
  return [...singles].sort(
    (a, b) =>
      byCodeUnit(a.workflow.file.path, b.workflow.file.path) ||
      byCodeUnit(keyOf(a.job.reported.path), keyOf(b.job.reported.path)),
  );
}

/** Whether a side cannot tell if it has a job: GitHub refuses the file, or a call on the way was not followed. */
function isHidden(workflow: CheckedWorkflow | null, path: readonly string[]): boolean {
  if (workflow === null) return false;
  const { jobs, report } = workflow;
  const above = jobs.filter(({ reported }) => isBelow(path, reported.path));
  if (report.outcome === 'invalid') return jobs.length === 0 || above.length > 0;
  return above.some(({ chained: { call } }) => call !== null && call.jobs.length === 0);
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
