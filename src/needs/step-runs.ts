import type { Grant } from '../model/grant.ts';
import type { Settings } from '../model/settings.ts';
import type { Workflow } from '../model/workflow.ts';
import { evaluateCondition } from '../token/condition.ts';
import type { Certainty, Value } from '../token/abstract-value.ts';
import type { ConditionContext } from '../token/condition.ts';
import { runContext } from '../token/run-context.ts';
import { runsOf } from '../token/run.ts';
import type { Run } from '../token/run.ts';
import { readExpression } from '../workflow/expression.ts';
import { definitionOf } from '../workflow/grammar/grammar.ts';

/** Where conditions of steps are evaluated. */
export interface StepRuns {
  /** The workflow whose events start the run. */
  readonly root: Workflow;
  readonly settings: Settings;
  /** What is known of the inputs of a called workflow; `null` for a workflow that starts by itself. */
  readonly inputs: Value | null;
}

/**
 * The events of a row in which a step may run: not those in which one of its conditions is certainly false. A step of a
 * composite action has those of the steps that lead to it, too.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsif
 */
export function eventsOfStep(conditions: readonly string[], row: Grant, runs: StepRuns): readonly string[] {
  if (conditions.length === 0) return row.events;
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

function mayRun(condition: string, run: Run, row: Grant, runs: StepRuns): boolean {
  // What became of earlier steps is not known; `success()` in front of a condition changes nothing then.
  const status = { always: true, success: 'unknown', failure: 'unknown', cancelled: 'unknown' } as const;
  return run.trigger.event === 'workflow_call' || outcomeOf(condition, 'step-if', run, row, runs, status) !== false;
}

/** Whether conditions certainly hold in all runs of a row that go as they should, or fail where it is asked for that. */
export function isCertainIn(
  conditions: readonly string[],
  kind: 'job-if' | 'step-if',
  row: Grant,
  runs: StepRuns,
): boolean {
  const status = { always: true, success: true, failure: true, cancelled: false } as const;
  return conditions.every((condition) =>
    row.events.every((event) =>
      runsIn(event, row, runs).every((run) => outcomeOf(condition, kind, run, row, runs, status) === true),
    ),
  );
}

function outcomeOf(
  condition: string,
  kind: 'job-if' | 'step-if',
  run: Run,
  row: Grant,
  { settings, inputs }: StepRuns,
  status: ConditionContext['status'],
): Certainty {
  const read = readExpression(condition, definitionOf(kind).context ?? []);
  if ('error' in read || read.tree === null) return 'unknown';
  const visibility = row.visibility ?? visibilityOf(settings);
  const contexts = runContext(run, settings.repository, visibility, inputs);
  return evaluateCondition(read.tree, { contexts, status });
}

/** What is known of the visibility; `null` when it is open. */
export function visibilityOf({ visibility }: Pick<Settings, 'visibility'>): 'public' | 'private' | null {
  if (visibility === 'unknown') return null;
  return visibility === 'public' ? 'public' : 'private';
}
