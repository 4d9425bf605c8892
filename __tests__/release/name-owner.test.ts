import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';

import { temporaryFolder } from '../edge/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLACEHOLDER = /OWNER\/effective-permissions/;

/** These say what the placeholder is, and are no place to fill in. */
const ABOUT_IT = ['scripts/name-owner.mjs', '__tests__/release/name-owner.test.ts'];

/** All files of the repository that have the placeholder. */
function places(): readonly string[] {
  const names = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  const texts = names.filter((name) => /\.(?:md|ya?ml|json|[mc]?[jt]s|html|css|svg|sh)$/.test(name));
  return texts.filter((name) => {
    const isOurs = !name.startsWith('dist/') && !ABOUT_IT.includes(name);
    return isOurs && PLACEHOLDER.test(readFileSync(path.join(ROOT, name), 'utf8'));
  });
}

/** A copy of what is written to, with another `repository`; returns it behind the scripts. */
function written(repository: unknown): (name: string) => string {
  const folder = temporaryFolder({});
  for (const name of ['README.md', 'docs', 'scripts', 'action.yml']) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  mkdirSync(path.join(folder, 'node20'));
  const content = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as object;
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...content, repository }));
  for (const script of ['name-owner', 'generate-node20']) {
    execFileSync(process.execPath, [path.join(folder, `scripts/${script}.mjs`)], { stdio: 'pipe' });
  }
  return (name) => readFileSync(path.join(folder, name), 'utf8');
}

test.each([
  ['git+https://github.com/octo-org/permissions.git'],
  [{ type: 'git', url: 'https://github.com/octo-org/permissions' }],
])('the account is written once, into package.json, and from there into all documents: %j', (repository) => {
  const after = written(repository);
  for (const name of places()) expect([name, PLACEHOLDER.exec(after(name))?.[0]]).toEqual([name, undefined]);
  expect(after('README.md')).toContain(
    '      - uses: octo-org/permissions@COMMIT # the full SHA of a commit of this repository\n',
  );
  expect(after('docs/pre-commit.md')).toContain('  - repo: https://github.com/octo-org/permissions\n');
  expect(after('node20/action.yml')).toContain('`uses: octo-org/permissions/node20@COMMIT`');
});

test('without an account the documents stay as they are', () => {
  const after = written(undefined);
  for (const name of ['README.md', 'node20/action.yml']) {
    expect(after(name)).toBe(readFileSync(path.join(ROOT, name), 'utf8'));
  }
});

test('an address that is none is refused', () => {
  expect(() => written('octo-org/permissions; rm')).toThrow('is no https address');
});
