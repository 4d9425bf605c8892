import { symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { commit, git, repository } from '../called-git.ts';
import { gitApi } from '../git-api.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { branched, change, CI, compare, edit, READ, workflow, WRITE, type Files, type Said } from './comparing.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;
const RAISED = ['raised ci.yml build: contents read → write'];
const BASE: Files = { [CI]: workflow(READ) };
const HEAD: Files = { [CI]: workflow(WRITE) };
const OWN = ['--repository', 'octo-org/octo-repo'];

/** A clone of one commit, as actions/checkout makes it, which knows the base branch as well. */
function shallow(from: string, ...refs: string[]): string {
  const folder = temporaryFolder();
  git(folder, 'init', '-q');
  git(folder, 'remote', 'add', 'origin', `file://${from}`);
  for (const ref of refs) git(folder, 'fetch', '-q', '--depth=1', 'origin', `${ref}:refs/remotes/origin/${ref}`);
  git(folder, 'checkout', '-q', '--detach', `origin/${refs[0]}`);
  return folder;
}

async function withMain(folder: string): Promise<Said> {
  return compare(folder, ['--base', 'main', '--offline']);
}

describe('wherever the head is', () => {
  test('a detached HEAD', async () => {
    const folder = branched(BASE, HEAD);
    git(folder, 'checkout', '-q', '--detach');
    expect((await withMain(folder)).changes).toEqual(RAISED);
  });

  test('a worktree', async () => {
    const folder = branched(BASE, HEAD);
    const tree = path.join(temporaryFolder(), 'tree');
    git(folder, 'worktree', 'add', '-q', '--detach', tree, 'change');
    git(folder, 'checkout', '-q', 'main');
    expect((await withMain(tree)).changes).toEqual(RAISED);
    expect((await withMain(folder)).changes).toEqual([]);
  });

  test('a submodule, whose history is its own', async () => {
    const folder = repository();
    change(folder, BASE);
    git(folder, 'submodule', 'add', '-q', `file://${branched(BASE, HEAD)}`, 'sub');
    const sub = path.join(folder, 'sub');
    git(sub, 'branch', '-q', '-f', 'main', 'origin/main');
    expect((await withMain(sub)).changes).toEqual(RAISED);
  });

  test('a folder of the repository', async () => {
    const below = (files: Files): Files =>
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`deep/down/${name}`, text]));
    const folder = branched({ ...below(BASE), ...BASE }, { ...below(HEAD), [CI]: workflow('{}') });
    expect((await withMain(path.join(folder, 'deep', 'down'))).changes).toEqual(RAISED);
  });

  test('a repository whose objects have long names', async () => {
    const folder = temporaryFolder();
    git(folder, 'init', '-q', '-b', 'main', '--object-format=sha256');
    change(folder, { ...BASE, '.github/workflows/same.yml': workflow('{ issues: write }') });
    git(folder, 'checkout', '-q', '-b', 'change');
    change(folder, HEAD);
    expect((await withMain(folder)).changes).toEqual(RAISED);
  });

  test('a bare repository, at a ref', async () => {
    const bare = temporaryFolder();
    git(bare, 'clone', '-q', '--bare', `file://${branched(BASE, HEAD)}`, '.');
    const said = await compare(bare, ['--base', 'main', '--offline', '--at', 'change']);
    expect(said.changes).toEqual(RAISED);
  });

  test('a partial clone, where git fetches what it left out', async () => {
    const from = branched(BASE, HEAD);
    git(from, 'config', 'uploadpack.allowFilter', 'true');
    const folder = temporaryFolder();
    git(folder, 'clone', '-q', '--filter=blob:none', '--branch', 'change', `file://${from}`, '.');
    const missing = (): string => git(folder, 'rev-list', '--objects', '--all', '--missing=print');
    expect(missing()).toMatch(/^\?/m);
    expect((await compare(folder, ['--base', 'origin/main'])).changes).toEqual(RAISED);
  });

  onlyPosix('a symbolic link among the workflows, which is the same in both', async () => {
    const folder = branched({ ...BASE, 'shared.yml': workflow(READ) }, {});
    git(folder, 'checkout', '-q', 'main');
    symlinkSync('../../shared.yml', path.join(folder, '.github/workflows/linked.yml'));
    commit(folder, {});
    git(folder, 'checkout', '-q', '-B', 'change');
    expect((await withMain(folder)).changes).toEqual([]);
  });
});

