import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { ownRemotes } from '../../src/edge/called/own-remotes.ts';
import { gitNames, ownRepository } from '../../src/edge/called/own-repository.ts';
import { gitHubHosts } from '../../src/edge/git/git-remote.ts';
import type { RepositoryFile } from '../../src/model/called-file.ts';
import { clone, commit, git, repository } from './called-git.ts';
import { addFiles, temporaryFolder } from './temporary-folder.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;
const NAME = { owner: 'octo-org', name: 'octo-repo' };
const URL_OF_OURS = 'https://github.com/octo-org/octo-repo.git';
const PATH = '.github/workflows/called.yml';
const isGitHubHost = gitHubHosts({}, false);

type Answer = Record<string, unknown>;

/** Reads the called file, and shows its bytes as text. */
async function read(folder: string, ref: string, more: Partial<RepositoryFile> = {}): Promise<Answer> {
  const source = ownRepository({ repository: NAME, folder, isGitHubHost });
  const found = await source({ ...NAME, path: PATH, ref, ...more });
  return found.kind === 'found' ? { ...found, bytes: Buffer.from(found.bytes).toString() } : { ...found };
}

/** A clone of a repository with a branch, a tag, an annotated tag, and a tag and a branch of one name. */
function published(): { folder: string; commits: Record<'one' | 'two' | 'three', string> } {
  const origin = repository();
  const one = commit(origin, { [PATH]: 'one' });
  git(origin, 'tag', 'light');
  git(origin, 'tag', '-a', '-m', 'x', 'annotated');
  git(origin, 'tag', 'both');
  git(origin, 'checkout', '-q', '-b', 'feature/x');
  const two = commit(origin, { [PATH]: 'two' });
  git(origin, 'branch', 'both');
  git(origin, 'checkout', '-q', 'main');
  const three = commit(origin, { [PATH]: 'three' });
  return { folder: clone(origin, URL_OF_OURS), commits: { one, two, three } };
}

let shared: ReturnType<typeof published> | undefined;

/** The same one for all tests that leave it as it is. */
function untouched(): ReturnType<typeof published> {
  return (shared ??= published());
}

describe('a ref that git has', () => {
  test('is read as it is there, not as the folder has it', async () => {
    const { folder, commits } = published();
    addFiles(folder, { [PATH]: 'changed' });
    const at = (bytes: 'one' | 'two' | 'three'): Answer => {
      return { kind: 'found', bytes, commit: commits[bytes], anyRef: false };
    };
    expect(await read(folder, 'light')).toEqual(at('one'));
    expect(await read(folder, 'annotated')).toEqual(at('one'));
    expect(await read(folder, 'refs/tags/annotated')).toEqual(at('one'));
    expect(await read(folder, 'main')).toEqual(at('three'));
    expect(await read(folder, 'refs/heads/main')).toEqual(at('three'));
    expect(await read(folder, 'feature/x')).toEqual(at('two'));
    expect(await read(folder, commits.two)).toEqual(at('two'));
    expect(await read(folder, commits.two.toUpperCase())).toEqual(at('two'));
  });

  test('a tag wins over a branch of the same name', async () => {
    const { folder } = untouched();
    expect(await read(folder, 'both')).toMatchObject({ bytes: 'one' });
    expect(await read(folder, 'refs/heads/both')).toMatchObject({ bytes: 'two' });
  });

  test('in whatever case the call writes our name, and from a folder below', async () => {
    const { folder } = untouched();
    expect(await read(folder, 'main', { owner: 'Octo-Org', name: 'OCTO-repo' })).toMatchObject({ bytes: 'three' });
    expect(await read(path.join(folder, '.github'), 'main')).toMatchObject({ bytes: 'three' });
  });

  test('but not the file', async () => {
    const { folder, commits } = untouched();
    expect(await read(folder, 'main', { path: '.github/workflows/gone.yml' })).toEqual({
      kind: 'not-found',
      reason: `There is no file .github/workflows/gone.yml in octo-org/octo-repo at main (the commit ${commits.three}, as far as the git of this checkout knows)`,
    });
    expect(await read(folder, commits.one, { path: '.github/workflows/gone.yml' })).toMatchObject({
      reason: `There is no file .github/workflows/gone.yml in octo-org/octo-repo at ${commits.one}`,
    });
  });

  onlyPosix('but a link in place of the file or its folder', async () => {
    const origin = repository();
    addFiles(origin, { 'shared/called.yml': 'x', '.github/workflows/other.yml': 'x' });
    symlinkSync('../../shared/called.yml', path.join(origin, PATH));
    commit(origin, {});
    git(origin, 'tag', 'file');
    rmSync(path.join(origin, '.github/workflows'), { recursive: true });
    symlinkSync('../shared', path.join(origin, '.github/workflows'));
    commit(origin, {});
    git(origin, 'tag', 'folder');
    expect(await read(origin, 'file')).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining(PATH) });
    expect(await read(origin, 'folder')).toMatchObject({ kind: 'unavailable' });
  });
});

