import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const hooks = parse(readFileSync(path.join(ROOT, '.pre-commit-hooks.yaml'), 'utf8'));
const [hook] = hooks;

describe('the hook', () => {
  test('runs the committed bundle, without the network', () => {
    expect(hook).toMatchObject({ language: 'script', entry: 'dist/cli/index.js --offline', pass_filenames: false });
    const file = path.join(ROOT, hook.entry.split(' ')[0]);
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(() => accessSync(file, constants.X_OK)).not.toThrow();
  });

  test.each([
    ['.github/workflows/ci.yml', true],
    ['.github/workflows/release.yaml', true],
    ['.github/permissions-policy.yml', true],
    ['.github/permissions-baseline.json', true],
    ['action.yml', true],
    ['.github/actions/build/action.yaml', true],
    ['.github/workflows/templates/ci.yml', false],
    ['docs/.github/workflows/ci.yml', false],
    ['transaction.yml', false],
    ['.github/workflows/ci.yml.md', false],
    ['README.md', false],
  ])('looks when %s changes: %s', (file, looks) => {
    expect(new RegExp(hook.files).test(file)).toBe(looks);
  });

  test('is the one that the page has', () => {
    const page = readFileSync(path.join(ROOT, 'docs/pre-commit.md'), 'utf8');
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    expect(parse(example).repos[0].hooks.map(({ id }: { id: string }) => id)).toEqual([hook.id]);
  });
});
