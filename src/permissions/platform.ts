import type { NewPermission } from '../model/permission.ts';
import type { Platform, ServerVersion } from '../model/settings.ts';
import { PERMISSION_TABLE } from './permission-table.ts';
import { withNewPermissions } from './new-permissions.ts';
import type { PermissionFacts, PermissionLevels } from './permission-table.ts';

/** The first GitHub Enterprise Server version that knows the key `permissions`. */
export const FIRST_SERVER: ServerVersion = { major: 3, minor: 2 };

/** The last GitHub Enterprise Server version that was looked at. */
export const LAST_SERVER: ServerVersion = { major: 3, minor: 20 };

/** Before this version the restricted default is `contents: read` alone. */
const PACKAGES_IN_DEFAULT: ServerVersion = { major: 3, minor: 9 };

/** Before this version it is not certain that these exist. */
const UNCERTAIN_BEFORE: Readonly<Record<string, ServerVersion>> = {
  discussions: { major: 3, minor: 4 },
  pages: { major: 3, minor: 4 },
};

/** Reads `3.17` or `3.17.4`; `null` for anything else and for versions that do not know the key `permissions`. */
export function parseServerVersion(text: string): ServerVersion | null {
  const match = /^([1-9]\d{0,3})\.(\d{1,3})(?:\.\d{1,4})?$/.exec(text);
  if (match === null) return null;
  const version = { major: Number(match[1]), minor: Number(match[2]) };
  return isBefore(version, FIRST_SERVER) ? null : version;
}

/** A platform as it was on a day, YYYY-MM-DD. What a server has goes by its version. */
export function platformOn(platform: Platform, day: string): Platform {
  return platform.kind === 'github.com' ? { ...platform, asOf: day } : platform;
}

/** `github.com`, or the version of the server, such as `3.17`. */
export function platformName(platform: Platform): string {
  return platform.kind === 'github.com' ? platform.kind : versionName(platform.version);
}

/**
 * The permissions that exist on a platform, in alphabetical order, with the levels that they have there.
 *
 * @see https://docs.github.com/en/enterprise-server/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export function permissionsOn(platform: Platform): readonly PermissionLevels[] {
  const { newPermissions } = platform;
  if (newPermissions === undefined || newPermissions.length === 0) return tableOn(platform);
  const key = platformName(platform);
  const known = withNew.get(newPermissions) ?? new Map<string, readonly PermissionLevels[]>();
  withNew.set(newPermissions, known);
  let facts = known.get(key);
  if (facts === undefined) {
    facts = withNewPermissions(tableOn(platform), newPermissions);
    known.set(key, facts);
  }
  return facts;
}

const withNew = new WeakMap<readonly NewPermission[], Map<string, readonly PermissionLevels[]>>();

/** What our table knows of a platform. */
function tableOn(platform: Platform): readonly PermissionFacts[] {
  if (platform.kind === 'github.com') return PERMISSION_TABLE;
  const { version } = platform;
  const key = versionName(version);
  let facts = byVersion.get(key);
  if (facts === undefined) {
    facts = PERMISSION_TABLE.filter(
      ({ serverSince }) => serverSince !== null && !isBefore(version, parse(serverSince)),
    );
    if (isBefore(version, PACKAGES_IN_DEFAULT)) {
      facts = facts.map((fact) => (fact.name === 'packages' ? { ...fact, defaultRead: 'none' } : fact));
    }
    byVersion.set(key, facts);
  }
  return facts;
}

const byVersion = new Map<string, readonly PermissionFacts[]>();

/** Why it is not certain that a platform grants a permission, in one sentence; `null` when it is. */
export function doubtOnServer(platform: Platform, permission: string): string | null {
  if (platform.kind === 'github.com') return null;
  const { version } = platform;
  const name = `GitHub Enterprise Server ${versionName(version)}`;
  const certain = UNCERTAIN_BEFORE[permission];
  if (certain !== undefined && isBefore(version, certain)) {
    return `Whether ${name} has the permission '${permission}' was not verified.`;
  }
  return isBefore(LAST_SERVER, version)
    ? `${name} was not verified: its permissions were last compared for ${versionName(LAST_SERVER)}.`
    : null;
}

/** Whether runs on `pull_request_target` may be stopped by workflow execution protections, which servers do not have. */
export function hasExecutionProtections(platform: Platform): boolean {
  return platform.kind === 'github.com';
}

function parse(version: `${number}.${number}`): ServerVersion {
  const [major, minor] = version.split('.').map(Number);
  return { major: major ?? 0, minor: minor ?? 0 };
}

function versionName({ major, minor }: ServerVersion): string {
  return `${major}.${minor}`;
}

function isBefore(a: ServerVersion, b: ServerVersion): boolean {
  return a.major === b.major ? a.minor < b.minor : a.major < b.major;
}
