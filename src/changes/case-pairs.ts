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
  const unknown: Unknown = {
    defaultPermissions: {
      base: base.defaultPermissions.value === 'unknown',
      head: head.defaultPermissions.value === 'unknown',
    },
    visibility: { base: base.visibility === 'unknown', head: head.visibility === 'unknown' },
    forkPullRequests: { base: base.forkPullRequests === 'unknown', head: head.forkPullRequests === 'unknown' },
  };
  return settingsCases(base).flatMap((one) =>
    settingsCases(head)
      .filter((other) => isSame(one, other, unknown))
      .map((other) => ({ base: one, head: other, label: labelOf(one, other, unknown) })),
  );
}

/** Which side does not know a setting. */
type Unknown = Readonly<Record<keyof SettingsCase, { readonly base: boolean; readonly head: boolean }>>;

function isSame(one: SettingsCase, other: SettingsCase, unknown: Unknown): boolean {
  return (['defaultPermissions', 'visibility', 'forkPullRequests'] as const).every((setting) => {
    const { base, head } = unknown[setting];
    // Public repositories do not have the setting for forks.
    const [mine, theirs] = [one[setting], other[setting]];
    return !(base && head) || mine === null || theirs === null || mine === theirs;
  });
}

/** The values of what a side does not know. What both know has one value, which is not named. */
function labelOf(one: SettingsCase, other: SettingsCase, unknown: Unknown): SettingsCase {
  const { defaultPermissions, visibility, forkPullRequests } = unknown;
  return {
    defaultPermissions: defaultPermissions.head ? other.defaultPermissions : one.defaultPermissions,
    visibility: visibility.head ? other.visibility : one.visibility,
    forkPullRequests:
      (forkPullRequests.base ? one.forkPullRequests : null) ?? (forkPullRequests.head ? other.forkPullRequests : null),
  };
}
