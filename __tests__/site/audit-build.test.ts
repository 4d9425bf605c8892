import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { expect, test } from '@jest/globals';

import { buildAuditPage } from './built-page.ts';

const html = buildAuditPage();
const elements = (name: string) =>
  [...html.matchAll(new RegExp(`<${name}(?: [^>]*)?>(.*?)</${name}>`, 'gs'))].map(([, text = '']) => text);
const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('the same source gives the same bytes', () => {
  expect(buildAuditPage()).toBe(html);
});

test('its policy allows the script and the style that are in it, and nothing else', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html) ?? [];
  const [style = ''] = elements('style');
  const [facts, script = '', ...more] = elements('script');
  expect([facts, more]).toEqual(['{{facts}}', []]);
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${sha256(script)}`,
    `style-src ${sha256(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
});

test('it is one file that asks nothing of anybody', () => {
  const [, script = ''] = elements('script');
  expect(/\b(?:fetch|importScripts|sendBeacon|eval|import)\(|XMLHttpRequest|WebSocket|EventSource/.exec(script)).toBe(
    null,
  );
  expect(/@import|url\(/.exec(elements('style').join(''))).toBe(null);
  const [before = ''] = html.split('<style>');
  expect([...before.matchAll(/(?:src|href)="([^"]{0,20})/g)].map(([, link]) => link)).toEqual(['data:image/svg+xml;b']);
});

test('it is smaller than 40 kB when it is compressed', () => {
  expect(gzipSync(html, { level: 9 }).length).toBeLessThan(40_000);
});
