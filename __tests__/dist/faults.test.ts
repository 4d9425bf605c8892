import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { contentsServer } from '../edge/called-api.ts';
import { fakeApi } from '../edge/fake-api.ts';
import { temporaryFolder, WORKFLOW } from '../edge/temporary-folder.ts';
import { DIST, distWithout, runAction, runCommandLine } from './run-bundle.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;
const withFullDevice = existsSync('/dev/full') ? test : test.skip;

const CI = '.github/workflows/ci.yml';
const GOOD = { [CI]: WORKFLOW };

/** A disk that is full looks like this to who writes: so much of a file is written, and no more. */
const FULL_DISK = 'ulimit -f 2';

/** Longer than the disk has room for, with a block that is too wide. */
const WIDE = WORKFLOW.replace('permissions: {}', 'permissions: write-all').replace(
  'jobs:\n',
  `${'# '.padEnd(99, '-')}\n`.repeat(50) + 'jobs:\n',
);

/** Calls a workflow of another repository, so that the network is needed. */
const CALLS = {
  [CI]: 'on: push\npermissions: {}\njobs:\n  deploy:\n    uses: octo-org/shared/.github/workflows/called.yml@v1\n',
};
const CALLED = 'on: workflow_call\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: "true" }]\n';
const COMMIT = 'a1'.repeat(20);
const CONTENTS = {
  commits: { 'octo-org/shared@v1': COMMIT },
  files: { [`octo-org/shared@${COMMIT}/.github/workflows/called.yml`]: CALLED },
};

/** The outcome of the only workflow of a report. */
function outcomeIn(stdout: string): unknown {
  return JSON.parse(stdout).workflows[0].outcome;
}

describe('a disk that is full', () => {
  withFullDevice('under standard output', async () => {
    const { status, stderr } = await runCommandLine([temporaryFolder(GOOD)], { under: 'exec > /dev/full' });
    expect([status, stderr]).toEqual([
      2,
      'effective-permissions: The output could not be written to its end (ENOSPC).\n',
    ]);
  });

  onlyPosix('under the summary leaves what other steps wrote there, and says so', async () => {
    const earlier = 'An earlier step.\n';
    const workspace = temporaryFolder({ [CI]: WIDE });
    const { summary, commands, outputs } = await runAction({ workspace, summary: earlier, under: FULL_DISK });
    expect(summary).toBe(earlier);
    expect(commands.map(({ message }) => message)).toContain(
      'The job summary could not be written: EFBIG: file too large, write',
    );
    expect(outputs.result).toBe('pass');
  });

  onlyPosix('under --fix leaves every file as it was', async () => {
    const folder = temporaryFolder({ [CI]: WIDE });
    const { status, stderr } = await runCommandLine([folder, '--fix'], { under: FULL_DISK });
    expect([status, stderr]).toEqual([
      2,
      `effective-permissions: ${CI} was not written. The system says EFBIG.\n`,
    ]);
    expect(readFileSync(path.join(folder, CI), 'utf8')).toBe(WIDE);
    expect(readdirSync(path.join(folder, '.github/workflows'))).toEqual(['ci.yml']);
  });

  onlyPosix('under a report leaves one that says so, and no old one that passed', async () => {
    const workspace = temporaryFolder({ [CI]: WIDE, 'report.json': 'old' });
    const run = { workspace, with: { 'json-file': 'report.json', summary: 'false' }, under: FULL_DISK };
    const { status, outputs, commands } = await runAction(run);
    expect([status, outputs.result]).toEqual([1, 'error']);
    expect(commands.at(-1)?.message).toMatch(/report\.json could not be written \(EFBIG\)\.$/);
    expect(JSON.parse(readFileSync(path.join(workspace, 'report.json'), 'utf8')).result).toBe('error');
    expect(readdirSync(workspace).sort()).toEqual(['.github', 'report.json']);
  });
});

