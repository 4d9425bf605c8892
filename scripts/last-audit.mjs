// Prints `run-id=…`: the newest run of this very workflow, on the default branch, that left an audit. Empty when there is
// none. What a pull request ran is never taken, as its artifact may say anything.
import process from 'node:process';

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_WORKFLOW_REF = '', GITHUB_RUN_ID, GH_TOKEN, BRANCH } = process.env;

const TRUSTED = new Set(['schedule', 'workflow_dispatch', 'push', 'repository_dispatch']);
const MOST_RUNS = 10;

async function get(path) {
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${path}`, {
    headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${GH_TOKEN}` },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status} for ${path}`);
  return response.json();
}

async function lastAudit() {
  const [, file] = /\/\.github\/workflows\/([^@]+)@/.exec(GITHUB_WORKFLOW_REF) ?? [];
  if (file === undefined || !BRANCH) return '';
  const query = new URLSearchParams({ branch: BRANCH, status: 'completed', per_page: '50' });
  const { workflow_runs: runs } = await get(`actions/workflows/${encodeURIComponent(file)}/runs?${query}`);
  const own = runs.filter(
    (run) =>
      TRUSTED.has(run.event) &&
      String(run.id) !== GITHUB_RUN_ID &&
      run.head_repository?.full_name?.toLowerCase() === GITHUB_REPOSITORY.toLowerCase(),
  );
  for (const { id } of own.slice(0, MOST_RUNS)) {
    const { artifacts } = await get(`actions/runs/${id}/artifacts?name=audit`);
    if (artifacts.some(({ expired }) => !expired)) return String(id);
  }
  return '';
}

// An audit can do without an earlier one: it takes longer, and does not say what changed.
const found = await lastAudit().catch((error) => {
  console.error(`The last audit was not found: ${error.message}. All repositories are computed anew.`);
  return '';
});
console.log(`run-id=${found}`);
