import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Input } from '../../site/src/input/input.ts';
import { MOST_FILES, MOST_TEXT, NO_CHOICES } from '../../site/src/input/input.ts';
import { fragmentOf, inputIn, LONGEST_LINK } from '../../site/src/input/link.ts';
import { tried } from '../helpers/property.ts';

const FILE = { path: '.github/workflows/ci.yml', text: 'on: push\n' };
const INPUT: Input = {
  files: [FILE, { path: 'Ω/\u202e<b>.yml', text: 'name: 🐙\r\n\0' }],
  defaultPermissions: 'read',
  visibility: 'private',
  forkPullRequests: 'off',
  event: 'pull_request',
  starter: 'fork',
};

/** A fragment that holds whatever is given. */
function fragmentWith(data: unknown): string {
  return `v1.${deflateRawSync(typeof data === 'string' ? data : JSON.stringify(data)).toString('base64url')}`;
}

const linkWith = (data: unknown) => inputIn(`#${fragmentWith(data)}`);

describe('a link', () => {
  test('carries files and choices there and back', async () => {
    const fragment = await fragmentOf(INPUT);
    expect(fragment).toMatch(/^v1\.[\w-]+$/);
    expect(await inputIn(`#${fragment}`)).toEqual({ kind: 'input', input: INPUT });
  });

  test('carries any text', async () => {
    const files = fc.uniqueArray(fc.record({ path: fc.string({ minLength: 1, maxLength: 40 }), text: fc.string() }), {
      selector: ({ path }) => path,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(files, async (given) => {
        const input = { ...INPUT, files: given };
        expect(await inputIn(`#${(await fragmentOf(input))!}`)).toEqual({ kind: 'input', input });
      }),
      tried(100),
    );
  });

  test('is not made of files that are too long for one', async () => {
    const noise = createHash('shake256', { outputLength: LONGEST_LINK }).digest('base64');
    expect((await fragmentOf({ ...INPUT, files: [{ ...FILE, text: noise }] })) === null).toBe(true);
    expect((await fragmentOf({ ...INPUT, files: [{ ...FILE, text: noise.slice(0, 70_000) }] })) === null).toBe(false);
  });
});

describe('a link from a stranger', () => {
  test.each(['', '#', '#result', '#v1', '#v.x'])('%j is none of ours', async (hash) => {
    expect(await inputIn(hash)).toEqual({ kind: 'none' });
  });

  test('of another version is refused with that reason', async () => {
    const hash = fragmentWith({ files: [] }).replace('v1', 'v2');
    expect(await inputIn(hash)).toEqual({ kind: 'broken', reason: 'It was made by another version of this page.' });
  });

  test('that is too long is refused before it is decoded', async () => {
    expect(await inputIn(`#v1.${'A'.repeat(LONGEST_LINK)}`)).toEqual({ kind: 'broken', reason: 'It is too long.' });
  });

  test('that grows without end is refused', async () => {
    const bomb = `v1.${deflateRawSync(Buffer.alloc(60_000_000)).toString('base64url')}`;
    expect(bomb.length).toBeLessThan(LONGEST_LINK);
    expect(await inputIn(bomb)).toEqual({ kind: 'broken', reason: 'A part of it is missing or was changed.' });
  });

  test.each([
    ['cut', async () => (await fragmentOf(INPUT))!.slice(0, -9)],
    ['not base64', () => 'v1.%%%'],
    ['not compressed', () => `v1.${Buffer.from('{"files":[]}').toString('base64url')}`],
    ['not UTF-8', () => `v1.${deflateRawSync(Buffer.from([0xff, 0xfe])).toString('base64url')}`],
    ['no JSON', () => fragmentWith('{')],
  ])('that is %s is refused', async (_, make) => {
    expect(await inputIn(await make())).toEqual({ kind: 'broken', reason: 'A part of it is missing or was changed.' });
  });

  test.each([
    ['null', null],
    ['a list', []],
    ['no files', {}],
    ['files that are no list', { files: { length: 1 } }],
    ['a file that is no pair', { files: ['a'] }],
    ['a path that is no text', { files: [[1, 'on: push']] }],
    ['an empty path', { files: [['', 'on: push']] }],
    ['a path without end', { files: [['a'.repeat(301), '']] }],
    ['a path twice', { files: [['a', ''], ['a', 'b']] }], // prettier-ignore
    ['too many files', { files: Array.from({ length: MOST_FILES + 1 }, (_, index) => [`${index}`, '']) }],
    ['an event that is no text', { files: [], event: {} }],
    ['an event without end', { files: [], event: 'a'.repeat(101) }],
  ])('that holds %s is refused', async (_, data) => {
    expect(await linkWith(data)).toEqual({ kind: 'broken', reason: 'It does not hold what this page writes.' });
  });

  test('with more text than the page takes is refused', async () => {
    const linked = await linkWith({ files: [['a', ' '.repeat(MOST_TEXT + 1)]] });
    expect(linked).toMatchObject({ kind: 'broken', reason: expect.stringContaining('1 MiB') });
  });

  test('chooses nothing that cannot be chosen', async () => {
    const data = `{"files":[],"visibility":"<b>","starter":{},"__proto__":{"visibility":"public"},"defaultPermissions":"toString"}`;
    expect(await linkWith(data)).toEqual({ kind: 'input', input: { files: [], ...NO_CHOICES } });
  });
});
