import { PERMISSION_TABLE, RESTRICTED_PACKAGES, type Introduction } from './permission-table.ts';

/** Whether something was there on a day; `unknown` between the last log without it and the first with it. */
export type WasThere = 'yes' | 'no' | 'unknown';

const BY_NAME = new Map(PERMISSION_TABLE.map(({ name, since }) => [name, since]));

/**
 * Whether `read-all`, `write-all` and the permissive default had a permission on a day, by the logs that were seen. Of one
 * that our table does not have, nobody knows.
 */
export function wasInShorthands(permission: string, date: string): WasThere {
  const since = BY_NAME.get(permission);
  if (since === undefined) return 'unknown';
  // It has no line in any log, so no log dates it.
  return since.inLogs === null ? 'yes' : wasThere(since.inLogs, date);
}

/**
 * Since when a permission may stand in a workflow file, where it certainly could not on a day; else `null`. The day on which
 * GitHub's schema got a name is near the one on which files could have it, and not more, unless logs bear it out.
 */
export function refusedUntil(permission: string, date: string): string | null {
  const { inFiles, inLogs } = BY_NAME.get(permission) ?? {};
  if (inFiles === undefined || inLogs == null || date >= inFiles) return null;
  const { lastMissing, firstSeen } = inLogs;
  const isCertain = firstSeen < inFiles || (lastMissing !== null && date <= lastMissing);
  return isCertain ? inFiles : null;
}

/** Whether the restricted default had `packages: read` on a day. */
export function wasPackagesInRestricted(date: string): WasThere {
  return wasThere(RESTRICTED_PACKAGES, date);
}

/** The days on which the table changed as far as logs show it, the newest first, and a day when nothing is in doubt. */
export const DAYS_OF_THE_TABLE: readonly string[] = [
  ...new Set(
    [...[...BY_NAME.values()].map(({ inLogs }) => inLogs), RESTRICTED_PACKAGES].flatMap((inLogs) =>
      inLogs === null ? [] : [inLogs.firstSeen, inLogs.lastMissing ?? inLogs.firstSeen],
    ),
  ),
]
  .sort()
  .reverse();

function wasThere({ lastMissing, firstSeen }: NonNullable<Introduction['inLogs']>, date: string): WasThere {
  if (date >= firstSeen) return 'yes';
  return lastMissing !== null && date <= lastMissing ? 'no' : 'unknown';
}
