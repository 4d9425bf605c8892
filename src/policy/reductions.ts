import type { Change, ChangedPermission } from '../model/change.ts';
import { isMore } from '../permissions/access-level.ts';

/**
 * Takes changes and returns them without those of forks and Dependabot that the same change brings to the repository's own
 * runs in full: they say that less of it reaches them, which is so of every token.
 */
export function withoutReductions(changes: readonly Change[]): readonly Change[] {
  const full = new Map<string, Change[]>();
  for (const change of changes) {
    if (!change.actors.includes('repository')) continue;
    full.set(keyOf(change), [...(full.get(keyOf(change)) ?? []), change]);
  }
  return changes.filter((change) => {
    if (change.actors.includes('repository')) return true;
    return full.get(keyOf(change))?.some((other) => covers(other, change)) !== true;
  });
}

/** What came about at one place in one job. */
function keyOf({ kind, workflow, job, because }: Change): string {
  return JSON.stringify([kind, workflow, job, because]);
}

const SETTINGS = ['defaultPermissions', 'visibility', 'forkPullRequests'] as const;

function covers(full: Change, part: Change): boolean {
  if (!part.events.every((event) => full.events.includes(event))) return false;
  const isSameCase = SETTINGS.every((setting) => full[setting] === undefined || full[setting] === part[setting]);
  if (!isSameCase) return false;
  const known = new Map(full.permissions.map((one) => [one.permission, one]));
  return part.permissions.every((one) => isWithin(one, known.get(one.permission)));
}

function isWithin({ before, after }: ChangedPermission, full: ChangedPermission | undefined): boolean {
  return full !== undefined && !isMore(before, full.before) && !isMore(after, full.after);
}
