import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { repositoriesFolder } from '../../src/edge/called/repositories-folder.ts';
import type { RepositoryFile } from '../../src/model/called-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;
const NAME = '.github/workflows/called.yml';
const SHA = 'A1'.repeat(20);

async function read(folder: string, file: Partial<RepositoryFile> = {}): Promise<Record<string, unknown>> {
  const found = await repositoriesFolder(folder)({
    owner: 'octo-org',
    name: 'shared',
    path: NAME,
    ref: 'v1',
    ...file,
  });
  return found.kind === 'found' ? { ...found, bytes: Buffer.from(found.bytes).toString() } : { ...found };
}

const ELSEWHERE = { kind: 'elsewhere', note: '' };

describe('a checkout', () => {
  test('at the ref', async () => {
    const folder = temporaryFolder({ [`octo-org/shared@v1/${NAME}`]: 'one', [`octo-org/shared@v2/${NAME}`]: 'two' });
    expect(await read(folder)).toEqual({ kind: 'found', bytes: 'one', commit: null, anyRef: false });
    expect(await read(folder, { ref: 'v2' })).toMatchObject({ bytes: 'two' });
    expect(await read(folder, { ref: 'v3' })).toEqual(ELSEWHERE);
    expect(await read(folder, { ref: '1' })).toEqual(ELSEWHERE);
  });

  test('for any ref', async () => {
    const folder = temporaryFolder({ [`octo-org/shared/${NAME}`]: 'any', [`octo-org/shared@v2/${NAME}`]: 'two' });
    expect(await read(folder)).toEqual({ kind: 'found', bytes: 'any', commit: null, anyRef: true });
    expect(await read(folder, { ref: 'v2' })).toMatchObject({ bytes: 'two', anyRef: false });
  });

  test('of a ref with slashes, and of a commit', async () => {
    const folder = temporaryFolder({
      [`octo-org/shared@feature%2Fx/${NAME}`]: 'x',
      [`octo-org/shared@${SHA}/${NAME}`]: 'sha',
      [`octo-org/shared@feature/y/${NAME}`]: 'y',
    });
    expect(await read(folder, { ref: 'feature/x' })).toMatchObject({ bytes: 'x', commit: null });
    expect(await read(folder, { ref: 'feature/y' })).toEqual(ELSEWHERE);
    expect(await read(folder, { ref: SHA })).toMatchObject({ bytes: 'sha', commit: SHA.toLowerCase() });
  });

  test('whatever the case of its owner and name, but not of its ref or its file', async () => {
    const folder = temporaryFolder({ [`Octo-Org/Shared@v1/${NAME}`]: 'one' });
    expect(await read(folder)).toMatchObject({ bytes: 'one' });
    expect(await read(folder, { ref: 'V1' })).toEqual(ELSEWHERE);
    expect(await read(folder, { path: '.github/workflows/Called.yml' })).toMatchObject({ kind: 'not-found' });
  });

  test("of an owner's .github", async () => {
    const folder = temporaryFolder({ [`octo-org/.github@main/${NAME}`]: 'x', [`mona/.github/${NAME}`]: 'y' });
    expect(await read(folder, { name: '.github', ref: 'main' })).toMatchObject({ bytes: 'x' });
    expect(await read(folder, { owner: 'mona', name: '.github' })).toMatchObject({ bytes: 'y', anyRef: true });
  });

  onlyPosix('with a file that is no workflow, and nothing outside of it', async () => {
    const folder = temporaryFolder({
      'octo-org/shared@v1/policy.yml': 'version: 1',
      'octo-org/secret': 'x',
      secret: 'x',
    });
    symlinkSync('../../secret', path.join(folder, 'octo-org/shared@v1/out.yml'));
    expect(await read(folder, { path: 'policy.yml' })).toMatchObject({ kind: 'found', bytes: 'version: 1' });
    for (const name of ['gone.yml', 'out.yml', '../secret', '.git/config']) {
      expect(await read(folder, { path: name })).toMatchObject({ kind: 'not-found' });
    }
  });

  test('that does not have the file is the last word', async () => {
    const folder = temporaryFolder({ 'octo-org/shared@v1/readme.md': '', [`octo-org/shared/${NAME}`]: 'any' });
    expect(await read(folder)).toEqual({
      kind: 'not-found',
      reason: `There is no file ${NAME} in ${folder.replaceAll('\\', '/')}/octo-org/shared@v1`,
    });
  });

  test('with a file over the limit', async () => {
    const folder = temporaryFolder({ [`octo-org/shared@v1/${NAME}`]: Buffer.alloc(2 ** 21, 32) });
    expect(String((await read(folder)).bytes)).toHaveLength(2 ** 20 + 1);
  });
});

