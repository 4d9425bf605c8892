import { describe, expect, test } from '@jest/globals';

import { A, B, contentsServer, FILE, PATH, reader, sendText, textOf } from './called-api.ts';
import { sendJson } from './fake-api.ts';
import { WORKFLOW } from './temporary-folder.ts';

const ONE = { commits: { 'octo-org/shared@v1': A }, files: { [`octo-org/shared@${A}/${PATH}`]: WORKFLOW } };

function isContents(url: string | undefined): boolean {
  return url?.includes('/contents/') === true;
}

describe('a file at a ref', () => {
  test('takes one request for the commit and one for the file', async () => {
    const api = await contentsServer(ONE);
    expect(await reader(api)()).toEqual({ kind: 'found', bytes: Buffer.from(WORKFLOW), commit: A, anyRef: false });
    expect(api.requests).toEqual([
      { line: 'GET /repos/octo-org/shared/commits/v1', authorization: 'token secret' },
      { line: `GET /repos/octo-org/shared/contents/${PATH}?ref=${A}`, authorization: 'token secret' },
    ]);
  });

  test('at a commit takes one', async () => {
    const api = await contentsServer(ONE);
    expect(await reader(api)({ ref: A.toUpperCase() })).toMatchObject({ kind: 'found', commit: A });
    expect(api.requests).toHaveLength(1);
  });

  test.each([
    ['feature/x', 'feature/x'],
    ['refs/heads/main', 'heads/main'],
    ['refs/tags/v1', 'tags/v1'],
  ])('%s is asked for as %s', async (ref, asked) => {
    const api = await contentsServer({ ...ONE, commits: { [`octo-org/shared@${asked}`]: A } });
    expect(await reader(api)({ ref })).toMatchObject({ kind: 'found', commit: A });
    expect(api.requests[0]?.line).toBe(`GET /repos/octo-org/shared/commits/${encodeURIComponent(asked)}`);
  });

  test('without a token asks without one', async () => {
    const api = await contentsServer(ONE);
    expect(await reader(api, { token: null })()).toMatchObject({ kind: 'found' });
    expect(api.requests.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  test('comes byte by byte as it is', async () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0xff, 0x00, 0x0a);
    const api = await contentsServer({ ...ONE, files: { [`octo-org/shared@${A}/${PATH}`]: bytes } });
    expect(await reader(api)()).toMatchObject({ kind: 'found', bytes: Buffer.from(bytes) });
  });

  test('that is no YAML, or has nothing in it, is found all the same', async () => {
    const path = '.github/workflows/a b#?.yml';
    const files = { [`octo-org/shared@${A}/${PATH}`]: '<p>Unicorn', [`octo-org/shared@${A}/${path}`]: '' };
    const read = reader(await contentsServer({ ...ONE, files }));
    expect(textOf(await read())).toBe('<p>Unicorn');
    expect(await read({ path })).toMatchObject({ kind: 'found', bytes: Buffer.of() });
  });

  test('of 2 MiB is read up to a little over the limit', async () => {
    const api = await contentsServer({
      ...ONE,
      files: { [`octo-org/shared@${A}/${PATH}`]: Buffer.alloc(2 ** 21, 32) },
    });
    const found = await reader(api)();
    expect(found.kind === 'found' && found.bytes.length).toBe(2 ** 20 + 1);
  });

  test('that is too large for the API is over the limit too', async () => {
    const errors = [{ resource: 'Blob', field: 'data', code: 'too_large' }];
    const api = await contentsServer(
      ONE,
      ({ url }, response) => isContents(url) && sendJson(response, 403, { message: 'Too large', errors }),
    );
    const found = await reader(api)();
    expect(found.kind === 'found' && found.bytes.length).toBe(2 ** 20 + 1);
  });

  test('of a server that knows no media types', async () => {
    const content = Buffer.from(WORKFLOW).toString('base64').replace(/.{60}/g, '$&\n');
    const api = await contentsServer(ONE, ({ url }, response) =>
      isContents(url)
        ? sendJson(response, 200, { type: 'file', encoding: 'base64', content })
        : sendJson(response, 200, { sha: A }),
    );
    expect(await reader(api)()).toMatchObject({ kind: 'found', bytes: Buffer.from(WORKFLOW), commit: A });
  });

  test.each([
    ['a folder', [{ type: 'file', name: 'x' }]],
    ['a submodule', { type: 'submodule' }],
  ])('that is %s', async (_, body) => {
    const api = await contentsServer(ONE, ({ url }, response) => isContents(url) && sendJson(response, 200, body));
    expect(await reader(api)()).toEqual({
      kind: 'not-found',
      reason: `In octo-org/shared at v1, ${PATH} is a folder or a link, not a file`,
    });
  });
});

describe('each is asked for once', () => {
  test('500 files of one ref, 8 at a time', async () => {
    const paths = Array.from({ length: 500 }, (_, index) => `.github/workflows/${index}.yml`);
    const files = Object.fromEntries(paths.map((path) => [`octo-org/shared@${A}/${path}`, path]));
    let now = 0;
    let most = 0;
    const api = await contentsServer({ ...ONE, files }, (_, response) => {
      now += 1;
      most = Math.max(most, now);
      response.on('finish', () => (now -= 1));
      return false;
    });
    const read = reader(api);
    const found = await Promise.all(paths.map((path) => read({ path })));
    expect(found.map(textOf)).toEqual(paths);
    expect(api.requests).toHaveLength(501);
    expect(new Set(api.requests.map(({ line }) => line)).size).toBe(501);
    expect(most).toBeLessThanOrEqual(8);
  });

  test('one file for 500 who ask, by any case of its name, by a ref and by its commit', async () => {
    const api = await contentsServer(ONE);
    const read = reader(api);
    const asked = Array.from({ length: 500 }, (_, index) =>
      read({ owner: index % 2 ? 'octo-org' : 'Octo-Org', ref: index % 3 ? 'v1' : A }),
    );
    expect(new Set((await Promise.all(asked)).map(textOf))).toEqual(new Set([WORKFLOW]));
    expect(api.requests).toHaveLength(2);
  });

  test('a ref that does not exist, however many files of it are called', async () => {
    const api = await contentsServer(ONE);
    const read = reader(api);
    await Promise.all(['a', 'b', 'c'].map((name) => read({ ref: 'gone', path: `.github/workflows/${name}.yml` })));
    expect(api.requests).toHaveLength(1);
  });
});

describe('what is not there', () => {
  const NO_SUCH = "GitHub's API has no such file, ref or repository, or";

  test('a repository', async () => {
    const api = await contentsServer(ONE, (_, response) => sendJson(response, 404, { message: 'Not Found' }));
    expect(await reader(api)()).toEqual({
      kind: 'not-found',
      reason: `${NO_SUCH} may not show it to this token. If it is private, set GH_TOKEN to a token with the right "contents: read" for octo-org/shared`,
    });
    expect(textOf(await reader(api, { token: null })({ ref: B }))).toContain(
      `${NO_SUCH} does not show it without a token.`,
    );
    expect(api.requests).toHaveLength(2);
  });

  test('a ref', async () => {
    expect(await reader(await contentsServer(ONE))({ ref: 'v2' })).toEqual({
      kind: 'not-found',
      reason: 'octo-org/shared has no branch, tag or commit "v2"',
    });
  });

  test('a file', async () => {
    expect(await reader(await contentsServer(ONE))({ path: '.github/workflows/gone.yml' })).toEqual({
      kind: 'not-found',
      reason: `There is no file .github/workflows/gone.yml in octo-org/shared at v1 (the commit ${A})`,
    });
  });

  test('a shortened commit, which the API takes and GitHub does not', async () => {
    const ref = A.slice(0, 7);
    const api = await contentsServer({ ...ONE, commits: { [`octo-org/shared@${ref}`]: A } });
    expect(await reader(api)({ ref })).toEqual({
      kind: 'not-found',
      reason: `GitHub takes no shortened commit. Write @${A} in place of @${ref}`,
    });
    expect(api.requests).toHaveLength(1);
  });

  test.each([301, 308])('a name of old, %d', async (status) => {
    const api = await contentsServer(ONE, ({ url }, response) =>
      sendJson(response, status, { message: 'Moved Permanently' }, { location: `/repositories/1${url ?? ''}` }),
    );
    expect(textOf(await reader(api)())).toBe(
      "not-found: GitHub's API knows octo-org/shared by another name, and a call does not follow a rename. Write the new name",
    );
    expect(api.requests).toHaveLength(1);
  });
});

describe('what may not be read', () => {
  test('a token that is no good ends the asking', async () => {
    const api = await contentsServer(ONE, (_, response) => sendJson(response, 401, { message: 'Bad credentials' }));
    const read = reader(api);
    const reason = `GitHub's API does not accept the token ("HTTP 401: Bad credentials"). Set GH_TOKEN to a token that is valid`;
    expect(await read()).toEqual({ kind: 'unavailable', reason });
    expect(await read({ ref: B })).toEqual({ kind: 'unavailable', reason });
    expect(api.requests).toHaveLength(1);
  });

  test('a repository that refuses concerns itself alone', async () => {
    const message = 'Resource protected by organization SAML enforcement.';
    const api = await contentsServer(
      { ...ONE, commits: { ...ONE.commits, 'octo-org/other@v1': A } },
      ({ url }, response) => url?.includes('other') === true && sendJson(response, 403, { message }),
    );
    const read = reader(api);
    expect(await read({ name: 'other' })).toEqual({
      kind: 'unavailable',
      reason: `GitHub's API refuses ("HTTP 403: ${message}"). Set GH_TOKEN to a token with the right "contents: read" for octo-org/other`,
    });
    expect(await read()).toMatchObject({ kind: 'found' });
  });

  test.each(['other host', 'other port'])('a redirect to another server: %s', async (where) => {
    const other = await contentsServer(ONE);
    const { port } = new URL(other.url);
    const location = where === 'other host' ? `http://localhost:${port}/` : other.url;
    for (const status of [301, 302]) {
      const api = await contentsServer(ONE, (_, response) => sendJson(response, status, {}, { location }));
      expect(textOf(await reader(api)())).toMatch(/^unavailable: .* The token is not sent to another server/);
    }
    expect(other.requests).toEqual([]);
  });

  test('a redirect on the same server that is not for good is followed, in the same media type', async () => {
    const api = await contentsServer(ONE, ({ url = '' }, response) => {
      if (!url.startsWith('/repos/')) return false;
      return sendJson(response, 302, {}, { location: `/moved${url}` });
    });
    expect(await reader(api)()).toMatchObject({ kind: 'found', bytes: Buffer.from(WORKFLOW) });
    expect(api.requests).toHaveLength(4);
  });

  test('a malformed URL of a server', async () => {
    expect(textOf(await reader({ url: 'api.github.com' })())).toBe(
      'unavailable: GITHUB_API_URL is "api.github.com", which is not the URL of a server.',
    );
  });
});

describe('what may be better next time is asked for again', () => {
  test.each<[string, number, object, number[]]>([
    ['500', 500, {}, [1000, 2000]],
    ['429', 429, { 'retry-after': '7' }, [7000, 7000]],
    ['a secondary limit', 403, { 'retry-after': '60' }, [60_000, 60_000]],
  ])('%s', async (_, status, headers, expected) => {
    const api = await contentsServer(
      ONE,
      ({ url }, response, count) =>
        isContents(url) && count < 2 && sendJson(response, status, { message: 'slow down' }, headers),
    );
    const waits: number[] = [];
    expect(await reader(api, { waits })()).toMatchObject({ kind: 'found' });
    expect(waits).toEqual(expected);
  });

  test.each<[string, string | null, string]>([
    [
      'with a token',
      'secret',
      "GitHub's API answers no more requests until \\d\\d:\\d\\d UTC, as its limit is reached. Run",
    ],
    [
      'without',
      null,
      "GitHub's API answers no more requests without a token until \\d\\d:\\d\\d UTC. Set GH_TOKEN, or run",
    ],
  ])('but a limit that lasts ends the asking: %s', async (_, token, reason) => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${Math.floor(Date.now() / 1000) + 3600}` };
    const api = await contentsServer(ONE, (_request, response, count) =>
      count > 0 ? false : sendJson(response, 403, { message: 'API rate limit exceeded' }, headers),
    );
    const read = reader(api, { token });
    const answers = [await read(), await read({ ref: B }), await read({ ref: 'v2' })].map(textOf);
    for (const answer of answers) expect(answer).toMatch(new RegExp(`^unavailable: ${reason} this again later$`));
    expect(api.requests).toHaveLength(1);
  });

  test('a limit that does not end', async () => {
    const api = await contentsServer(ONE, (_, response) => sendJson(response, 429, { message: 'slow down' }));
    expect(textOf(await reader(api)())).toBe(
      "unavailable: GitHub's API answers no more requests, as its limit is reached. Run this again later",
    );
    expect(api.requests).toHaveLength(4);
  });

  test('a failure that does not end', async () => {
    const api = await contentsServer(ONE, (_, response) => sendJson(response, 500, { message: 'broken' }));
    expect(textOf(await reader(api)())).toBe(
      `unavailable: The API at ${api.url} failed ("HTTP 500: broken"). Run this again later`,
    );
  });

  test('a body that is slow, or breaks off', async () => {
    const headers = { 'content-length': `${WORKFLOW.length}` };
    const api = await contentsServer(ONE, ({ url }, response, count) => {
      if (!isContents(url) || count > 1) return false;
      response.writeHead(200, headers).write('on: push', () => count === 0 && response.destroy());
      return true;
    });
    expect(await reader(api, { patience: { timeout: 500 } })()).toMatchObject({ bytes: Buffer.from(WORKFLOW) });
    expect(api.requests).toHaveLength(4);
  });

  test('a body that is always slow', async () => {
    const api = await contentsServer(ONE, ({ url }, response) => {
      if (isContents(url)) response.writeHead(200).write('on: push');
      return isContents(url);
    });
    expect(textOf(await reader(api, { patience: { timeout: 100, attempts: 2 } })())).toBe(
      `unavailable: The API at ${api.url} gave no answer ("there was no answer within 0.1 s"). Run this again later`,
    );
  });

  test('a server that is down is not asked for every file', async () => {
    const api = await contentsServer(ONE, (_, response) => {
      response.destroy();
      return true;
    });
    const read = reader(api);
    const refs = Array.from({ length: 100 }, (_, index) => `v${index}`);
    const answers = await Promise.all(refs.map((ref) => read({ ref })));
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['unavailable']));
    // Eight at a time, and two that begin before the third failure; each is tried four times.
    expect(api.requests.length).toBeLessThanOrEqual((8 + 2) * 4);
  });

  test('all requests together have a time', async () => {
    const api = await contentsServer(ONE);
    const read = reader(api, { patience: { total: -1 } });
    expect(textOf(await read())).toContain('all requests together may take -0.001 s, which are over');
    expect(api.requests).toEqual([]);
  });

  test('an answer without a commit', async () => {
    const api = await contentsServer(ONE, (_, response) => sendText(response, 200, 'main', 'sha'));
    expect(textOf(await reader(api)())).toContain('the answer holds no commit');
  });
});

test('nothing of a hostile answer is obeyed', async () => {
  const api = await contentsServer(ONE, (_, response) => sendJson(response, 403, { message: '\x1b[2J\n::error::x' }));
  expect(textOf(await reader(api)({ ...FILE }))).not.toMatch(/[\x00-\x1f]/); // eslint-disable-line no-control-regex
});
