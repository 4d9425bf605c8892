import type { Observed } from '../model/report.ts';
import { listedShort, number, plural } from '../words/in-words.ts';

/** Longer lists are cut; the JSON report has everything. */
const MOST = 20;
const MOST_NAMES = 5;

/** What earlier runs showed, in words. Texts from strangers are in them as they are. */
export interface ObservedWords {
  readonly sentence: string;
  /** What differs, what could not be compared, what was not looked at. */
  readonly items: readonly string[];
}

/** Takes what earlier runs showed and returns how much of the report that confirms, and what does not agree. */
export function observedWords({ runs, rows, notes }: Observed): ObservedWords {
  const items = [...differences(runs), ...notComparedItems(runs), ...notes];
  const left = items.length - MOST;
  return {
    sentence: `${confirmed(rows)} ${lookedAt(runs)}`,
    items: left > 0 ? [...items.slice(0, MOST), `and ${plural(left, 'other')}`] : items,
  };
}

function confirmed({ all, confirmed: count }: Observed['rows']): string {
  if (all === 0) return 'There is no row that a run could confirm.';
  if (count === 0) return 'No row of this report is confirmed by a run.';
  return `${number(count)} of ${plural(all, 'row')} ${count === 1 ? 'is' : 'are'} confirmed by a run, but for \`id-token\`, which GitHub never prints.`;
}

function lookedAt(runs: Observed['runs']): string {
  const dates = runs.map(({ run }) => run.date.slice(0, 10)).sort();
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return 'No finished run was looked at.';
  const when = first === last ? first : `${first} to ${last}`;
  return `Looked at: ${plural(runs.length, 'run')} of ${when}.`;
}

function differences(runs: Observed['runs']): readonly string[] {
  return runs.flatMap(({ run, jobs }) =>
    jobs
      .filter(({ result }) => result === 'differs')
      .map(({ name, job, differences: all, reason }) => {
        const levels = all.map(
          ({ permission, computed, logged }) => `${permission}: ${logged} was granted, ${computed} is computed`,
        );
        const what = levels.length === 0 ? reason : `${levels.join('; ')}.`;
        return `Differs: ${run.path} on ${run.event}, ${job?.join(' / ') ?? name}, ${run.date.slice(0, 10)}: ${what}`;
      }),
  );
}

/** By their reason: a hundred expired logs are one thing. */
function notComparedItems(runs: Observed['runs']): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { run, jobs } of runs) {
    for (const { result, reason, name } of jobs) {
      if (result !== 'not-compared') continue;
      byReason.set(reason, [...(byReason.get(reason) ?? []), `${name} (${run.path} on ${run.event})`]);
    }
  }
  return [...byReason].map(([reason, names]) => `Not compared: ${listedShort(names, MOST_NAMES)}. ${reason}`);
}
