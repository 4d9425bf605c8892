import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { visible } from '../../src/report/escape-terminal.ts';
import { tried } from '../helpers/property.ts';
import { hostileName } from './hostile.ts';

describe('a name from a stranger', () => {
  test.each([
    ['plain text', 'build (ubuntu-latest, 20)'],
    ['letters of all scripts', 'Übersetzung für 漢字, עברית and हिन्दी'],
    ['emoji', 'Labels 🏷️ and 👩‍👩‍👧‍👦 and 1️⃣ and 👍🏽 and 🇨🇭'],
  ])('stays as it is: %s', (_, name) => {
    expect(visible(name)).toBe(name);
  });

  test.each([
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a C1 control', 'a\u009b31m', 'a\\u{9b}31m'],
    ['a text that runs backwards', 'a\u202eb', 'a\\u{202e}b'],
    ['an isolate', '\u2066a\u2069', '\\u{2066}a\\u{2069}'],
    ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
    ['a joiner that joins no emoji', 'a\u200db', 'a\\u{200d}b'],
    ['hidden tags behind a flag', '🏴\u{e0067}\u{e007f}', '🏴\\u{e0067}\\u{e007f}'],
    ['half a character', 'a\ud800b', 'a\\u{d800}b'],
  ])('shows what is hidden or obeyed: %s', (_, name, shown) => {
    expect(visible(name)).toBe(shown);
  });

  test('stays in one line', () => {
    expect(visible('one\n  two\r\nthree\tfour\u2028five')).toBe('one two three four five');
  });

  test('does not paint over what stands around it', () => {
    expect(visible(`a${'\u0301'.repeat(50)}`)).toBe(`a${'\u0301'.repeat(3)}`);
    expect(visible('\u0301a')).toBe('\u25cc\u0301a');
  });

  test('has no control or format character left but those of emoji', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        expect(visible(name).replaceAll(/\u200d|\ufe0e|\ufe0f/g, '')).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]/u,
        );
      }),
      tried(500),
    );
  });
});
