import { describe, expect, test } from '@jest/globals';

import type { Explanation } from '../../src/model/explanation.ts';
import schema from '../../report.schema.json' with { type: 'json' };
import { explanationErrors } from '../schema/validate.ts';
import { git, commit, repository } from './called-git.ts';
import { run, type Ran } from './command-line-run.ts';
import { sendJson } from './fake-api.ts';
import { runApi, runJson } from './runs-api.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CI = '.github/workflows/ci.yml';
const DEPLOY = '.github/workflows/deploy.yml';
const STEPS = '    runs-on: ubuntu-latest\n    steps:\n      - run: "true"\n';
const CALLER = 'on: push\npermissions:\n  contents: read\njobs:\n  call:\n    uses: ./.github/workflows/deploy.yml\n';
const ASKS =
  'on: workflow_call\njobs:\n' +
  `  one:\n    permissions:\n      deployments: write\n${STEPS}` +
  `  two:\n    permissions:\n      issues: write\n${STEPS}` +
  `  three:\n    permissions:\n      packages: write\n${STEPS}`;
const FINE = `on: push\npermissions: {}\njobs:\n  build:\n${STEPS}`;

const OCTO = ['--repository', 'octo-org/octo-repo'];

/** Runs `explain` in this process. */
async function explain(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return run(['explain', ...args], env);
}

/** Explains the run 17 of a repository that has these files, and that is not checked out here. */
async function explainFiles(
  files: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
  jobs = 0,
): Promise<Explanation & { readonly status: number }> {
  const folder = repository();
  const api = await runApi(folder, runJson(commit(folder, files), more), jobs);
  const env = { GITHUB_API_URL: api.url, GH_TOKEN: 'mine' };
  const { status, text } = await explain(['17', '--directory', temporaryFolder(), ...OCTO, '--format', 'json'], env);
  const explanation = JSON.parse(text) as Explanation;
  expect(explanationErrors(explanation)).toEqual([]);
  expect(Object.keys(explanation)).toEqual(Object.keys(schema.$defs.Explanation.properties));
  return { ...explanation, status };
}

test('the schema refuses what is no explanation', async () => {
  const { status: _, cause, ...rest } = await explainFiles({ [CI]: CALLER, [DEPLOY]: ASKS });
  expect(explanationErrors({ ...rest, cause: 'guess' })).not.toEqual([]);
  expect(explanationErrors(rest)).not.toEqual([]);
  expect(explanationErrors({ ...rest, cause, run: { ...rest.run, commit: 5 } })).not.toEqual([]);
});

