import type { NewInLog } from '../model/comparison.ts';
import type { AccessLevel } from '../model/permission.ts';
import type { Platform } from '../model/settings.ts';
import { capital } from '../words/in-words.ts';
import { permissionsOn } from '../permissions/platform.ts';

/** What a log says, with the names of workflow files where they are known. */
export interface LoggedLevels {
  readonly levels: ReadonlyMap<string, AccessLevel>;
  readonly newPermissions: readonly NewInLog[];
}

/** The one permission that GitHub never prints. */
export const NEVER_PRINTED = 'id-token';

/** Names of early 2021 that never were permissions of a workflow file. */
const OLD_NAMES: ReadonlySet<string> = new Set(['OrganizationPackages']);

/** GitHub prints `pull-requests` as `PullRequests`. */
function logNameOf(permission: string): string {
  return permission.split('-').map(capital).join('');
}

/** Translates what a log says. A name that our table does not have is a new permission, not a mistake. */
export function loggedLevels(logged: ReadonlyMap<string, AccessLevel>, platform: Platform): LoggedLevels {
  const names = new Map(permissionsOn(platform).map(({ name }) => [logNameOf(name), name]));
  const levels = new Map<string, AccessLevel>();
  const newPermissions: NewInLog[] = [];
  for (const [logName, level] of logged) {
    const name = names.get(logName);
    if (name !== undefined) levels.set(name, level);
    else if (!OLD_NAMES.has(logName)) newPermissions.push({ logName, level });
  }
  return { levels, newPermissions };
}
