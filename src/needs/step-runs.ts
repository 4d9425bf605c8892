import type { Grant } from '../model/grant.ts';
import type { Settings } from '../model/settings.ts';
import type { Workflow } from '../model/workflow.ts';
import { evaluateCondition } from '../token/condition.ts';
import { runContext } from '../token/run-context.ts';
import { runsOf } from '../token/run.ts';
import type { Run } from '../token/run.ts';
import { readExpression } from '../workflow/expression.ts';
import { definitionOf } from '../workflow/grammar.ts';

/** Where conditions of steps are evaluated. */
export interface StepRuns {
  /** The workflow whose events start the run. */
  readonly root: Workflow;
  readonly settings: Settings;
  /** The job is one of a called workflow. */
  readonly isCalled: boolean;
}

/**
 * The events of a row in which a step may run: not those in which one of its conditions is certainly false. A step of a
 * composite action has those of the steps that lead to it, too.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsif
 */
export function eventsOfStep(conditions: readonly string[], row: Grant, runs: StepRuns): readonly string[] {
  return row.events.filter((event) =>
    conditions.every((condition) => runsIn(event, row, runs).some((run) => mayRun(condition, run, row, runs))),
  );
}

/** The kinds of run that a row stands for. `workflow_call` stands for the runs of callers that are not known. */
function runsIn(event: string, row: Grant, { root }: StepRuns): readonly Run[] {
  const { actor, baseRefCreatedByDependabot = false } = row;
  const known = runsOf(root).find(({ trigger }) => trigger.event === event);
  const trigger = known?.trigger ?? root.triggers.find((one) => one.event === event);
  if (trigger === undefined) return [];
  const actions = row.actions?.map((action) => (action === '' ? null : action)) ?? known?.actions ?? [null];
  return actions.map((action) => ({ trigger, action, actor, baseRefCreatedByDependabot }));
}

function mayRun(condition: string, run: Run, row: Grant, { settings, isCalled }: StepRuns): boolean {
  if (run.trigger.event === 'workflow_call') return true;
  const read = readExpression(condition, definitionOf('step-if').context ?? []);
  if ('error' in read || read.tree === null) return true;
  const visibility = row.visibility ?? visibilityOf(settings);
  const contexts = runContext(run, settings.repository, visibility, isCalled);
  // What became of earlier steps is not known; `success()` in front of a condition changes nothing then.
  const status = { always: true, success: 'unknown', failure: 'unknown', cancelled: 'unknown' } as const;
  return evaluateCondition(read.tree, { contexts, status }) !== false;
}

/** What is known of the visibility; `null` when it is open. */
export function visibilityOf({ visibility }: Pick<Settings, 'visibility'>): 'public' | 'private' | null {
  if (visibility === 'unknown') return null;
  return visibility === 'public' ? 'public' : 'private';
}
