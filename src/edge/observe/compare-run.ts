import { loadCalledFiles } from '../../calls/called-files.ts';
import type { Actor } from '../../model/grant.ts';
import type { LogOfFile } from '../../model/logged-job.ts';
import type { ObservedJob, ObservedResult } from '../../model/observation.ts';
import type { ObservedRun } from '../../model/observed-run.ts';
import type { DefaultPermissions, Settings } from '../../model/settings.ts';
import type { VerifiedLog } from '../../model/verification.ts';
import { notObserved, observedJob } from '../../observed/observed-job.ts';
import { jobsByName, verifyLogs, type VerifyRequest } from '../../verify-logs.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { mapBounded } from '../map-bounded.ts';
import { readCalled } from '../reading/reading.ts';
import { TOOL } from '../tool.ts';
import { asReferenced } from '../runs/referenced.ts';
import type { WorkflowRun } from '../runs/workflow-run.ts';
import { jobsOfRun, logOfJob, NoLogError, type RunJob } from './job-logs.ts';
import { StopError } from './limited-api.ts';
import type { ObserveWorld } from './observe.ts';

/** Of a run with more jobs, so many logs are read. */
const MOST_LOGS = 12;
const AT_ONCE = 4;

const OF_PULL_REQUESTS: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]);

/** Whether GitHub took the files from a merge commit, which the API does not name. */
export function isOfMerge({ event }: ObservedRun): boolean {
  return OF_PULL_REQUESTS.has(event);
}

/** Who started a run: GitHub goes by who did first, whoever runs it again. */
export function actorOf(run: ObservedRun, repository: RepositoryName): Actor | null {
  const own = `${repository.owner}/${repository.name}`.toLowerCase();
  if (isOfMerge(run)) {
    if (run.headRepository === null) return null;
    if (run.headRepository.toLowerCase() !== own) return 'fork';
  }
  return run.actor === 'dependabot[bot]' ? 'dependabot' : 'repository';
}

/**
 * The jobs whose logs are read, each once, and those that no job of the file can be: all jobs of a matrix have the same
 * token, whatever their names are made of.
 */
function oneOfEach(jobs: readonly RunJob[], keyOf: (name: string) => string | null): readonly RunJob[] {
  const byKey = new Map<string | RunJob, RunJob>();
  for (const job of jobs) {
    const key = keyOf(job.name) ?? job;
    const before = byKey.get(key);
    if (before === undefined || (before.isCancelled && !job.isCancelled)) byKey.set(key, job);
  }
  return [...byKey.values()];
}

/** What one run showed. */
export interface ComparedRunOfWorkflow {
  readonly result: ObservedResult;
  /** The value of the setting "Workflow permissions" that its logs show; `null` when they show none. */
  readonly defaultPermissions: DefaultPermissions | null;
  /** Why not all of its logs were asked for; `null` when they were. */
  readonly stopped: StopError | null;
}

/** Compares the logs of a finished run with what is computed for its commit. Throws as the API does. */
export async function compareRun(
  { run, referenced }: WorkflowRun,
  settings: Settings,
  world: ObserveWorld,
): Promise<ComparedRunOfWorkflow> {
  const { api, repository } = world;
  const actor = actorOf(run, repository);
  const all = await jobsOfRun(api, repository, run);
  if (all.length === 0) return { result: { run, actor, jobs: [] }, ...NOTHING };
  const { files } = await world.filesAt(run.commit, run.path);
  const file = files.find(({ path }) => path === run.path);
  if (file === undefined) {
    const reason = `The commit ${run.commit} is not there any more, or has no file ${run.path}.`;
    return { result: { run, actor, jobs: all.map((job) => notObserved(job.name, reason)) }, ...NOTHING };
  }
  const called = await loadCalledFiles([file], readCalled(asReferenced(world.read, referenced)));
  const request: VerifyRequest = {
    ...{ file, files, called, job: null, tool: TOOL },
    settings: { ...settings, commit: run.commit },
    run: { event: run.event, actor },
  };
  const keyOf = jobsByName(request);
  const jobs = oneOfEach(all, keyOf);
  const wanted = jobs.filter(({ name }) => keyOf(name) !== null).slice(0, MOST_LOGS);
  const logs = new Map(await mapBounded(wanted, AT_ONCE, async (job) => [job, await readLog(job, world)] as const));
  const jobsSeen: ObservedJob[] = [];
  let shown: DefaultPermissions | null = null;
  let stopped: StopError | null = null;
  for (const job of jobs) {
    const log = logs.get(job);
    if (log === undefined) {
      const isKnown = keyOf(job.name) !== null;
      jobsSeen.push(notObserved(job.name, isKnown ? TOO_MANY : 'No job of the file can have this name.'));
    } else if (log instanceof StopError) {
      stopped = log;
      jobsSeen.push(notObserved(job.name, `Its log was not asked for: ${log.message}.`));
    } else if (log instanceof Error) jobsSeen.push(notObserved(job.name, log.message));
    else {
      const {
        logs: [first],
      } = verifyLogs(request, [log]);
      if (first === undefined) continue;
      jobsSeen.push(observed(job, first, run));
      shown ??= first.result === 'agrees' ? first.defaultPermissions : null;
    }
  }
  return { result: { run, actor, jobs: jobsSeen }, defaultPermissions: shown, stopped };
}

const TOO_MANY = `Of each run, the logs of ${MOST_LOGS} jobs are read.`;

const NOTHING = { defaultPermissions: null, stopped: null };

/** The log of a job, or why there is none. What the other logs told is worth showing. */
async function readLog(job: RunJob, { api, repository }: ObserveWorld): Promise<LogOfFile | NoLogError | StopError> {
  try {
    return { log: job.name, job: await logOfJob(api, repository, job) };
  } catch (error) {
    if (error instanceof NoLogError || error instanceof StopError) return error;
    throw error;
  }
}

/** A difference counts only where it is known which files GitHub took. */
function observed({ name }: RunJob, verified: VerifiedLog, run: ObservedRun): ObservedJob {
  const job = observedJob(name, verified);
  if (job.result !== 'differs' || !isOfMerge(run)) return job;
  const why =
    'Its log differs, but GitHub took the files from the merge of this commit with its base, which the API does not name.';
  return { ...job, result: 'not-compared', reason: why, causes: [], differences: [] };
}
