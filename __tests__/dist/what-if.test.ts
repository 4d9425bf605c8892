import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { temporaryFolder } from '../edge/temporary-folder.ts';
import { runCommandLine } from './run-bundle.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const TRY = ['--offline', '--default-permissions', 'write', '--visibility', 'public'];
const READ = ['--what-if', 'default-permissions=read'];

const FILES = {
  [CI]: `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - run: gh release create v1
        env: { GH_TOKEN: '\${{ github.token }}' }
  publish:
    uses: ./${CALLED}
`,
  [CALLED]: `on: workflow_call
jobs:
  publish:
    runs-on: ubuntu-latest
    permissions: { packages: write }
    steps:
      - run: docker push ghcr.io/octo-org/octo
`,
};

test('--what-if says who would notice, and which blocks to write first', async () => {
  const folder = temporaryFolder(FILES);
  const { stdout, status } = await runCommandLine([folder, ...TRY, ...READ]);
  expect(status).toBe(0);
  expect(stdout).toContain("If the repository's default were read (write now)\n1 workflow would not start.");
  expect(stdout).toContain('2 blocks should be written first');
  expect(stdout).toContain('fails         ci.yml: no job of the run starts');
});

test('--fix writes only these blocks, and then nobody notices', async () => {
  const folder = temporaryFolder(FILES);
  const fixed = await runCommandLine([folder, ...TRY, ...READ, '--fix', '--format', 'json']);
  expect([fixed.status, fixed.stderr]).toEqual([
    0,
    `Changed ${CI}.\nWith these changes, default-permissions=read would break nothing.\n`,
  ]);
  const text = readFileSync(path.join(folder, CI), 'utf8');
  expect(text).toContain('  test:\n    runs-on');
  expect(text).toContain('  release:\n    permissions:\n      contents: write # gh release create, actions/checkout\n');
  expect(text).toContain(`  publish:\n    permissions:\n      packages: write # ./${CALLED}\n`);
  expect(readFileSync(path.join(folder, CALLED), 'utf8')).toBe(FILES[CALLED]);
  const { whatIf, fixes, changes } = JSON.parse(fixed.stdout);
  expect(whatIf).toMatchObject({ failing: [], losing: [], unclear: [], blocks: [] });
  expect(fixes).toHaveLength(1);
  // `test` needs less than it gets either way.
  expect(changes.map(({ kind, job }: { kind: string; job: string[] }) => [kind, ...job])).toEqual([
    ['lowered', 'test'],
    ['lowered', 'test'],
  ]);
});

test('without the option, --fix does what it always does, whatever a policy wants to be tried', async () => {
  const policy = { '.github/permissions-policy.yml': 'version: 1\nwhat-if: { default-permissions: read }\n' };
  const [plain, trying] = await Promise.all(
    [FILES, { ...FILES, ...policy }].map(async (files) => {
      const folder = temporaryFolder(files);
      const { stdout } = await runCommandLine([folder, ...TRY, '--diff', '--format', 'json']);
      return JSON.parse(stdout);
    }),
  );
  expect(trying.fixes).toEqual(plain.fixes);
  expect(plain.whatIf).toBeUndefined();
  expect(trying.whatIf).toMatchObject({ value: 'read', failing: [CI] });
});