describe('what git does not have is to be found elsewhere', () => {
  const nowhere = (ref: string, what = 'a tag or a remote branch'): Answer => {
    return { kind: 'elsewhere', note: `The git of this checkout does not have ${what} ${ref}` };
  };

  test('a local branch, a name that is none, and a commit that is missing', async () => {
    const { folder } = published();
    git(folder, 'branch', 'local');
    expect(await read(folder, 'local')).toEqual(nowhere('local'));
    expect(await read(folder, 'refs/heads/local')).toEqual(nowhere('refs/heads/local'));
    expect(await read(folder, 'HEAD')).toEqual(nowhere('HEAD'));
    expect(await read(folder, 'gone')).toEqual(nowhere('gone'));
    expect(await read(folder, 'a'.repeat(40))).toEqual(nowhere('a'.repeat(40), 'the commit'));
  });

  test.each(['--help', '-x', 'main^', 'main~0', 'main:.github', 'main@{0}', 'ma in', 'main\nmain', '../main', '', '/'])(
    'a ref that git would read as more than a name: %j',
    async (ref) => {
      expect(await read(untouched().folder, ref)).toEqual(nowhere(ref));
    },
  );

  test('the history that a shallow clone left out', async () => {
    const origin = repository();
    const old = commit(origin, { [PATH]: 'old' });
    commit(origin, { [PATH]: 'new' });
    const folder = clone(origin, URL_OF_OURS, '--depth', '1');
    expect(await read(folder, 'main')).toMatchObject({ bytes: 'new' });
    expect(await read(folder, old)).toEqual(nowhere(old, 'the commit'));
  });

  test('a file that a partial clone left out', async () => {
    const origin = repository();
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    commit(origin, { [PATH]: 'x' });
    const folder = clone(origin, URL_OF_OURS, '--no-checkout', '--filter=blob:none');
    // Git may also end by a signal, when the program that it starts to fetch has gone before.
    expect(await read(folder, 'main')).toMatchObject({
      kind: 'elsewhere',
      note: expect.stringMatching(/^The git of this checkout cannot tell \(.+\)$/),
    });
  });

  test('a file whose object is missing, and that file alone', async () => {
    const folder = repository();
    commit(folder, { [PATH]: 'x', '.github/workflows/other.yml': 'other' });
    git(folder, 'tag', 'v1');
    const object = git(folder, 'rev-parse', `HEAD:${PATH}`);
    rmSync(path.join(folder, '.git', 'objects', object.slice(0, 2), object.slice(2)), { force: true });
    expect(await read(folder, 'v1')).toEqual(nowhere('v1'));
    expect(await read(folder, 'v1', { path: '.github/workflows/other.yml' })).toMatchObject({ bytes: 'other' });
  });

  test('another repository', async () => {
    const { folder } = untouched();
    expect(await read(folder, 'main', { name: 'other' })).toEqual({ kind: 'elsewhere', note: '' });
  });

  test('but of a commit that git has, also a file that is no workflow', async () => {
    const { folder } = untouched();
    const path = '.github/permissions-policy.yml';
    expect(await read(folder, 'main', { path })).toMatchObject({ kind: 'not-found' });
    const head = commit(folder, { [path]: 'version: 1' });
    expect(await read(folder, head, { path })).toMatchObject({ kind: 'found', bytes: 'version: 1', commit: head });
    expect(await read(folder, 'gone', { path })).toMatchObject({ kind: 'elsewhere' });
  });

  test('the branches of another remote', async () => {
    const { folder } = published();
    git(folder, 'config', 'remote.origin.url', 'https://github.com/mona/octo-repo');
    expect(await read(folder, 'main')).toEqual(nowhere('main'));
    git(folder, 'remote', 'rename', 'origin', 'fork');
    git(folder, 'remote', 'add', 'upstream', URL_OF_OURS);
    git(folder, 'update-ref', 'refs/remotes/upstream/main', 'light');
    expect(await read(folder, 'main')).toMatchObject({ bytes: 'one' });
  });

  test('a folder without git, and git that is not there', async () => {
    expect(await read(temporaryFolder(), 'main')).toEqual(nowhere('main'));
    const { folder } = published();
    const before = process.env.PATH;
    process.env.PATH = temporaryFolder();
    try {
      expect(await read(folder, 'main')).toMatchObject({ note: expect.stringContaining('no program "git" was found') });
    } finally {
      process.env.PATH = before;
    }
  });

  test('a repository whose data is damaged', async () => {
    const { folder } = published();
    renameSync(path.join(folder, '.git', 'objects'), path.join(folder, '.git', 'gone'));
    expect(await read(folder, 'main')).toMatchObject({ kind: 'elsewhere' });
  });
});

