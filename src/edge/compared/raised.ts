import type { Change } from '../../model/change.ts';
import { isMore } from '../../permissions/access-level.ts';

/** How many changes give a token more than it had: those of new jobs, and of runs that did not start before, too. */
export function raisedCount(changes: readonly Change[]): number {
  return changes.filter(isRaise).length;
}

function isRaise({ kind, permissions }: Change): boolean {
  // What callers must give is no token's.
  if (kind === 'contract-raised' || kind === 'contract-lowered') return false;
  return permissions.some(({ before, after }) => isMore(after, before));
}
