import type { ComparableJob, ComparedPermission, Comparison, KnownRun } from '../model/comparison.ts';
import type { Grant } from '../model/grant.ts';
import type { LoggedJob } from '../model/logged-job.ts';
import type { Settings } from '../model/settings.ts';
import { compareWithLog } from './compare-with-log.ts';

/** Why a log can differ from what was computed. */
export type Cause =
  /** The log is what another value of a setting gives. */
  | { readonly kind: 'setting'; readonly row: Grant }
  /** The log is that of another kind of run than was said. */
  | { readonly kind: 'other-run'; readonly row: Grant }
  /** The job's name in the log is not that of the job. */
  | { readonly kind: 'other-job'; readonly name: string }
  /** What was computed is not certain. */
  | { readonly kind: 'doubt'; readonly doubt: string }
  /** The default is not what was computed, or the run was of another version of the file. */
  | { readonly kind: 'other-version'; readonly isDefault: boolean };

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
  const { computed, open, logged, run, isNamed } = explaining;
  const causes: Cause[] = [];
  const agreeing = (one: ComputedJob, known: KnownRun): Grant | null => {
    const found = compareWithLog(one.job, logged.group, known, one.settings);
    return found.result === 'agrees' ? (found.rows[0] ?? null) : null;
  };
  const anyRun: KnownRun = { ...run, event: null, actor: null };
  const setting = agreeing(open, run);
  const otherRun = agreeing(computed, anyRun);
  if (!isNamed && logged.name !== null) causes.push({ kind: 'other-job', name: logged.name });
  if (setting !== null) causes.push({ kind: 'setting', row: setting });
  if (otherRun !== null) causes.push({ kind: 'other-run', row: otherRun });
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
