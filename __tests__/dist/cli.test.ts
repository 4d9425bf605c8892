import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { COMMAND_LINE_OPTIONS } from '../../src/edge/command-line/option-table.ts';
import { temporaryFolder, WORKFLOW } from '../edge/temporary-folder.ts';
import { DIST, distWithout, runCommandLine } from './run-bundle.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

const GOOD = { '.github/workflows/ci.yml': WORKFLOW };
const BROKEN = { '.github/workflows/broken.yml': 'on: push\npermissions: {contents: admin}\njobs: {}\n' };

/** A repository with so many files that its report fills every buffer of a pipe. */
function manyFiles(): string {
  return temporaryFolder(
    Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`.github/workflows/${index}.yml`, WORKFLOW])),
  );
}

describe('what needs no files', () => {
  test('--version', async () => {
    expect(await runCommandLine(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('--help', async () => {
    const { status, stdout, stderr } = await runCommandLine(['--help'], { env: { COLUMNS: '60' } });
    expect([status, stderr]).toEqual([0, '']);
    for (const { option } of Object.values(COMMAND_LINE_OPTIONS)) expect(stdout).toContain(`  --${option}`);
  });

  test('is all in one file but for the help', async () => {
    const dist = distWithout(/(?:)/);
    const cwd = temporaryFolder({});
    for (const args of [['--version'], ['--nonsense'], []]) {
      expect(await runCommandLine(args, { dist, cwd })).toEqual(await runCommandLine(args, { cwd }));
    }
  });
});

describe('a check', () => {
  test('that passes', async () => {
    const { status, stdout, stderr } = await runCommandLine([], { cwd: temporaryFolder(GOOD) });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('.github/workflows/ci.yml');
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/); // eslint-disable-line no-control-regex
  });

  test('that fails, and hides nothing', async () => {
    const folder = temporaryFolder({ ...GOOD, ...BROKEN });
    const { status, stdout } = await runCommandLine(['check', folder]);
    expect(status).toBe(1);
    expect(stdout).toContain("Unexpected value 'admin'");
    expect(stdout).toContain('.github/workflows/ci.yml');
    const never = await runCommandLine([folder, '--fail-on', 'never']);
    const passed = 'Passed, but not all could be computed. Findings never fail this check.';
    expect([never.status, never.stdout]).toEqual([0, stdout.replace('Failed: 1 error.', passed)]);
  });

  test('as JSON', async () => {
    const folder = temporaryFolder({
      ...GOOD,
      ...BROKEN,
      '.git/config': '[remote "origin"]\n\turl = git@github.com:octo-org/octo-repo.git\n',
    });
    const { status, stdout, stderr } = await runCommandLine([folder, '--format=json', '--visibility', 'public']);
    expect([status, stderr]).toEqual([1, '']);
    const report = JSON.parse(stdout);
    expect(stdout).toBe(`${JSON.stringify(report, null, 2)}\n`);
    expect(report).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'effective-permissions', version },
      repository: { name: 'octo-org/octo-repo', visibility: 'public', defaultPermissions: { value: 'unknown', source: 'none' } },
      workflows: [{ path: '.github/workflows/broken.yml' }, { path: '.github/workflows/ci.yml' }],
      result: 'fail',
    });
  });

  test('as Markdown', async () => {
    const { status, stdout } = await runCommandLine(['--format', 'markdown', temporaryFolder(GOOD)]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^## /);
  });

  test('takes its settings from the options', async () => {
    const options = '--default-permissions write --fork-pull-requests off --repository a/b --ghes 3.12.1 --offline';
    const folder = temporaryFolder(GOOD);
    const { stdout } = await runCommandLine([folder, '--format', 'json', ...options.split(' ')]);
    expect(JSON.parse(stdout).repository).toMatchObject({
      name: 'a/b',
      defaultPermissions: { value: 'write', source: 'option' },
      forkPullRequests: 'off',
      platform: '3.12',
    });
  });

  test('of the files of a ref', async () => {
    const folder = temporaryFolder(GOOD);
    const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: folder });
    git('init', '-q');
    git('add', '-A');
    git('-c', 'user.name=Mona', '-c', 'user.email=mona@example.com', '-c', 'commit.gpgsign=false', 'commit', '-q', '-m', 'x');
    git('rm', '-rq', '.');
    expect((await runCommandLine([folder])).stdout).toContain('No workflow files');
    const found = await runCommandLine([folder, '--at', 'HEAD', '--format', 'json']);
    expect(JSON.parse(found.stdout).workflows).toMatchObject([{ path: '.github/workflows/ci.yml', outcome: 'ok' }]);
    expect(await runCommandLine([folder, '--at', 'gone'])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'effective-permissions: The repository has no ref gone. Fetch it first, or name a branch, a tag or a commit that is there. ' +
        'The API was not asked, as --repository OWNER/NAME is not given.\n',
    });
  });

  test('in colour where that is asked for', async () => {
    const cwd = temporaryFolder(GOOD);
    expect((await runCommandLine([], { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain('\x1b[');
    expect((await runCommandLine([], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain('\x1b');
  });

  test('needs no network and nothing of the action', async () => {
    const dist = distWithout(/octokit-(core|endpoint|request)\.js|undici|GITHUB_STEP_SUMMARY/);
    const cwd = temporaryFolder(GOOD);
    expect(await runCommandLine(['--offline'], { dist, cwd })).toEqual(await runCommandLine([], { cwd }));
    expect(/octokit|undici/i.test(readFileSync(path.join(DIST, 'cli', 'index.js'), 'utf8'))).toBe(false);
  });

  onlyPosix('of hostile names shows them as names', async () => {
    const name = '.github/workflows/::error::x\n::error::y\x1b[31m\u202e.yml';
    const folder = temporaryFolder({ [name]: `${WORKFLOW}\nname: "::error::\\e[31m"\n` });
    const { status, stdout } = await runCommandLine([folder]);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/); // eslint-disable-line no-control-regex
    const json = await runCommandLine([folder, '--format', 'json']);
    expect(JSON.parse(json.stdout).workflows[0].path).toBe(name);
  });

  test('of thousands of files writes its report to the end', async () => {
    const { status, stdout } = await runCommandLine([manyFiles(), '--format', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).workflows).toHaveLength(1500);
  });

  test('whose reader goes away ends quietly', async () => {
    const cli = path.join(DIST, 'cli', 'index.js');
    const child = spawn(process.execPath, [cli, manyFiles(), '--format', 'json']);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect([status, stderr]).toEqual([0, '']);
  });

  onlyPosix('| head -1', () => {
    const cli = path.join(DIST, 'cli', 'index.js');
    const line = `"${process.execPath}" "${cli}" "${manyFiles()}" 2>&1 | head -1`;
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toMatch(/^1,500 workflows.*\n$/);
  });
});

describe('no workflow files', () => {
  test('is a line that says so', async () => {
    const cwd = temporaryFolder();
    const line = 'No workflow files: . has no .yml or .yaml file in .github/workflows.\n';
    expect(await runCommandLine([], { cwd })).toEqual({ status: 0, stdout: line, stderr: '' });
    const json = await runCommandLine(['--format', 'json'], { cwd });
    expect(json).toMatchObject({ status: 0, stderr: line });
    expect(JSON.parse(json.stdout)).toMatchObject({ workflows: [], findings: [], result: 'pass' });
  });

  test.each([
    ['sub/folder', '../..'],
    ['.github', '..'],
    ['.github/workflows', '../..'],
  ])('in %s, but in the root', async (folder, root) => {
    const cwd = path.join(temporaryFolder({ ...GOOD, '.git/HEAD': '', 'sub/folder/x': '' }), folder);
    expect((await runCommandLine([], { cwd })).stdout).toBe(
      `No workflow files: . has no .yml or .yaml file in .github/workflows. The repository's root is ${root}: give that folder instead.\n`,
    );
  });
});

describe('work that cannot be done', () => {
  test.each<[string[], string]>([
    [['--format', 'json', '--visibility', 'pubic'], '--visibility takes public, private, internal or unknown, not "pubic". Did you mean public?'],
    [['--nonsense', '--format=json'], 'There is no option "--nonsense".'],
    [['--format', 'json', 'no-such-folder'], 'No such folder: no-such-folder'],
    [['--format', 'json', 'package.json'], "package.json is a file; give the folder of a repository's checkout."],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await runCommandLine(args);
    expect(status).toBe(2);
    expect(stderr).toContain(`effective-permissions: ${message}`);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      tool: { name: 'effective-permissions', version },
      result: 'error',
      error: { message: expect.stringContaining(message) },
    });
  });

  test('leaves standard output empty but for JSON', async () => {
    expect(await runCommandLine(['no-such-folder', '--format', 'markdown'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'effective-permissions: No such folder: no-such-folder\n',
    });
  });
});
