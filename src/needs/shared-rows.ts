import type { Actor, Grant } from '../model/grant.ts';
import { canBeStartedByDependabot, isPullRequestEvent } from '../token/trigger-events.ts';

/**
 * The runs of forks and Dependabot that a row of the repository stands for as well, since what they get there is the same:
 * a condition of a step can tell them apart all the same.
 */
export function sharedRows(grants: readonly Grant[]): readonly Grant[] {
  const own = grants.filter(({ actor, status }) => actor === 'repository' && status !== 'not-run');
  return own.flatMap((row) =>
    (['fork', 'dependabot'] as const).flatMap((actor): readonly Grant[] => {
      const others = grants.filter((other) => other.actor === actor && other.baseRefCreatedByDependabot === undefined);
      const events = row.events.filter(
        (event) => canStart(actor, event) && !others.some((other) => covers(other, row, event)),
      );
      return events.length === 0 ? [] : [{ ...row, actor, events }];
    }),
  );
}

function canStart(actor: Actor, event: string): boolean {
  return actor === 'fork' ? isPullRequestEvent(event) : canBeStartedByDependabot(event);
}

/** Whether a row stands for all runs of an event that another one is about. */
function covers(other: Grant, row: Grant, event: string): boolean {
  return (
    other.events.includes(event) &&
    (other.actions === undefined || row.actions?.every((action) => other.actions?.includes(action)) === true) &&
    isFor(other.defaultPermissions, row.defaultPermissions) &&
    isFor(other.visibility, row.visibility) &&
    isFor(other.forkPullRequests, row.forkPullRequests)
  );
}

function isFor<Value>(value: Value | undefined, wanted: Value | undefined): boolean {
  return value === undefined || value === wanted;
}
