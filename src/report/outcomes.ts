import type { Actor, Grant, Origin } from '../model/grant.ts';
import type { Location } from '../model/position.ts';
import type { ReportedJob } from '../model/report.ts';
import type { DefaultPermissions } from '../model/settings.ts';
import { forkCases, type ForkSettings } from './fork-cases.ts';
import { levelsKey, type Levels } from './levels.ts';
import { defaultsIn, findRow, runNames, type Row, type Rows, type Run } from './rows.ts';
import { once } from './words.ts';

/** Where the permissions of a token come from. `block`: an empty block, of which only the place is known. */
export type Source = Origin['from'] | 'block';

/** What a job's token may do where nothing reduces it. */
export interface Outcome {
  /** The runs it stands for: `push`, or `pull_request (opened, closed)`. */
  readonly runs: readonly string[];
  /** Who alone can start these runs, or `null` for runs of the repository itself. */
  readonly onlyFor: Exclude<Actor, 'repository'> | null;
  /** The value of the setting under which it is so, or `null` when the setting is known or does not matter. */
  readonly defaultPermissions: DefaultPermissions | null;
  /** The token has this at most; what it really has could not be found out. */
  readonly atMost: boolean;
  readonly levels: Levels;
  readonly source: Source;
  readonly doubts: readonly string[];
  /** Which of the job's rows it is made of. */
  readonly grants: readonly number[];
}

/**
 * Takes a job with its rows and returns what its token may do, rows with the same token in one; those that may write most
 * come first. A job that runs for forks or Dependabot alone has what these get.
 */
export function outcomesOf(job: ReportedJob, { rows, runs }: Rows, settings: ForkSettings): readonly Outcome[] {
  const inRepository = foldRows(job, rows, runs, 'repository', settings);
  if (inRepository.length > 0) return inRepository;
  return (['dependabot', 'fork'] as const).flatMap((actor) => foldRows(job, rows, runs, actor, settings));
}

function foldRows(
  job: ReportedJob,
  rows: readonly Row[],
  runs: readonly Run[],
  actor: Actor,
  settings: ForkSettings,
): readonly Outcome[] {
  const [usual] = forkCases(settings);
  const folded = new Map<string, { readonly row: Row; readonly rows: Row[]; readonly runs: Run[] }>();
  for (const run of runs) {
    for (const defaultPermissions of defaultsIn(rows, run)) {
      const row = findRow(rows, run, { actor, defaultPermissions, forkCase: usual });
      if (row === undefined || row.grant.status === 'not-run') continue;
      const { grant } = row;
      const key = [grant.defaultPermissions, grant.status, sourceOf(grant, job), levelsKey(row.levels)].join();
      const same = folded.get(key) ?? { row, rows: [], runs: [] };
      folded.set(key, same);
      same.rows.push(row);
      same.runs.push(run);
    }
  }
  const outcomes = [...folded.values()].map(({ row, rows: same, runs: own }): Outcome => {
    return {
      runs: runNames(own, runs),
      onlyFor: actor === 'repository' ? null : actor,
      defaultPermissions: row.grant.defaultPermissions ?? null,
      atMost: row.grant.status === 'upper-bound',
      levels: row.levels,
      source: sourceOf(row.grant, job),
      doubts: once(same.flatMap(({ grant }) => grant.doubts ?? [])),
      grants: once(same.map((each) => rows.indexOf(each))),
    };
  });
  return outcomes.sort((a, b) => b.levels.write.length - a.levels.write.length);
}

/** Takes a job and one of its rows, and returns where the row's permissions come from. */
export function sourceOf(grant: Grant, job: ReportedJob): Source {
  return originOf(grant)?.from ?? (job.declaredAt === null ? 'always' : 'block');
}

/** Takes a job and one of its rows, and returns where the block stands that the row's permissions come from. */
export function placeOf(grant: Grant, job: ReportedJob): Location | null {
  const origin = originOf(grant);
  if (origin?.from === 'default') return null;
  // The key `permissions` says where to look; the lines of its entries follow it.
  if (job.declaredAt !== null) return job.declaredAt;
  const { path, line, column } = origin ?? {};
  return path === undefined || line === undefined || column === undefined ? null : { path, line, column };
}

/** All permissions of a row come from one place, but `metadata`, which every token has. */
export function originOf({ origins }: Grant): Origin | undefined {
  for (const permission in origins) {
    const origin = origins[permission];
    if (origin !== undefined && origin.from !== 'always') return origin;
  }
  return undefined;
}
