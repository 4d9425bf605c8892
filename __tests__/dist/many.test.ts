import { spawn } from 'node:child_process';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { linesOf, NAMES, ORGANIZATION } from '../edge/many/organization.ts';
import { temporaryFolder, WORKFLOW } from '../edge/temporary-folder.ts';
import { DIST, runCommandLine } from './run-bundle.ts';

test('check --all says of each repository what check says of it alone', async () => {
  const folder = temporaryFolder(ORGANIZATION);
  const all = await runCommandLine(['check', '--all', folder, '--offline', '--format', 'jsonl']);
  expect([all.status, all.stderr]).toEqual([2, '']);
  const lines = linesOf(all.stdout);
  expect(lines.map(({ audit }) => audit.repository)).toEqual(NAMES);
  for (const { audit, ...report } of lines.filter(({ result }) => result !== 'error')) {
    const of = [path.join(folder, audit.repository), '--repository', audit.repository];
    const alone = await runCommandLine([...of, '--repositories', folder, '--offline', '--format', 'json']);
    expect(report).toEqual(JSON.parse(alone.stdout));
  }
});

test('check --all has one line a repository as text', async () => {
  const { status, stdout } = await runCommandLine(['check', '--all', temporaryFolder(ORGANIZATION), '--offline']);
  expect(status).toBe(2);
  expect(stdout.match(/^(pass|fail|error) /gm)).toHaveLength(NAMES.length);
  expect(stdout).toContain('6 repositories: 1 could not be read');
});

test('check --all ends when nobody reads any more', async () => {
  const files = Array.from({ length: 60 }, (_, index) => [`o/r${index}/.github/workflows/ci.yml`, WORKFLOW] as const);
  const folder = temporaryFolder(Object.fromEntries(files));
  const cli = path.join(DIST, 'cli', 'index.js');
  const child = spawn(process.execPath, [cli, 'check', '--all', folder, '--offline', '--format', 'jsonl']);
  child.stdout.once('data', () => child.stdout.destroy());
  let error = '';
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  expect([await new Promise((resolve) => child.once('close', resolve)), error]).toEqual([0, '']);
});
