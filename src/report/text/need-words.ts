import type { Location } from '../../model/position.ts';
import type { Permissions } from '../../model/permission.ts';
import type { ReportedJob, ReportedNeeds } from '../../model/report.ts';
import { cellsOf, type Cell } from '../cells.ts';
import { isComparable, missingOf, openOf, unusedOf, type Part } from '../compared.ts';
import type { JobGroup } from '../fold.ts';
import { byImportance, levelsInWords, levelsOf } from '../levels.ts';
import { placesInWords } from '../origin-words.ts';
import { phrase, quoted, type Phrase } from '../phrase.ts';
import { truncated } from './terminal-width.ts';
import { differentLines, once } from '../words.ts';
import { listed, number } from '../../words/in-words.ts';

/** What some jobs with the same token need, in one line. */
export interface NeedLine {
  /** The jobs that it is about, where the others of their group need something else; otherwise empty. */
  readonly jobs: readonly string[];
  readonly text: Phrase;
  /** What is to say beside it: what they do not use, or do not get; `null` for nothing. */
  readonly aside: string | null;
}

/** More lines than these are no longer read. */
const MOST_LINES = 3;

/**
 * Takes jobs with the same token and the path of their workflow, and returns what they need, one line for each that is
 * different. Jobs that never run, and calls that were not read, have none.
 */
export function needLines(group: JobGroup, workflowPath: string): readonly NeedLine[] {
  if (group.knowledge === 'never-runs' || group.passedOn !== null) return [];
  const cells = cellsOf(group);
  const folded = new Map<string, ReportedJob[]>();
  for (const job of group.jobs) {
    if (job.needs === null) continue;
    const key = lineKey(job, job.needs, openOf(job.needs, group, cells));
    folded.set(key, [...(folded.get(key) ?? []), job]);
  }
  const all = [...folded.values()].sort((a, b) => b.length - a.length);
  const shown = all.length > MOST_LINES + 1 ? all.slice(0, MOST_LINES) : all;
  const isOne = all.length === 1 && all[0]?.length === group.jobs.length;
  const lines = shown.flatMap((jobs): NeedLine[] => {
    const [first] = jobs;
    if (first === undefined || first.needs === null) return [];
    const aside = isComparable(group) ? asideOf(first, first.needs, cells) : null;
    const open = openOf(first.needs, group, cells);
    const isAll = isComparable(group) && open.length === 0 && isAllUsed(first, first.needs, cells);
    // That nothing is needed of nothing goes without saying.
    if (isAll && isOne && cells.size === 0) return [];
    const text: Phrase = isAll && cells.size > 0 ? ['all of it'] : needed(first.needs, open, jobs, workflowPath);
    return [{ jobs: isOne ? [] : jobs.map(({ path }) => path.join(' / ')), text, aside }];
  });
  const rest = all.slice(shown.length).reduce((sum, jobs) => sum + jobs.length, 0);
  return rest === 0 ? lines : [...lines, { jobs: [], text: [`something else for ${number(rest)} jobs`], aside: null }];
}

/** The same for jobs of a group of which the same is to say; where their steps stand may differ. */
function lineKey({ suggested }: ReportedJob, needs: ReportedNeeds, open: ReportedNeeds['uncertain']): string {
  const { permissions, because, unseen } = needs;
  const needed = because.map((need) => [
    need.permission,
    need.level,
    need.when,
    need.tolerated,
    need.optional,
    need.publicRead,
  ]);
  const names = open.length === 0 ? [] : once(unseen.map(({ by }) => by));
  return JSON.stringify([suggested, open, permissions, names, once(needed.map(String))]);
}

function isAllUsed(job: ReportedJob, needs: ReportedNeeds, cells: ReadonlyMap<string, Cell>): boolean {
  return unusedOf(job, cells).length === 0 && missingOf(needs, cells).length === 0;
}

function needed(
  { permissions }: ReportedNeeds,
  open: ReportedNeeds['uncertain'],
  jobs: readonly ReportedJob[],
  workflowPath: string,
): Phrase {
  const least = levelsInWords(levelsOf(permissions));
  if (open.length === 0) return [isNothing(permissions) ? 'nothing' : least];
  if (open === 'all') {
    const words = isNothing(permissions) ? 'not known' : `at least ${least}`;
    return [words, '; not seen: ', ...unseenInWords(jobs, null, workflowPath)];
  }
  const names = [...open].sort(byImportance);
  const perhaps = `perhaps ${listed(names.map((name) => (Object.hasOwn(permissions, name) ? `${name}: write` : name)))}`;
  const words = isNothing(permissions) ? perhaps : `${least}, ${perhaps}`;
  return [words, '; not seen: ', ...unseenInWords(jobs, open, workflowPath)];
}

/** More steps than these are counted. */
const MOST_STEPS = 2;
const LONGEST_STEP = 60;

/** `about`: the permissions that matter; `null` for all. */
function unseenInWords(jobs: readonly ReportedJob[], about: readonly string[] | null, workflowPath: string): Phrase {
  const steps = new Map<string, Location[]>();
  for (const { by, permissions, path, line, column } of jobs.flatMap(({ needs }) => needs?.unseen ?? [])) {
    if (about !== null && permissions !== 'all' && !permissions.some((name) => about.includes(name))) continue;
    const places = steps.get(by) ?? [];
    places.push({ path, line, column });
    steps.set(by, places);
  }
  const shown = [...steps].slice(0, MOST_STEPS).map(([by, places]): Phrase => {
    return phrase`${quoted(truncated(by, LONGEST_STEP))} (${placesInWords(differentLines(places), workflowPath)})`;
  });
  const rest = steps.size > MOST_STEPS ? [` and ${number(steps.size - MOST_STEPS)} more`] : [];
  return [...shown.flatMap((step, index) => (index === 0 ? step : [', ', ...step])), ...rest];
}

/** More permissions than these are counted. */
const MOST_PARTS = 3;

function asideOf(job: ReportedJob, needs: ReportedNeeds, cells: ReadonlyMap<string, Cell>): string | null {
  const sides = [
    ...partsInWords('not given', missingOf(needs, cells), {}),
    // Where nothing is needed, nothing of it is used.
    ...(isNothing(job.suggested) ? [] : partsInWords('unused', unusedOf(job, cells), job.suggested)),
  ];
  return sides.length === 0 ? null : sides.join('; ');
}

/** Permissions that are not used at all go without their level. */
function partsInWords(words: string, parts: readonly Part[], used: Permissions | null): readonly string[] {
  if (parts.length === 0) return [];
  if (parts.length > MOST_PARTS) return [`${words}: ${number(parts.length)} permissions`];
  const names = parts.map(({ permission, level }) =>
    words === 'unused' && (used?.[permission] ?? 'none') === 'none' ? permission : `${permission}: ${level}`,
  );
  return [`${words}: ${names.join(', ')}`];
}

function isNothing(permissions: Permissions | null): boolean {
  return permissions !== null && Object.values(permissions).every((level) => level === 'none');
}
