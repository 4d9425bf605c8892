import type { Actor } from '../model/grant.ts';
import type { Trigger, Workflow } from '../model/workflow.ts';
import {
  activityTypes,
  canBeStartedByDependabot,
  isPullRequestEvent,
  isReducedForDependabot,
  isReducedForForks,
} from './trigger-events.ts';

/** One kind of run: what started it and where the change comes from. */
export interface Run {
  readonly trigger: Trigger;
  /** The activity type; `''` for an event that has none, `null` when it may be any. */
  readonly action: string | null;
  readonly actor: Actor;
  /** Only on `pull_request_target`: Dependabot created the pull request's base branch. */
  readonly baseRefCreatedByDependabot: boolean;
}

/** The runs of one event that can differ, without those of other activity types. */
export interface EventRuns {
  readonly trigger: Trigger;
  readonly actions: readonly (string | null)[];
  readonly starters: readonly Pick<Run, 'actor' | 'baseRefCreatedByDependabot'>[];
}

/** The events that start runs of a workflow by itself, in the order written, with all that can make runs differ. */
export function runsOf(workflow: Workflow): readonly EventRuns[] {
  return workflow.triggers
    .filter(
      ({ event }, index, all) => event !== 'workflow_call' && all.findIndex((one) => one.event === event) === index,
    )
    .map((trigger) => ({
      trigger,
      actions: activityTypes(trigger.event, trigger.types) ?? [null],
      starters: startersOf(trigger.event),
    }));
}

/** The same for runs that GitHub treats alike, whatever event they are of; conditions aside. */
export function kindOfRun(event: string, { actor, baseRefCreatedByDependabot }: EventRuns['starters'][number]): string {
  if (actor === 'repository') return actor;
  const reduced = actor === 'fork' ? isReducedForForks(event) : isReducedForDependabot(event);
  return `${actor} ${reduced} ${baseRefCreatedByDependabot}`;
}

function startersOf(event: string): EventRuns['starters'] {
  const starter = (actor: Actor, baseRefCreatedByDependabot = false) => ({ actor, baseRefCreatedByDependabot });
  return [
    starter('repository'),
    ...(isPullRequestEvent(event) ? [starter('fork')] : []),
    ...(canBeStartedByDependabot(event) ? [starter('dependabot')] : []),
    ...(event === 'pull_request_target' ? [starter('dependabot', true)] : []),
  ];
}
