import type { Actor, Grant } from '../model/grant.ts';
import type { Settings } from '../model/settings.ts';
import type { Trigger } from '../model/workflow.ts';
import { isUnder, settingsCases } from '../token/settings-case.ts';
import type { SettingsCase, SettingsLabel } from '../token/settings-case.ts';
import { activityTypes, canBeStartedByDependabot, isPullRequestEvent } from '../token/trigger-events.ts';

/**
 * What a job gets in every kind of run, a row for each event and each actor who can start it. The report has rows for forks
 * and Dependabot only where they differ from the repository's own: here what they share with it stands, too. `triggers` are
 * those of the workflow that the runs are of.
 */
export function rowsByActor(
  rows: readonly Grant[],
  triggers: readonly Trigger[],
  settings: Settings,
): readonly Grant[] {
  const single = rowsByEvent(rows);
  const events = new Set(single.flatMap((row) => row.events));
  return [
    ...single,
    ...[...events].flatMap((event) => {
      const ofEvent = single.filter((row) => row.events.includes(event));
      const types = typesOf(triggers.find((trigger) => trigger.event === event));
      return actorsOf(event).flatMap((actor) => shared(ofEvent, types, actor, settings));
    }),
  ];
}

/** A row for each event. */
export function rowsByEvent(rows: readonly Grant[]): readonly Grant[] {
  return rows.flatMap((row) =>
    row.events.map((event) => (row.events.length === 1 ? row : { ...row, events: [event] })),
  );
}

function actorsOf(event: string): readonly Actor[] {
  return [
    ...(isPullRequestEvent(event) ? (['fork'] as const) : []),
    ...(canBeStartedByDependabot(event) ? (['dependabot'] as const) : []),
  ];
}

/** The activity types that can start a run, where rows may name some of them. */
function typesOf(trigger: Trigger | undefined): readonly string[] {
  return (trigger && activityTypes(trigger.event, trigger.types)) ?? [];
}

/** The repository's rows of an event that are an actor's, too. */
function shared(
  ofEvent: readonly Grant[],
  types: readonly string[],
  actor: Actor,
  settings: Settings,
): readonly Grant[] {
  const repository = ofEvent.filter((row) => row.actor === 'repository');
  const own = ofEvent.filter((row) => row.actor === actor && row.baseRefCreatedByDependabot === undefined);
  if (own.length === 0) return repository.map((row) => ({ ...row, actor }));
  const isByType = [...repository, ...own].some(({ actions }) => actions !== undefined);
  const actions = isByType ? types : [undefined];
  const cases = settingsCases(settings);
  return actions.flatMap((action) =>
    cases
      .filter((one) => !own.some((row) => isAbout(row, action, one)))
      .flatMap((one) =>
        repository
          .filter((row) => isAbout(row, action, one))
          .map((row): Grant => {
            return { ...row, actor, ...labelOf(one, settings), ...(action === undefined ? {} : { actions: [action] }) };
          }),
      ),
  );
}

function isAbout(row: Grant, action: string | undefined, one: SettingsCase): boolean {
  return (row.actions === undefined || action === undefined || row.actions.includes(action)) && isUnder(row, one);
}

/** The settings of a case that are not known. */
function labelOf(
  { defaultPermissions, visibility, forkPullRequests }: SettingsCase,
  settings: Settings,
): SettingsLabel {
  return {
    ...(settings.defaultPermissions.value === 'unknown' ? { defaultPermissions } : {}),
    ...(settings.visibility === 'unknown' ? { visibility } : {}),
    ...(settings.forkPullRequests === 'unknown' && forkPullRequests !== null ? { forkPullRequests } : {}),
  };
}