describe('history that is not all there', () => {
  test('is asked for through the API', async () => {
    const from = branched(BASE, HEAD);
    const base = git(from, 'rev-parse', 'main');
    git(from, 'checkout', '-q', 'main');
    change(from, { [CI]: workflow('{ issues: write }') });
    const folder = shallow(from, 'change', 'main');
    const api = await gitApi(from);
    const said = await compare(folder, ['--base', 'origin/main', ...OWN], { GITHUB_API_URL: api.url });
    expect(said.changes).toEqual(RAISED);
    expect(said.stderr).toBe(
      `Compared with origin/main at ${base}, through the API. The base is where the head left origin/main, says the API.\n`,
    );
    const [tip, head] = [git(from, 'rev-parse', 'main'), git(from, 'rev-parse', 'change')];
    const lines = api.requests.map(({ line }) => line.replace('GET /repos/octo-org/octo-repo', ''));
    expect(lines[0]).toBe(`/compare/${tip}...${head}?per_page=1&page=2`);
    // One list of all files, and then folder by folder to the one file that differs.
    expect(lines.filter((line) => line.startsWith('/git/blobs/'))).toHaveLength(1);
  });

  test('is no excuse where git knows all the same: the head stands on the tip', async () => {
    const from = branched(BASE, HEAD);
    const folder = temporaryFolder();
    git(folder, 'clone', '-q', '--depth=2', '--branch', 'change', `file://${from}`, '.');
    git(folder, 'fetch', '-q', '--depth=1', 'origin', 'main:main');
    expect((await withMain(folder)).changes).toEqual(RAISED);
  });

  test.each([
    [
      'offline',
      ['--offline', ...OWN],
      /does not have all of the history, and --offline forbids.*git fetch --unshallow/,
    ],
    ['without a name to ask for', [], /which repository to ask for is not known.*--repository/],
    ['with an API that does not know', OWN, /could not be read through the API \(.*404/],
  ])('and not to be had is an error: %s', async (name, args, message) => {
    const from = branched(BASE, HEAD);
    git(from, 'checkout', '-q', 'main');
    change(from, { 'readme.md': 'x' });
    const api = await gitApi(repository());
    const env = name.includes('API') ? { GITHUB_API_URL: api.url } : {};
    const { status, stderr, report } = await compare(
      shallow(from, 'change', 'main'),
      ['--base', 'origin/main', ...args],
      env,
    );
    expect([status, report.result]).toEqual([2, 'error']);
    expect(stderr).toMatch(message);
  });

  test('a base that git does not know is an error', async () => {
    const { status, stderr, report } = await compare(branched(BASE, HEAD), ['--base', 'mian', '--offline']);
    expect([status, report.result]).toEqual([2, 'error']);
    expect(stderr).toContain('The repository has no ref mian.');
  });
});

describe('what is said of the base', () => {
  // The summary tells it behind what is different, so each sentence names what it is about.
  test('by the name of a branch', async () => {
    const folder = branched(BASE, HEAD);
    const { report } = await withMain(folder);
    expect(report.compared).toEqual({
      with: `main at ${git(folder, 'rev-parse', 'main').slice(0, 10)}`,
      how: 'The base is where the head left main, says git. It was read from git.',
    });
  });

  test('by a commit, in short', async () => {
    const folder = branched(BASE, HEAD);
    const commitOfMain = git(folder, 'rev-parse', 'main');
    const short = commitOfMain.slice(0, 10);
    expect((await compare(folder, ['--base', commitOfMain, '--offline'])).report.compared).toEqual({
      with: short,
      how: `The base is where the head left ${short}, says git. It was read from git.`,
    });
  });
});

describe('no common history', () => {
  test('is compared with the tip, and said', async () => {
    const folder = branched(BASE, {});
    git(folder, 'checkout', '-q', '--orphan', 'new');
    change(folder, HEAD);
    const { changes, stderr } = await withMain(folder);
    expect(changes).toEqual(RAISED);
    expect(stderr).toContain('The base is the tip of main: the head has no commit in common with it, says git.');
  });

  test('a branch without a commit', async () => {
    const folder = branched(BASE, {});
    git(folder, 'checkout', '-q', '--orphan', 'new');
    edit(folder, HEAD);
    const { changes, stderr } = await withMain(folder);
    expect(changes).toEqual(RAISED);
    expect(stderr).toContain('The base is the tip of main: what is checked has no commit.');
  });

  test('the first commit of all, compared with itself', async () => {
    const folder = repository();
    change(folder, HEAD);
    expect((await withMain(folder)).changes).toEqual([]);
  });
});

test('a policy of the head is no part of the base, and one that changes is shown as before', async () => {
  const folder = branched(
    { ...HEAD, '.github/permissions-policy.yml': 'version: 1\n' },
    { '.github/permissions-policy.yml': 'version: 1\ndefault-permissions: read\n' },
  );
  const { changes, report } = await withMain(folder);
  expect(changes).toEqual([]);
  expect(report.policy.change.files).toEqual(['.github/permissions-policy.yml']);
});

test('a fix is compared with the base, not with the head before it', async () => {
  const folder = branched({ [CI]: workflow('{}') }, { [CI]: workflow('{ contents: read, issues: write }') });
  const { changes } = await compare(folder, ['--base', 'main', '--offline', '--fix']);
  expect(changes).toEqual([]);
});
