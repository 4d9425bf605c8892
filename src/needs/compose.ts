import type { StepNeed } from '../model/needs.ts';
import type { AccessLevel, Permissions } from '../model/permission.ts';
import { higher } from '../permissions/access-level.ts';

/**
 * The least permissions that do for some needs. Where one of several does, it is one that another need asks for already,
 * else one that is granted, else the first. What is optional counts only where it is granted.
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
    if (names.some((name) => reaches(least.get(name), need.level))) continue;
    ask(names.find((name) => reaches(granted[name], need.level)) ?? need.permission, need.level);
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
