import type { Grant, Origin } from '../model/grant.ts';
import type { Location } from '../model/position.ts';
import type { ReportedJob } from '../model/report.ts';
import type { DefaultPermissions } from '../model/settings.ts';
import { levelsKey, levelsOf, type Levels } from './levels.ts';
import { once } from './words.ts';

/** Where the permissions of a token come from. `block`: an empty block, of which only the place is known. */
export type Source = Origin['from'] | 'block';

/** What a job's token may do in runs that start in the repository itself. */
export interface Outcome {
  /** The runs it stands for: `push`, or `pull_request (opened, closed)`. */
  readonly runs: readonly string[];
  /** The value of the setting under which it is so, or `null` when the setting is known or does not matter. */
  readonly defaultPermissions: DefaultPermissions | null;
  /** The token has this at most; what it really has could not be found out. */
  readonly atMost: boolean;
  readonly levels: Levels;
  readonly source: Source;
  /** Where the block stands, if there is one. */
  readonly place: Location | null;
  readonly doubts: readonly string[];
}

/** Takes a row and returns the runs it stands for, one text an event. */
export function runsOf(grant: Grant): readonly string[] {
  const actions = grant.actions ?? [];
  return actions.length === 0 ? grant.events : grant.events.map((event) => `${event} (${actions.join(', ')})`);
}

/**
 * Takes a job and returns what its token may do in runs of the repository itself, rows with the same token in one; those
 * that may write most come first.
 */
export function outcomesOf(job: ReportedJob): readonly Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const grant of job.grants) {
    if (grant.actor !== 'repository' || grant.status === 'not-run') continue;
    const levels = levelsOf(grant.permissions);
    const { source, place } = sourceOf(grant, job);
    const setting = grant.defaultPermissions ?? null;
    const atMost = grant.status === 'upper-bound';
    const key = `${setting ?? ''} ${String(atMost)} ${source} ${levelsKey(levels)}`;
    const before = outcomes.get(key);
    outcomes.set(key, {
      runs: once([...(before?.runs ?? []), ...runsOf(grant)]),
      defaultPermissions: setting,
      atMost,
      levels,
      source,
      place: before?.place ?? place,
      doubts: once([...(before?.doubts ?? []), ...(grant.doubts ?? [])]),
    });
  }
  return [...outcomes.values()].sort((a, b) => b.levels.write.length - a.levels.write.length);
}

function sourceOf(grant: Grant, job: ReportedJob): { readonly source: Source; readonly place: Location | null } {
  const origin = Object.values(grant.origins).find(({ from }) => from !== 'always');
  if (origin === undefined) return { source: job.declaredAt === null ? 'always' : 'block', place: job.declaredAt };
  if (origin.from === 'default') return { source: 'default', place: null };
  // The key `permissions` says where to look; the lines of its entries follow it.
  const { path, line, column } = origin;
  const place = path === undefined || line === undefined || column === undefined ? null : { path, line, column };
  return { source: origin.from, place: job.declaredAt ?? place };
}
