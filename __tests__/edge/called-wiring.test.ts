import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { runAction } from '../../src/edge/action/run-action.ts';
import { runCommandLine } from '../../src/edge/command-line/run-command-line.ts';
import { A, contentsServer, PATH } from './called-api.ts';
import { commit, git, repository } from './called-git.ts';
import type { FakeApi } from './fake-api.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CALLED = 'on: workflow_call\njobs:\n  inner:\n    runs-on: ubuntu-latest\n    steps:\n      - run: "true"\n';
const CALLER_PATH = '.github/workflows/caller.yml';
const CALLER = `on: push\npermissions: {}\njobs:\n  call:\n    uses: octo-org/shared/${PATH}@v1\n`;
const BROKEN = `${CALLER}  own:\n    uses: ./${PATH}\n`;
const ASKS = CALLED.replace('on:', 'permissions:\n  contents: write\non:');

async function shared(): Promise<FakeApi> {
  return contentsServer({
    commits: { 'octo-org/shared@v1': A },
    files: { [`octo-org/shared@${A}/${PATH}`]: CALLED },
  });
}

interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, and collects what it prints. */
async function commandLine(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Printed> {
  const printed = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): { write: (text: string, done: () => void) => void } => ({
    write: (text, done) => {
      printed[name] += text;
      done();
    },
  });
  const status = await runCommandLine({ args, env, stdout: stream('stdout'), stderr: stream('stderr') });
  return { status, ...printed };
}

async function outcomeOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { stdout, stderr } = await commandLine([...args, '--format', 'json'], env);
  expect(stderr).toBe('');
  return JSON.parse(stdout).workflows.find(({ path: file }: { path: string }) => file === CALLER_PATH).outcome;
}

describe('the command line', () => {
  test('reads called workflows through the API, with the token, and keeps them', async () => {
    const api = await shared();
    const folder = temporaryFolder({ [CALLER_PATH]: CALLER });
    const HOME = temporaryFolder();
    const env = { GITHUB_API_URL: api.url, GH_TOKEN: 'mine', HOME, LOCALAPPDATA: HOME };
    expect(await outcomeOf([folder], env)).toBe('ok');
    expect(api.requests.map(({ authorization }) => authorization)).toEqual(['token mine', 'token mine']);
    expect(await outcomeOf([folder], { ...env, GH_TOKEN: '' })).toBe('ok');
    expect(api.requests.slice(2)).toEqual([
      { line: 'GET /repos/octo-org/shared/commits/v1', authorization: undefined },
    ]);
  });

  test('asks nobody with --offline, and makes no folder', async () => {
    const api = await shared();
    const HOME = temporaryFolder();
    const env = { GITHUB_API_URL: api.url, HOME, LOCALAPPDATA: HOME };
    const folder = temporaryFolder({ [CALLER_PATH]: CALLER });
    expect(await outcomeOf([folder, '--offline'], env)).toBe('unresolved');
    expect(api.requests).toEqual([]);
    expect(readdirSync(HOME)).toEqual([]);
    const { stdout } = await commandLine([folder, '--offline', '--format', 'json'], env);
    expect(JSON.stringify(JSON.parse(stdout).workflows)).toContain('--offline forbids the network');
  });

  test('reads checkouts with --repositories', async () => {
    const folder = temporaryFolder({ [CALLER_PATH]: CALLER });
    const repositories = temporaryFolder({ [`octo-org/shared@v1/${PATH}`]: CALLED });
    expect(await outcomeOf([folder, '--offline', '--repositories', repositories])).toBe('ok');
    const { status, stderr } = await commandLine([folder, '--repositories', path.join(folder, 'gone')]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('No such folder: ')]);
  });

  test('reads our own repository at a ref from git, and names the commit of --at', async () => {
    const folder = repository();
    const shared = commit(folder, { [PATH]: ASKS, [CALLER_PATH]: BROKEN });
    git(folder, 'tag', 'v1');
    git(folder, 'remote', 'add', 'origin', 'https://github.com/octo-org/shared.git');
    const { stdout } = await commandLine([folder, '--offline', '--at', 'v1', '--format', 'json']);
    const { outcome, problems } = JSON.parse(stdout).workflows.find(
      (one: { path: string }) => one.path === CALLER_PATH,
    );
    expect(outcome).toBe('startup_failure');
    expect(problems.map(({ message }: { message: string }) => message)).toEqual([
      expect.stringContaining(`'octo-org/shared/${PATH}@v1'`),
      expect.stringContaining(`'octo-org/shared/${PATH}@${shared}'`),
    ]);
  });
});

