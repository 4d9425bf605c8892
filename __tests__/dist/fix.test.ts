import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { temporaryFolder, WORKFLOW } from '../edge/temporary-folder.ts';
import { distWithout, runCommandLine } from './run-bundle.ts';

const CI = '.github/workflows/ci.yml';

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
