import type { GetJson } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { toRun, type WorkflowRun } from '../runs/workflow-run.ts';

const PER_PAGE = 100;
const MOST_PAGES = 3;

function runsIn(answer: object): readonly WorkflowRun[] {
  const { workflow_runs: runs } = answer as { workflow_runs?: unknown };
  return Array.isArray(runs) ? runs.flatMap((run) => toRun(run) ?? []) : [];
}

/**
 * The last finished runs of a repository, newest first, of all workflows.
 *
 * @see https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 */
export async function recentRuns(
  get: GetJson,
  { owner, name: repo }: RepositoryName,
  isEnough: (runs: readonly WorkflowRun[]) => boolean,
): Promise<readonly WorkflowRun[]> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs{?status,per_page,page}';
  const found: WorkflowRun[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const parameters = { owner, repo, status: 'completed', per_page: String(PER_PAGE), page: String(page) };
    const answer = await get(route, parameters);
    found.push(...runsIn(answer));
    const { total_count: total } = answer as { total_count?: unknown };
    if (typeof total !== 'number' || total <= page * PER_PAGE || isEnough(found)) break;
  }
  return found;
}

/** The last finished runs of one workflow, newest first. */
export async function runsOfWorkflow(
  get: GetJson,
  { owner, name: repo }: RepositoryName,
  path: string,
): Promise<readonly WorkflowRun[]> {
  const route = 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs{?status,per_page}';
  const workflowId = path.slice(path.lastIndexOf('/') + 1);
  const parameters = { owner, repo, workflow_id: workflowId, status: 'completed', per_page: String(PER_PAGE) };
  return runsIn(await get(route, parameters));
}