describe('the action', () => {
  /** Runs the action in this process; returns what it printed and its outputs. */
  async function action(
    inputs: Readonly<Record<string, string>>,
    env: NodeJS.ProcessEnv,
  ): Promise<{ log: string; outputs: Record<string, unknown> }> {
    const lines: string[] = [];
    const outputs: Record<string, unknown> = {};
    const print = (text: string): unknown => lines.push(text);
    await runAction(env, {
      getInput: (name) => inputs[name] ?? '',
      debug: print,
      info: print,
      warning: print,
      startGroup: print,
      endGroup: () => {},
      setOutput: (name, value) => (outputs[name] = value),
      setFailed: print,
    });
    return { log: lines.join('\n'), outputs };
  }

  const RUN = { GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_SERVER_URL: 'https://github.com' };

  test('reads called workflows with its token, and keeps them in RUNNER_TEMP', async () => {
    const api = await shared();
    const RUNNER_TEMP = temporaryFolder();
    const GITHUB_WORKSPACE = temporaryFolder({ [CALLER_PATH]: CALLER });
    const env = { ...RUN, GITHUB_API_URL: api.url, GITHUB_WORKSPACE, RUNNER_TEMP, HOME: temporaryFolder() };
    expect((await action({ 'github-token': 'job' }, env)).outputs).toMatchObject({ result: 'pass' });
    expect(new Set(api.requests.map(({ authorization }) => authorization))).toEqual(new Set(['token job']));
    expect(readdirSync(path.join(RUNNER_TEMP, 'effective-permissions'))).toHaveLength(1);
    expect(existsSync(path.join(env.HOME, '.cache'))).toBe(false);
  });

  test('reads none offline, and says so', async () => {
    const api = await shared();
    const GITHUB_WORKSPACE = temporaryFolder({ [CALLER_PATH]: CALLER, 'others/octo-org/x': '' });
    const env = { ...RUN, GITHUB_API_URL: api.url, GITHUB_WORKSPACE };
    await action({ offline: 'true', repositories: 'others', 'json-file': 'report.json' }, env);
    const report = readFileSync(path.join(GITHUB_WORKSPACE, 'report.json'), 'utf8');
    expect(report).toContain('The input offline forbids the network');
    expect(api.requests).toEqual([]);
  });

  test('reads checkouts below the workspace', async () => {
    const GITHUB_WORKSPACE = temporaryFolder({
      [CALLER_PATH]: CALLER,
      [`others/octo-org/shared/${PATH}`]: ASKS,
    });
    const { log, outputs } = await action({ repositories: 'others', offline: 'true' }, { ...RUN, GITHUB_WORKSPACE });
    expect(outputs).toMatchObject({ result: 'fail' });
    expect(log).toContain(`Error calling workflow 'octo-org/shared/${PATH}@v1'.`);
  });

  test.each([true, false])('names the commit of the run when that is checked out: %s', async (isRun) => {
    const folder = repository();
    const head = commit(folder, { [PATH]: ASKS, [CALLER_PATH]: BROKEN });
    const GITHUB_SHA = isRun ? head : A;
    const { log } = await action({ offline: 'true' }, { ...RUN, GITHUB_WORKSPACE: folder, GITHUB_SHA });
    expect(log).toContain(`Error calling workflow '${isRun ? `octo-org/octo-repo/${PATH}@${head}` : `./${PATH}`}'.`);
  });
});