describe('permissions as the cause', () => {
  test('all violations, with the place and the block to write', async () => {
    const { status, cause, conclusion, problems } = await explainFiles({ [CI]: CALLER, [DEPLOY]: ASKS });
    expect([status, cause, conclusion]).toEqual([0, 'permissions', 'startup_failure']);
    expect(problems.map(({ message }) => message.replace(/^.*'\. /, ''))).toEqual([
      "The nested job 'one' is requesting 'deployments: write', but is only allowed 'deployments: none'.",
      "The nested job 'two' is requesting 'issues: write', but is only allowed 'issues: none'.",
      "The nested job 'three' is requesting 'packages: write', but is only allowed 'packages: none'.",
    ]);
    expect(problems[0]).toMatchObject({ path: CI, line: 5, column: 3 });
    expect(problems[0]?.message).toMatch(/'octo-org\/octo-repo\/\.github\/workflows\/deploy\.yml@[0-9a-f]{40}'/);
    const [advice] = problems[0]?.advice ?? [];
    expect(advice?.permissions).toEqual({
      contents: 'read',
      deployments: 'write',
      issues: 'write',
      packages: 'write',
    });
  });

  test('a caller without a block, whose default must then be the one that fails', async () => {
    const { cause, problems, notes } = await explainFiles({
      [CI]: CALLER.replace('permissions:\n  contents: read\n', ''),
      [DEPLOY]: ASKS,
    });
    expect(cause).toBe('permissions');
    expect(new Set(problems.map(({ defaultPermissions }) => defaultPermissions))).toEqual(new Set(['read']));
    expect(notes.join()).toContain("most likely 'read'");
  });

  test.each([
    ['an unknown one', 'permissions:\n  pull_requests: write\n'],
    ['a level that there is not', 'permissions:\n  contents: admin\n'],
    ['a word in place of a block', 'permissions: none\n'],
  ])('%s', async (_, block) => {
    const { status, cause } = await explainFiles({ [CI]: FINE.replace('permissions: {}\n', block) });
    expect([status, cause]).toEqual([0, 'permissions']);
  });
});

describe('the day of the run', () => {
  const ASKED = FINE.replace('{}', '{ vulnerability-alerts: read }');
  const on = (day: string) => ({ run_started_at: `${day}T10:00:00Z` });

  test('a permission that files could not have yet', async () => {
    const then = await explainFiles({ [CI]: ASKED }, on('2026-06-20'));
    expect([then.status, then.cause]).toEqual([0, 'permissions']);
    expect(then.problems).toMatchObject([
      { message: "Unexpected value 'vulnerability-alerts'", path: CI, line: 2, column: 16 },
    ]);
    expect(then.problems[0]?.hint).toContain('since 2026-09-03');
    expect(await explainFiles({ [CI]: ASKED }, on('2026-09-03'))).toMatchObject({ cause: 'unknown', problems: [] });
  });

  test('the same in a called workflow', async () => {
    const called = `on: workflow_call\npermissions:\n  vulnerability-alerts: read\njobs:\n  build:\n${STEPS}`;
    const files = { [CI]: CALLER.replace(/permissions:\n.*\n/, 'permissions: write-all\n'), [DEPLOY]: called };
    const { problems } = await explainFiles(files, on('2026-06-20'));
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^In \.github.*: Error from called workflow .*: Unexpected value 'vulnerability-alerts'$/),
    ]);
    expect((await explainFiles(files, on('2026-10-20'))).problems).toEqual([]);
  });

  test('what read-all asks for has nothing that came later', async () => {
    const names = ['actions', 'checks', 'contents', 'deployments', 'discussions', 'issues', 'packages', 'pages'];
    const more = ['pull-requests', 'repository-projects', 'security-events', 'statuses', 'attestations', 'models'];
    const block = [...names, ...more, 'artifact-metadata'].map((name) => `  ${name}: read\n`).join('');
    const caller = CALLER.replace('  contents: read\n', `${block}  id-token: write\n`);
    const files = { [CI]: caller, [DEPLOY]: `on: workflow_call\npermissions: read-all\njobs:\n  build:\n${STEPS}` };
    expect(await explainFiles(files, on('2026-04-01'))).toMatchObject({ cause: 'unknown', problems: [] });
    const { problems } = await explainFiles(files, on('2026-06-01'));
    expect(problems[0]?.message).toContain("is requesting 'vulnerability-alerts: read, code-quality: read', but");
  });
});

describe('other causes', () => {
  test.each([
    ['a file that is not valid', { [CI]: `${FINE}    timeout: 5\n` }, "Unexpected value 'timeout'"],
    ['a called file that is missing', { [CI]: CALLER }, 'workflow was not found'],
    ['a called file that cannot be called', { [CI]: CALLER, [DEPLOY]: FINE }, 'workflow_call key is not defined'],
  ])('%s', async (_, files, sentence) => {
    const { status, cause, problems } = await explainFiles(files);
    expect([status, cause]).toEqual([0, 'other']);
    expect(problems.map(({ message }) => message).join()).toContain(sentence);
  });

  test('a called file whose name differs in capitals', async () => {
    const { problems } = await explainFiles({ [CI]: CALLER, '.github/workflows/Deploy.yml': FINE });
    expect(problems[0]?.hint).toContain('Did you mean ./.github/workflows/Deploy.yml?');
  });

  test('a run that waits for an approval', async () => {
    const { status, cause, problems, notes } = await explainFiles({ [CI]: FINE }, { conclusion: 'action_required' });
    expect([status, cause, problems]).toEqual([0, 'other', []]);
    expect(notes).toEqual([expect.stringContaining('approves it')]);
  });
});

