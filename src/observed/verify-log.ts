import type { ComparableJob, Comparison, KnownRun } from '../model/comparison.ts';
import type { Grant } from '../model/grant.ts';
import type { LoggedGroup, LogOfFile } from '../model/logged-job.ts';
import type { ReportedProblem, ReportedWorkflow } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import type { ComparedRun, VerifiedLog } from '../model/verification.ts';
import { picked } from '../words/picked.ts';
import { causeInWords } from './cause-words.ts';
import { causesOf, type Cause } from './causes.ts';
import { compareWithLog } from './compare-with-log.ts';
import { fitOf, type JobNames } from './job-names.ts';
import { loggedLevels, NEVER_PRINTED } from './logged-levels.ts';
import { notComparedReason } from './not-compared.ts';

/** A job that logs can be of. */
export interface Candidate {
  /** Job ids, from the calling job down. */
  readonly path: readonly string[];
  readonly names: JobNames;
  /** Computes it by the table of a day; `null` for a log that does not tell its day. */
  readonly on: (date: string | null) => CandidateOnDay;
}

/** What is computed for a job. */
export interface CandidateOnDay {
  readonly workflow: Pick<ReportedWorkflow, 'path' | 'outcome' | 'problems'>;
  readonly job: ComparableJob;
  /** The same, computed as if no setting were known. */
  readonly open: ComparableJob;
}

/** What all logs of a run have in common. */
export interface VerifyContext {
  /** With these the jobs were computed, and with the open ones as if none were known. */
  readonly settings: Settings;
  readonly openSettings: Settings;
  readonly run: Omit<KnownRun, 'date'>;
}

/** Compares a log with a job, and says why they differ or could not be compared. */
export function verifyLog(log: LogOfFile, { names, on }: Candidate, context: VerifyContext): VerifiedLog {
  const { settings, openSettings } = context;
  const logged = log.job;
  const { workflow, job, open } = on(logged.date);
  const run: KnownRun = { ...context.run, date: logged.date };
  const found = compareWithLog(job, logged.group, run, settings);
  if (found.result === 'not-compared') {
    if (found.because === 'no-rows' && logged.group.kind === 'found') {
      return withoutRows(log, logged.group, job, workflow, settings);
    }
    return notCompared(log, job.path, notComparedReason(found.because, logged.date));
  }
  const isNamed = logged.name === null || fitOf(names, logged.name, logged.isFileName) !== null;
  const causes =
    found.result === 'agrees'
      ? []
      : causesOf(found, {
          computed: { job, settings },
          open: { job: open, settings: openSettings },
          logged,
          run,
          isNamed,
        });
  return {
    ...head(log, job.path),
    result: found.result,
    reason: reasonOf(found),
    granted: found.granted,
    compared: found.compared,
    runs: found.rows.map(runOf),
    causes: causes.map((cause) => causeInWords(cause, logged.secretSource)),
    defaultPermissions: found.defaultPermissions,
    newPermissions: found.newPermissions,
    notCompared: [NEVER_PRINTED, ...found.uncertain],
  };
}

/** A log that says nothing that counts. `path` is the job that it is of, where that is known. */
export function notCompared(log: LogOfFile, path: readonly string[] | null, reason: string): VerifiedLog {
  return {
    ...head(log, path),
    result: 'not-compared',
    reason,
    granted: null,
    compared: [],
    runs: [],
    causes: [],
    defaultPermissions: null,
    newPermissions: [],
    notCompared: [NEVER_PRINTED],
  };
}

function reasonOf({ result, rows }: Exclude<Comparison, { readonly result: 'not-compared' }>): string {
  if (result === 'agrees') return 'The log agrees with what is computed.';
  return rows.every(({ status }) => status === 'not-run')
    ? 'The log shows that the job ran, and what is computed is that it does not run.'
    : 'The log differs from what is computed.';
}

/** Why nothing is computed for a job: the workflow does not run, or its callers decide. */
function withoutRows(
  log: LogOfFile,
  { levels }: LoggedGroup & { readonly kind: 'found' },
  { path }: ComparableJob,
  workflow: CandidateOnDay['workflow'],
  settings: Settings,
): VerifiedLog {
  const { outcome, problems } = workflow;
  if (outcome !== 'invalid' && outcome !== 'startup_failure') {
    return notCompared(
      log,
      path,
      `The callers of ${workflow.path} decide what the job ${path.join('/')} gets. Name the workflow that started ` +
        'the run with --workflow, and the job with --job CALLING-JOB/JOB.',
    );
  }
  const known = loggedLevels(levels, settings.platform);
  const [problem] = problems;
  return {
    ...notCompared(log, path, ''),
    result: 'differs',
    reason: `The log shows that the job ran, and what is computed is that no job of the file does${problem === undefined ? '.' : `: ${problem.message}`}`,
    granted: Object.fromEntries(known.levels),
    compared: [...known.levels].map(([permission, logged]) => ({ permission, computed: 'none', logged, origin: null })),
    causes: causesOfRefusal(problems).map((cause) => causeInWords(cause, null)),
    newPermissions: known.newPermissions,
  };
}

/** Why GitHub ran what we take for refused. */
function causesOfRefusal(problems: readonly ReportedProblem[]): readonly Cause[] {
  const unknown = problems.filter(({ code }) => code === 'unknown-permission').map(({ message }) => nameIn(message));
  const permissions = [...new Set(unknown)].filter((name) => name !== '');
  const newer: readonly Cause[] = permissions.length === 0 ? [] : [{ kind: 'newer', permissions }];
  return [...newer, { kind: 'other-version', isDefault: false }];
}

function nameIn(message: string): string {
  return /'([a-z]+(?:-[a-z]+)*)'$/.exec(message)?.[1] ?? '';
}

function head(
  { log, job }: LogOfFile,
  path: VerifiedLog['job'],
): Pick<VerifiedLog, 'log' | 'logName' | 'date' | 'job'> {
  return { log, logName: job.name, date: job.date, job: path };
}

function runOf(row: Grant): ComparedRun {
  return {
    ...picked(row, ['events', 'actions', 'actor', 'baseRefCreatedByDependabot']),
    ...picked(row, ['defaultPermissions', 'visibility', 'forkPullRequests', 'status']),
  };
}
