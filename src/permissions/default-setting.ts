import type { DefaultPermissions, Settings } from '../model/settings.ts';

/** The setting "Workflow permissions" where it is known, level by level. */
export interface DefaultSettingLevels {
  readonly enterprise?: DefaultPermissions;
  readonly organization?: DefaultPermissions;
  readonly repository?: DefaultPermissions;
}

/**
 * The default that counts: the most restrictive of the three levels. `read` anywhere decides. `write` is certain only
 * when the repository itself is known to have it, since a repository may always be stricter than what is above it.
 *
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository#setting-the-permissions-of-the-github_token-for-your-repository
 */
export function mostRestrictive(levels: DefaultSettingLevels): DefaultPermissions | 'unknown' {
  const known = [levels.enterprise, levels.organization, levels.repository];
  if (known.includes('read')) return 'read';
  return levels.repository ?? 'unknown';
}

/** The values that the setting may have: both when it is not known. */
export function possibleDefaults({ defaultPermissions: { value } }: Settings): readonly DefaultPermissions[] {
  return value === 'unknown' ? ['read', 'write'] : [value];
}