test('a bare clone has no remote branches, but tags', async () => {
  const { folder } = untouched();
  const bare = clone(folder, URL_OF_OURS, '--bare');
  expect(await read(bare, 'annotated')).toMatchObject({ bytes: 'one' });
  expect(await read(bare, 'main')).toMatchObject({ kind: 'elsewhere' });
});

test.each([
  ['a'.repeat(40), ['a'.repeat(40)]],
  ['v1', ['refs/tags/v1', 'refs/remotes/origin/v1', 'refs/remotes/up/v1']],
  ['refs/tags/v1', ['refs/tags/v1']],
  ['refs/heads/a/b', ['refs/remotes/origin/a/b', 'refs/remotes/up/a/b']],
  ['refs/pull/1/merge', []],
  ['HEAD', []],
])('what git calls %s', (ref, names) => {
  expect(gitNames(ref, ['origin', 'up'])).toEqual(names);
});

test.each<[string, string[]]>([
  ['[remote "origin"]\nurl = https://github.com/octo-org/octo-repo', ['origin']],
  ['[remote "origin"]\nurl = git@github.com:Octo-Org/octo-repo.git', ['origin']],
  ['[remote "x"]\nurl = https://github.com/octo-org/octo-repo\n[remote "origin"]\nurl = ../fork', ['x']],
  ['[remote "origin"]\nurl = /home/mona/octo-repo\n[remote "x"]\nurl = y', ['origin']],
  ['[remote "only"]\nurl = /home/mona/octo-repo', ['only']],
  ['[remote "a"]\nurl = x\n[remote "b"]\nurl = y', []],
  ['[remote "origin"]\nurl = https://github.com/mona/octo-repo', []],
  ['', []],
])('the remotes in %j', (config, remotes) => {
  expect(ownRemotes(temporaryFolder({ config }), NAME, isGitHubHost)).toEqual(remotes);
  expect(ownRemotes(temporaryFolder(), NAME, isGitHubHost)).toEqual([]);
});

test('files beside and below the workflows are those of the ref, too', async () => {
  const origin = repository();
  const names = ['.github/workflows/a/action.yml', '.github/workflows/Dockerfile', '.github/actions/b/action.yml'];
  commit(origin, Object.fromEntries(names.map((name) => [name, name])));
  const folder = clone(origin, URL_OF_OURS);
  for (const name of names) expect(await read(folder, 'main', { path: name })).toMatchObject({ bytes: name });
  expect(await read(folder, 'main', { path: '.github/workflows/b/action.yml' })).toMatchObject({ kind: 'not-found' });
});
