import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { temporaryFolder, WORKFLOW } from '../edge/temporary-folder.ts';
import { distWithout, runCommandLine } from './run-bundle.ts';

const CI = '.github/workflows/ci.yml';

const WIDE =
  'on: push\n\npermissions: write-all # for now\n\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v6\n';
const NARROW = WIDE.replace(' write-all # for now\n', ' # for now\n  contents: read # actions/checkout\n');

test('--fix writes what the jobs need, once, and reports what is there then', async () => {
  const folder = temporaryFolder({ [CI]: WIDE });
  const first = await runCommandLine([folder, '--fix', '--offline', '--format', 'json']);
  expect([first.status, first.stderr]).toEqual([0, `Changed ${CI}.\n`]);
  expect(JSON.parse(first.stdout).workflows[0].jobs[0].declared).toEqual({ contents: 'read' });
  expect(JSON.parse(first.stdout).fixes).toHaveLength(1);
  expect(readFileSync(path.join(folder, CI), 'utf8')).toBe(NARROW);
  const second = await runCommandLine([folder, '--fix', '--offline', '--format', 'json']);
  expect(JSON.parse(second.stdout)).toEqual({ ...JSON.parse(first.stdout), fixes: [] });
  expect(readFileSync(path.join(folder, CI), 'utf8')).toBe(NARROW);
});

test('git applies what --diff prints', async () => {
  const folder = temporaryFolder({ [CI]: WIDE });
  const { stdout } = await runCommandLine([folder, '--diff', '--offline']);
  expect(readFileSync(path.join(folder, CI), 'utf8')).toBe(WIDE);
  execFileSync('git', ['apply'], { cwd: folder, input: stdout });
  expect(readFileSync(path.join(folder, CI), 'utf8')).toBe(NARROW);
});

test('--fix without anything to change leaves the files as they are and prints the report', async () => {
  const folder = temporaryFolder({ [CI]: WORKFLOW });
  const { stdout, status } = await runCommandLine([folder]);
  const fixed = await runCommandLine([folder, '--fix']);
  expect([fixed.stdout, fixed.status]).toEqual([stdout, status]);
  expect(fixed.stderr).toContain('There is nothing to change.');
  expect(readFileSync(path.join(folder, CI), 'utf8')).toBe(WORKFLOW);
});

test('--diff without anything to change prints nothing, and the status is that of the report', async () => {
  const folder = temporaryFolder({
    [CI]: WORKFLOW,
    '.github/workflows/broken.yml': 'on: push\npermissions: {contents: admin}\njobs: {}\n',
  });
  expect(await runCommandLine([folder, '--diff'])).toMatchObject({ status: 1, stdout: '' });
  const { stdout, status } = await runCommandLine([folder, '--diff', '--format', 'json']);
  expect([status, JSON.parse(stdout).fixes]).toEqual([1, []]);
  expect(JSON.parse((await runCommandLine([folder, '--format', 'json'])).stdout).fixes).toBeUndefined();
});

test('a folder without workflow files has nothing to change', async () => {
  const diff = await runCommandLine([temporaryFolder(), '--diff']);
  expect([diff.status, diff.stdout]).toEqual([0, '']);
  expect(diff.stderr).toContain('No workflow files');
});

test('options that do not go together are an error before anything is read', async () => {
  for (const args of [
    ['--fix', '--diff'],
    ['--fix', '--at', 'HEAD'],
    ['--fix', '--write-baseline'],
  ]) {
    const { status, stdout, stderr } = await runCommandLine(['no-such-folder', ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--fix');
  }
});

test('the code of both is loaded for them alone', async () => {
  const dist = distWithout(/There is nothing to change/);
  const cwd = temporaryFolder({ [CI]: WORKFLOW });
  expect(await runCommandLine([], { dist, cwd })).toEqual(await runCommandLine([], { cwd }));
  expect((await runCommandLine(['--diff'], { dist, cwd })).status).not.toBe(0);
});