describe('no cause', () => {
  test('files that are right: says what else there is', async () => {
    const { status, cause, problems, notes } = await explainFiles({ [CI]: FINE });
    expect([status, cause, problems]).toEqual([1, 'unknown', []]);
    expect(notes.join()).toContain('a policy about Actions');
  });

  test('a commit without the file', async () => {
    const { status, notes } = await explainFiles({ 'README.md': '' });
    expect(status).toBe(1);
    expect(notes.join()).toContain(`has no file ${CI}`);
  });

  test('a run that did start', async () => {
    const files = { [CI]: CALLER, [DEPLOY]: ASKS };
    const { status, problems, notes } = await explainFiles(files, { conclusion: 'failure' }, 2);
    expect([status, problems]).toEqual([1, []]);
    expect(notes).toEqual([expect.stringContaining('did start, with 2 jobs')]);
  });

  test('a run that failed without a job is explained as well', async () => {
    const { cause } = await explainFiles({ [CI]: CALLER, [DEPLOY]: ASKS }, { conclusion: 'failure' });
    expect(cause).toBe('permissions');
  });

  test('a run that is not over', async () => {
    const { status, conclusion, notes } = await explainFiles({ [CI]: FINE }, { conclusion: null, status: 'queued' });
    expect([status, conclusion]).toEqual([1, null]);
    expect(notes).toContain('The run is not over yet.');
  });
});

describe('what is read', () => {
  test('says of a pull request that its merge is not known', async () => {
    const { notes } = await explainFiles({ [CI]: CALLER, [DEPLOY]: ASKS }, { event: 'pull_request' });
    expect(notes.join()).toContain('the merge of this commit with its base');
  });

  test('called files at the commits of the run', async () => {
    const folder = repository();
    const called = commit(folder, { [DEPLOY]: ASKS });
    const at = commit(folder, {
      [CI]: CALLER.replace('./', 'octo-org/octo-repo/').replace('deploy.yml', 'deploy.yml@v1'),
      [DEPLOY]: FINE,
    });
    git(folder, 'tag', 'v1');
    git(folder, 'remote', 'add', 'origin', 'https://github.com/octo-org/octo-repo.git');
    const path = `octo-org/octo-repo/${DEPLOY}@v1`;
    const api = await runApi(folder, runJson(at, { referenced_workflows: [{ path, sha: called, ref: 'v1' }] }));
    const { text } = await explain(['17', '--directory', folder, '--format=json'], { GITHUB_API_URL: api.url });
    expect(JSON.parse(text)).toMatchObject({ cause: 'permissions' });
  });

  test('git has the commit: the API is asked for the run alone, without a token', async () => {
    const folder = repository();
    const at = commit(folder, { [CI]: CALLER, [DEPLOY]: ASKS });
    commit(folder, { [CI]: FINE });
    git(folder, 'remote', 'add', 'origin', 'https://github.com/octo-org/octo-repo.git');
    const api = await runApi(folder, runJson(at));
    const { text, status } = await explain(['17', '--directory', folder], { GITHUB_API_URL: api.url });
    expect(api.requests).toEqual([{ line: 'GET /repos/octo-org/octo-repo/actions/runs/17', authorization: undefined }]);
    expect(status).toBe(0);
    expect(text).toContain('The cause: permissions.');
    expect(text.replaceAll(/\s+/g, ' ')).toContain("'deployments: write', but is only allowed 'deployments: none'");
    // What mends all three is said once.
    expect(text.match(/^ {6}permissions:\n {8}contents: read\n {8}deployments: write$/gm)).toHaveLength(1);
  });

  test('a few files of many', async () => {
    const folder = repository();
    const others = Array.from({ length: 30 }, (_, index) => [`.github/workflows/${index}.yml`, `${FINE}# ${index}\n`]);
    const at = commit(folder, { [CI]: CALLER, [DEPLOY]: ASKS, ...Object.fromEntries(others) });
    const api = await runApi(folder, runJson(at));
    await explain(['17', ...OCTO, '--directory', temporaryFolder()], { GITHUB_API_URL: api.url });
    expect(api.requests.filter(({ line }) => line.includes('/blobs/'))).toHaveLength(2);
  });

  test('the attempt of an address', async () => {
    const folder = repository();
    const told = runJson(commit(folder, { [CI]: FINE }), { run_attempt: 3 });
    const api = await runApi(folder, told);
    const { host } = new URL(api.url);
    const address = `http://${host}/octo-org/octo-repo/actions/runs/17/attempts/3`;
    const { text } = await explain([address], { GITHUB_API_URL: api.url });
    expect(text).toContain('Run 17, attempt 3: ');
    expect(api.requests[0]?.line).toBe('GET /repos/octo-org/octo-repo/actions/runs/17/attempts/3');
  });
});

