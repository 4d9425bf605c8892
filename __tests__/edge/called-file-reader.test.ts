import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { checkWithCalls } from '../../src/check.ts';
import { calledFileReader, type CalledFilePlaces } from '../../src/edge/called/called-file-reader.ts';
import { gitHubHosts } from '../../src/edge/git/git-remote.ts';
import type { RepositoryFile } from '../../src/model/called-file.ts';
import { A, B, contentsServer, FILE, PATH, textOf } from './called-api.ts';
import { commit, git, repository } from './called-git.ts';
import { sendJson, type FakeApi } from './fake-api.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CALLED = 'on: workflow_call\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: "true"\n';

const NOWHERE: CalledFilePlaces = {
  own: null,
  repositories: null,
  offline: '--offline',
  server: { kind: 'none', reason: 'there is no server' },
  cacheFolder: null,
};

function serverAt({ url: baseUrl }: FakeApi): Partial<CalledFilePlaces> {
  return { offline: null, server: { kind: 'server', baseUrl, token: 'secret', tokenName: 'GH_TOKEN' } };
}

function ownAt(folder: string): Partial<CalledFilePlaces> {
  const { owner, name } = FILE;
  return { own: { folder, repository: { owner, name }, isGitHubHost: gitHubHosts({}, false) } };
}

async function read(places: Partial<CalledFilePlaces>, file: Partial<RepositoryFile> = {}): Promise<string> {
  return textOf(await calledFileReader({ ...NOWHERE, ...places })({ ...FILE, ...file }));
}

const THROUGH_API = { commits: { 'octo-org/shared@v1': A }, files: { [`octo-org/shared@${A}/${PATH}`]: 'api' } };

/** A checkout of the called repository with a tag `v1`. */
function ownCheckout(): string {
  const folder = repository();
  commit(folder, { [PATH]: 'git' });
  git(folder, 'tag', 'v1');
  return folder;
}

describe('the first place that can tell wins', () => {
  test('git, then the folder, then the API', async () => {
    const api = await contentsServer(THROUGH_API);
    const own = ownAt(ownCheckout());
    const repositories = temporaryFolder({ [`octo-org/shared@v1/${PATH}`]: 'folder' });
    expect(await read({ ...own, repositories, ...serverAt(api) })).toBe('git');
    expect(await read({ repositories, ...serverAt(api) })).toBe('folder');
    expect(api.requests).toEqual([]);
    expect(await read(serverAt(api))).toBe('api');
  });

  test('a ref that git does not have is looked for in the others', async () => {
    const api = await contentsServer({
      commits: { 'octo-org/shared@v3': A },
      files: { [`octo-org/shared@${A}/${PATH}`]: 'api' },
    });
    const places = {
      ...ownAt(ownCheckout()),
      repositories: temporaryFolder({ [`octo-org/shared@v2/${PATH}`]: 'folder' }),
      ...serverAt(api),
    };
    expect(await read(places, { ref: 'v2' })).toBe('folder');
    expect(await read(places, { ref: 'v3' })).toBe('api');
  });

  test('a file that git or the folder certainly does not have is not looked for in the others', async () => {
    const path = '.github/workflows/other.yml';
    const api = await contentsServer({ ...THROUGH_API, files: { [`octo-org/shared@${A}/${path}`]: 'api' } });
    expect(await read({ ...ownAt(ownCheckout()), ...serverAt(api) }, { path })).toMatch(/^not-found: /);
    const repositories = temporaryFolder({ 'octo-org/shared/readme.md': '' });
    expect(await read({ repositories, ...serverAt(api) }, { path })).toMatch(/^not-found: /);
    expect(api.requests).toEqual([]);
  });
});

