import type { Because, Change, ChangedPermission, ChangeKind } from '../model/change.ts';
import { forksTold } from './forks-told.ts';
import { byImportance, levelsInWords, levelsOf } from './levels.ts';
import { listedPhrases, phrase, quoted, type Phrase } from './phrase.ts';
import { shortPath } from './words.ts';
import { listed, number, plural } from '../words/in-words.ts';

/** Changes of one kind that came about in the same way, as people are told of them. */
export interface ToldChange {
  readonly kind: ChangeKind;
  readonly effect: Effect;
  /** Whether something can be written now that could not be before. */
  readonly isWrite: boolean;
  /** What it is about: `build of ci.yml`, or several of these. */
  readonly who: Phrase;
  /** What becomes different, and in which runs. */
  readonly what: Phrase;
  readonly because: Because;
}

/** Whether a token may do more, or less, than before, or something else is different. */
export type Effect = 'more' | 'less' | 'other';

/** How a kind is called, and what it means for a reviewer. */
const KINDS: Readonly<Record<ChangeKind, { readonly name: string; readonly effect: Effect }>> = {
  'reachable-by-outsiders': { name: 'outsiders', effect: 'more' },
  raised: { name: 'raised', effect: 'more' },
  'contract-raised': { name: 'asks more', effect: 'more' },
  'starts-to-fail': { name: 'fails', effect: 'other' },
  new: { name: 'new', effect: 'more' },
  'stops-failing': { name: 'starts', effect: 'more' },
  'becomes-unknown': { name: 'unknown', effect: 'other' },
  'becomes-known': { name: 'known', effect: 'other' },
  lowered: { name: 'lowered', effect: 'less' },
  'no-longer-reachable': { name: 'no outsiders', effect: 'less' },
  'contract-lowered': { name: 'asks less', effect: 'less' },
  removed: { name: 'removed', effect: 'less' },
};

/** Kinds in the order in which a reviewer wants to see them. */
export const KINDS_IN_ORDER = Object.keys(KINDS) as readonly ChangeKind[];

/** Takes a kind and returns what it is called in a list, in one or two words. */
export function kindName(kind: ChangeKind): string {
  return KINDS[kind].name;
}

/** Takes a kind and returns what it means for a reviewer. */
export function kindEffect(kind: ChangeKind): Effect {
  return KINDS[kind].effect;
}

/** Takes changes and returns them as people are told of them: what matters most first, alike ones in one. */
export function toldChanges(changes: readonly Change[]): readonly ToldChange[] {
  const alike = new Map<string, [Change, ...Change[]]>();
  for (const change of forksTold(changes)) {
    const key = alikeKey(change);
    const same = alike.get(key);
    if (same === undefined) alike.set(key, [change]);
    else same.push(change);
  }
  return [...alike.values()].map(told).sort(byWeight);
}

/** A run that does not start is told of once for its file, whatever its jobs would have got. */
function alikeKey(change: Change): string {
  const { kind, workflow, job, permissions, because, events, actions } = change;
  if (kind === 'starts-to-fail') return JSON.stringify([kind, workflow, because]);
  return JSON.stringify([
    kind,
    permissions,
    because,
    whoStarts(change),
    settingsOf(change),
    events,
    actions,
    job === undefined,
  ]);
}

function told(same: readonly [Change, ...Change[]]): ToldChange {
  const [change] = same;
  const { kind, because, permissions } = change;
  return {
    kind,
    effect: KINDS[kind].effect,
    isWrite: permissions.some(({ before, after }) => after === 'write' && before !== 'write'),
    who: kind === 'starts-to-fail' ? [quoted(shortPath(change.workflow))] : whoInWords(same),
    what: kind === 'starts-to-fail' ? [levelsText(change)] : [levelsText(change), ...runsInWords(change)],
    because,
  };
}

function byWeight(a: ToldChange, b: ToldChange): number {
  return Number(b.isWrite) - Number(a.isWrite) || KINDS_IN_ORDER.indexOf(a.kind) - KINDS_IN_ORDER.indexOf(b.kind);
}

/** More jobs than these are counted. */
const MOST_NAMES = 5;

