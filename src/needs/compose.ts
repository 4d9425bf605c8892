import type { StepNeed } from '../model/needs.ts';
import type { AccessLevel, Permissions } from '../model/permission.ts';
import { higher } from '../permissions/access-level.ts';

/**
 * The least permissions that do for some needs. Where one of several does, it is one that another need asks for already,
 * else one that is granted, else the first. But what another need asks for an issue does not do for a pull request; and
 * where it may be either, it is all that are granted. What is optional counts only where it is granted.
 */
export function leastFor(needs: readonly StepNeed[], granted: Permissions): Permissions {
  const least = new Map<string, AccessLevel>();
  const ask = (permission: string, level: AccessLevel) => {
    least.set(permission, higher(least.get(permission) ?? 'none', level));
  };
  const asked = needs.filter((need) => need.optional !== true || isMet(need, granted));
  const [free, fixed] = [asked.filter(isFree), asked.filter((need) => !isFree(need))];
  for (const { permission, level } of fixed) ask(permission, level);
  for (const need of free) {
    const names = [need.permission, ...(need.instead ?? [])];
    const given = names.filter((name) => reaches(granted[name], need.level));
    if (need.subject === 'unknown') {
      for (const name of given.length > 0 ? given : names) ask(name, need.level);
      continue;
    }
    if (need.subject === undefined && names.some((name) => reaches(least.get(name), need.level))) continue;
    ask(given[0] ?? need.permission, need.level);
  }
  return Object.fromEntries([...least].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isFree({ instead }: StepNeed): boolean {
  return instead !== undefined && instead.length > 0;
}

/** Whether a level gives at least another one. */
export function reaches(level: AccessLevel | undefined, wanted: AccessLevel): boolean {
  return higher(level ?? 'none', wanted) === (level ?? 'none');
}

/** Whether what is granted does for a need. */
export function isMet({ permission, instead, level }: StepNeed, granted: Permissions): boolean {
  return [permission, ...(instead ?? [])].some((name) => reaches(granted[name], level));
}
