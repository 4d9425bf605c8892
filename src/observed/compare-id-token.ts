import type { KnownRun } from '../model/comparison.ts';
import type { Grant } from '../model/grant.ts';
import type { ObservedDifference } from '../model/observation.ts';
import type { AccessLevel } from '../model/permission.ts';
import type { Settings } from '../model/settings.ts';
import { NEVER_PRINTED } from './logged-levels.ts';
import { rowsOfRun } from './rows-of-run.ts';

/**
 * Compares `id-token` with what its variables tell of a run. Any row that agrees is enough.
 *
 * @returns the difference, `'agrees'`, or `null` when nothing is computed to compare it with.
 */
export function compareIdToken(
  grants: readonly Grant[],
  logged: AccessLevel,
  run: Omit<KnownRun, 'date'>,
  settings: Settings,
): ObservedDifference | 'agrees' | null {
  const possible = new Set<AccessLevel>();
  for (const { status, permissions } of rowsOfRun(grants, run, settings)) {
    if (status === 'not-run') continue;
    possible.add(permissions[NEVER_PRINTED] ?? 'none');
    // A called workflow that could not be read may take less.
    if (status === 'upper-bound') possible.add('none');
  }
  if (possible.has(logged)) return 'agrees';
  const [computed] = possible;
  return computed === undefined ? null : { permission: NEVER_PRINTED, computed, logged };
}
