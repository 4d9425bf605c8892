import type { Grant } from '../model/grant.ts';
import type { DefaultPermissions, ForkPullRequests, Settings } from '../model/settings.ts';

/** One combination of the settings that an outcome can depend on. */
export interface SettingsCase {
  readonly defaultPermissions: DefaultPermissions;
  /** Internal repositories count as private: forks are treated alike. */
  readonly visibility: 'public' | 'private';
  /** Public repositories have no such setting. */
  readonly forkPullRequests: ForkPullRequests | null;
}

/** The settings that a row names: those that are unknown and matter. */
export type SettingsLabel = Pick<Grant, 'defaultPermissions' | 'visibility' | 'forkPullRequests'>;

/** Every combination that the settings leave open; one when all are known. */
export function settingsCases(settings: Settings): readonly SettingsCase[] {
  const { value } = settings.defaultPermissions;
  const defaults: readonly DefaultPermissions[] = value === 'unknown' ? ['read', 'write'] : [value];
  const visibilities =
    settings.visibility === 'unknown'
      ? (['public', 'private'] as const)
      : ([settings.visibility === 'public' ? 'public' : 'private'] as const);
  const forkSettings: readonly ForkPullRequests[] =
    settings.forkPullRequests === 'unknown' ? ['off', 'read', 'write'] : [settings.forkPullRequests];
  return defaults.flatMap((defaultPermissions) =>
    visibilities.flatMap((visibility) =>
      (visibility === 'public' ? [null] : forkSettings).map((forkPullRequests) => ({
        defaultPermissions,
        visibility,
        forkPullRequests,
      })),
    ),
  );
}

/** Whether what a row names of the settings is so in a combination; what it does not name does not matter to it. */
export function isUnder(row: SettingsLabel, one: SettingsCase): boolean {
  return (
    (row.defaultPermissions ?? one.defaultPermissions) === one.defaultPermissions &&
    (row.visibility ?? one.visibility) === one.visibility &&
    (row.forkPullRequests ?? one.forkPullRequests) === one.forkPullRequests
  );
}

/** An outcome and the settings under which it is one. */
export interface Labelled<Outcome> {
  readonly label: SettingsLabel;
  readonly outcome: Outcome;
}

/**
 * Makes the function that says in the fewest labels which cases have which outcome: `outcomes[i]` belongs to `cases[i]`,
 * `null` for none worth a row. A setting that makes no difference, or that is known, is not named.
 */
export function labeller(
  cases: readonly SettingsCase[],
): <Outcome>(outcomes: readonly (Outcome | null)[]) => readonly Labelled<Outcome>[] {
  // The labels depend only on which outcomes are alike, and that is one of a few patterns.
  const known = new Map<string, readonly Labelled<number>[]>();
  return (outcomes) => {
    const pattern = outcomes.map((outcome) => (outcome === null ? null : outcomes.indexOf(outcome)));
    const key = pattern.join();
    let labels = known.get(key);
    if (labels === undefined) {
      labels = labelPattern(cases, pattern);
      known.set(key, labels);
    }
    return labels.flatMap(({ label, outcome: index }) => {
      const outcome = outcomes[index];
      return outcome === null || outcome === undefined ? [] : [{ label, outcome }];
    });
  };
}

function labelPattern(
  cases: readonly SettingsCase[],
  pattern: readonly (number | null)[],
): readonly Labelled<number>[] {
  let groups = cases.flatMap((one, index): Group[] => {
    const outcome = pattern[index];
    return outcome === null || outcome === undefined ? [] : [{ label: { ...one }, outcome }];
  });
  for (const setting of ['forkPullRequests', 'visibility', 'defaultPermissions'] as const) {
    groups = mergeOver(setting, groups, cases);
  }
  const isVisibilityKnown = cases.every(({ visibility }) => visibility === cases[0]?.visibility);
  return groups.map(({ label, outcome }) => ({ label: named(label, isVisibilityKnown), outcome }));
}

type Setting = keyof SettingsCase;
type Label = { readonly [Name in Setting]?: SettingsCase[Name] | undefined };
interface Group {
  readonly label: Label;
  readonly outcome: number;
}

/** Drops a setting from the groups that say the same for each of its values. */
function mergeOver(setting: Setting, groups: readonly Group[], cases: readonly SettingsCase[]): Group[] {
  const merged: Group[] = [];
  for (const group of groups) {
    const rest = { ...group.label, [setting]: undefined };
    const isAlike = (other: Group) =>
      other.outcome === group.outcome && settingsAgree({ ...other.label, [setting]: undefined }, rest);
    const covered = new Set(groups.filter(isAlike).map(({ label }) => label[setting]));
    const possible = new Set(cases.filter((one) => isWithin(one, rest)).map((one) => one[setting]));
    const isComplete = [...possible].every((value) => covered.has(value));
    if (!isComplete) merged.push(group);
    else if (!merged.some((other) => other.outcome === group.outcome && settingsAgree(other.label, rest))) {
      merged.push({ label: rest, outcome: group.outcome });
    }
  }
  return merged;
}

function isWithin(one: SettingsCase, label: Label): boolean {
  return SETTINGS.every((setting) => label[setting] === undefined || label[setting] === one[setting]);
}

function settingsAgree(a: Label, b: Label): boolean {
  return SETTINGS.every((setting) => a[setting] === b[setting]);
}

const SETTINGS: readonly Setting[] = ['defaultPermissions', 'visibility', 'forkPullRequests'];

/** The fork setting is one of private repositories alone, so it is named together with the visibility. */
function named({ defaultPermissions, visibility, forkPullRequests }: Label, isVisibilityKnown: boolean): SettingsLabel {
  const fork = forkPullRequests ?? undefined;
  const visible = isVisibilityKnown ? undefined : (visibility ?? (fork === undefined ? undefined : 'private'));
  return {
    ...(defaultPermissions === undefined ? {} : { defaultPermissions }),
    ...(visible === undefined ? {} : { visibility: visible }),
    ...(fork === undefined ? {} : { forkPullRequests: fork }),
  };
}
