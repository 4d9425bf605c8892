import type { ComparableJob, Comparison, KnownRun, NotComparedBecause } from '../model/comparison.ts';
import type { Grant } from '../model/grant.ts';
import type { LoggedGroup } from '../model/logged-job.ts';
import type { DefaultPermissions, Settings } from '../model/settings.ts';
import { DAYS_OF_THE_TABLE } from '../permissions/introduced.ts';
import { compareRow, isWithinRow, type ComparedRow, type LogOfDay } from './compare-row.ts';
import { loggedLevels } from './logged-levels.ts';
import { rowsOfRun } from './rows-of-run.ts';

const UNREADABLE: Readonly<Record<Exclude<LoggedGroup['kind'], 'found'>, NotComparedBecause>> = {
  none: 'no-group',
  empty: 'empty-group',
  cut: 'cut-group',
  unreadable: 'unreadable-group',
};

/**
 * Compares the rows of a job with what the log of a run says. Without an event and an actor, any row that agrees is
 * enough. `settings` are those that the rows were computed with.
 */
export function compareWithLog(job: ComparableJob, group: LoggedGroup, run: KnownRun, settings: Settings): Comparison {
  if (group.kind !== 'found') return { result: 'not-compared', because: UNREADABLE[group.kind] };
  const rows = rowsOfRun(job.grants, run, settings);
  if (rows.length === 0) return { result: 'not-compared', because: 'no-rows' };
  const { levels, newPermissions } = loggedLevels(group.levels, settings.platform);
  const tell = (result: 'agrees' | 'differs', found: readonly ComparedRow[]): Comparison => {
    const [first] = found;
    if (first === undefined || isTooOld(first)) return { result: 'not-compared', because: 'too-old' };
    return {
      result,
      rows: found.map(({ row }) => row),
      compared: first.compared,
      granted: Object.fromEntries(levels),
      newPermissions,
      uncertain: first.uncertain,
      defaultPermissions: result === 'agrees' ? shownDefault(found.map(({ row }) => row)) : null,
    };
  };
  // A log without times agrees with the table of any day.
  const days = run.date === null ? DAYS_OF_THE_TABLE : [run.date];
  let nearest: ComparedRow | null = null;
  for (const date of days) {
    const log: LogOfDay = { levels, date, isTried: run.date === null };
    const compared = rows
      .filter(({ status }) => status !== 'not-run')
      .map((row) => compareRow(row, job.isShorthand, log, settings.platform));
    const agreeing = compared.filter(({ row, differences }) => row.status === 'granted' && differences.length === 0);
    if (agreeing.length > 0) return tell('agrees', agreeing);
    if (rows.some((row) => row.status === 'upper-bound' && isWithinRow(row, log))) {
      return { result: 'not-compared', because: 'called-file-not-read' };
    }
    for (const one of likely(compared)) {
      if (nearest === null || one.differences.length < nearest.differences.length) nearest = one;
    }
  }
  return tell('differs', [nearest ?? neverRun(rows, levels)]);
}

/** Most runs are of changes of the repository itself: a difference is told from these rows, where there are some. */
function likely(compared: readonly ComparedRow[]): readonly ComparedRow[] {
  const own = compared.filter(({ row }) => row.actor === 'repository');
  return own.length > 0 ? own : compared;
}

/** Only what every token has could be compared. */
function isTooOld({ compared, uncertain }: ComparedRow): boolean {
  return uncertain.length > 0 && compared.every(({ permission }) => permission === 'metadata');
}

/** Every row says that the job does not run, and yet it did. */
function neverRun([row]: readonly Grant[], levels: LogOfDay['levels']): ComparedRow {
  const differences = [...levels].map(([permission, logged]) => ({
    permission,
    computed: 'none' as const,
    logged,
    origin: null,
  }));
  if (row === undefined) throw new Error('no row to compare with');
  return { row, compared: differences, differences, uncertain: [] };
}

/**
 * Which value the setting "Workflow permissions" has, by the rows that a log agrees with: they tell it when they were
 * computed with an unknown setting and stand for one value of it alone.
 */
function shownDefault(agreeing: readonly Grant[]): DefaultPermissions | null {
  const shown = new Set(agreeing.map(({ defaultPermissions }) => defaultPermissions ?? null));
  const [only = null] = shown;
  return shown.size === 1 ? only : null;
}
