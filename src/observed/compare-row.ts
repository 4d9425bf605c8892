import type { ComparedPermission } from '../model/comparison.ts';
import type { Grant } from '../model/grant.ts';
import type { AccessLevel } from '../model/permission.ts';
import type { Platform } from '../model/settings.ts';
import { wasInShorthands, wasPackagesInRestricted, type WasThere } from '../permissions/introduced.ts';
import { permissionsOn } from '../permissions/platform.ts';
import { isMore } from '../permissions/access-level.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import { NEVER_PRINTED } from './logged-levels.ts';

/** What to compare rows with. */
export interface LogOfDay {
  readonly levels: ReadonlyMap<string, AccessLevel>;
  /** The day of the log, or one that is tried for a log without times. */
  readonly date: string;
  /** Whether that day is only tried: the log must be what a log of that very day is. */
  readonly isTried: boolean;
}

/** One row beside what the log says. */
export interface ComparedRow {
  readonly row: Grant;
  readonly compared: readonly ComparedPermission[];
  readonly differences: readonly ComparedPermission[];
  readonly uncertain: readonly string[];
}

/**
 * Compares a row with a log, by the table as of the log's day. What a list of permissions names is there whatever the day:
 * GitHub would have refused the file.
 */
export function compareRow(row: Grant, isShorthand: boolean, log: LogOfDay, platform: Platform): ComparedRow {
  const compared: ComparedPermission[] = [];
  const uncertain: string[] = [];
  for (const { name } of permissionsOn(platform)) {
    const computed = row.permissions[name] ?? 'none';
    const logged = log.levels.get(name) ?? 'none';
    if (name === NEVER_PRINTED || (computed === 'none' && logged === 'none')) continue;
    const was = computed === 'none' ? 'yes' : wasGranted(name, row, isShorthand, log.date, platform);
    if (was === 'unknown') uncertain.push(name);
    else if (was === 'no' && (log.isTried || logged === 'none')) {
      // GitHub brings a permission to some before others: a log that has it early is none that contradicts us.
      if (logged !== 'none') compared.push({ permission: name, computed: 'none', logged, origin: null });
    } else compared.push({ permission: name, computed, logged, origin: row.origins[name] ?? null });
  }
  compared.sort((a, b) => byCodeUnit(a.permission, b.permission));
  const differences = compared.filter(({ computed, logged }) => computed !== logged);
  return { row, compared, differences, uncertain };
}

/** Whether a log has nothing that goes beyond a row. */
export function isWithinRow(row: Grant, { levels }: LogOfDay): boolean {
  return [...levels].every(([name, level]) => !isMore(level, row.permissions[name] ?? 'none'));
}

function wasGranted(name: string, row: Grant, isShorthand: boolean, date: string, platform: Platform): WasThere {
  const { from, reducedBy } = row.origins[name] ?? { from: 'always' };
  // The table of a server goes by its version.
  if (platform.kind === 'ghes' || !(isShorthand || from === 'default')) return 'yes';
  const isRestricted = from === 'default' && row.permissions[name] === 'read' && reducedBy === undefined;
  return isRestricted && name === 'packages' ? wasPackagesInRestricted(date) : wasInShorthands(name, date);
}