describe('odd files', () => {
  onlyPosix('a link to itself is a file that cannot be read, and hides no other', async () => {
    const folder = temporaryFolder(GOOD);
    symlinkSync('loop.yml', path.join(folder, '.github/workflows/loop.yml'));
    const { status, stdout } = await runCommandLine([folder, '--format', 'json']);
    const { workflows } = JSON.parse(stdout);
    expect(status).toBe(1);
    expect(workflows.map((one: { path: string; outcome: string }) => [path.basename(one.path), one.outcome])).toEqual([
      ['ci.yml', 'ok'],
      ['loop.yml', 'invalid'],
    ]);
  });

  onlyPosix('a name with line breaks makes no line and no command of its own', async () => {
    const name = '.github/workflows/a\n::error::b\r##[error]c.yml';
    const workspace = temporaryFolder({ [name]: 'on: push\npermissions: { contents: admin }\njobs: {}\n' });
    const { commands, outputs } = await runAction({ workspace });
    expect(outputs.result).toBe('fail');
    expect(commands.filter(({ message }) => /^[bc]\b/.test(message))).toEqual([]);
    expect(commands.filter((command) => command.name === 'error').length).toBeGreaterThan(0);
    const { stdout } = await runCommandLine([workspace]);
    expect(stdout).not.toMatch(/^(::|##\[)/m);
    expect(stdout).not.toContain('\r');
  });
});

describe('an environment that lacks what others have', () => {
  test('no home: nothing is kept, and everything else works', async () => {
    const api = await contentsServer(CONTENTS);
    const env = { HOME: '', XDG_CACHE_HOME: '', LOCALAPPDATA: '', GITHUB_API_URL: api.url };
    const folder = temporaryFolder(CALLS);
    const { status, stdout } = await runCommandLine([folder, '--format', 'json'], { env });
    expect([status, outcomeIn(stdout)]).toEqual([0, 'ok']);
    expect(readdirSync(folder)).toEqual(['.github']);
  });

  onlyPosix('no git: the folder is checked, and what needs git says so', async () => {
    const env = { PATH: temporaryFolder() };
    const folder = temporaryFolder(GOOD);
    expect((await runCommandLine([folder], { env })).status).toBe(0);
    const { status, stderr } = await runCommandLine([folder, '--base', 'main'], { env });
    expect(status).toBe(2);
    expect(stderr).toMatch(/\bgit\b/i);
  });

  onlyPosix('killed while it waits: what was there stays, and nothing is left behind', async () => {
    // Never answers.
    const api = await fakeApi({}, () => true);
    const folder = temporaryFolder({ ...CALLS, '.github/permissions-baseline.json': 'old' });
    const args = [path.join(DIST, 'cli', 'index.js'), folder, '--write-baseline'];
    const cache = temporaryFolder();
    const env = { PATH: process.env.PATH, GITHUB_API_URL: api.url, XDG_CACHE_HOME: cache };
    const child = spawn(process.execPath, args, { env });
    const ended = new Promise((resolve) => child.on('close', (status, signal) => resolve([status, signal])));
    while (api.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(readFileSync(path.join(folder, '.github/permissions-baseline.json'), 'utf8')).toBe('old');
    expect(readdirSync(path.join(folder, '.github')).sort()).toEqual(['permissions-baseline.json', 'workflows']);
  });
});

test.each(['text', 'json', 'sarif'])('our own mistake is no report, as %s', async (format) => {
  // As if an installation had lost a part of the program.
  const dist = distWithout(/sarif-schema-2\.1\.0|needs/);
  const { status, stdout, stderr } = await runCommandLine([temporaryFolder(GOOD), '--format', format], { dist });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^effective-permissions: This is a mistake in effective-permissions \S+, please report it: /);
  if (format === 'json') expect(JSON.parse(stdout).result).toBe('error');
  else expect(stdout).toBe('');
});

describe('the cache', () => {
  const keep = (cache: string, url: string) => ({ env: { XDG_CACHE_HOME: cache, GITHUB_API_URL: url } });
  const entries = (cache: string) => {
    const folder = path.join(cache, 'effective-permissions');
    return readdirSync(folder).map((name) => path.join(folder, name));
  };

  test('of several runs at once holds whole files only', async () => {
    const api = await contentsServer(CONTENTS);
    const cache = temporaryFolder();
    const folder = temporaryFolder(CALLS);
    const run = () => runCommandLine([folder, '--format', 'json'], keep(cache, api.url));
    const all = await Promise.all([run(), run(), run(), run()]);
    expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(1);
    expect(all.map(({ status, stdout }) => [status, outcomeIn(stdout)])).toEqual(all.map(() => [0, 'ok']));
    const [entry, ...others] = entries(cache);
    expect(others).toEqual([]);
    expect(readFileSync(entry ?? '', 'utf8').endsWith(CALLED)).toBe(true);
  });

  test('that somebody changed is not believed', async () => {
    const api = await contentsServer(CONTENTS);
    const cache = temporaryFolder();
    const folder = temporaryFolder(CALLS);
    const first = await runCommandLine([folder, '--format', 'json'], keep(cache, api.url));
    const [entry = ''] = entries(cache);
    const tampered = readFileSync(entry, 'utf8').replace('permissions: {}', 'permissions: write-all');
    writeFileSync(entry, tampered);
    const asked = api.requests.length;
    const second = await runCommandLine([folder, '--format', 'json'], keep(cache, api.url));
    expect(second.stdout).toBe(first.stdout);
    expect(api.requests.length).toBeGreaterThan(asked + 1);
    expect(readFileSync(entry, 'utf8')).not.toBe(tampered);
  });

  onlyPosix('in a place where nothing can be written is done without', async () => {
    const api = await contentsServer(CONTENTS);
    const cache = temporaryFolder({ 'effective-permissions': 'a file, where a folder should be' });
    const { status, stdout } = await runCommandLine(
      [temporaryFolder(CALLS), '--format', 'json'],
      keep(cache, api.url),
    );
    expect([status, outcomeIn(stdout)]).toEqual([0, 'ok']);
    expect(statSync(path.join(cache, 'effective-permissions')).isFile()).toBe(true);
  });
});
