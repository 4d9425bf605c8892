import { allJobs } from '../calls/call-tree.ts';
import type { Change } from '../model/change.ts';
import type { FoundSubject } from '../model/report.ts';
import type { CheckedWorkflow } from '../policy/checked-workflow.ts';
import { reachOf } from '../policy/untrusted/reach.ts';
import { labeller } from '../token/settings-case.ts';
import { becauseOf } from './because.ts';
import { casePairs } from './case-pairs.ts';
import { cellsOf } from './cells.ts';
import { contractChanges } from './contracts.ts';
import { fileChanges } from './file-changes.ts';
import { fold } from './fold.ts';
import { transitions } from './kinds.ts';
import { pairJobs } from './pair-jobs.ts';
import type { JobPair } from './pair-jobs.ts';
import { pairWorkflows } from './pair-workflows.ts';
import type { WorkflowPair } from './pair-workflows.ts';
import type { Side } from './side.ts';
import { sortChanges } from './sort-changes.ts';
import { statusesOf } from './statuses.ts';

/** A workflow, or a job of one, as a state of the repository names it. */
export type Named = Pick<FoundSubject, 'workflow' | 'job'>;

/** What differs between two states of a repository. */
export interface Comparison {
  /** By workflow, then by job as written. */
  readonly changes: readonly Change[];
  /** How the head names what the base names so; as the base does where the head does not have it. */
  readonly inHead: (named: Named) => Named;
}

/** Compares what the jobs of two states of a repository get. Swapping the two mirrors every kind. */
export function changesBetween(base: Side, head: Side): Comparison {
  const workflows = pairWorkflows(base, head);
  const differing = workflows.filter(mayDiffer);
  const jobs = pairJobs(differing);
  const changesOf = jobComparer(base, head);
  const ofJobs = jobs.flatMap(changesOf);
  const ofFiles = differing.flatMap((pair) => [
    ...fileChanges(pair, ofJobs),
    ...contractChanges(pair, head.settings.platform),
  ]);
  return { changes: sortChanges([...ofJobs, ...ofFiles], base, head), inHead: namesInHead(workflows, jobs) };
}

/** What is shared is the same and under the same settings. It gets the same, unless other workflows decide who starts it. */
function mayDiffer({ base, head }: WorkflowPair): boolean {
  if (base === null || head === null || base.tree !== head.tree) return true;
  return head.file.workflow.triggers.some(({ event }) => event === 'workflow_run');
}

/** Makes the function that says what differs for a job. */
function jobComparer(base: Side, head: Side): (pair: JobPair) => readonly Change[] {
  const pairs = casePairs(base.settings, head.settings);
  const cases = pairs.map(({ label }) => label);
  const label = labeller(cases);
  const reachInBase = reachOf(base.workflows, base.settings);
  const reachInHead = reachOf(head.workflows, head.settings);
  const called = new Set([base, head].flatMap((side) => side.workflows.flatMap(calledFiles)));
  const settings = { base: base.settings, head: head.settings };

  return (pair) => {
    const [before, after] = [pair.base, pair.head];
    const inBase = statusesOf(before, reachInBase);
    const inHead = statusesOf(after, reachInHead);
    const both = [after.workflow, before.workflow].flatMap((workflow) => workflow ?? []);
    const events = cellsOf(
      both,
      both.some(({ file }) => called.has(file.path)),
    );
    const found = fold(events, cases, label, (cell, index) => {
      const one = pairs[index];
      return one === undefined ? [] : transitions(inBase(cell, one.base), inHead(cell, one.head));
    });
    return found.map(({ transition, runs }): Change => {
      const { kind, permissions, byOutsiders, upperBound } = transition;
      const workflow = after.workflow ?? before.workflow;
      const path = workflow?.file.path ?? '';
      const from = movedFrom(pair);
      return {
        kind,
        workflow: path,
        job: pair.path,
        ...(from === null ? {} : { from }),
        ...runs,
        ...permissions[0],
        permissions,
        ...(byOutsiders ? { byOutsiders: true } : {}),
        ...(upperBound ? { upperBound: true } : {}),
        because: becauseOf(transition, pair, runs.events, settings),
      };
    });
  };
}

/** The files of the checkout that a workflow calls, directly or further down. */
function calledFiles({ tree }: CheckedWorkflow): readonly string[] {
  return allJobs(tree).flatMap(({ call }) =>
    call?.callee.kind === 'found' && call.callee.file.place.kind === 'checkout' ? [call.callee.file.path] : [],
  );
}

/** Where a job, or a workflow that has a new one, was in the base; `null` where it did not move. */
function movedFrom({ base, head, path, basePath }: JobPair): NonNullable<Change['from']> | null {
  if (base.workflow === null || head.workflow === null) return null;
  const before = base.workflow.file.path;
  const isSameJob = basePath === null || basePath.join('/') === path.join('/');
  if (before === head.workflow.file.path && isSameJob) return null;
  return { workflow: before, ...(isSameJob ? {} : { job: basePath }) };
}

/** How the head names what the base names. */
function namesInHead(workflows: readonly WorkflowPair[], jobs: readonly JobPair[]): Comparison['inHead'] {
  const files = new Map<string, string>();
  for (const { base, head } of workflows) {
    if (base !== null && head !== null) files.set(base.file.path, head.file.path);
  }
  const keyOf = (workflow: string, job: readonly string[]): string => JSON.stringify([workflow, job]);
  const moved = new Map<string, Named>();
  for (const { base, head, path, basePath } of jobs) {
    if (base.workflow === null || head.workflow === null || basePath === null) continue;
    moved.set(keyOf(base.workflow.file.path, basePath), { workflow: head.workflow.file.path, job: path });
  }
  return ({ workflow, job }) => {
    const known = job === undefined ? undefined : moved.get(keyOf(workflow, job));
    return known ?? { workflow: files.get(workflow) ?? workflow, ...(job === undefined ? {} : { job }) };
  };
}
