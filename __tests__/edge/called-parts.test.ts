import { expect, test } from '@jest/globals';

import { serverOf } from '../../src/edge/called/api-access.ts';
import { atMost } from '../../src/edge/called/at-most.ts';
import { once } from '../../src/edge/called/once.ts';
import { progressLine } from '../../src/edge/called/progress-line.ts';
import { progressLog } from '../../src/edge/called/progress-log.ts';

test.each<[NodeJS.ProcessEnv, string, string | null]>([
  [{}, 'https://api.github.com', null],
  [{ GH_TOKEN: 'a', GITHUB_TOKEN: 'b' }, 'https://api.github.com', 'a'],
  [{ GH_TOKEN: '', GITHUB_TOKEN: 'b' }, 'https://api.github.com', 'b'],
  [{ GITHUB_API_URL: 'https://ghes.example/api/v3/' }, 'https://ghes.example/api/v3', null],
  [{ GH_HOST: 'github.com', GITHUB_API_URL: 'https://ghes.example' }, 'https://api.github.com', null],
  [{ GH_HOST: 'GHES.example:8443' }, 'https://ghes.example:8443/api/v3', null],
  [{ GH_HOST: 'https://ghes.example/' }, 'https://ghes.example/api/v3', null],
  [{ GH_HOST: 'octocorp.ghe.com' }, 'https://api.octocorp.ghe.com', null],
])('the server in %j', (env, baseUrl, token) => {
  expect(serverOf(env, false)).toEqual({ kind: 'server', baseUrl, token, tokenName: 'GH_TOKEN' });
});

test.each(['a b', 'user@host', 'host/path', 'http://ghes.example', '-', '\x1b[2J'])('GH_HOST %j', (GH_HOST) => {
  const found = serverOf({ GH_HOST, GH_TOKEN: 'secret' }, false);
  expect(found).toMatchObject({ kind: 'none', reason: expect.stringMatching(/^GH_HOST is ".*", which is not/) });
});

test('github.com is not asked for what a GitHub Enterprise Server has', () => {
  expect(serverOf({ GH_TOKEN: 'secret' }, true)).toMatchObject({ kind: 'none' });
  expect(serverOf({ GH_HOST: 'ghes.example' }, true)).toMatchObject({ baseUrl: 'https://ghes.example/api/v3' });
});

test('so many at a time, in order, also when some fail', async () => {
  const inLine = atMost(3);
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  const all = Array.from({ length: 20 }, (_, index) =>
    inLine(async () => {
      begun.push(index);
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, index % 4));
      now -= 1;
      if (index % 5 === 0) throw new Error(`${index}`);
      return index;
    }),
  );
  const settled = await Promise.allSettled(all);
  expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(4);
  expect(most).toBe(3);
  expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test('once for each key', () => {
  const called: number[] = [];
  const half = once(
    (number: number) => `${Math.floor(number / 2)}`,
    (number) => {
      called.push(number);
      return number > 3 ? undefined : number;
    },
  );
  expect([0, 1, 2, 3, 4, 5].map(half)).toEqual([0, 0, 2, 2, undefined, undefined]);
  expect(called).toEqual([0, 2, 4]);
});

test('a line of progress, on a terminal, when it takes long', () => {
  const written: string[] = [];
  let time = 0;
  const stream = { isTTY: true, write: (text: string) => written.push(text) };
  const line = progressLine(stream, {}, () => time);
  for (time = 0; time <= 1250; time += 50) line.update(time / 50, 99);
  line.end();
  line.end();
  expect(written.map((text) => text.replace('\r\x1b[K', '<'))).toEqual([
    '<Reading called workflows: 20 of 99',
    '<Reading called workflows: 22 of 99',
    '<Reading called workflows: 24 of 99',
    '<',
  ]);
});

test('lines of progress in a log, now and then', () => {
  const written: string[] = [];
  let time = 0;
  const log = progressLog(
    (line) => written.push(line),
    () => time,
  );
  for (time = 0; time <= 25_000; time += 500) log.update(time / 500, 99);
  log.end();
  // What comes later begins anew.
  for (; time <= 30_000; time += 500) log.update(time / 500, 99);
  expect(written).toEqual([
    'Reading called workflows and actions: 20 of 99',
    'Reading called workflows and actions: 40 of 99',
  ]);
});

test.each([
  [{}, {}],
  [{ isTTY: false }, {}],
  [{ isTTY: true }, { TERM: 'dumb' }],
])('no line of progress on %j with %j', (stream, env) => {
  let time = 0;
  const write = (): never => {
    throw new Error('written');
  };
  const line = progressLine({ ...stream, write }, env, () => (time += 5000));
  for (let done = 0; done < 9; done += 1) line.update(done, 9);
  line.end();
});
