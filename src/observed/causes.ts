import type { ComparableJob, ComparedPermission, Comparison, KnownRun } from '../model/comparison.ts';
import type { Grant } from '../model/grant.ts';
import type { LoggedJob } from '../model/logged-job.ts';
import type { Settings } from '../model/settings.ts';
import { isUnder, settingsCases, type SettingsCase } from '../token/settings-case.ts';
import { compareWithLog } from './compare-with-log.ts';

/** Why a log can differ from what was computed. */
export type Cause =
  /** The log is what another value of a setting gives. */
  | { readonly kind: 'setting'; readonly changed: ChangedSettings }
  /** The log is that of another kind of run than was said. */
  | { readonly kind: 'other-run'; readonly row: Grant }
  /** The job's name in the log is not that of the job. */
  | { readonly kind: 'other-job'; readonly name: string }
  /** What was computed is not certain. */
  | { readonly kind: 'doubt'; readonly doubt: string }
  /** The file names permissions that our table does not have. */
  | { readonly kind: 'newer'; readonly permissions: readonly string[] }
  /** The default is not what was computed, or the run was of another version of the file. */
  | { readonly kind: 'other-version'; readonly isDefault: boolean };

/** Settings with the values that they would have had. */
export type ChangedSettings = Partial<Pick<SettingsCase, 'defaultPermissions' | 'visibility' | 'forkPullRequests'>>;

/** The rows of a job, computed with these settings. */
export interface ComputedJob {
  readonly job: ComparableJob;
  readonly settings: Settings;
}

/** What could explain a difference. */
export interface Explaining {
  readonly computed: ComputedJob;
  /** The same job computed as if no setting were known. */
  readonly open: ComputedJob;
  readonly logged: LoggedJob;
  readonly run: KnownRun;
  /** Whether the job's name in the log can be that of the job. */
  readonly isNamed: boolean;
}

/** The likeliest causes of a difference, the likeliest first; never none. */
export function causesOf(
  comparison: Exclude<Comparison, { readonly result: 'not-compared' }>,
  explaining: Explaining,
): readonly Cause[] {
  const { computed, logged, run, isNamed } = explaining;
  const causes: Cause[] = [];
  const changed = changedSettings(explaining);
  const anyRun: KnownRun = { ...run, event: null, actor: null };
  const other = compareWithLog(computed.job, logged.group, anyRun, computed.settings);
  const [otherRun] = other.result === 'agrees' ? other.rows : [];
  if (!isNamed && logged.name !== null) causes.push({ kind: 'other-job', name: logged.name });
  if (changed !== null) causes.push({ kind: 'setting', changed });
  if (otherRun !== undefined) causes.push({ kind: 'other-run', row: otherRun });
  if (causes.length > 0) return causes;
  const different = comparison.compared.filter(({ computed, logged }) => computed !== logged);
  const doubts = new Set(comparison.rows.flatMap((row) => row.doubts ?? []));
  for (const doubt of doubts) {
    if (isAbout(doubt, different)) causes.push({ kind: 'doubt', doubt });
  }
  const isDefault = comparison.compared.some(({ origin }) => origin?.from === 'default');
  return [...causes, { kind: 'other-version', isDefault }];
}

/** A doubt names the permissions that it is about, or none when it is about all. */
function isAbout(doubt: string, different: readonly ComparedPermission[]): boolean {
  return !/'[a-z-]+'/.test(doubt) || different.some(({ permission }) => doubt.includes(`'${permission}'`));
}

/** The fewest settings that would have to be others for the log to agree; `null` when that makes no difference. */
function changedSettings({ computed, open, logged, run }: Explaining): ChangedSettings | null {
  const found = settingsCases(open.settings).flatMap((one): ChangedSettings[] => {
    const job = { ...open.job, grants: open.job.grants.filter((row) => isUnder(row, one)) };
    const settings: Settings = {
      ...open.settings,
      defaultPermissions: { value: one.defaultPermissions, source: 'none' },
      visibility: one.visibility,
      forkPullRequests: one.forkPullRequests ?? 'unknown',
    };
    const changed = changesTo(computed.settings, one);
    const isOther = Object.keys(changed).length > 0;
    return isOther && compareWithLog(job, logged.group, run, settings).result === 'agrees' ? [changed] : [];
  });
  const count = (changed: ChangedSettings) => Object.keys(changed).length;
  return found.reduce<ChangedSettings | null>(
    (least, one) => (least === null || count(one) < count(least) ? one : least),
    null,
  );
}

/** What of the settings that were known is another in a case. */
function changesTo({ defaultPermissions, visibility, forkPullRequests }: Settings, one: SettingsCase): ChangedSettings {
  const isDefault = defaultPermissions.value === 'unknown' || defaultPermissions.value === one.defaultPermissions;
  const isVisibility = visibility === 'unknown' || (visibility === 'public') === (one.visibility === 'public');
  const isFork = forkPullRequests === 'unknown' || (one.forkPullRequests ?? forkPullRequests) === forkPullRequests;
  return {
    ...(isDefault ? {} : { defaultPermissions: one.defaultPermissions }),
    ...(isVisibility ? {} : { visibility: one.visibility }),
    ...(isFork ? {} : { forkPullRequests: one.forkPullRequests }),
  };
}