describe('nothing outside of the folder is read', () => {
  /** The folder to read, and next to it what must not be read. */
  function withNeighbour(): { folder: string; outside: string } {
    const parent = temporaryFolder({ [`outside/shared@v1/${NAME}`]: 'secret', [`outside/x/${NAME}`]: 'secret' });
    mkdirSync(path.join(parent, 'folder', 'octo-org'), { recursive: true });
    return { folder: path.join(parent, 'folder'), outside: path.join(parent, 'outside') };
  }

  test.each([
    [{ owner: '..', name: 'outside' }],
    [{ owner: '..', name: 'x' }],
    [{ owner: '.', name: '..' }],
    [{ name: '../../outside/shared' }],
    [{ name: '..', ref: '../outside/x' }],
    [{ ref: '/../../../outside/shared@v1' }],
    [{ owner: '', name: '' }],
  ])('names %j', async (file) => {
    expect(await read(withNeighbour().folder, file)).toEqual(ELSEWHERE);
  });

  onlyPosix('a link in place of an owner', async () => {
    const { folder, outside } = withNeighbour();
    symlinkSync(outside, path.join(folder, 'mona'));
    expect(await read(folder, { owner: 'mona' })).toEqual(ELSEWHERE);
  });

  onlyPosix('a link in place of a repository', async () => {
    const { folder, outside } = withNeighbour();
    symlinkSync(path.join(outside, 'shared@v1'), path.join(folder, 'octo-org', 'shared@v1'));
    expect(await read(folder)).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringMatching(/ A symbolic link leads out of the folder of repositories\.$/),
    });
  });

  onlyPosix('a link in place of a file', async () => {
    const { folder, outside } = withNeighbour();
    mkdirSync(path.join(folder, 'octo-org/shared@v1/.github/workflows'), { recursive: true });
    symlinkSync(path.join(outside, 'x', NAME), path.join(folder, 'octo-org/shared@v1', NAME));
    expect(await read(folder)).toMatchObject({ kind: 'unavailable' });
  });

  onlyPosix('links inside of it are followed', async () => {
    const folder = temporaryFolder({ [`octo-org/shared@v1.2/${NAME}`]: 'one' });
    symlinkSync('shared@v1.2', path.join(folder, 'octo-org', 'shared@v1'));
    expect(await read(folder)).toMatchObject({ bytes: 'one' });
  });

  onlyPosix('a link that leads nowhere', async () => {
    const folder = temporaryFolder({ 'octo-org/x': '' });
    symlinkSync('gone', path.join(folder, 'octo-org', 'shared@v1'));
    expect(await read(folder)).toMatchObject({ kind: 'unavailable' });
  });
});

test('a file where a folder should be', async () => {
  const folder = temporaryFolder({ mona: '', 'octo-org/shared@v1': '' });
  expect(await read(folder, { owner: 'mona' })).toEqual(ELSEWHERE);
  expect(await read(folder)).toMatchObject({ kind: 'unavailable' });
});

test('no such folder', () => {
  expect(() => repositoriesFolder('/no/such/folder')).toThrow('No such folder: /no/such/folder');
});

test('files beside and below the workflows are found, too', async () => {
  const names = ['.github/workflows/a/action.yml', '.github/workflows/Dockerfile', '.github/actions/b/action.yml'];
  const folder = temporaryFolder(Object.fromEntries(names.map((name) => [`octo-org/shared@v1/${name}`, name])));
  for (const name of names) expect(await read(folder, { path: name })).toMatchObject({ bytes: name });
  expect(await read(folder, { path: '.github/workflows/b/action.yml' })).toMatchObject({ kind: 'not-found' });
});
