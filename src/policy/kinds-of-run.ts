import type { Actor, Grant } from '../model/grant.ts';
import type { Settings } from '../model/settings.ts';
import { isUnder, settingsCases } from '../token/settings-case.ts';
import type { SettingsCase, SettingsLabel } from '../token/settings-case.ts';
import { canBeStartedByDependabot, isPullRequestEvent } from '../token/trigger-events.ts';

/**
 * What a job gets in every kind of run, a row for each event and each actor who can start it. The report has rows for forks
 * and Dependabot only where they differ from the repository's own: here what they share with it stands, too.
 */
export function rowsByActor(rows: readonly Grant[], settings: Settings): readonly Grant[] {
  const single = rowsByEvent(rows);
  const events = new Set(single.flatMap((row) => row.events));
  return [
    ...single,
    ...[...events].flatMap((event) =>
      actorsOf(event).flatMap((actor) => shared(single, event, actor, settingsCases(settings), settings)),
    ),
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

/** The repository's rows that are an actor's, too. */
function shared(
  rows: readonly Grant[],
  event: string,
  actor: Actor,
  cases: readonly SettingsCase[],
  settings: Settings,
): readonly Grant[] {
  const ofEvent = rows.filter((row) => row.events.includes(event));
  const repository = ofEvent.filter((row) => row.actor === 'repository');
  const own = ofEvent.filter((row) => row.actor === actor && row.baseRefCreatedByDependabot === undefined);
  if (own.length === 0) return repository.map((row) => ({ ...row, actor }));
  const named = [...new Set([...repository, ...own].flatMap(({ actions = [] }) => actions))];
  const actions = named.length === 0 ? [undefined] : named;
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