describe('what cannot be read says why', () => {
  test('offline makes no request', async () => {
    const api = await contentsServer(THROUGH_API);
    expect(await read({ ...serverAt(api), offline: '--offline' })).toBe('unavailable: --offline forbids the network');
    expect(await read({ ...serverAt(api), ...ownAt(ownCheckout()), offline: '--offline' }, { ref: 'v2' })).toBe(
      'unavailable: The git of this checkout does not have a tag or a remote branch v2; --offline forbids the network',
    );
    expect(api.requests).toEqual([]);
  });

  test('no server', async () => {
    expect(await read({ offline: null })).toBe('unavailable: there is no server');
  });

  test.each(['..', '.', 'a b', '-x', ''])('the owner %j', async (owner) => {
    const api = await contentsServer(THROUGH_API);
    const repositories = temporaryFolder({ [`shared@v1/${PATH}`]: 'x' });
    expect(await read({ repositories, ...serverAt(api) }, { owner })).toBe(
      `not-found: No repository can have the name ${owner}/shared`,
    );
    expect(await read({ repositories, ...serverAt(api) }, { name: '..' })).toMatch(/^not-found: No repository/);
    expect(api.requests).toEqual([]);
  });

  test('a folder that does not exist is a mistake of the user', () => {
    expect(() => calledFileReader({ ...NOWHERE, repositories: '/no/such/folder' })).toThrow('No such folder');
  });

  const asUser = process.platform === 'win32' || process.getuid?.() === 0 ? test.skip : test;
  asUser('a cache that cannot be written is no error', async () => {
    const cacheFolder = temporaryFolder();
    chmodSync(cacheFolder, 0o500);
    expect(await read({ ...serverAt(await contentsServer(THROUGH_API)), cacheFolder })).toBe('api');
  });

  test('nor is one that is a file', async () => {
    const cacheFolder = path.join(temporaryFolder(), 'x');
    writeFileSync(cacheFolder, '');
    expect(await read({ ...serverAt(await contentsServer(THROUGH_API)), cacheFolder })).toBe('api');
  });
});

test('progress is told', async () => {
  const told: string[] = [];
  const onProgress = (done: number, asked: number): unknown => told.push(`${done}/${asked}`);
  const api = await contentsServer(THROUGH_API);
  const reading = calledFileReader({ ...NOWHERE, ...serverAt(api), onProgress });
  await Promise.all([reading(FILE), reading({ ...FILE, ref: 'v2' })]);
  expect(told).toEqual(['0/1', '0/2', '1/2', '2/2']);
});

describe('a whole check', () => {
  const SETTINGS = {
    platform: { kind: 'github.com' },
    repository: { owner: 'octo-org', name: 'octo-repo' },
    visibility: 'unknown',
    defaultPermissions: { value: 'unknown', source: 'none' },
    forkPullRequests: 'unknown',
  } as const;
  const OPTIONS = { toolVersion: '0', failOn: 'error' } as const;

  function caller(index: number, uses: string): { path: string; bytes: Uint8Array } {
    const text = `on: push\njobs:\n  call:\n    uses: ${uses}\n`;
    return { path: `.github/workflows/caller-${index}.yml`, bytes: Buffer.from(text) };
  }

  test('with 500 callers asks for each file once, and for each commit once', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `.github/workflows/c${index}.yml`);
    const nested = CALLED.replace(/jobs:[^]*/, `jobs:\n  n:\n    uses: ./${PATH}\n`);
    const api = await contentsServer({
      commits: { 'octo-org/shared@v1': A, 'octo-org/shared@v2': B },
      files: Object.fromEntries(
        [A, B].flatMap((at) => [
          [`octo-org/shared@${at}/${PATH}`, CALLED],
          ...names.map((name) => [`octo-org/shared@${at}/${name}`, nested]),
        ]),
      ),
    });
    const callers = Array.from({ length: 500 }, (_, index) =>
      caller(index, `octo-org/shared/${names[index % 50] ?? ''}@v${index % 2 === 0 ? 1 : 2}`),
    );
    const reading = calledFileReader({ ...NOWHERE, ...serverAt(api) });
    const report = await checkWithCalls(callers, SETTINGS, OPTIONS, reading);
    expect(new Set(report.workflows.map(({ outcome }) => outcome))).toEqual(new Set(['ok']));
    // 25 names at each of two refs, the file that these call at each commit, and two commits.
    expect(api.requests).toHaveLength(2 * (25 + 1 + 1));
    expect(new Set(api.requests.map(({ line }) => line)).size).toBe(api.requests.length);
  });

  test.each<[string, string, RegExp]>([
    ['is no YAML', '{', /^startup_failure/],
    ['is too big', ' '.repeat(2 ** 21), /^startup_failure/],
    ['may not be read', '', /^unresolved/],
  ])('of a called file that %s', async (_, content, outcome) => {
    const api = await contentsServer(
      { ...THROUGH_API, files: { [`octo-org/shared@${A}/${PATH}`]: content } },
      (_request, response) => content === '' && sendJson(response, 403, { message: 'no' }),
    );
    const reading = calledFileReader({ ...NOWHERE, ...serverAt(api) });
    const report = await checkWithCalls([caller(0, `octo-org/shared/${PATH}@v1`)], SETTINGS, OPTIONS, reading);
    expect(report.workflows[0]?.outcome).toMatch(outcome);
  });
});
