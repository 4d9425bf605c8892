import type { Trigger } from '../model/workflow.ts';
import type { CheckedWorkflow } from '../policy/checked-workflow.ts';
import { runsOf } from '../token/run.ts';
import type { Run } from '../token/run.ts';
import { activityTypes } from '../token/trigger-events.ts';

/** A kind of run of one workflow, as the rows of the report tell kinds apart. */
export interface Cell extends Pick<Run, 'actor' | 'baseRefCreatedByDependabot'> {
  readonly event: string;
  /** The activity type; `''` for an event that has none, `null` for any that no side names. */
  readonly action: string | null;
}

/** The kinds of runs of an event. */
export interface EventCells {
  readonly event: string;
  readonly actions: readonly (string | null)[];
  readonly starters: readonly Pick<Run, 'actor' | 'baseRefCreatedByDependabot'>[];
}

const BY_CALL: EventCells = {
  event: 'workflow_call',
  actions: [null],
  starters: [{ actor: 'repository', baseRefCreatedByDependabot: false }],
};

/**
 * All kinds of runs that one of two workflows has, those of the head first. What a file is called for is shown by the
 * workflows that call it, as far as any is known: `isCalled`.
 */
export function cellsOf(workflows: readonly CheckedWorkflow[], isCalled: boolean): readonly EventCells[] {
  const cells = new Map<string, EventCells>();
  for (const { file } of workflows) {
    for (const { trigger, actions, starters } of runsOf(file.workflow)) {
      const { event } = trigger;
      const known = cells.get(event)?.actions ?? [];
      cells.set(event, { event, actions: [...new Set([...known, ...actions])], starters });
    }
  }
  const areCallable = workflows.some(({ file }) => file.workflow.triggers.some(isCall));
  return [...cells.values(), ...(areCallable && !isCalled ? [BY_CALL] : [])];
}

/** The trigger of an event; the first one, as everywhere. */
export function triggerOf({ file }: CheckedWorkflow, event: string): Trigger | null {
  return file.workflow.triggers.find((trigger) => trigger.event === event) ?? null;
}

/** The activity types by which a trigger starts runs; `null` for any. */
export function typesOf({ event, types }: Trigger): readonly (string | null)[] | null {
  return activityTypes(event, types);
}

function isCall({ event }: Trigger): boolean {
  return event === 'workflow_call';
}
