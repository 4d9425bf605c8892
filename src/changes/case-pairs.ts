import type { Settings } from '../model/settings.ts';
import { settingsCases } from '../token/settings-case.ts';
import type { SettingsCase } from '../token/settings-case.ts';

/** The same combination of unknown settings on both sides. */
export interface CasePair {
  readonly base: SettingsCase;
  readonly head: SettingsCase;
  /** By which a change names it. */
  readonly label: SettingsCase;
}

/**
 * The combinations of settings to compare. A setting that neither side knows has the same value in both; one that a side
 * knows has its value there, whatever the other side's is.
 */
export function casePairs(base: Settings, head: Settings): readonly CasePair[] {
  const areBothUnknown = {
    defaultPermissions: base.defaultPermissions.value === 'unknown' && head.defaultPermissions.value === 'unknown',
    visibility: base.visibility === 'unknown' && head.visibility === 'unknown',
    forkPullRequests: base.forkPullRequests === 'unknown' && head.forkPullRequests === 'unknown',
  };
  const isSame = (one: SettingsCase, other: SettingsCase): boolean =>
    (!areBothUnknown.defaultPermissions || one.defaultPermissions === other.defaultPermissions) &&
    (!areBothUnknown.visibility || one.visibility === other.visibility) &&
    // Public repositories have no such setting.
    (!areBothUnknown.forkPullRequests ||
      one.forkPullRequests === null ||
      other.forkPullRequests === null ||
      one.forkPullRequests === other.forkPullRequests);
  return settingsCases(base).flatMap((one) =>
    settingsCases(head)
      .filter((other) => isSame(one, other))
      .map((other) => ({ base: one, head: other, label: labelOf(one, other, base) })),
  );
}

/** The value of the side that does not know it; the head's where both do. */
function labelOf(one: SettingsCase, other: SettingsCase, base: Settings): SettingsCase {
  const isUnknown = base.defaultPermissions.value === 'unknown';
  return {
    defaultPermissions: isUnknown ? one.defaultPermissions : other.defaultPermissions,
    visibility: base.visibility === 'unknown' ? one.visibility : other.visibility,
    forkPullRequests: one.forkPullRequests ?? other.forkPullRequests,
  };
}