function whoInWords(same: readonly Change[]): Phrase {
  const files = new Map<string, Change[]>();
  for (const change of same) files.set(change.workflow, [...(files.get(change.workflow) ?? []), change]);
  const parts = [...files].map(([workflow, own]): Phrase => {
    const jobs = own.flatMap(({ job }) => (job === undefined ? [] : [phrase`${quoted(job.join(' / '))}`]));
    const file = quoted(shortPath(workflow));
    if (jobs.length === 0) return [file, ...movedFrom(own)];
    const more = jobs.length - MOST_NAMES;
    const names = more > 1 ? [...jobs.slice(0, MOST_NAMES), phrase`${plural(more, 'more job')}`] : jobs;
    return [...listedPhrases(names), ' of ', file, ...movedFrom(own)];
  });
  const more = parts.length - MOST_NAMES;
  return listedPhrases(more > 1 ? [...parts.slice(0, MOST_NAMES), [`${number(more)} more files`]] : parts);
}

/** Where a single job or file was before it moved. */
function movedFrom(changes: readonly Change[]): Phrase {
  const [change, ...others] = changes;
  if (change?.from === undefined || others.length > 0) return [];
  const { workflow, job } = change.from;
  if (job === undefined || job.join() === change.job?.join()) return phrase` (before: ${quoted(shortPath(workflow))})`;
  if (workflow === change.workflow) return phrase` (before: ${quoted(job.join(' / '))})`;
  return phrase` (before: ${quoted(job.join(' / '))} of ${quoted(shortPath(workflow))})`;
}

/** More permissions than these are counted. */
const MOST_PERMISSIONS = 8;

function levelsText({ kind, permissions }: Change): string {
  switch (kind) {
    case 'new':
    case 'reachable-by-outsiders':
    case 'stops-failing':
      return `gets ${tokenInWords(permissions, 'after')}`;
    case 'removed':
    case 'no-longer-reachable':
      return `had ${tokenInWords(permissions, 'before')}`;
    case 'starts-to-fail':
      return 'no job of the run starts';
    case 'becomes-unknown':
      return 'what it gets is not known any more';
    case 'becomes-known':
      return 'it is known now what it gets';
    case 'raised':
    case 'lowered':
      return levelChanges(permissions);
    case 'contract-raised':
    case 'contract-lowered':
      return `callers must give ${levelChanges(permissions)}`;
  }
}

function tokenInWords(permissions: readonly ChangedPermission[], side: 'before' | 'after'): string {
  const { write, read } = levelsOf(Object.fromEntries(permissions.map((one) => [one.permission, one[side]])));
  const left = Math.max(0, write.length + read.length - MOST_PERMISSIONS);
  const shown = {
    write: write.slice(0, MOST_PERMISSIONS),
    read: read.slice(0, Math.max(0, MOST_PERMISSIONS - write.length)),
  };
  return levelsInWords(shown) + (left === 0 ? '' : ` and ${number(left)} more`);
}

function levelChanges(permissions: readonly ChangedPermission[]): string {
  // Nobody does anything with `metadata` that could not be done without it.
  const told = permissions.filter(({ permission }) => permission !== 'metadata');
  const sorted = (told.length === 0 ? permissions : told).toSorted(
    (a, b) => Number(b.after === 'write') - Number(a.after === 'write') || byImportance(a.permission, b.permission),
  );
  const words = sorted
    .slice(0, MOST_PERMISSIONS)
    .map(({ permission, before, after }) => `${permission} ${before} → ${after}`);
  const left = sorted.length - words.length;
  return listed(left === 0 ? words : [...words, `${number(left)} more`]);
}

/** The runs that it is about: `on push and schedule, from forks too`. */
function runsInWords(change: Change): Phrase {
  const { events, actions } = change;
  const types = actions === undefined ? [] : phrase` (${quoted(listed(actions))})`;
  const runs: Phrase =
    events.length === 0 || events.join() === 'workflow_call'
      ? change.job === undefined
        ? []
        : [', when it is called']
      : [', on ', ...listedPhrases(events.map((event) => [quoted(event)])), ...types];
  const conditions = [whoStarts(change), ...settingsOf(change)].filter((words) => words !== '');
  return [...runs, ...conditions.map((words) => `, ${words}`)];
}

/** The values of settings under which alone it is so. */
function settingsOf({ defaultPermissions, visibility, forkPullRequests }: Change): readonly string[] {
  return [
    ...(defaultPermissions === undefined ? [] : [`if the default is ${defaultPermissions}`]),
    ...(visibility === undefined ? [] : [`if the repository is ${visibility}`]),
    ...(forkPullRequests === undefined ? [] : [`if fork pull requests are set to ${forkPullRequests}`]),
  ];
}

/** Who starts these runs, where that is not just anybody. Dependabot is one of the team. */
function whoStarts({ actors }: Change): string {
  if (actors.includes('repository')) return actors.includes('fork') ? 'from forks too' : '';
  return `${listed(actors.map((actor) => (actor === 'fork' ? 'from forks' : 'by Dependabot')))} only`;
}
