import type { NewInLog } from '../model/comparison.ts';
import type { LogOfFile } from '../model/logged-job.ts';
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

/** GitHub prints `PullRequests` for `pull-requests`. */
function permissionOf(logName: string): string {
  return logName.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/**
 * Translates what a log says. A name that our table does not have is a new permission, not a mistake; those that the platform
 * is told of have a level all the same.
 */
export function loggedLevels(logged: ReadonlyMap<string, AccessLevel>, platform: Platform): LoggedLevels {
  const { newPermissions: _, ...withTable } = platform;
  const names = new Map(permissionsOn(platform).map(({ name }) => [logNameOf(name), name]));
  const inTable = new Set(permissionsOn(withTable).map(({ name }) => name));
  const levels = new Map<string, AccessLevel>();
  const newPermissions: NewInLog[] = [];
  for (const [logName, level] of logged) {
    const name = names.get(logName);
    if (name !== undefined) levels.set(name, level);
    if (!inTable.has(name ?? '') && !OLD_NAMES.has(logName)) newPermissions.push({ logName, level });
  }
  return { levels, newPermissions };
}

/** The permissions that logs have and our table has not, by the names that files give them. */
export function newInLogs(logs: readonly LogOfFile[], platform: Platform): readonly string[] {
  const names = logs.flatMap(({ job: { group } }) =>
    group.kind === 'found' ? loggedLevels(group.levels, platform).newPermissions : [],
  );
  return [...new Set(names.map(({ logName }) => permissionOf(logName)))];
}
