import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { COMMIT, fakeApi, sendJson } from '../edge/fake-api.ts';
import { temporaryFolder, WORKFLOW } from '../edge/temporary-folder.ts';
import { distWithout, runAction } from './run-bundle.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;

const GOOD = { '.git/HEAD': '', '.github/workflows/ci.yml': WORKFLOW };
const BROKEN = { '.github/workflows/broken.yml': 'on: push\npermissions: {contents: admin}\njobs: {}\n' };

/** The path of a file as the outputs show it. */
function shown(...parts: string[]): string {
  return path.join(...parts).replaceAll('\\', '/');
}

describe('a checkout', () => {
  test('that passes', async () => {
    const { status, stdout, stderr, outputs, summary, commands } = await runAction({ workspace: temporaryFolder(GOOD) });
    expect([status, stderr]).toEqual([0, '']);
    expect(outputs).toEqual({ result: 'pass', errors: '0', warnings: '0', notes: '0', changes: '', raised: '', 'json-file': '', 'sarif-file': '' });
    expect(summary).toMatch(/^## .*[^]*ci\.yml/);
    expect(commands.map(({ name }) => name)).toEqual(['group', 'endgroup']);
    expect(stdout).toContain('.github/workflows/ci.yml');
    // The log is no terminal, and has room.
    expect(stdout).not.toContain('\x1b');
  });

  test('that fails, and hides nothing', async () => {
    const workspace = temporaryFolder({ ...GOOD, ...BROKEN });
    const { status, outputs, summary, commands } = await runAction({ workspace });
    expect(status).toBe(1);
    const { errors, ...others } = outputs;
    expect(others).toEqual({ result: 'fail', warnings: '0', notes: '0', changes: '', raised: '', 'json-file': '', 'sarif-file': '' });
    expect(Number(errors)).toBeGreaterThan(0);
    expect(summary).toContain('ci.yml');
    expect(summary).toContain('broken.yml');
    const annotations = commands.filter(({ name }) => name === 'error');
    expect(annotations[0]).toEqual({
      name: 'error',
      properties: { file: '.github/workflows/broken.yml', line: '2', col: '25', title: 'Invalid workflow' },
      message: expect.stringContaining("Unexpected value 'admin'"),
    });
    expect(annotations.at(-1)).toEqual({
      name: 'error',
      properties: {},
      message: `${errors} error${errors === '1' ? '' : 's'} in the workflow files (the run fails on: error). The log of this step lists them.`,
    });
    expect(await runAction({ workspace, with: { 'fail-on': 'never' } })).toMatchObject({
      status: 0,
      outputs: { result: 'pass', errors },
    });
  });

  test('in a folder of the workspace, with JSON beside it', async () => {
    const workspace = temporaryFolder({ 'one/two/.github/workflows/broken.yml': 'x', 'one/.git/HEAD': '' });
    const { outputs, commands } = await runAction({
      workspace,
      with: { 'working-directory': 'one/two', 'json-file': 'out/report.json', summary: 'false' },
    });
    expect(outputs['json-file']).toBe(shown(workspace, 'one', 'two', 'out', 'report.json'));
    const report = JSON.parse(readFileSync(outputs['json-file'] ?? '', 'utf8'));
    expect(report).toMatchObject({ schemaVersion: 1, workflows: [{ path: '.github/workflows/broken.yml' }], result: 'fail' });
    // GitHub shows annotations on paths from the repository's root, which is where `.git` is.
    expect(commands.find(({ name }) => name === 'error')?.properties.file).toBe('two/.github/workflows/broken.yml');
  });

  test('says in debug lines what it did and how long that took, where they are wanted', async () => {
    const hostile = 'on: push\njobs: { a: { uses: "octo-org/x/.github/workflows/%0A::error::x.yml@v1" } }\n';
    const workspace = temporaryFolder({ ...GOOD, '.github/workflows/call.yml': hostile });
    const run = { workspace, with: { offline: 'true' } };
    const { commands } = await runAction({ ...run, env: { RUNNER_DEBUG: '1' } });
    const lines = commands.filter(({ name }) => name === 'debug').map(({ message }) => message);
    expect(lines).toContainEqual(expect.stringMatching(/^Read 2 workflow files \(\d+ ms\)$/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^octo-org\/x\/\.github\/workflows\/%0A::error::x\.yml@v1: not read, The input offline forbids the network \(\d+ ms\)$/),
    );
    expect((await runAction(run)).commands.map(({ name }) => name)).not.toContain('debug');
  });

  test('says nothing in the summary that is turned off', async () => {
    const { summary } = await runAction({ workspace: temporaryFolder(GOOD), with: { summary: 'false' } });
    expect(summary).toBe('');
  });

  test('needs no Octokit', async () => {
    const run = { workspace: temporaryFolder(GOOD) };
    expect(await runAction({ ...run, dist: distWithout(/octokit-(core|endpoint|request)\.js/) })).toEqual(await runAction(run));
  });

  test('takes its settings from the inputs and from the run', async () => {
    const run = { workspace: temporaryFolder(GOOD), event: { repository: { visibility: 'internal', private: true } } };
    const repositoryOf = async (inputs: Readonly<Record<string, string>>): Promise<unknown> => {
      const { outputs } = await runAction({ ...run, with: { 'json-file': 'report.json', ...inputs } });
      return JSON.parse(readFileSync(outputs['json-file'] ?? '', 'utf8')).repository;
    };
    expect(await repositoryOf({})).toEqual({
      name: 'octo-org/octo-repo',
      visibility: 'internal',
      defaultPermissions: { value: 'unknown', source: 'none' },
      forkPullRequests: 'unknown',
      platform: 'github.com',
    });
    const given = {
      'default-permissions': 'enterprise=read',
      visibility: 'public',
      'fork-pull-requests': 'write',
      'ghes-version': '3.20',
    };
    expect(await repositoryOf({ ...given, repository: 'Octo-Org/octo-repo' })).toEqual({
      name: 'Octo-Org/octo-repo',
      visibility: 'public',
      defaultPermissions: { value: 'read', source: 'option' },
      forkPullRequests: 'write',
      platform: '3.20',
    });
    // The event does not tell about another repository.
    expect(await repositoryOf({ repository: 'other/octo-repo' })).toMatchObject({ visibility: 'unknown' });
  });

  onlyPosix('of hostile names gives no command', async () => {
    const hostile = '::error::x%0A::add-mask::y##[group]\n::set-env name=A::1\r::stop-commands::z\x1b[31m';
    const workspace = temporaryFolder({
      '.git/HEAD': '',
      [`.github/workflows/${hostile.replaceAll('/', '')}.yml`]: 'on: push\njobs: {a: {runs-on: x, steps: []}}\n',
      '.github/workflows/names.yml': `${WORKFLOW.replace('  build:', `  build:\n    name: ${JSON.stringify(hostile)}`)}name: ${JSON.stringify(hostile)}\n`,
      '.github/workflows/value.yml': `on: push\npermissions: ${JSON.stringify(hostile)}\njobs: {}\n`,
    });
    const { status, commands, summary, outputs } = await runAction({ workspace, with: { 'json-file': 'x.json' } });
    expect(status).toBe(1);
    expect(new Set(commands.map(({ name }) => name))).toEqual(new Set(['group', 'endgroup', 'error', 'warning']));
    for (const { properties, name } of commands) {
      if (name === 'error' || name === 'warning') expect(Object.keys(properties).join()).toMatch(/^(?:file,line,col,title)?$/);
    }
    expect(summary).not.toContain('\x1b');
    expect(Object.keys(outputs)).toEqual([
      ...['result', 'errors', 'warnings', 'notes', 'changes', 'raised', 'json-file', 'sarif-file'],
    ]);
  });

  onlyPosix('whose links lead out does not let us write there', async () => {
    const outside = temporaryFolder({ 'precious.json': 'precious' });
    const workspace = temporaryFolder(GOOD);
    symlinkSync(path.join(outside, 'precious.json'), path.join(workspace, 'report.json'));
    symlinkSync(outside, path.join(workspace, 'folder'));
    const replaced = await runAction({ workspace, with: { 'json-file': 'report.json' } });
    expect(replaced.outputs).toMatchObject({ result: 'pass', 'json-file': shown(workspace, 'report.json') });
    const refused = await runAction({ workspace, with: { 'json-file': 'folder/new.json' } });
    expect(refused).toMatchObject({ status: 1, outputs: { result: 'error', 'json-file': '' } });
    expect(refused.stdout).toContain('was not written: a symbolic link leads out of the workspace.');
    expect(readFileSync(path.join(outside, 'precious.json'), 'utf8')).toBe('precious');
    expect(existsSync(path.join(outside, 'new.json'))).toBe(false);
    // Where the user says so, it may be anywhere.
    const elsewhere = await runAction({ workspace, with: { 'json-file': path.join(outside, 'new.json') } });
    expect(elsewhere.outputs).toMatchObject({ result: 'pass', 'json-file': shown(outside, 'new.json') });
  });
});

describe('no checkout', () => {
  const FILES = { '.github': { workflows: { 'ci.yml': WORKFLOW, 'broken.yml': 'x' } } };

  test.each(['empty', 'missing'])('the files of the commit are read through the API: workspace %s', async (kind) => {
    const api = await fakeApi(FILES);
    const workspace = kind === 'empty' ? temporaryFolder() : path.join(temporaryFolder(), 'missing');
    const { status, stdout, outputs, summary } = await runAction({
      workspace,
      env: { GITHUB_API_URL: api.url, GITHUB_SHA: COMMIT },
    });
    expect([status, outputs.result]).toEqual([1, 'fail']);
    expect(stdout).toContain(
      `There is no checkout: the workflow files of octo-org/octo-repo at ${COMMIT} were read through the API.`,
    );
    expect(summary).toContain('ci.yml');
    expect(api.requests.map(({ authorization }) => authorization)).toEqual(Array(5).fill('token token-of-the-job'));
    expect(stdout).not.toContain('token-of-the-job');
  });

  test.each([
    [404, 'Not Found'],
    [403, 'Resource not accessible by integration'],
  ])('the token may not read the repository: %d', async (status, message) => {
    const api = await fakeApi(FILES, (_, response) => sendJson(response, status, { message }));
    const ended = await runAction({
      workspace: temporaryFolder(),
      env: { GITHUB_API_URL: api.url, GITHUB_SHA: COMMIT },
    });
    expect(ended).toMatchObject({ status: 1, outputs: { result: 'error', errors: '0' }, summary: '' });
    expect(ended.commands).toEqual([
      { name: 'error', properties: {}, message: expect.stringContaining('Give the job "permissions: contents: read"') },
    ]);
  });

  test('another server gets no token', async () => {
    const other = await fakeApi(FILES);
    const api = await fakeApi(FILES, (_, response) => sendJson(response, 302, {}, { location: other.url }));
    const ended = await runAction({
      workspace: temporaryFolder(),
      env: { GITHUB_API_URL: api.url, GITHUB_SHA: COMMIT },
    });
    expect(ended.outputs.result).toBe('error');
    expect(ended.stdout).toContain('The token is not sent to another server.');
    expect(other.requests).toEqual([]);
  });

  test('a server that fails first is asked again', async () => {
    const api = await fakeApi(FILES, (_, response, count) => count < 1 && sendJson(response, 502, {}, { 'retry-after': '0' }));
    const ended = await runAction({
      workspace: temporaryFolder(),
      env: { GITHUB_API_URL: api.url, GITHUB_SHA: COMMIT },
    });
    expect(ended.outputs.result).toBe('fail');
  });

  test.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['offline', { offline: 'true' }, {}, 'There is no checkout, and offline forbids the network. Run actions/checkout first.'],
    ['no token', { 'github-token': ' ' }, {}, 'There is no checkout, and the input github-token is empty.'],
    ['no commit', {}, { GITHUB_SHA: '' }, 'There is no checkout, and GITHUB_REPOSITORY and GITHUB_SHA do not tell what to read.'],
    ['a folder that was named', { 'working-directory': 'gone' }, {}, 'No such folder: '],
  ])('and no way to the API: %s', async (_, inputs, env, message) => {
    const ended = await runAction({
      workspace: temporaryFolder(),
      with: inputs,
      env: { GITHUB_SHA: COMMIT, ...env },
    });
    expect(ended).toMatchObject({ status: 1, outputs: { result: 'error' } });
    expect(ended.commands.at(-1)?.message).toContain(message);
  });
});

