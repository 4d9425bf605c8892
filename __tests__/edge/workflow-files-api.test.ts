import { describe, expect, test } from '@jest/globals';

import { openApi, PATIENCE, type Patience } from '../../src/edge/github/github-api.ts';
import { readWorkflowFilesFromApi } from '../../src/edge/github/workflow-files-api.ts';
import { COMMIT, fakeApi, LINK_TO, sendJson, SUBMODULE, type Entry, type FakeApi } from './fake-api.ts';
import { WORKFLOW } from './temporary-folder.ts';

const REPOSITORY = { owner: 'octo-org', name: 'octo-repo' };

/** Reads with a clock that does not really wait, and writes down how long it would have. */
async function read(api: FakeApi, waits: number[] = [], patience: Partial<Patience> = {}): Promise<unknown> {
  const sleep = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  const get = await openApi({ baseUrl: api.url, token: 'secret' }, { ...PATIENCE, sleep, ...patience });
  const sources = await readWorkflowFilesFromApi(get, REPOSITORY, COMMIT);
  return Object.fromEntries(
    sources.map((source) => [source.path, 'error' in source ? source.error : Buffer.from(source.bytes).toString()]),
  );
}

function withFiles(files: Entry): Entry {
  return { '.github': { workflows: files, 'dependabot.yml': '' }, 'readme.md': '' };
}

const ONE = withFiles({ 'a.yml': WORKFLOW });
const ONE_READ = { '.github/workflows/a.yml': WORKFLOW };
const FAILED = `The workflow files of octo-org/octo-repo at ${COMMIT} could not be read through the API`;
const GIVE_RIGHTS =
  'Give the job "permissions: contents: read" and the input github-token a token that may read the repository, or ' +
  'check the repository out first with actions/checkout.';
const AGAIN = 'Run this again later, or check the repository out first with actions/checkout.';

describe('what the commit has', () => {
  test('is read with three requests and one for each file', async () => {
    const api = await fakeApi(
      withFiles({
        'z.yml': 'z',
        'a.yaml': WORKFLOW.repeat(20),
        'readme.md': '',
        'upper.YML': '',
        'folder.yml': { 'x.yml': '' },
        'new\nline ünï.yml': '\ufeffx',
      }),
    );
    expect(await read(api)).toEqual({
      '.github/workflows/a.yaml': WORKFLOW.repeat(20),
      '.github/workflows/new\nline ünï.yml': '\ufeffx',
      '.github/workflows/z.yml': 'z',
    });
    expect(api.requests).toHaveLength(6);
    expect(api.requests[0]?.line).toBe(`GET /repos/octo-org/octo-repo/git/trees/${COMMIT}`);
    expect(new Set(api.requests.map(({ authorization }) => authorization))).toEqual(new Set(['token secret']));
  });

  test('links and submodules are no files', async () => {
    const api = await fakeApi(withFiles({ 'a.yml': 'a', 'link.yml': `${LINK_TO}a.yml`, 'module.yml': SUBMODULE }));
    expect(await read(api)).toEqual({
      '.github/workflows/a.yml': 'a',
      '.github/workflows/link.yml': 'This is a symbolic link, which GitHub does not follow. Put the file itself here.',
      '.github/workflows/module.yml': 'This is a submodule, not a file. Put the file itself here.',
    });
  });

  test.each<[string, Entry, string]>([
    ['.github', { '.github': `${LINK_TO}shared` }, '.github'],
    ['the folder', { '.github': { workflows: `${LINK_TO}../shared` } }, '.github/workflows'],
  ])('%s is a link', async (_, root, path) => {
    expect(Object.keys((await read(await fakeApi(root))) as object)).toEqual([path]);
  });

  test.each<[string, Entry]>([
    ['nothing', {}],
    ['no .github', { 'readme.md': '' }],
    ['no folder of workflows', { '.github': { 'dependabot.yml': '' } }],
    ['a file where the folder should be', { '.github': { workflows: 'x' } }],
    ['no workflow file', withFiles({ 'readme.md': '' })],
  ])('%s: none', async (_, root) => {
    expect(await read(await fakeApi(root))).toEqual({});
  });

  test('no commit at all: none', async () => {
    const api = await fakeApi({}, (_, response) => sendJson(response, 409, { message: 'Git Repository is empty.' }));
    expect(await read(api)).toEqual({});
  });

  test('more than a thousand files', async () => {
    const files = Object.fromEntries(Array.from({ length: 1100 }, (_, index) => [`${index}.yml`, `${index}`]));
    const found = await read(await fakeApi(withFiles(files)));
    expect(Object.keys(found as object)).toHaveLength(1100);
    expect(found).toMatchObject({ '.github/workflows/1099.yml': '1099' });
  });

  test('a file over the limit is not fetched', async () => {
    const api = await fakeApi(
      withFiles({ 'big.yml': new Uint8Array(1_048_577), 'full.yml': new Uint8Array(1_048_576) }),
    );
    const found = (await read(api)) as Record<string, string>;
    expect(Object.values(found).map((text) => text.length)).toEqual([1_048_577, 1_048_576]);
    expect(api.requests).toHaveLength(4);
  });

  test('bytes that are no text', async () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0x0a);
    const api = await fakeApi(withFiles({ 'a.yml': bytes }));
    const get = await openApi({ baseUrl: api.url, token: 'secret' });
    expect(await readWorkflowFilesFromApi(get, REPOSITORY, COMMIT)).toEqual([
      { path: '.github/workflows/a.yml', bytes: Buffer.from(bytes) },
    ]);
  });

  test('a server below a path, as GitHub Enterprise Server has it', async () => {
    const api = await fakeApi(ONE);
    expect(await read({ ...api, url: `${api.url}/api/v3` })).toEqual(ONE_READ);
    expect(api.requests[0]?.line).toBe(`GET /api/v3/repos/octo-org/octo-repo/git/trees/${COMMIT}`);
  });
});

