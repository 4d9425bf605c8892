import { sendJson, type Answer, type FakeApi } from './fake-api.ts';
import { gitApi } from './git-api.ts';

/** What GitHub's API says of a run, as far as anybody here reads it. */
export function runJson(commit: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 17,
    run_attempt: 1,
    workflow_id: 5,
    html_url: 'https://github.com/octo-org/octo-repo/actions/runs/17',
    path: '.github/workflows/ci.yml',
    event: 'push',
    head_sha: commit,
    head_branch: 'main',
    actor: { login: 'mona' },
    head_repository: { full_name: 'octo-org/octo-repo' },
    run_started_at: '2026-11-20T10:00:00Z',
    status: 'completed',
    conclusion: 'startup_failure',
    referenced_workflows: [],
    ...more,
  };
}

/** Starts GitHub's API on loopback for the files of a real repository, and for this run of it. */
export async function runApi(
  folder: string,
  run: Record<string, unknown>,
  jobs = 0,
  answer: Answer = () => false,
): Promise<FakeApi> {
  return gitApi(folder, (request, response, count) => {
    if (answer(request, response, count)) return true;
    const { pathname } = new URL(request.url ?? '', 'http://x');
    const runs = /^\/repos\/octo-org\/octo-repo\/actions\/runs\/(.+)$/.exec(pathname)?.[1];
    if (runs === '17' || runs === `17/attempts/${String(run.run_attempt)}`) return sendJson(response, 200, run);
    if (runs?.endsWith('/jobs')) return sendJson(response, 200, { total_count: jobs, jobs: [] });
    return false;
  });
}
