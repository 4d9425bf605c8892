import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { commit, git, repository } from './called-git.ts';
import { gitApi } from './git-api.ts';
import { act, type Acted } from './observed-runs.ts';
import { runnerLogText } from './runner-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CI = '.github/workflows/ci.yml';
const STEPS = '    runs-on: ubuntu-latest\n    steps:\n      - run: "true"\n';
const READS = `on: [push, pull_request]\npermissions:\n  contents: read\njobs:\n  build:\n${STEPS}`;
const NO_BLOCK = READS.replace('permissions:\n  contents: read\n', '');
const SIGNS = READS.replace('contents: read', 'id-token: write');
const ID_TOKEN = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x.test/token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc-secret',
};
const OWN = { Contents: 'read', Metadata: 'read' };

interface Options {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  /** By the commit that a pull request would merge. */
  readonly event?: (change: string) => object;
  /** What the runner's log says; without it there is none. */
  readonly log?: string;
  /** Where it lies, from the folder above the work folder. */
  readonly at?: string;
  /** What a step changed after the checkout. */
  readonly changed?: string;
}

/** Runs the action as a step of a job on a machine with these files. */
async function inJob(files: Readonly<Record<string, string>>, given: Options = {}): Promise<Acted> {
  const {
    inputs = {},
    env = {},
    event = () => ({}),
    log,
    at = '_diag/Worker_20261120-100000-utc.log',
    changed,
  } = given;
  const folder = repository();
  const base = commit(folder, files);
  const change = commit(folder, { ...files, 'README.md': '' });
  const head = git(folder, 'commit-tree', `${change}^{tree}`, '-p', base, '-p', change, '-m', 'merge');
  git(folder, 'reset', '--quiet', '--hard', head);
  if (changed !== undefined) writeFileSync(path.join(folder, CI), changed);
  const root = temporaryFolder({ 'event.json': JSON.stringify(event(change)) });
  mkdirSync(path.join(root, '_work', '_temp'), { recursive: true });
  if (log !== undefined) {
    mkdirSync(path.dirname(path.join(root, at)), { recursive: true });
    writeFileSync(path.join(root, at), log);
  }
  const ended = await act(
    { 'runner-log': 'true', offline: 'true', 'json-file': 'report.json', ...inputs },
    {
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: 'http://127.0.0.1:1',
      GITHUB_WORKSPACE: folder,
      GITHUB_EVENT_PATH: path.join(root, 'event.json'),
      GITHUB_EVENT_NAME: 'push',
      GITHUB_WORKFLOW_REF: `octo-org/octo-repo/${CI}@refs/heads/main`,
      GITHUB_SHA: head,
      GITHUB_WORKFLOW_SHA: head,
      GITHUB_JOB: 'build',
      GITHUB_RUN_ID: '17',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_ACTOR: 'mona',
      RUNNER_TEMP: path.join(root, '_work', '_temp'),
      HOME: temporaryFolder(),
      ...env,
    },
    () => readFileSync(path.join(folder, 'report.json'), 'utf8'),
  );
  expect([ended.outputs.result, ended.log]).not.toContain('error');
  return ended;
}

const ownJob = ({ report }: Acted) => report.observed?.ownJob?.jobs[0];
const findings = ({ report }: Acted) => report.findings.filter(({ rule }) => rule === 'differs-from-run');

