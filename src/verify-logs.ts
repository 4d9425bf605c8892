import type { CalledFiles } from './calls/called-files.ts';
import { checkWorkflow } from './check-workflow.ts';
import type { ComparableJob, KnownRun } from './model/comparison.ts';
import type { LogOfFile } from './model/logged-job.ts';
import type { NewPermission } from './model/permission.ts';
import type { Problem } from './model/problem.ts';
import type { Report, ReportedWorkflow } from './model/report.ts';
import type { Settings } from './model/settings.ts';
import type { Verification, VerifiedLog } from './model/verification.ts';
import type { Job, WorkflowFile } from './model/workflow.ts';
import { jobNames } from './observed/job-names.ts';
import { newInLogs } from './observed/logged-levels.ts';
import { matchJob, verifyByName, verifyOneJob } from './observed/verify-by-name.ts';
import { notCompared, type Candidate } from './observed/verify-log.ts';
import { DAYS_OF_THE_TABLE } from './permissions/introduced.ts';
import { TABLE_DATE } from './permissions/permission-table.ts';
import { platformOn } from './permissions/platform.ts';
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
export function verifyLogs(given: VerifyRequest, logs: readonly LogOfFile[]): Verification {
  const request = withNewPermissions(given, logs);
  const { file, settings, run, tool } = request;
  const openSettings = withNothingKnown(settings);
  const computed = computedOnDays(request, openSettings);
  const candidates = jobsWithToken(request).map((job): Candidate => {
    const { path } = job.reported;
    const key = keyOf(path);
    // One of a called file that GitHub refused on a day is not there on it.
    const none = { path, grants: [], isShorthand: false };
    return {
      path,
      names: jobNames(chainOf(job)),
      on: (date) => {
        const { workflow, jobs, open } = computed(date);
        return { workflow, job: jobs.get(key) ?? none, open: open.get(key) ?? none };
      },
    };
  });
  const context = { settings, openSettings, run };
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

/** A permission that a file names and a log has is one that GitHub knows, whatever our table says. */
function withNewPermissions(request: VerifyRequest, logs: readonly LogOfFile[]): VerifyRequest {
  const { settings, files } = request;
  const { platform } = settings;
  const { newPermissions: known = [] } = platform;
  const unknown = new Set(
    files.flatMap(({ problems }) => problems.filter(({ code }) => code === 'unknown-permission').map(valueOf)),
  );
  const added = newInLogs(logs, platform)
    .filter((name) => unknown.has(name) && !known.some((one) => one.name === name))
    .map((name): NewPermission => ({ name, levels: ['read', 'write'] }));
  if (added.length === 0) return request;
  return { ...request, settings: { ...settings, platform: { ...platform, newPermissions: [...known, ...added] } } };
}

function valueOf({ value }: Problem): string | undefined {
  return value;
}

/** All that is computed for one day. The jobs are by their path. */
interface Computed {
  readonly workflow: ReportedWorkflow;
  readonly jobs: ReadonlyMap<string, ComparableJob>;
  readonly open: ReadonlyMap<string, ComparableJob>;
}

/**
 * Computes by the table of a day, each day once. A log shows that its run did start: where by the table of its day it could
 * not, that of today counts, and for a log without a day the newest by which it could.
 */
function computedOnDays(request: VerifyRequest, openSettings: Settings): (date: string | null) => Computed {
  const known = new Map<string | null, Computed>();
  const computeOn = (day: string | null): Computed => {
    const on = (settings: Settings): Settings =>
      day === null ? settings : { ...settings, platform: platformOn(settings.platform, day) };
    const { report, jobs } = checkedWith(request, on(request.settings));
    const open = checkedWith(request, on(openSettings));
    return { workflow: report, jobs: byPath(jobs), open: byPath(open.jobs) };
  };
  return (date) => {
    const before = known.get(date);
    if (before !== undefined) return before;
    const first = computeOn(date);
    let found = first;
    for (const day of date === null ? DAYS_OF_THE_TABLE : [null]) {
      if (canStart(found)) break;
      found = computeOn(day);
    }
    if (!canStart(found)) found = first;
    known.set(date, found);
    return found;
  };
}

function canStart({ workflow: { outcome } }: Computed): boolean {
  return outcome !== 'invalid' && outcome !== 'startup_failure';
}

function byPath(jobs: readonly CheckedJob[]): ReadonlyMap<string, ComparableJob> {
  return new Map(jobs.map((job) => [keyOf(job.reported.path), comparable(job)]));
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

/** Tells jobs apart by the names that GitHub shows: what is the same for two names of one job, `null` for no job's name. */
export function jobsByName(request: VerifyRequest): (name: string) => string | null {
  const candidates = jobsWithToken(request).map((job) => ({ path: job.reported.path, names: jobNames(chainOf(job)) }));
  return (name) => {
    const { best } = matchJob(candidates, name, false);
    return best.length === 0 ? null : best.map(({ path }) => keyOf(path)).join(' ');
  };
}

function hasToken({ chained }: CheckedJob): boolean {
  return (chained.call?.jobs ?? []).length === 0;
}

function checkedWith({ file, files, called }: VerifyRequest, settings: Settings): ReturnType<typeof checkWorkflow> {
  const checkout = new Map(files.map((one) => [one.path, one]));
  return checkWorkflow(file, { checkout, called, settings });
}

/** A checked job as logs are compared with it. */
function comparable({ reported, chained }: CheckedJob): ComparableJob {
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
  const keys = candidates.map((one) => keyOf(one.path));
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