describe('what cannot be', () => {
  const env = { GITHUB_API_URL: 'http://127.0.0.1:1' };

  test.each([
    ['nothing', [], 'explain needs a run'],
    ['two', ['17', '18'], 'One run can be explained at a time'],
    ['no run', ['seventeen', ...OCTO], 'is not a run'],
    ['a page of something else', ['https://github.com/octo-org/octo-repo/actions'], 'is not a run'],
    ['an unknown repository', ['17', '--directory', temporaryFolder()], '--repository OWNER/NAME'],
    ['offline', ['17', ...OCTO, '--offline'], '--offline forbids the network'],
    ['Markdown', ['17', ...OCTO, '--format', 'markdown'], 'takes text or json'],
  ])('%s', async (_, args, message) => {
    const { status, text, error } = await explain(args, env);
    expect([status, text]).toEqual([2, '']);
    expect(error).toContain(message);
  });

  test.each([
    [404, 'Not Found', 'with the right "actions: read"'],
    [403, 'Resource not accessible by integration', 'with the right "actions: read"'],
    [401, 'Bad credentials', 'does not accept the token'],
  ])('HTTP %i', async (code, message, sentence) => {
    const api = await runApi(repository(), {}, 0, (_, response) => sendJson(response, code, { message }));
    const { status, error } = await explain(['17', ...OCTO], { GITHUB_API_URL: api.url, GH_TOKEN: 'tell-nobody' });
    expect([status, api.requests]).toEqual([2, [expect.objectContaining({ authorization: 'token tell-nobody' })]]);
    expect(error).toContain(sentence);
    expect(error).not.toContain('tell-nobody');
  });

  test('a limit that is reached', async () => {
    const reset = Math.ceil(Date.now() / 1000) + 3600;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    const api = await runApi(repository(), {}, 0, (_, response) =>
      sendJson(response, 403, { message: 'API rate limit exceeded' }, headers),
    );
    const { status, text } = await explain(['17', ...OCTO, '--format', 'json'], { GITHUB_API_URL: api.url });
    expect([status, JSON.parse(text).result]).toEqual([2, 'error']);
    expect(JSON.parse(text).error.message).toMatch(/answers no more requests before \d\d:\d\d UTC. Set GH_TOKEN/);
  });

  test('a run that nobody can read as one', async () => {
    const api = await runApi(repository(), { id: 17 });
    const { status, error } = await explain(['17', ...OCTO], { GITHUB_API_URL: api.url });
    expect([status, error]).toEqual([2, expect.stringContaining('the answer holds no run')]);
  });
});

describe('the server', () => {
  test.each([
    ['https://evil.example/octo-org/octo-repo/actions/runs/17', {}],
    ['https://github.com/octo-org/octo-repo/actions/runs/17', { GH_HOST: 'ghe.example' }],
    ['https://octo.ghe.com/octo-org/octo-repo/actions/runs/17', { GH_HOST: 'github.com' }],
    ['https://github.com.evil.example/octo-org/octo-repo/actions/runs/17', {}],
  ])('%s gets no token that is for another one', async (address, env) => {
    const { status, error } = await explain([address], { ...env, GH_TOKEN: 'tell-nobody' });
    expect(status).toBe(2);
    expect(error).toContain('set GH_HOST to that name');
  });
});

test('its help', async () => {
  const { status, text } = await explain(['--help'], {});
  expect(status).toBe(0);
  expect(text).toContain('explain RUN [options]');
});
