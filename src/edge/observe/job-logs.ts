import type { LoggedJob } from '../../model/logged-job.ts';
import type { ObservedRun } from '../../model/observed-run.ts';
import { logReader } from '../../observed/log-reader.ts';
import { ApiError, connectApi, PATIENCE, type Body, type GitHubApi } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';

/** A job of a run, as the API tells it. */
export interface RunJob {
  readonly id: string;
  /** As GitHub shows it. */
  readonly name: string;
  /** It may have been cancelled before a runner took it, and then it has no log. */
  readonly isCancelled: boolean;
}

/** Setting up a job takes some kilobytes; nothing that follows counts. */
const MOST_OF_A_LOG = 1_048_576;

const SHORT = { ...PATIENCE, attempts: 2, timeout: 15_000, longestWait: 2_000, total: 40_000 };

/** The log of a job is not there any more, or could not be fetched. The message says which, as a whole sentence. */
export class NoLogError extends Error {}

/**
 * The jobs of a run that have run; the first hundred of them.
 *
 * @see https://docs.github.com/en/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run-attempt
 */
export async function jobsOfRun(
  { json }: GitHubApi,
  { owner, name: repo }: RepositoryName,
  { id, attempt }: ObservedRun,
): Promise<readonly RunJob[]> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt}/jobs{?per_page}';
  const answer = await json(route, { owner, repo, run_id: String(id), attempt: String(attempt), per_page: '100' });
  const { jobs } = answer as { jobs?: unknown };
  if (!Array.isArray(jobs)) throw new ApiError(0, 'the answer holds no jobs');
  return jobs.flatMap((job: unknown): RunJob[] => {
    const { id: jobId, name, conclusion } = (job ?? {}) as Record<string, unknown>;
    const hasRun = conclusion !== 'skipped' && conclusion !== null;
    if (typeof jobId !== 'number' || typeof name !== 'string' || !hasRun) return [];
    return [{ id: String(jobId), name, isCancelled: conclusion === 'cancelled' }];
  });
}

/**
 * What the beginning of a job's log tells. GitHub keeps logs on another server, where our token must not go: the address
 * has a signature of its own.
 *
 * @throws NoLogError when there is no log.
 * @see https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
 */
export async function logOfJob(api: GitHubApi, repository: RepositoryName, job: RunJob): Promise<LoggedJob> {
  const { owner, name: repo } = repository;
  const route = 'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs';
  const parameters = { owner, repo, job_id: job.id };
  let found: Body | { readonly location: string };
  try {
    found = await api.bytesOrMove(route, parameters, 'application/vnd.github+json', MOST_OF_A_LOG);
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 410)) {
      throw new NoLogError('Its log has expired, or was deleted.');
    }
    throw error;
  }
  const { bytes } = 'location' in found ? await fetchLog(found.location) : found;
  const reader = logReader();
  reader.write(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const [first] = reader.end();
  if (first === undefined) throw new NoLogError('Its log is empty.');
  return { ...first, name: job.name, isFileName: false };
}

/** Nothing of the address may reach a message: it is as good as a password for the log. */
async function fetchLog(location: string): Promise<Body> {
  const url = URL.canParse(location) ? new URL(location) : null;
  if (url === null) throw new NoLogError('The API redirects to something that is not an address.');
  try {
    const storage = await connectApi({ baseUrl: url.origin, token: null }, SHORT);
    return await storage.bytes(`GET ${url.href}`, {}, '*/*', MOST_OF_A_LOG);
  } catch (error) {
    if (error instanceof ApiError || error instanceof ToolError) {
      const status = error instanceof ApiError && error.status > 0 ? ` (HTTP ${error.status})` : '';
      throw new NoLogError(`Its log could not be fetched from where GitHub keeps it${status}.`);
    }
    throw error;
  }
}
