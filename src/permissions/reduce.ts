import type { Permissions } from '../model/permission.ts';
import type { Platform } from '../model/settings.ts';
import { permissionsOn } from './platform.ts';

/** Permissions after a reduction, and the names of those that it lowered. */
export interface Reduced {
  readonly permissions: Permissions;
  readonly lowered: readonly string[];
}

/**
 * Lowers every `write` as GitHub does for a fork's pull request: to `read` where the permission has that level, else to
 * nothing. Reads stay, so a block can still add reads above a restricted default.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#how-permissions-are-calculated-for-a-workflow-job
 */
export function reduceWrites(permissions: Permissions, platform: Platform): Reduced {
  const lowered: string[] = [];
  const entries = permissionsOn(platform).flatMap(({ name, reducedWrite }): [string, 'read' | 'write'][] => {
    const level = permissions[name];
    if (level === undefined || level === 'none') return [];
    if (level === 'read') return [[name, level]];
    lowered.push(name);
    return reducedWrite === 'none' ? [] : [[name, reducedWrite]];
  });
  return { permissions: Object.fromEntries(entries), lowered };
}
