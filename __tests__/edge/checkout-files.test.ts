import { symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import {
  needsSources as sourcesWith,
  type CheckedFiles,
  type NeedsSources,
} from '../../src/edge/reading/needs-sources.ts';
import type { ReadCalledFile, RepositoryFile } from '../../src/model/called-file.ts';
import { clone, commit, git, repository } from './called-git.ts';
import { addFiles, temporaryFolder } from './temporary-folder.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;

const FILES = {
  'run.sh': 'echo run\n',
  'scripts/deep/a b.sh': 'echo deep\n',
  'marked.sh': '\uFEFFecho marked\n',
  'latin.sh': new Uint8Array([0x65, 0xe9, 0x0a]),
  'empty.sh': '',
  'big.sh': ' '.repeat(1_048_577),
  'huge.sh': ' '.repeat(3_000_000),
  'full.sh': ' '.repeat(1_048_576),
  '.github/actions/a/action.yml': 'name: a\n',
};

type Kind = 'folder' | 'commit';

/** Nothing is read of other repositories, unless a test says how. */
function needsSources(
  checked: CheckedFiles,
  read: ReadCalledFile = () => Promise.resolve({ kind: 'not-found', reason: 'not asked for' }),
): Promise<NeedsSources> {
  return sourcesWith(checked, read);
}

/** The readers for such files, as they lie in a folder or in a commit of which the folder has nothing more. */
async function sourcesOf(kind: Kind, links: Readonly<Record<string, string>> = {}): Promise<NeedsSources> {
  if (kind === 'folder') {
    const folder = path.join(temporaryFolder({ 'secret.txt': 'secret', 'own/.git/config': 'secret' }), 'own');
    addFiles(folder, FILES);
    for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(folder, name));
    return needsSources({ kind, folder });
  }
  const folder = repository();
  addFiles(folder, FILES);
  for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(folder, name));
  const made = commit(folder, {});
  git(folder, 'rm', '-rqf', '.');
  return needsSources({ kind, folder, commit: made, offline: true });
}

describe.each(['folder', 'commit'] as const)('the files of a %s', (kind) => {
  test('are read as text, from the root', async () => {
    const { readFile } = await sourcesOf(kind);
    expect(readFile('run.sh')).toBe('echo run\n');
    expect(readFile('scripts/deep/a b.sh')).toBe('echo deep\n');
    expect(readFile('./scripts/./nowhere/../deep//a b.sh')).toBe('echo deep\n');
    expect(readFile('scripts\\deep\\a b.sh')).toBe('echo deep\n');
    expect(readFile('marked.sh')).toBe('echo marked\n');
    expect(readFile('empty.sh')).toBe('');
    expect(readFile('full.sh')).toHaveLength(1_048_576);
  });

  test('are none where they are no text, too big or no files', async () => {
    const { readFile } = await sourcesOf(kind);
    for (const name of ['latin.sh', 'big.sh', 'huge.sh', 'scripts', 'scripts/', '.', '', 'run.sh/x', 'none', 'a\nb']) {
      expect([name, readFile(name)]).toEqual([name, null]);
    }
  });

  test('are none outside, and none of git', async () => {
    const { readFile } = await sourcesOf(kind);
    const names = [
      '../secret.txt',
      'scripts/../../secret.txt',
      '..\\secret.txt',
      '/etc/passwd',
      '\\\\server\\share\\x',
    ];
    for (const name of [...names, 'C:\\Windows\\win.ini', 'c:run.sh', '.git/config', '.GIT/config']) {
      expect([name, readFile(name)]).toEqual([name, null]);
    }
  });

  onlyPosix('are found behind links that stay inside', async () => {
    const { readFile, readLocal } = await sourcesOf(kind, {
      'in.sh': 'scripts/deep/a b.sh',
      folder: 'scripts',
      'out.txt': '../secret.txt',
      absolute: '/etc/passwd',
      up: '..',
      loop: 'loop',
      broken: 'none',
      git: '.git/config',
    });
    expect(readFile('in.sh')).toBe('echo deep\n');
    expect(readFile('folder/deep/a b.sh')).toBe('echo deep\n');
    for (const name of ['out.txt', 'absolute', 'up/secret.txt', 'loop', 'broken', 'git']) {
      expect([name, readFile(name)]).toEqual([name, null]);
      expect(await readLocal(name)).not.toMatchObject({ kind: 'found' });
    }
  });

  test('are given as bytes for actions, with the reason why not', async () => {
    const { readLocal } = await sourcesOf(kind);
    expect(await readLocal('.github/actions/a/action.yml')).toMatchObject({ kind: 'found', anyRef: false });
    expect(await readLocal('latin.sh')).toMatchObject({ kind: 'found', bytes: Buffer.from([0x65, 0xe9, 0x0a]) });
    expect(await readLocal('.github/actions/b/action.yml')).toMatchObject({ kind: 'not-found' });
    expect(await readLocal('../secret.txt')).toMatchObject({ kind: 'not-found' });
    expect(await readLocal('big.sh')).toMatchObject({ kind: 'unavailable' });
    expect(await readLocal('huge.sh')).toMatchObject({ kind: 'unavailable' });
  });
});

test('a file is read once', async () => {
  const folder = temporaryFolder({ 'run.sh': 'one' });
  const { readFile } = await needsSources({ kind: 'folder', folder });
  expect(readFile('run.sh')).toBe('one');
  addFiles(folder, { 'run.sh': 'two' });
  expect(readFile('./run.sh')).toBe('one');
});

test('the folder of a commit may be one within the checkout', async () => {
  const folder = repository();
  const made = commit(folder, { 'a/run.sh': 'inner', 'run.sh': 'outer' });
  const { readFile } = await needsSources({
    kind: 'commit',
    folder: path.join(folder, 'a'),
    commit: made,
    offline: true,
  });
  expect(readFile('run.sh')).toBe('inner');
  expect(readFile('../run.sh')).toBeNull();
});

test('the folder of a commit may be a bare repository, and what is not fetched is not there', async () => {
  const folder = repository();
  const made = commit(folder, { 'run.sh': 'x' });
  git(folder, 'config', 'uploadpack.allowFilter', 'true');
  const bare = clone(folder, 'https://github.com/octo/x', '--bare');
  const partial = clone(folder, 'https://github.com/octo/x', '--no-checkout', '--filter=blob:none');
  expect((await needsSources({ kind: 'commit', folder: bare, commit: made, offline: true })).readFile('run.sh')).toBe(
    'x',
  );
  const { readFile } = await needsSources({ kind: 'commit', folder: partial, commit: made, offline: true });
  expect(readFile('run.sh')).toBeNull();
});

test('without a checkout, actions are asked for at the commit, and scripts are not', async () => {
  const asked: RepositoryFile[] = [];
  const { readFile, readLocal } = await needsSources(
    {
      kind: 'api',
      repository: { owner: 'octo', name: 'own' },
      commit: 'c0ffee',
      prefix: 'sub/',
    },
    (file) => {
      asked.push(file);
      return Promise.resolve({ kind: 'not-found', reason: 'no' });
    },
  );
  expect(readFile('run.sh')).toBeNull();
  expect(await readLocal('a/action.yml')).toEqual({ kind: 'not-found', reason: 'no' });
  expect(asked).toEqual([{ owner: 'octo', name: 'own', path: 'sub/a/action.yml', ref: 'c0ffee' }]);
});

test('there must be such a folder', async () => {
  await expect(needsSources({ kind: 'folder', folder: path.join(temporaryFolder(), 'none') })).rejects.toThrow(/none/);
});
