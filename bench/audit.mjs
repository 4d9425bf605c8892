// What an audit of a whole organization takes, from an API on loopback that a seed makes:
//     node bench/audit.mjs [REPOSITORIES]
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

register('../scripts/typescript-hooks.mjs', import.meta.url);
const helpers = '../__tests__/helpers/organization/';
const { organizationFrom } = await import(new URL(`${helpers}organization.ts`, import.meta.url).href);
const { serveOrganization } = await import(new URL(`${helpers}server.ts`, import.meta.url).href);

const [given = '5000'] = process.argv.slice(2);
const SHAPE = { owner: 'octo-org', seed: 'bench', repositories: Number(given), files: 8 };
const MEGABYTES = 500;
const SHARE = 0.1;

const cli = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
// The child tells what it used, which needs no tool of the system.
const tell = `data:text/javascript,import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.error('used', userCPUTime + systemCPUTime, maxRSS);
})`;

/** The organization's default is `read`, as GitHub's has been since 2023, so that no repository is asked. */
const settings = (url) =>
  url === '/orgs/octo-org/actions/permissions/workflow'
    ? { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }
    : url === '/orgs/octo-org/actions/permissions/fork-pr-workflows-private-repos'
      ? { run_workflows_from_fork_pull_requests: false }
      : null;

/** Now and then the server wants a wait, or gives up on a question. */
const trouble = ({ kind }, count) => {
  if (kind === 'texts' && count % 200 === 150) {
    const body = { message: 'You have exceeded a secondary rate limit.' };
    return { status: 403, body, headers: { 'retry-after': '1' } };
  }
  return kind === 'ids' && count === 3 ? { status: 502, body: { message: 'Bad Gateway' } } : null;
};

const server = await serveOrganization(organizationFrom(SHAPE), { settings, trouble, limit: 15_000 });
const folder = mkdtempSync(join(tmpdir(), 'audit-'));
const count = (kind) => server.count(kind);
const KINDS = ['listing', 'texts', 'ids', 'blob', 'settings'];

/** Runs an audit, and says what it took and what it asked for. */
async function audit(what, output, ...more) {
  const before = Object.fromEntries(KINDS.map((kind) => [kind, count(kind)]));
  const points = server.points();
  const args = ['--import', tell, cli, 'audit', SHAPE.owner, '--format', 'jsonl', '--output', join(folder, output)];
  const begin = process.hrtime.bigint();
  // This process serves meanwhile, so it must not wait for the other one in one go.
  const child = spawn(process.execPath, [...args, '--cache', join(folder, 'cache'), '--fail-on', 'never', ...more], {
    env: { ...process.env, GITHUB_API_URL: server.url, GH_TOKEN: 'none', GH_HOST: '' },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const status = await new Promise((resolve) => child.on('close', resolve));
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const [, cpu, peak] = /^used (\d+) (\d+)$/m.exec(stderr) ?? [];
  if (peak === undefined || !existsSync(join(folder, output)))
    throw new Error(`The audit ended with ${status}:\n${stderr}`);
  const megabytes = Number(peak) / 1024;
  const asked = KINDS.map((kind) => `${count(kind) - before[kind]} ${kind}`).join(', ');
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${(Number(cpu) / 1e6).toFixed(1)} s of processor, ${megabytes.toFixed(0)} MB`,
  );
  console.log(`  ${asked}; ${server.points() - points} points; ${server.files.size} files asked for so far`);
  console.log(
    stderr
      .replace(/^used .*\n/m, '')
      .replaceAll(/^/gm, '  ')
      .trimEnd(),
  );
  return { seconds, megabytes, listing: count('listing') - before.listing };
}

function limit(isMet, text) {
  console.log(`${isMet ? 'met' : 'MISSED'}: ${text}`);
  if (!isMet) process.exitCode = 1;
}

try {
  const first = await audit('first audit', 'first.jsonl');
  server.serve(organizationFrom({ ...SHAPE, changed: 1, round: 1 }));
  const second = await audit('1 % changed', 'second.jsonl', '--previous', join(folder, 'first.jsonl'));
  const pages = Math.ceil(SHAPE.repositories / 50);
  limit(first.listing <= pages, `at most ${pages} questions for the list, ${first.listing} were asked`);
  const most = Math.max(...server.files.values());
  limit(most === 1, `each file is asked for once, ${most} at most`);
  const megabytes = Math.max(first.megabytes, second.megabytes);
  limit(megabytes < MEGABYTES, `${megabytes.toFixed(0)} MB, less than ${MEGABYTES}`);
  const share = second.seconds / first.seconds;
  limit(
    share < SHARE,
    `the second audit takes ${(100 * share).toFixed(1)} % of the first one's time, less than ${100 * SHARE} %`,
  );
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
