import type { Grant } from '../model/grant.ts';
import type { AccessLevel, Permissions } from '../model/permission.ts';
import { higher } from '../permissions/access-level.ts';

/** The most that a job gets in any row; what is declared where it has none. */
export function grantedIn(rows: readonly Grant[], declared: Permissions | null): Permissions | null {
  if (rows.length === 0) return declared;
  const most: Record<string, AccessLevel> = {};
  for (const { permissions } of rows) {
    for (const [name, level] of Object.entries(permissions)) most[name] = higher(most[name] ?? 'none', level);
  }
  return most;
}
