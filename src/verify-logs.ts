import type { CalledFiles } from './calls/called-files.ts';
import { checkWorkflow } from './check-workflow.ts';
import type { ComparableJob, KnownRun } from './model/comparison.ts';
import type { LogOfFile } from './model/logged-job.ts';
import type { Report } from './model/report.ts';
import type { Settings } from './model/settings.ts';
import type { Verification, VerifiedLog } from './model/verification.ts';
import type { Job, WorkflowFile } from './model/workflow.ts';
import { jobNames } from './observed/job-names.ts';
import { verifyByName, verifyOneJob } from './observed/verify-by-name.ts';
import { notCompared, type Candidate } from './observed/verify-log.ts';
import { TABLE_DATE } from './permissions/permission-table.ts';
import type { CheckedJob } from './policy/checked-workflow.ts';
import { listedShort } from './words/in-words.ts';

/** What logs are compared with. */
export interface VerifyRequest {
  /** The workflow that started the run. */
  readonly file: WorkflowFile;
  /** All files of the checkout, and those that `file` calls elsewhere. */
  readonly files: readonly WorkflowFile[];
  readonly called: CalledFiles;
  readonly settings: Settings;
  /** The job that the logs are of; `null` to go by the names in them. */
  readonly job: readonly string[] | null;
  readonly run: Omit<KnownRun, 'date'>;
  readonly tool: Report['tool'];
}

/** The job that is named has no token, so no log can tell of it. The message says which jobs have. */
export class NoSuchJob extends Error {}

const WORST_FIRST: readonly VerifiedLog['result'][] = ['differs', 'not-compared', 'agrees'];

/**
 * Compares logs with what is computed for a workflow file. Pure, as all that it calls.
 *
 * @throws NoSuchJob when the job that is named has no token.
 */
export function verifyLogs(request: VerifyRequest, logs: readonly LogOfFile[]): Verification {
  const { file, settings, run, tool } = request;
  const openSettings = withNothingKnown(settings);
  const { report, jobs } = checkedWith(request, settings);
  const open = new Map(checkedWith(request, openSettings).jobs.map((job) => [keyOf(job.reported.path), job]));
  const candidates = jobs.filter(hasToken).map((job): Candidate => ({
    job: comparable(job),
    open: comparable(open.get(keyOf(job.reported.path)) ?? job),
    names: jobNames(chainOf(job)),
  }));
  const context = { workflow: report, settings, openSettings, run };
  const { verified, unmatched } =
    request.job === null
      ? verifyByName(candidates, logs, context)
      : verifyOneJob(wanted(request.job, candidates, file.path), logs, context);
  const [worst] = WORST_FIRST.flatMap((result) => verified.filter((log) => log.result === result));
  const deciding = worst ?? nothingMatched(request, logs, unmatched);
  return {
    schemaVersion: 1,
    tool,
    workflow: file.path,
    permissionsTable: TABLE_DATE,
    ...deciding,
    logs: worst === undefined ? [deciding] : verified,
    unmatched,
  };
}

function withNothingKnown(settings: Settings): Settings {
  return {
    ...settings,
    visibility: 'unknown',
    defaultPermissions: { value: 'unknown', source: 'none' },
    forkPullRequests: 'unknown',
  };
}

/** The jobs that logs can be of: one that calls a workflow has no token itself. */
export function jobsWithToken(request: VerifyRequest): readonly CheckedJob[] {
  return checkedWith(request, request.settings).jobs.filter(hasToken);
}

function hasToken({ chained }: CheckedJob): boolean {
  return (chained.call?.jobs ?? []).length === 0;
}

function checkedWith({ file, files, called }: VerifyRequest, settings: Settings): ReturnType<typeof checkWorkflow> {
  const checkout = new Map(files.map((one) => [one.path, one]));
  return checkWorkflow(file, { checkout, called, settings });
}

/** A checked job as logs are compared with it. */
export function comparable({ reported, chained }: CheckedJob): ComparableJob {
  const isShorthand = chained.block !== null && chained.block.block.shorthand !== null;
  return { path: reported.path, grants: reported.grants, isShorthand };
}

/** The jobs that lead to a job, from the root down, itself included. */
export function chainOf({ chained }: CheckedJob): readonly Job[] {
  const chain: Job[] = [];
  for (let at: typeof chained | null = chained; at !== null; at = at.caller) chain.unshift(at.job);
  return chain;
}

function keyOf(path: readonly string[]): string {
  return path.join('/');
}

function wanted(path: readonly string[], candidates: readonly Candidate[], file: string): Candidate {
  const key = keyOf(path);
  const keys = candidates.map(({ job }) => keyOf(job.path));
  const found = candidates[keys.indexOf(key)];
  if (found !== undefined) return found;
  const below = keys.filter((one) => one.startsWith(`${key}/`));
  if (below.length > 0) {
    throw new NoSuchJob(
      `The job ${key} calls a workflow and has no token itself. Name a job of that: ${listedShort(below, 8)}.`,
    );
  }
  const names = keys.length === 0 ? 'It has no jobs.' : `Its jobs are: ${listedShort(keys, 8)}.`;
  throw new NoSuchJob(`${file} has no job ${key}. ${names}`);
}

function nothingMatched(
  { file, job }: VerifyRequest,
  logs: readonly LogOfFile[],
  unmatched: readonly string[],
): VerifiedLog {
  const what =
    job === null ? `No job of ${file.path} has` : `None of the logs is of the job ${keyOf(job)}: it does not have`;
  const names = listedShort(
    unmatched.map((name) => `'${name}'`),
    5,
  );
  const log = logs.map((one) => one.log);
  const nothing = { name: null, isFileName: false, date: null, group: { kind: 'none' as const }, secretSource: null };
  return notCompared(
    { log: listedShort(log, 3), job: nothing },
    job,
    `${what} the name of a job in the logs${names === '' ? '' : `: ${names}`}.`,
  );
}