describe('no workflow files', () => {
  test.each(['a checkout', 'the API'])('is an error unless it is allowed: %s', async (where) => {
    const api = await fakeApi({ 'readme.md': '' });
    const run = {
      workspace: temporaryFolder(where === 'a checkout' ? { '.git/HEAD': '' } : {}),
      env: { GITHUB_API_URL: api.url, GITHUB_SHA: COMMIT },
    };
    const refused = await runAction(run);
    expect(refused).toMatchObject({ status: 1, outputs: { result: 'error' } });
    expect(refused.commands.at(-1)?.message).toContain('allow-empty: true');
    const allowed = await runAction({ ...run, with: { 'allow-empty': 'true' } });
    expect(allowed).toMatchObject({ status: 0, outputs: { result: 'pass', errors: '0' } });
    expect(allowed.summary).toContain('No workflow files');
  });
});

describe('what goes wrong', () => {
  test('a malformed input', async () => {
    const run = { workspace: temporaryFolder(GOOD), with: { 'fail-on': 'warn', 'json-file': 'x.json' } };
    const { status, stdout, outputs, summary, commands } = await runAction(run);
    const message = 'The input fail-on takes error, warning, note or never, not "warn". Did you mean warning?';
    expect(status).toBe(1);
    expect(commands).toEqual([{ name: 'error', properties: {}, message }]);
    expect(outputs).toEqual({ result: 'error', errors: '0', warnings: '0', notes: '0', changes: '', raised: '', 'json-file': '', 'sarif-file': '' });
    expect([summary, stdout.trim().split('\n').length]).toEqual(['', 1]);
  });

  test('a folder that is not there gives JSON that says so', async () => {
    const workspace = temporaryFolder(GOOD);
    const file = path.join(temporaryFolder(), 'x.json');
    const { outputs } = await runAction({ workspace, with: { 'working-directory': 'gone', 'json-file': file } });
    expect(outputs).toMatchObject({ result: 'error', 'json-file': shown(file) });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      schemaVersion: 1,
      result: 'error',
      error: { message: `No such folder: ${shown(workspace, 'gone')}` },
    });
  });

  test('a summary that cannot be written does not hide the verdict', async () => {
    const workspace = temporaryFolder({ ...GOOD, ...BROKEN });
    const { outputs, commands } = await runAction({ workspace, env: { GITHUB_STEP_SUMMARY: workspace } });
    expect(outputs.result).toBe('fail');
    expect(commands).toContainEqual({
      name: 'warning',
      properties: {},
      message: expect.stringContaining('The job summary could not be written: E'),
    });
  });

  test('a server without summaries is no problem', async () => {
    const { status, commands, stdout } = await runAction({
      workspace: temporaryFolder(GOOD),
      with: { 'ghes-version': '3.5' },
      env: { GITHUB_STEP_SUMMARY: '', GITHUB_SERVER_URL: 'https://ghes.example' },
    });
    expect([status, commands.length]).toEqual([0, 2]);
    expect(stdout).toContain('This server has no job summaries');
  });

  test('an event that is no JSON, and outputs that cannot be written', async () => {
    const workspace = temporaryFolder(GOOD);
    const broken = path.join(temporaryFolder({ 'event.json': '{' }), 'event.json');
    const { status, commands } = await runAction({
      workspace,
      env: { GITHUB_EVENT_PATH: broken, GITHUB_OUTPUT: path.join(workspace, 'gone') },
    });
    expect(status).toBe(1);
    expect(commands.at(-1)?.message).toContain('The outputs could not be written: ');
  });

  test('a report that cannot be written', async () => {
    const run = { workspace: temporaryFolder({ ...GOOD, 'folder/x': '' }), with: { 'json-file': 'folder' } };
    const { outputs, commands, summary } = await runAction(run);
    expect(outputs).toMatchObject({ result: 'error', 'json-file': '' });
    expect(commands.at(-1)?.message).toMatch(/folder could not be written \([A-Z]+\)\.$/);
    expect(summary).toContain('ci.yml');
  });
});
