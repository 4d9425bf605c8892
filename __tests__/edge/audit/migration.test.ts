import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { run } from '../command-line-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const STEP = '      - run: gh issue comment 1 --body done\n        env: {GH_TOKEN: "${{ github.token }}"}\n';
const COMMENTS = `on: push\njobs:\n  comment:\n    runs-on: ubuntu-latest\n    steps:\n${STEP}`;
const READS = 'on: push\npermissions: {}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps: [run: "true"]\n';

test('the blocks to write before the default changes become one patch a repository, which git applies', async () => {
  const folder = temporaryFolder({
    'octo-org/a/.github/workflows/comment.yml': COMMENTS,
    'octo-org/a/.github/workflows/later.yml': COMMENTS,
    'octo-org/b/.github/workflows/build.yml': READS,
  });
  const options = ['--default-permissions', 'write', '--what-if', 'default-permissions=read'];
  const lines = await run(['check', '--all', folder, '--format', 'jsonl', '--offline', ...options]);
  const [a, b] = lines.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(a.fixes.map((fix: { path: string }) => fix.path)).toEqual([
    '.github/workflows/comment.yml',
    '.github/workflows/later.yml',
  ]);
  expect([b.whatIf.blocks, b.fixes]).toEqual([[], undefined]);
  const files = temporaryFolder({ 'lines.jsonl': lines.text });
  const patches = path.join(files, 'patches');
  const merged = await run(['audit', 'merge', path.join(files, 'lines.jsonl'), '--patches', patches]);
  expect(merged.error).toBe(`Wrote 1 patch to ${patches}.\n`);
  expect(merged.text).toContain('2 jobs would lose what they need, in 1 repository of 2.');
  const patch = path.join(patches, 'octo-org/a.patch');
  const cwd = path.join(folder, 'octo-org/a');
  execFileSync('git', ['apply', patch], { cwd });
  const after = await run(['audit', 'merge', await linesAgain(folder, options)]);
  expect(after.text).toContain('None of 2 repositories would notice.');
});

async function linesAgain(folder: string, options: readonly string[]): Promise<string> {
  const { text } = await run(['check', '--all', folder, '--format', 'jsonl', '--offline', ...options]);
  return path.join(temporaryFolder({ 'again.jsonl': text }), 'again.jsonl');
}
