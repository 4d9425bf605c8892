import { checkAll } from '../../src/check-all.ts';
import type { State } from '../../src/check-all.ts';
import { changesBetween } from '../../src/changes/changes-between.ts';
import type { CalledFiles } from '../../src/calls/called-files.ts';
import type { Change } from '../../src/model/change.ts';
import type { Settings } from '../../src/model/settings.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { bytesOf, PATH, settingsOf } from './checking.ts';
import type { Known } from './checking.ts';

/** The files of a repository, by path; a text alone is the one of `PATH`. */
export type Texts = string | Readonly<Record<string, string>>;

export function stateOf(texts: Texts, called: CalledFiles = new Map()): State {
  const files = typeof texts === 'string' ? { [PATH]: texts } : texts;
  return { files: readFiles(Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }))), called };
}

/** What differs between two states of a repository. */
export function changesOf(base: Texts, head: Texts, known: Known = {}): readonly Change[] {
  return changesUnder(stateOf(base), stateOf(head), settingsOf(known), settingsOf(known));
}

/** The same under settings that may differ. */
export function changesUnder(base: State, head: State, before: Settings, after: Settings): readonly Change[] {
  const checked = checkAll(head, after, []);
  const known = { checked, sharesNeeds: () => true };
  return changesBetween(checkAll(base, before === after ? after : before, [], known), checked).changes;
}

/** What a change says in short: the kind, the job, in which runs, and the permissions. */
export function brief({ kind, workflow, job, from, events, actions, actors, permissions, ...more }: Change): string {
  const file = workflow.slice(workflow.lastIndexOf('/') + 1).replace(/\.yml$/, '');
  const moved =
    from === undefined ? [] : [`from ${[from.workflow.replace(/^.*\/|\.yml$/g, ''), ...(from.job ?? [])].join('/')}`];
  return [
    kind,
    [file, ...(job ?? [])].join('/'),
    ...moved,
    `${events.join('+')}${actions === undefined ? '' : `[${actions.join()}]`}`,
    actors.join('+'),
    ...(more.baseRefCreatedByDependabot === true ? ['own base'] : []),
    ...(more.defaultPermissions === undefined ? [] : [`default=${more.defaultPermissions}`]),
    ...(more.visibility === undefined ? [] : [more.visibility]),
    ...(more.forkPullRequests === undefined ? [] : [`forks=${more.forkPullRequests}`]),
    ...(more.byOutsiders === true ? ['outsiders'] : []),
    ...(more.upperBound === true ? ['at most'] : []),
    ...permissions.map(({ permission, before, after }) => `${permission}:${before}>${after}`),
  ].join(' ');
}
