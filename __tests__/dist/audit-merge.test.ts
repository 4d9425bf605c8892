import path from 'node:path';

import { expect, test } from '@jest/globals';

import { temporaryFolder, WORKFLOW } from '../edge/temporary-folder.ts';
import { runCommandLine } from './run-bundle.ts';

const FORMATS = ['text', 'jsonl', 'markdown', 'csv'];

test.each(FORMATS)('the bundle merges what it wrote for many repositories: %s', async (format) => {
  const folder = temporaryFolder({
    'octo-org/a/.github/workflows/ci.yml': WORKFLOW,
    'octo-org/b/.github/workflows/ci.yml': WORKFLOW.replace('permissions: {}', 'permissions: write-all'),
  });
  const lines = await runCommandLine(['check', '--all', folder, '--format', 'jsonl', '--offline']);
  const parts = lines.stdout.trim().split('\n');
  const files = temporaryFolder(Object.fromEntries(parts.map((line, index) => [`${index}.jsonl`, `${line}\n`])));
  const forward = await runCommandLine(['audit', 'merge', '0.jsonl', '1.jsonl', '--format', format], { cwd: files });
  const backward = await runCommandLine(['audit', 'merge', '1.jsonl', '0.jsonl', '--format', format], { cwd: files });
  expect(forward).toEqual(backward);
  expect([parts.length, forward.status, forward.stderr]).toEqual([2, 0, '']);
  expect(forward.stdout).toContain('octo-org/b');
  const missing = await runCommandLine(['audit', 'merge', path.join(files, 'none.jsonl')]);
  expect([missing.status, missing.stdout]).toEqual([2, '']);
});
