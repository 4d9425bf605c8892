import type { ObservedResult } from '../model/observation.ts';
import type { Observed } from '../model/report.ts';
import { listedShort, number, plural } from '../words/in-words.ts';
import { observedResults } from '../policy/observed-results.ts';

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
export function observedWords(observed: Observed): ObservedWords {
  const { runs, ownJob, rows, notes } = observed;
  const results = observedResults(observed);
  const items = [...differences(results), ...agreement(ownJob), ...notComparedItems(results), ...notes];
  const left = items.length - MOST;
  return {
    sentence: `${confirmed(rows)} ${lookedAt(runs, ownJob)}`,
    items: left > 0 ? [...items.slice(0, MOST), `and ${plural(left, 'other')}`] : items,
  };
}

function confirmed({ all, confirmed: count }: Observed['rows']): string {
  if (all === 0) return 'There is no result that a run could confirm.';
  if (count === 0) return 'No result of this report is confirmed by a run.';
  return `${number(count)} of ${plural(all, 'result')} ${count === 1 ? 'is' : 'are'} confirmed by a run, but for \`id-token\`, which GitHub never prints.`;
}

function lookedAt(runs: Observed['runs'], ownJob: Observed['ownJob']): string {
  const dates = runs.map(({ run }) => run.date.slice(0, 10)).sort();
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) {
    return ownJob === undefined ? 'No finished run was looked at.' : 'This job alone was looked at.';
  }
  const when = first === last ? first : `${first} to ${last}`;
  return `Looked at: ${plural(runs.length, 'run')} of ${when}.`;
}

/** One line for the job that this tool runs in. */
function agreement(ownJob: Observed['ownJob']): readonly string[] {
  return (ownJob?.jobs ?? [])
    .filter(({ result }) => result === 'agrees')
    .map(({ name, job, reason }) => `This job, ${job?.join(' / ') ?? name}: ${reason}`);
}

function differences(runs: readonly ObservedResult[]): readonly string[] {
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
function notComparedItems(runs: readonly ObservedResult[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { run, jobs } of runs) {
    for (const { result, reason, name } of jobs) {
      if (result !== 'not-compared') continue;
      byReason.set(reason, [...(byReason.get(reason) ?? []), `${name} (${run.path} on ${run.event})`]);
    }
  }
  return [...byReason].map(([reason, names]) => `Not compared: ${listedShort(names, MOST_NAMES)}. ${reason}`);
}
