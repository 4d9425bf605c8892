import type { KnownRun } from '../model/comparison.ts';
import type { Grant } from '../model/grant.ts';
import type { Settings } from '../model/settings.ts';
import { isUnder, settingsCases, type SettingsCase } from '../token/settings-case.ts';

/** The rows of a job that a run can be of, by what is known of the run. */
export function rowsOfRun(
  grants: readonly Grant[],
  { event, actor }: Pick<KnownRun, 'event' | 'actor'>,
  settings: Settings,
): readonly Grant[] {
  const ofEvent = event === null ? grants : grants.filter(({ events }) => events.includes(event));
  if (actor === null) return ofEvent;
  if (actor === 'repository') return ofEvent.filter((row) => row.actor === actor);
  const events = event === null ? [...new Set(grants.flatMap((row) => row.events))] : [event];
  const applying = new Set(events.flatMap((one) => rowsOfActor(ofEvent, one, actor, settings)));
  return ofEvent.filter((row) => applying.has(row));
}

/** A fork and Dependabot have rows only where they differ from the repository, whose rows hold for the rest. */
function rowsOfActor(
  grants: readonly Grant[],
  event: string,
  actor: 'fork' | 'dependabot',
  settings: Settings,
): readonly Grant[] {
  const rows = grants.filter(({ events }) => events.includes(event));
  const actions = [null, ...new Set(rows.flatMap((row) => row.actions ?? []))];
  return settingsCases(settings).flatMap((one) =>
    actions.flatMap((action) => {
      const covering = rows.filter((row) => covers(row, one, action));
      const own = covering.filter((row) => row.actor === actor);
      const isReplaced = own.some((row) => row.baseRefCreatedByDependabot !== true);
      return isReplaced ? own : [...own, ...covering.filter((row) => row.actor === 'repository')];
    }),
  );
}

function covers(row: Grant, one: SettingsCase, action: string | null): boolean {
  const isOfAction = row.actions === undefined || (action !== null && row.actions.includes(action));
  return isOfAction && isUnder(row, one);
}
