import { defaultPair, type DefaultToken } from '../defaults.ts';
import { visible } from '../escape-terminal.ts';
import type { JobGroup } from '../fold.ts';
import { levelsKey, type Levels } from '../levels.ts';
import { needLines } from './need-words.ts';
import type { Outcome } from '../outcomes.ts';
import { onlyForInWords, originInWords, passedOnInWords } from '../origin-words.ts';
import { renderPhrase } from '../phrase.ts';
import type { Entry, Style } from './terminal-lines.ts';
import { once, shortReference } from '../words.ts';
import { number } from '../../words/in-words.ts';

/** What the entries of all jobs of a report share. */
export interface TextContext {
  /** Long tokens of the repository's default, listed in full at the end of the report. */
  readonly defaults: ReadonlyMap<string, DefaultToken>;
  /** All doubts; a row refers to them by their place, from 1. */
  readonly doubts: readonly string[];
}

/** The widest label of `jobEntries`, and two spaces. */
export const LABEL_WIDTH = 7;

/** Takes jobs with the same token and returns what is to say about them, writes first. */
export function jobEntries(group: JobGroup, workflowPath: string, context: TextContext): readonly Entry[] {
  return [
    ...callEntries(group),
    ...tokenEntries(group, workflowPath, context),
    ...differenceEntries(group, context),
    ...needEntries(group, workflowPath),
  ];
}

/** What the jobs need, quietly: the rules say loudly what is wrong with it. */
function needEntries(group: JobGroup, workflowPath: string): readonly Entry[] {
  return needLines(group, workflowPath).map(({ jobs, text, aside }, index): Entry => {
    const who = jobs.length === 0 ? '' : ` for ${jobs.map(visible).join(', ')}`;
    const line = entry(index === 0 ? 'needs' : '', renderPhrase(text, visible) + who, 'quiet');
    return aside === null ? line : { ...line, aside: `(${aside})` };
  });
}

function callEntries({ jobs, knowledge, passedOn }: JobGroup): readonly Entry[] {
  if (passedOn === null) return [];
  const called = once(jobs.map(({ uses }) => visible(shortReference(uses ?? ''))));
  const calls = entry('calls', `${called.join(', ')}, which ${called.length === 1 ? 'was' : 'were'} not read`);
  if (knowledge !== 'unknown') return [calls];
  return [calls, entry('gives', passedOnInWords(passedOn))];
}

function tokenEntries(group: JobGroup, workflowPath: string, context: TextContext): readonly Entry[] {
  if (group.knowledge === 'callers-decide') return [entry('', 'gets what the calling workflow gives')];
  if (group.knowledge === 'never-runs') return [entry('', 'does not run')];
  if (group.knowledge === 'unknown') return group.passedOn === null ? [entry('', 'not computed', 'warning')] : [];
  return (
    pairEntries(group, context) ?? group.outcomes.flatMap((each) => outcomeEntries(each, group, workflowPath, context))
  );
}

/** A job that no block applies to, when the repository's default is not known, takes two lines. */
function pairEntries(group: JobGroup, context: TextContext): readonly Entry[] | null {
  const pair = defaultPair(group);
  if (pair === null) return null;
  const { write, read } = pair;
  const marks = doubtMarks(ownDoubts(write, context), context);
  const most = write.atMost ? 'at most ' : '';
  return [
    entry('write', `${most}${levelList(write.levels, 'write', context)} if the default is write${marks}`, 'write'),
    entry('read', `${most}${read.levels.read.join(', ')} if it is read`),
  ];
}

function outcomeEntries(
  outcome: JobGroup['outcomes'][0],
  group: JobGroup,
  workflowPath: string,
  context: TextContext,
): readonly Entry[] {
  const { levels, source, atMost, runs, onlyFor, defaultPermissions, doubts } = outcome;
  const when =
    defaultPermissions === null ? `on ${runs.map(visible).join(', ')}` : `if the default is ${defaultPermissions}`;
  const heading =
    onlyFor !== null
      ? [entry(group.outcomes[0] === outcome ? 'only' : 'or', `${onlyForInWords(onlyFor)}:`)]
      : group.outcomes.length > 1 || defaultPermissions !== null
        ? [entry('', `${when}:`)]
        : [];
  const list = (level: 'write' | 'read') =>
    (atMost ? 'at most ' : '') + (source === 'default' ? levelList(levels, level, context) : levels[level].join(', '));
  const lists = [
    ...(levels.write.length > 0 ? [entry('write', list('write'), 'write')] : []),
    ...(levels.read.length > 0 ? [entry('read', list('read'))] : []),
  ];
  const told = lists.length > 0 ? lists : [entry('none', 'no permissions')];
  const origin = renderPhrase(originInWords(outcome, outcome.places, workflowPath), visible);
  const marks = doubtMarks(source === 'default' ? ownDoubts(outcome, context) : doubts, context);
  return [
    ...heading,
    ...told.slice(0, -1),
    ...told
      .slice(-1)
      .map((last) => ({ ...last, aside: `(${origin}${marks === '' ? '' : `; ${marks.trim().slice(1, -1)}`})` })),
  ];
}

function levelList(levels: Levels, level: 'write' | 'read', context: TextContext): string {
  const names = levels[level];
  return isListed(levels, context) && names.length > 3
    ? `${number(names.length)} permissions (below)`
    : names.join(', ');
}

/** Without those that are told with the list of a long token. */
function ownDoubts(
  { levels, doubts }: Pick<Outcome, 'levels' | 'doubts'>,
  { defaults }: TextContext,
): readonly string[] {
  const told = defaults.get(levelsKey(levels))?.doubts ?? [];
  return doubts.filter((doubt) => !told.includes(doubt));
}

function isListed(levels: Levels, { defaults }: TextContext): boolean {
  return defaults.has(levelsKey(levels));
}

function differenceEntries({ differences }: JobGroup, context: TextContext): readonly Entry[] {
  const own = differences.filter(({ isToldOnce }) => !isToldOnce);
  return own.map(({ when, what, doubts, reachesForks }, index) => {
    const text = `${renderPhrase(when, visible)}: ${what}${doubtMarks(doubts, context)}`;
    return entry(index === 0 ? 'but' : '', text, reachesForks ? 'write' : 'plain');
  });
}

/** ` (not certain: note 1, 2)`, with the numbers of the notes that say why. */
export function doubtMarks(doubts: readonly string[], { doubts: all }: Pick<TextContext, 'doubts'>): string {
  if (doubts.length === 0) return '';
  return ` (not certain: note ${doubts.map((doubt) => number(all.indexOf(doubt) + 1)).join(', ')})`;
}

function entry(label: string, text: string, style: Style = 'plain'): Entry {
  return { label, text, style };
}
