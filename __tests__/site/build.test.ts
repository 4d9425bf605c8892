import { gzipSync } from 'node:zlib';

import { afterAll, expect, test } from '@jest/globals';

import { buildPage } from './built-page.ts';

const HOME = 'https://github.com/octo/app/blob/0123456';
const page = buildPage(HOME);

afterAll(() => page.remove());

const textOf = (name: string) => page.files.get(name)!.toString();
const scripts = () => [...page.files.keys()].filter((name) => name.endsWith('.js'));

test('the same source gives the same bytes', () => {
  const again = buildPage(HOME);
  again.remove();
  expect([...again.files.keys()]).toEqual([...page.files.keys()]);
  for (const [name, bytes] of again.files) expect([name, bytes.equals(page.files.get(name)!)]).toEqual([name, true]);
});

test('all of it together is smaller than 400 kB when it is compressed', () => {
  const sizes = [...page.files.values()].map((bytes) => gzipSync(bytes, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
});

test('what all of YAML needs is not part of what is loaded at first', () => {
  const main = textOf('index.html').match(/main-\w+\.js/)![0];
  const first = (name: string): readonly string[] => [
    name,
    ...[...textOf(name).matchAll(/from"\.\/([\w-]+\.js)"/g)].flatMap(([, other = '']) => first(other)),
  ];
  const worker = textOf(main).match(/worker-\w+\.js/)![0];
  const loaded = [...first(main), ...first(worker)].map(textOf).join('');
  // Without the grammar in it, this would look at the wrong files.
  expect(loaded).toContain('workflow-root');
  expect(scripts().map(textOf).join('')).toContain('BAD_INDENT');
  expect(loaded).not.toContain('BAD_INDENT');
});

test('the policy of the page allows its own files and nothing else', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(textOf('index.html')) ?? [];
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "worker-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types worker',
  ]);
});

test('nothing in it can ask the network, where no policy of the page reaches: in the worker', () => {
  for (const name of scripts()) {
    expect([
      name,
      /\b(?:fetch|importScripts|sendBeacon|eval)\(|XMLHttpRequest|WebSocket|EventSource/.exec(textOf(name)),
    ]).toEqual([name, null]);
  }
});

test('every link of the page leads to its own files or to its documents', () => {
  const html = textOf('index.html');
  expect(html.match(/(?:src|href)="[^"]*"/g)!.every((each) => !each.includes('//') || each.includes(HOME))).toBe(true);
  expect(html).toContain(`href="${HOME}/README.md"`);
});

test('an address of documents that is none is refused', () => {
  expect(() => buildPage('javascript:alert(1)')).toThrow('SITE_HOME is no such address');
});

test('the licences of all packages in it are part of it', () => {
  const text = textOf('licenses.txt');
  for (const name of ['@codemirror/view', 'yaml', 'unbash', 'acorn', '@actions/expressions', 'style-mod']) {
    expect(text).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
  }
});
