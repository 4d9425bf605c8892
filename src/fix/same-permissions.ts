import type { AccessLevel, Permissions } from '../model/permission.ts';
import { higher } from '../permissions/access-level.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';

/** What a permission is, also when it is not named. */
export function levelIn(permissions: Permissions, permission: string): AccessLevel {
  return Object.hasOwn(permissions, permission) ? (permissions[permission] ?? 'none') : 'none';
}

/** The permissions that are more than `none`, in alphabetical order. */
export function namesIn(permissions: Permissions): readonly string[] {
  return Object.keys(permissions)
    .filter((name) => levelIn(permissions, name) !== 'none')
    .sort(byCodeUnit);
}

/** Whether two give the same. No block is the same as no block, and as nothing else. */
export function samePermissions(a: Permissions | null, b: Permissions | null): boolean {
  if (a === null || b === null) return a === b;
  return [...namesIn(a), ...namesIn(b)].every((name) => levelIn(a, name) === levelIn(b, name));
}

/** Of each permission the higher level. */
export function union(a: Permissions, b: Permissions): Permissions {
  const names = [...new Set([...namesIn(a), ...namesIn(b)])];
  return Object.fromEntries(names.map((name) => [name, higher(levelIn(a, name), levelIn(b, name))]));
}