describe('a refusal is not repeated, and says what to do', () => {
  test.each([
    [401, 'Bad credentials'],
    [403, 'Resource not accessible by integration'],
    [404, 'Not Found'],
  ])('%d', async (status, message) => {
    const api = await fakeApi(ONE, (_, response) => sendJson(response, status, { message }));
    await expect(read(api)).rejects.toThrow(`${FAILED} ("HTTP ${status}: ${message}"). ${GIVE_RIGHTS}`);
    expect(api.requests).toHaveLength(1);
  });

  test('422', async () => {
    const api = await fakeApi(ONE, (_, response) =>
      sendJson(response, 422, { message: 'Validation\n::error::Failed' }),
    );
    await expect(read(api)).rejects.toThrow(`${FAILED} ("HTTP 422: Validation ::error::Failed"). ${AGAIN}`);
  });

  test('a folder that is too big to be listed', async () => {
    const api = await fakeApi(ONE, (_, response) => sendJson(response, 200, { tree: [], truncated: true }));
    await expect(read(api)).rejects.toThrow(`${FAILED} ("the folder has more files than the API lists"). ${AGAIN}`);
  });
});

describe('what may be better next time is asked for again', () => {
  test.each<[string, number, object, number[]]>([
    ['500', 500, {}, [1000, 2000]],
    ['502 with a wait', 502, { 'retry-after': '3' }, [3000, 3000]],
    ['429', 429, {}, [1000, 2000]],
    ['429 with a wait', 429, { 'retry-after': '7' }, [7000, 7000]],
    ['a secondary limit', 403, { 'retry-after': '60' }, [60_000, 60_000]],
    ['no wait', 429, { 'retry-after': '0' }, [0, 0]],
    ['a wait in another form', 429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, [1000, 2000]],
  ])('%s', async (_, status, headers, expected) => {
    const api = await fakeApi(ONE, (_request, response, count) =>
      count < 2 ? sendJson(response, status, { message: 'slow down' }, headers) : false,
    );
    const waits: number[] = [];
    expect(await read(api, waits)).toEqual(ONE_READ);
    expect(waits.slice(0, 2)).toEqual(expected);
  });

  test('a secondary limit that gives no wait', async () => {
    const message = 'You have exceeded a secondary rate limit';
    const api = await fakeApi(ONE, (_, response, count) => count < 1 && sendJson(response, 403, { message }));
    expect(await read(api)).toEqual(ONE_READ);
  });

  test('a limit that ends soon', async () => {
    const api = await fakeApi(ONE, (_, response, count) => {
      const reset = Math.ceil(Date.now() / 1000) + 20;
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` };
      return count < 1 && sendJson(response, 403, { message: 'API rate limit exceeded' }, headers);
    });
    const waits: number[] = [];
    expect(await read(api, waits)).toEqual(ONE_READ);
    expect(waits[0]).toBeGreaterThan(15_000);
    expect(waits[0]).toBeLessThanOrEqual(21_000);
  });

  test.each([-1, 1])('a limit that ends soon by the clock of the server, while ours is %d days off', async (days) => {
    const api = await fakeApi(ONE, (_, response, count) => {
      const theirs = Date.now() + days * 24 * 60 * 60 * 1000;
      const reset = Math.ceil(theirs / 1000) + 20;
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` };
      const date = new Date(theirs).toUTCString();
      return count < 1 && sendJson(response, 403, { message: 'API rate limit exceeded' }, { ...headers, date });
    });
    const waits: number[] = [];
    expect(await read(api, waits)).toEqual(ONE_READ);
    expect(waits[0]).toBeGreaterThan(15_000);
    expect(waits[0]).toBeLessThanOrEqual(22_000);
  });

  test.each<[string, object]>([
    ['retry-after', { 'retry-after': '61' }],
    ['the reset of the limit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${Date.now() / 1000 + 3600}` }],
  ])('but not when that takes too long: %s', async (_, headers) => {
    const api = await fakeApi(ONE, (_request, response) => sendJson(response, 403, { message: 'limit' }, headers));
    await expect(read(api)).rejects.toThrow(
      /^The API at http:\S+ asks for a wait of \d+ s \("HTTP 403: limit"\)\. Run this again later, or check the repository out first with actions\/checkout, which needs no API\.$/,
    );
    expect(api.requests).toHaveLength(1);
  });

  test('but not for ever', async () => {
    const api = await fakeApi(ONE, (_, response) => sendJson(response, 500, { message: 'broken' }));
    const waits: number[] = [];
    await expect(read(api, waits)).rejects.toThrow(`${FAILED} ("HTTP 500: broken"). ${AGAIN}`);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test('nor when all requests together have taken too long', async () => {
    const api = await fakeApi(ONE, (_, response) => sendJson(response, 500, { message: 'broken' }));
    await expect(read(api, [], { total: 500 })).rejects.toThrow(`${FAILED} ("HTTP 500: broken"). ${AGAIN}`);
    expect(api.requests).toHaveLength(1);
  });

  test('no answer at all', async () => {
    const api = await fakeApi(ONE, (_, response, count) => {
      if (count < 1) response.destroy();
      return count < 1;
    });
    expect(await read(api)).toEqual(ONE_READ);
  });

  test('no server', async () => {
    const port = await fakeApi(ONE);
    const url = port.url.replace(/:\d+$/, ':1');
    await expect(read({ ...port, url })).rejects.toThrow(`${FAILED} (`);
  });

  test('an answer that breaks off, is too slow, or is no JSON', async () => {
    const body = JSON.stringify({ tree: [], truncated: false });
    const headers = { 'content-type': 'application/json', 'content-length': `${body.length}` };
    const api = await fakeApi(ONE, (_, response, count) => {
      if (count === 0) response.writeHead(200, headers).write(body.slice(0, 5), () => response.destroy());
      if (count === 1) response.writeHead(200, headers).write(body.slice(0, 5));
      if (count === 2) response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Unicorn');
      return count < 3;
    });
    expect(await read(api, [], { timeout: 1000 })).toEqual(ONE_READ);
  });

  test('a server that is silent', async () => {
    const api = await fakeApi(ONE, () => true);
    await expect(read(api, [], { timeout: 100 })).rejects.toThrow(
      `${FAILED} ("there was no answer within 0.1 s"). ${AGAIN}`,
    );
    expect(api.requests).toHaveLength(4);
  });

  test('one file that cannot be had hides no other', async () => {
    const api = await fakeApi(withFiles({ 'a.yml': 'a', 'b.yml': 'b' }), ({ url }, response) => {
      // The name of the object that holds `a`.
      const isA = url?.endsWith('/86f7e437faa5a7fce15d1ddcb9eaeaea377667b8');
      return isA === true && sendJson(response, 500, { message: 'broken' });
    });
    expect(await read(api)).toEqual({
      '.github/workflows/a.yml': 'The API did not give this file (HTTP 500: broken).',
      '.github/workflows/b.yml': 'b',
    });
  });

  test('a file that comes incomplete is none', async () => {
    const api = await fakeApi(ONE, ({ url }, response) => {
      return url?.includes('/blobs/') === true && sendJson(response, 200, { content: 'eA==', encoding: 'base64' });
    });
    expect(await read(api)).toEqual({
      '.github/workflows/a.yml': `The API did not give this file (1 bytes came instead of ${WORKFLOW.length}).`,
    });
  });
});

describe('redirects', () => {
  test('are followed on the same server', async () => {
    const api = await fakeApi(ONE, ({ url = '' }, response) => {
      if (!url.startsWith('/repos/')) return false;
      return sendJson(response, 301, { message: 'Moved Permanently' }, { location: `/moved${url}` });
    });
    expect(await read(api)).toEqual(ONE_READ);
  });

  test.each(['other host', 'other port', 'no URL'])('elsewhere are not, nor is the token sent: %s', async (where) => {
    const other = await fakeApi(ONE);
    const { port } = new URL(other.url);
    const location = { 'other host': `http://localhost:${port}/`, 'other port': other.url, 'no URL': 'http://' }[where];
    const api = await fakeApi(ONE, (_, response) => sendJson(response, 302, {}, { location }));
    await expect(read(api)).rejects.toThrow('The token is not sent to another server.');
    expect(other.requests).toEqual([]);
  });

  test('in a circle end', async () => {
    const api = await fakeApi(ONE, ({ url }, response) => sendJson(response, 302, {}, { location: url }));
    await expect(read(api)).rejects.toThrow(`${FAILED} ("the server redirects too often"). ${AGAIN}`);
  });
});

test.each(['', 'api.github.com', 'ftp://api.github.com', 'javascript:1'])(
  'the URL %j is malformed',
  async (baseUrl) => {
    await expect(openApi({ baseUrl, token: 'secret' })).rejects.toThrow('which is not the URL of a server.');
  },
);