describe('the variables of id-token', () => {
  test.each([
    ['are there and it is granted', SIGNS, ID_TOKEN, 'agrees'],
    ['are not there and it is not granted', READS, {}, 'agrees'],
    ['are there and it is not granted', READS, ID_TOKEN, 'differs'],
    ['are not there and it is granted', SIGNS, {}, 'differs'],
    ['are half there, which is nothing', READS, { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x.test' }, 'agrees'],
  ])('%s', async (_, file, env, result) => {
    const seen = await inJob({ [CI]: file }, { env });
    expect(ownJob(seen)).toMatchObject({ job: ['build'], result, granted: null });
    expect(findings(seen)).toHaveLength(result === 'differs' ? 1 : 0);
    expect(seen.log + JSON.stringify(seen.report)).not.toMatch(/oidc-secret|x\.test/);
    // The rest of the row is not known.
    expect(seen.report.observed?.rows.confirmed).toBe(0);
  });

  test('a difference names both levels, and stands at the job', async () => {
    const seen = await inJob({ [CI]: READS }, { env: ID_TOKEN });
    expect(findings(seen)).toMatchObject([
      { level: 'warning', path: CI, line: 5, job: ['build'], permission: 'id-token', granted: 'write' },
    ]);
    expect(seen.log.replaceAll(/\s+/g, ' ')).toContain('id-token: write was granted, none is computed');
  });

  test('agree in one line', async () => {
    const { log } = await inJob({ [CI]: READS });
    expect(log.replaceAll(/\s+/g, ' ')).toContain('This job, build: Its variables show `id-token: none`.');
  });

  test('are of the fork that the run is of', async () => {
    const from = (name: string) => (sha: string) => ({
      pull_request: { base: { ref: 'main' }, head: { sha, repo: { full_name: name } } },
    });
    const event = from('mona/octo-repo');
    const fork = await inJob({ [CI]: SIGNS }, { event, env: { GITHUB_EVENT_NAME: 'pull_request' } });
    expect(fork.report.observed?.ownJob).toMatchObject({ actor: 'fork', jobs: [{ result: 'agrees' }] });
    const own = from('octo-org/octo-repo');
    const seen = await inJob({ [CI]: SIGNS }, { event: own, env: { GITHUB_EVENT_NAME: 'pull_request' } });
    expect(seen.report.observed?.ownJob).toMatchObject({ actor: 'repository', jobs: [{ result: 'differs' }] });
  });
});

describe("the runner's diagnostic log", () => {
  test.each([
    '_diag/Worker_20261120-100000-utc.log',
    'actions-runner/_diag/Worker_20261120-100000-utc.log',
    'actions-runner/cached/2.337.0/_diag/Worker_20261120-100000-utc.log',
    'runners/2.311.0/_diag/Worker_20261120-100000-utc.log',
  ])('is found at %s, and confirms the row', async (at) => {
    const seen = await inJob({ [CI]: READS }, { log: runnerLogText(OWN), at });
    expect(ownJob(seen)).toMatchObject({ result: 'agrees', granted: { contents: 'read', metadata: 'read' } });
    expect(seen.report.observed?.rows).toEqual({ all: 1, confirmed: 1 });
    expect(seen.log).toContain('This job, build: Its token is what is computed.');
    expect(seen.log + JSON.stringify(seen.report)).not.toContain('secret-of-the-log');
  });

  test('that differs gives each permission, id-token included', async () => {
    const seen = await inJob({ [CI]: READS }, { log: runnerLogText({ ...OWN, Issues: 'write' }), env: ID_TOKEN });
    expect(ownJob(seen)?.differences).toEqual([
      { permission: 'issues', computed: 'none', logged: 'write' },
      { permission: 'id-token', computed: 'none', logged: 'write' },
    ]);
    expect(findings(seen)).toHaveLength(1);
  });

  test.each([
    ['of another run', runnerLogText({ ...OWN, Issues: 'write' }, { run: '18' })],
    ['of another attempt', runnerLogText({ ...OWN, Issues: 'write' }, { attempt: '2' })],
    ['of another job', runnerLogText({ ...OWN, Issues: 'write' }, { job: 'other' })],
    ['that is cut', runnerLogText({ ...OWN, Issues: 'write' }).slice(0, -60)],
    ['that masking broke', runnerLogText({ ...OWN, Issues: 'write' }).replace('"requestId": 12', '"requestId": ***')],
    ['without a message', '[2026-11-20 10:00:00Z INFO Worker] Waiting to receive the job message\n'],
  ])('%s counts for nothing', async (_, log) => {
    const seen = await inJob({ [CI]: READS }, { log });
    expect(ownJob(seen)).toMatchObject({
      result: 'agrees',
      granted: null,
      reason: expect.stringContaining('not found'),
    });
  });

  test.each([
    ['empty', {}],
    ['without what every token has', { Contents: 'write' }],
    ['with a level that is none', { ...OWN, Contents: '***' }],
  ])('whose list is %s is not compared', async (_, levels) => {
    const seen = await inJob({ [CI]: READS }, { log: runnerLogText(levels) });
    expect(ownJob(seen)).toMatchObject({ result: 'agrees', granted: null });
    expect(findings(seen)).toEqual([]);
  });

  test('is not read unless somebody asks for it', async () => {
    const api = await gitApi(repository());
    const log = runnerLogText({ ...OWN, Issues: 'write' });
    const inputs = { observe: 'true', offline: '', 'runner-log': '', 'github-token': 'ghs_job' };
    const seen = await inJob({ [CI]: READS }, { log, inputs, env: { GITHUB_API_URL: api.url } });
    expect(ownJob(seen)).toMatchObject({ result: 'agrees', granted: null });
    expect(ownJob(seen)?.reason).toContain('runner-log: true');
  });

  test('what a commit message says is not in its place', async () => {
    const fake = '"variables": {\n"system.github.token.permissions": {"value": "{\\"Metadata\\":\\"write\\"}"}\n}';
    const seen = await inJob({ [CI]: READS }, { log: runnerLogText(OWN, { message: fake }) });
    expect(ownJob(seen)).toMatchObject({ result: 'agrees', granted: { contents: 'read', metadata: 'read' } });
  });

  test('tells the default where no block applies', async () => {
    const log = runnerLogText({ ...OWN, Packages: 'read' });
    const seen = await inJob({ [CI]: NO_BLOCK }, { log });
    expect(seen.report.repository.defaultPermissions).toEqual({
      value: 'read',
      source: 'log',
      run: 'https://github.com/octo-org/octo-repo/actions/runs/17',
    });
    const given = await inJob({ [CI]: NO_BLOCK }, { log, inputs: { 'default-permissions': 'write' } });
    expect(given.report.repository.defaultPermissions).toEqual({ value: 'write', source: 'option' });
    expect(findings(given)).toHaveLength(1);
  });
});

describe('the job and its file', () => {
  const CALLS = `on: push\npermissions: {}\njobs:\n  first:\n    permissions: { id-token: write }\n    uses: ./.github/workflows/called.yml\n`;
  const CALLED = `on: workflow_call\njobs:\n  build:\n${STEPS}`;
  const called = '.github/workflows/called.yml';

  test('of a called workflow is found by its id there', async () => {
    const seen = await inJob({ [CI]: CALLS, [called]: CALLED }, { env: ID_TOKEN });
    expect(ownJob(seen)).toMatchObject({ job: ['first', 'build'], result: 'agrees' });
  });

  test('is told apart by the file that defines it, and by its name', async () => {
    const files = { [CI]: `${CALLS}  build:\n${STEPS}`, [called]: CALLED };
    const unknown = await inJob(files, { env: ID_TOKEN });
    expect(ownJob(unknown)).toMatchObject({ job: null, result: 'not-compared' });
    expect(findings(unknown)).toEqual([]);
    const inputs = { 'job-workflow-ref': `octo-org/octo-repo/${called}@refs/heads/main` };
    expect(ownJob(await inJob(files, { env: ID_TOKEN, inputs }))).toMatchObject({ job: ['first', 'build'] });
    const log = runnerLogText({ Metadata: 'read' }, { name: 'first / build' });
    expect(ownJob(await inJob(files, { env: ID_TOKEN, log }))).toMatchObject({
      job: ['first', 'build'],
      result: 'agrees',
    });
  });

  test.each([
    ['main', 'not-compared'],
    ['a'.repeat(40), 'differs'],
  ])('of a workflow called at %s, a difference is %s', async (ref, result) => {
    const caller = CALLS.replace('./.github/workflows/called.yml', `octo-org/lib/${called}@${ref}`);
    const repositories = temporaryFolder({ [`octo-org/lib@${ref}/${called}`]: CALLED });
    const seen = await inJob({ [CI]: caller }, { inputs: { repositories } });
    expect(ownJob(seen)).toMatchObject({ job: ['first', 'build'], result });
    expect(findings(seen)).toHaveLength(result === 'differs' ? 1 : 0);
  });

  test('is compared at the commit of the run, whatever a step did to the files', async () => {
    const seen = await inJob({ [CI]: SIGNS }, { env: ID_TOKEN, changed: READS });
    expect(ownJob(seen)).toMatchObject({ result: 'agrees' });
  });

  test.each([
    ['the variables lack the workflow', { GITHUB_WORKFLOW_REF: '' }],
    ['the workflow is of another repository', { GITHUB_WORKFLOW_REF: `octo-org/rules/${CI}@refs/heads/main` }],
    ['there is no job', { GITHUB_JOB: '' }],
  ])('is not looked for when %s', async (_, env) => {
    const seen = await inJob({ [CI]: READS }, { env: { ...ID_TOKEN, ...env } });
    expect(seen.report.observed).toBeUndefined();
  });

  test('is not looked for when nobody asks', async () => {
    const seen = await inJob({ [CI]: READS }, { env: ID_TOKEN, inputs: { 'runner-log': '' } });
    expect(seen.report.observed).toBeUndefined();
  });

  test('a commit that nobody has is said, and fails nothing', async () => {
    const seen = await inJob({ [CI]: READS }, { env: { GITHUB_WORKFLOW_SHA: 'f'.repeat(40) } });
    expect(ownJob(seen)).toMatchObject({ result: 'not-compared', reason: expect.stringContaining('does not have') });
    expect(seen.outputs.result).toBe('pass');
  });
});
