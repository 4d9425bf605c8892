import type { AccessLevel, Permissions, PermissionsBlock } from '../model/permission.ts';
import type { DefaultPermissions, Platform } from '../model/settings.ts';
import type { PermissionLevels } from './permission-table.ts';
import { permissionsOn } from './platform.ts';

/**
 * What a block gives: `*-all` spelled out by the platform's table, `none` left out. `id-token: read` under `read-all` is
 * GitHub's internal value; a token has nothing of it.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/WorkflowTemplateConverter.cs
 */
export function declaredPermissions(block: PermissionsBlock, platform: Platform): Permissions {
  if (block.shorthand !== null) {
    const { value } = block.shorthand;
    return collect(platform, (facts) => granted(facts, value === 'read-all' ? facts.readAll : facts.writeAll));
  }
  const written = new Map(block.entries.map(({ permission, level }) => [permission, level]));
  return collect(platform, ({ name }) => written.get(name) ?? 'none');
}

/**
 * What a block asks for where a called workflow is compared with its caller: as declared, and `read-all` asks for
 * `id-token: read` too.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/PermissionsHelper.cs
 */
export function askedPermissions(block: PermissionsBlock, platform: Platform): Permissions {
  if (block.shorthand?.value !== 'read-all') return declaredPermissions(block, platform);
  return collect(platform, ({ readAll }) => readAll);
}

/**
 * What a job without any block gets from the setting.
 *
 * @see https://docs.github.com/en/actions/tutorials/authenticate-with-github_token#modifying-the-permissions-for-the-github_token
 */
export function defaultPermissions(setting: DefaultPermissions, platform: Platform): Permissions {
  return collect(platform, (facts) => (setting === 'read' ? facts.defaultRead : facts.defaultWrite));
}

/**
 * The most that a called workflow may ask for when its callers write no block: what the setting allows, with `id-token`
 * only inside the trust boundary.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/PermissionsHelper.cs
 */
export function mostACalleeMayAsk(setting: DefaultPermissions, trusted: boolean, platform: Platform): Permissions {
  if (setting === 'read') return defaultPermissions('read', platform);
  return collect(platform, ({ name, writeAll }) => (name === 'id-token' && !trusted ? 'none' : writeAll));
}

/** What every token has, whatever is written. */
export function alwaysGranted(platform: Platform): Permissions {
  return collect(
    platform,
    ({ levels, readAll }) => (levels.length === 0 ? readAll : 'none'),
    () => true,
  );
}

function granted({ levels }: PermissionLevels, level: AccessLevel): AccessLevel {
  return levels.includes(level) ? level : 'none';
}

function collect(
  platform: Platform,
  levelOf: (facts: PermissionLevels) => AccessLevel,
  counts: (facts: PermissionLevels) => boolean = ({ levels }) => levels.length > 0,
): Permissions {
  return Object.fromEntries(
    permissionsOn(platform)
      .filter(counts)
      .map((facts) => [facts.name, levelOf(facts)] as const)
      .filter(([, level]) => level !== 'none'),
  );
}
