import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { cacheFolder } from '../../src/edge/called/cache-folder.ts';
import { fileCache } from '../../src/edge/called/disk-cache.ts';
import { A, B, contentsServer, PATH, reader, textOf } from './called-api.ts';
import { temporaryFolder } from './temporary-folder.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;
const CACHED = { baseUrl: 'https://api.github.com', owner: 'octo-org', name: 'shared', path: PATH, commit: A };
const BYTES = Buffer.from('on: push\n');

/** A cache with one entry. */
async function filled(bytes: Uint8Array = BYTES): Promise<{ folder: string; entry: string }> {
  const folder = path.join(temporaryFolder(), 'a', 'b');
  await fileCache(folder).write(CACHED, bytes);
  const [name = 'none', ...more] = readdirSync(folder);
  expect(more).toEqual([]);
  return { folder, entry: path.join(folder, name) };
}

describe('an entry', () => {
  test('comes back as it was, for the same file at the same commit of the same server only', async () => {
    const { folder } = await filled();
    const { read } = fileCache(folder);
    expect(await read(CACHED)).toEqual(BYTES);
    expect(await read({ ...CACHED, owner: 'Octo-Org' })).toEqual(BYTES);
    for (const other of [{ baseUrl: 'x' }, { owner: 'x' }, { name: 'x' }, { path: 'x' }, { commit: B }]) {
      expect(await read({ ...CACHED, ...other })).toBeNull();
    }
  });

  test.each([0, 1_048_576])('of %d bytes', async (length) => {
    const { folder } = await filled(Buffer.alloc(length, 10));
    expect((await fileCache(folder).read(CACHED))?.length).toBe(length);
  });

  test('is not made of a file over the limit, which is not whole', async () => {
    const folder = temporaryFolder();
    await fileCache(folder).write(CACHED, Buffer.alloc(1_048_577));
    expect(readdirSync(folder)).toEqual([]);
  });

  onlyPosix('is for nobody else, and its name tells nothing', async () => {
    const { folder, entry } = await filled();
    expect(path.basename(entry)).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(entry).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(path.dirname(folder)).mode & 0o777).toBe(0o700);
  });

  onlyPosix('is for nobody else even in a folder that was open', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    await fileCache(folder).write(CACHED, BYTES);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('that was changed, cut or moved is as if it were not there', async () => {
    const { folder, entry } = await filled();
    const { read } = fileCache(folder);
    const good = readFileSync(entry);
    const bad = [
      Buffer.concat([good, Buffer.from('x')]),
      good.subarray(0, -1),
      good.subarray(0, 10),
      Buffer.of(),
      Buffer.from(good.toString().replace('push', 'fork')),
      Buffer.from(good.toString().replace(A, B)),
      Buffer.from(good.toString().replace('file 1', 'file 2')),
      Buffer.alloc(3_000_000),
    ];
    for (const bytes of bad) {
      writeFileSync(entry, bytes);
      expect(await read(CACHED)).toBeNull();
    }
    writeFileSync(entry, good);
    expect(await read(CACHED)).toEqual(BYTES);
  });

  onlyPosix('that is a link or a folder is as if it were not there', async () => {
    const { folder, entry } = await filled();
    const target = path.join(temporaryFolder(), 'x');
    const { name } = { name: path.basename(entry) };
    const other = temporaryFolder();
    writeFileSync(target, readFileSync(entry));
    symlinkSync(target, path.join(other, name));
    expect(await fileCache(other).read(CACHED)).toBeNull();
    const third = temporaryFolder();
    mkdirSync(path.join(third, name));
    expect(await fileCache(third).read(CACHED)).toBeNull();
    await fileCache(third).write(CACHED, BYTES);
    expect(readdirSync(third)).toEqual([name]);
    expect(await fileCache(folder).read(CACHED)).toEqual(BYTES);
  });

  test('that two write at once is whole', async () => {
    const { folder } = await filled();
    const cache = fileCache(folder);
    await Promise.all(Array.from({ length: 20 }, () => cache.write(CACHED, BYTES)));
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await cache.read(CACHED)).toEqual(BYTES);
  });
});

describe('a folder that cannot be used is no error', () => {
  test('a file stands there', async () => {
    const cache = fileCache(path.join(temporaryFolder({ x: '' }), 'x'));
    await cache.write(CACHED, BYTES);
    expect(await cache.read(CACHED)).toBeNull();
  });

  onlyPosix('a link stands there', async () => {
    const target = temporaryFolder();
    const link = path.join(temporaryFolder(), 'link');
    symlinkSync(target, link);
    await fileCache(link).write(CACHED, BYTES);
    expect(readdirSync(target)).toEqual([]);
  });
});

test.each<[NodeJS.ProcessEnv, NodeJS.Platform, string | null]>([
  [{ XDG_CACHE_HOME: '/x', HOME: '/home/mona' }, 'linux', '/x/effective-permissions'],
  [{ XDG_CACHE_HOME: 'x', HOME: '/home/mona' }, 'linux', '/home/mona/.cache/effective-permissions'],
  [{ XDG_CACHE_HOME: '', HOME: '/home/mona' }, 'darwin', '/home/mona/.cache/effective-permissions'],
  [{ HOME: '' }, 'linux', null],
  [{}, 'linux', null],
  [{ LOCALAPPDATA: 'C:\\Mona' }, 'win32', 'C:\\Mona\\effective-permissions'],
  [{ HOME: '/home/mona' }, 'win32', null],
])('the folder for %j on %s', (env, platform, folder) => {
  expect(cacheFolder(env, platform)).toBe(folder);
});

describe('reading through the API', () => {
  const contents = { commits: { 'octo-org/shared@v1': A }, files: { [`octo-org/shared@${A}/${PATH}`]: 'x' } };

  test('asks for a file once in two runs, and for what a ref means each time', async () => {
    const api = await contentsServer(contents);
    const folder = temporaryFolder();
    for (let run = 0; run < 2; run += 1) {
      const read = reader(api, { cache: fileCache(folder) });
      expect([textOf(await read()), textOf(await read({ ref: A }))]).toEqual(['x', 'x']);
    }
    expect(api.requests.map(({ line }) => line)).toEqual([
      'GET /repos/octo-org/shared/commits/v1',
      `GET /repos/octo-org/shared/contents/${PATH}?ref=${A}`,
      'GET /repos/octo-org/shared/commits/v1',
    ]);
  });

  test('asks again when the entry was cut, and mends it', async () => {
    const api = await contentsServer(contents);
    const folder = temporaryFolder();
    const read = async (): Promise<string> => textOf(await reader(api, { cache: fileCache(folder) })({ ref: A }));
    await read();
    truncateSync(path.join(folder, readdirSync(folder)[0] ?? ''), 20);
    expect([await read(), await read()]).toEqual(['x', 'x']);
    expect(api.requests).toHaveLength(2);
  });

  test('keeps nothing of what was not found', async () => {
    const api = await contentsServer(contents);
    const folder = temporaryFolder();
    await reader(api, { cache: fileCache(folder) })({ ref: B });
    expect(readdirSync(folder)).toEqual([]);
  });
});
