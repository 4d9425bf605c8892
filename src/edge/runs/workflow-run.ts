import type { ObservedRun } from '../../model/observed-run.ts';
import { ApiError, type GetJson } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';

/** A called workflow as GitHub resolved it when the run was created. */
export interface ReferencedWorkflow {
  /** `OWNER/NAME/path@REF`. */
  readonly path: string;
  readonly commit: string;
}

/** A run as the API tells it. */
export interface WorkflowRun {
  readonly run: ObservedRun;
  /** The called workflows of other repositories and refs. */
  readonly referenced: readonly ReferencedWorkflow[];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What an address of a run's page is made of; nothing in it means anything to a terminal or to Markdown. */
const ADDRESS = /^https?:\/\/[\w.:/-]+$/;

function toReferenced(value: unknown): ReferencedWorkflow[] {
  const { path, sha } = (value ?? {}) as Record<string, unknown>;
  return typeof path === 'string' && typeof sha === 'string' ? [{ path, commit: sha }] : [];
}

/**
 * Reads what the API says of a run; `null` when it is none.
 *
 * @see https://docs.github.com/en/rest/actions/workflow-runs#get-a-workflow-run
 */
export function toRun(value: unknown): WorkflowRun | null {
  const run = (value ?? {}) as Record<string, unknown>;
  const path = text(run.path);
  const event = text(run.event);
  const commit = text(run.head_sha);
  const createdAt = text(run.run_started_at) ?? text(run.created_at);
  if (typeof run.id !== 'number' || path === null || event === null || commit === null || createdAt === null)
    return null;
  const login = text((run.actor as { login?: unknown } | null | undefined)?.login);
  const head = text((run.head_repository as { full_name?: unknown } | null | undefined)?.full_name);
  const observed = {
    id: run.id,
    attempt: typeof run.run_attempt === 'number' ? run.run_attempt : 1,
    url: ADDRESS.exec(text(run.html_url) ?? '')?.[0] ?? '',
    // Newer answers have the ref behind the path.
    path: path.split('@', 1)[0] ?? '',
    event,
    commit,
    branch: text(run.head_branch),
    actor: login,
    headRepository: head,
    date: createdAt,
    conclusion: text(run.conclusion),
  };
  const { referenced_workflows: referenced } = run;
  return { run: observed, referenced: Array.isArray(referenced) ? referenced.flatMap(toReferenced) : [] };
}

/** Asks for a run, or for one attempt of it. Throws as the API does. */
export async function readRun(
  get: GetJson,
  { owner, name: repo }: RepositoryName,
  id: string,
  attempt: string | null,
): Promise<WorkflowRun> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';
  const answer =
    attempt === null
      ? await get(route, { owner, repo, run_id: id })
      : await get(`${route}/attempts/{attempt}`, { owner, repo, run_id: id, attempt });
  const run = toRun(answer);
  if (run === null) throw new ApiError(0, 'the answer holds no run');
  return run;
}

/** How many jobs a run has. One that did not start has none. Throws as the API does. */
export async function countJobs(
  get: GetJson,
  { owner, name: repo }: RepositoryName,
  { id, attempt }: Pick<ObservedRun, 'id' | 'attempt'>,
): Promise<number> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt}/jobs{?per_page}';
  const answer = await get(route, { owner, repo, run_id: String(id), attempt: String(attempt), per_page: '1' });
  const { total_count: count } = answer as { total_count?: unknown };
  if (typeof count !== 'number') throw new ApiError(0, 'the answer does not tell how many jobs there are');
  return count;
}
