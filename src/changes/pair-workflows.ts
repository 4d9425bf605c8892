import type { CheckedWorkflow } from '../policy/checked-workflow.ts';
import { bodyOf } from './same-job.ts';
import type { Side } from './side.ts';

/** A workflow on both sides, or on one. */
export interface WorkflowPair {
  readonly base: CheckedWorkflow | null;
  readonly head: CheckedWorkflow | null;
}

/**
 * Pairs the workflows of two sides: those with the same path, then those that were renamed, which have the same jobs or
 * are most alike. The same pairs come of it when the sides are swapped.
 */
export function pairWorkflows(base: Side, head: Side): readonly WorkflowPair[] {
  const baseByPath = new Map(base.workflows.map((workflow) => [workflow.file.path, workflow]));
  const paths = new Set(head.workflows.map(({ file }) => file.path));
  const gone = base.workflows.filter(({ file }) => !paths.has(file.path));
  const added = head.workflows.filter(({ file }) => !baseByPath.has(file.path));
  const renamed = renames(gone, added);
  const taken = new Set(renamed.values());
  return [
    ...head.workflows.map((workflow): WorkflowPair => {
      return { base: renamed.get(workflow) ?? baseByPath.get(workflow.file.path) ?? null, head: workflow };
    }),
    ...gone
      .filter((workflow) => !taken.has(workflow))
      .map((workflow): WorkflowPair => ({ base: workflow, head: null })),
  ];
}

/** By the workflow of the head: which one of the base it was. */
function renames(
  gone: readonly CheckedWorkflow[],
  added: readonly CheckedWorkflow[],
): ReadonlyMap<CheckedWorkflow, CheckedWorkflow> {
  const found = new Map<CheckedWorkflow, CheckedWorkflow>();
  if (gone.length === 0 || added.length === 0) return found;
  const [before, after] = [gone.map(withBodies), added.map(withBodies)];
  const candidates = before.flatMap((from) =>
    after.flatMap((to) => {
      const isSame = from.workflow.file.workflow === to.workflow.file.workflow;
      const likeness = isSame ? SAME_TEXT : likenessOf(from.bodies, to.bodies);
      if (likeness < LEAST_LIKENESS) return [];
      const isSameName = from.workflow.report.name === to.workflow.report.name;
      return [{ from: from.workflow, to: to.workflow, likeness, isSameName }];
    }),
  );
  // Those that are as alike stay in the order of their paths: that is the same whichever side is called the base.
  candidates.sort((a, b) => b.likeness - a.likeness || Number(b.isSameName) - Number(a.isSameName));
  const taken = new Set<CheckedWorkflow>();
  for (const { from, to } of candidates) {
    if (taken.has(from) || taken.has(to)) continue;
    taken.add(from).add(to);
    found.set(to, from);
  }
  return found;
}

/** As git sees renames: at least half of it is the same. */
const LEAST_LIKENESS = 0.5;

/** More than any jobs can be alike. */
const SAME_TEXT = 2;

function withBodies(workflow: CheckedWorkflow) {
  return { workflow, bodies: workflow.file.workflow.jobs.map(bodyOf) };
}

/** How many of the jobs do the same, of those of the file that has more. */
function likenessOf(one: readonly string[], other: readonly string[]): number {
  const left = [...other];
  const same = one.filter((body) => {
    const index = left.indexOf(body);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
  return same.length / Math.max(one.length, other.length, 1);
}
