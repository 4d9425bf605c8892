import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { isLiteral, matchesGlob, readGlob } from '../../src/policy/glob.ts';
import { tried } from '../helpers/property.ts';

describe('a pattern matches', () => {
  test.each([
    ['release.yml', 'release.yml'],
    ['*', 'release.yml'],
    ['*.yml', '.yml'],
    ['release*', 'release'],
    ['re*se.y*l', 'release.yml'],
    ['.github/workflows/*.yml', '.github/workflows/ci.yml'],
    ['**', 'a/b/c'],
    ['**', ''],
    ['a/**', 'a/b/c'],
    ['a**c', 'a/b/c'],
    ['**/c', 'a/b/c'],
    ['?.yml', 'a.yml'],
    ['?', '😀'],
    ['[ab].yml', 'b.yml'],
    ['[a-c]x', 'bx'],
    ['[!a-c]x', 'dx'],
    ['[]]', ']'],
    ['[!]]', 'a'],
    ['[a-]', '-'],
    ['[*]', '*'],
    ['a.b', 'a.b'],
    ['😀', '😀'],
    ['[😀-😂]', '😁'],
    ['a+(b)|^$', 'a+(b)|^$'],
  ])('%j matches %j', (pattern, text) => {
    expect(matchesGlob(pattern, text)).toBe(true);
  });

  test.each([
    ['release.yml', 'Release.yml'],
    ['release', 'release.yml'],
    ['*', 'a/b'],
    ['a/*', 'a/b/c'],
    ['a/**', 'a'],
    ['?', '/'],
    ['a?b', 'a/b'],
    ['[!a]', '/'],
    ['[ --0]', '/'],
    ['[a-c]', 'd'],
    ['[*]', 'a'],
    ['a.b', 'axb'],
    ['', ''],
    ['[', '['],
  ])('%j does not match %j', (pattern, text) => {
    expect(matchesGlob(pattern, text)).toBe(false);
  });
});

test.each(['', '[', 'a[b', '[]', '[!]', '***', '****', '[b-a]', './a', '/a', 'a/', 'a//b', '!a', '{a,b}', '[/]'])(
  '%j is no pattern',
  (pattern) => {
    expect(readGlob(pattern)).toHaveProperty('error');
  },
);

test.each([
  ['', 'it is empty', undefined],
  ['[', 'a `[` has no `]`', undefined],
  ['a[b', 'a `[` has no `]`', undefined],
  ['a***', 'there are more than two `*` in a row', undefined],
  ['a[z-a]b', 'the range in `[z-a]` is upside down', undefined],
  ['a[b/c]d', 'the brackets in `[b/c]` never match a `/`', undefined],
  ['./a', 'paths begin at the root of the repository', 'Write a.'],
  ['//a//b', 'no path begins with `/`', 'Write a//b.'],
  ['a/', 'no path ends with `/`', 'Write a/** for all that is in it.'],
  ['a//b', 'no path has `//` in it', undefined],
  ['!a', 'a `!` in front excludes nothing', 'Write an entry for the others below: the last one wins.'],
  ['{a,b}', 'there are no alternatives in braces', 'Write a list of patterns.'],
  ['[x]{a,b}', 'there are no alternatives in braces', 'Write a list of patterns.'],
  ['{[,],a}', 'there are no alternatives in braces', 'Write a list of patterns.'],
  ['{a,[}]}', 'there are no alternatives in braces', 'Write a list of patterns.'],
])('%j says what is wrong', (written, error, hint) => {
  expect(readGlob(written)).toEqual({ error, ...(hint !== undefined && { hint }) });
});

test.each([
  '{a}',
  'a,b',
  '{a},b',
  '}a,{b',
  '{a,b',
  ',{a}',
  '{[,]}',
  '{a[},]',
  '[{]a,b}',
  'a[x]/b',
  'a,b}c{',
  '[x]a,b}c{',
  '{[a,b]}',
  '[!a-z]',
])('%j is a pattern', (written) => {
  expect(readGlob(written)).toEqual({ pieces: expect.any(Array) });
});

test('what follows a part of a pattern counts', () => {
  expect(matchesGlob('[!!]', '!')).toBe(false);
  expect(matchesGlob('[!!]', 'a')).toBe(true);
  expect(matchesGlob('[!a]', '!')).toBe(true);
  expect(matchesGlob('[a]', '\0')).toBe(false);
  expect(matchesGlob('[ace]', 'b')).toBe(false);
  expect(matchesGlob('[ab-d]', '-')).toBe(false);
  expect(matchesGlob('[abc]', 'b')).toBe(true);
  expect(matchesGlob('[a-ce]', 'd')).toBe(false);
  expect(matchesGlob('[a-c-e]', 'd')).toBe(false);
  expect(matchesGlob('[a-c-e]', '-')).toBe(true);
  expect(matchesGlob('**/a', 'b/c/a')).toBe(true);
  expect(matchesGlob('a**/b', 'a/b')).toBe(true);
});

test('a pattern of many stars against a long text ends', () => {
  const text = 'a'.repeat(4_000);
  expect(matchesGlob(`${'*a'.repeat(200)}b`, text)).toBe(false);
  expect(matchesGlob(`${'**a'.repeat(200)}**`, text)).toBe(true);
  expect(matchesGlob('*'.concat('?*'.repeat(300), 'b'), text)).toBe(false);
});

const word = fc.string({ unit: fc.constantFrom('a', 'b', '/', '-', '.'), maxLength: 8 });
const pattern = fc
  .array(fc.constantFrom('a', 'b', '/', '-', '.', '*', '**', '?', '[ab]', '[!a]'), { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
  .filter((text) => 'pieces' in readGlob(text));

test('patterns mean what the same regular expression means', () => {
  const asRegExp = (glob: string) =>
    new RegExp(
      `^${glob.replaceAll(/\*\*|\*|\?|\[!a\]|\[ab\]|[./-]/g, (piece) => ({ '**': '.*', '*': '[^/]*', '?': '[^/]', '[!a]': '[^a/]', '[ab]': '[ab]' })[piece] ?? `\\${piece}`)}$`,
    );
  fc.assert(
    fc.property(pattern, word, (glob, text) => matchesGlob(glob, text) === asRegExp(glob).test(text)),
    tried(2000),
  );
});

test('a literal pattern matches itself alone', () => {
  fc.assert(
    fc.property(pattern, word, (glob, text) => !isLiteral(glob) || matchesGlob(glob, text) === (glob === text)),
    tried(500),
  );
});
