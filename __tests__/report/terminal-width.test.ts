import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { visible } from '../../src/report/escape-terminal.ts';
import { displayWidth, truncated, wrapped } from '../../src/report/text/terminal-width.ts';
import { tried } from '../helpers/property.ts';
import { hostileName } from './hostile.ts';

describe('the columns that a text takes', () => {
  test.each([
    ['', 0],
    ['contents', 8],
    ['漢字', 4],
    ['한글', 4],
    ['e\u0301', 1],
    ['🏷️', 2],
    ['👩‍👩‍👧‍👦', 2],
    ['👍🏽', 2],
    ['🇨🇭', 2],
    ['1️⃣', 2],
    ['ｆｕｌｌ', 8],
    ['©', 1],
  ])('%s', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('wrapping', () => {
  test('breaks at spaces', () => {
    expect(wrapped('contents, id-token, packages', 20)).toEqual(['contents, id-token,', 'packages']);
  });

  test('breaks a long path between folders', () => {
    expect(wrapped('octo-org/shared/.github/workflows/deploy.yml@v1', 36)).toEqual([
      'octo-org/shared/.github/workflows/',
      'deploy.yml@v1',
    ]);
  });

  test('never cuts an emoji into its parts', () => {
    expect(wrapped('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5)).toEqual(['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']);
  });

  test('keeps every word and the width', () => {
    fc.assert(
      fc.property(fc.array(hostileName), fc.integer({ min: 2, max: 60 }), (names, width) => {
        const text = visible(names.join(' '));
        const lines = wrapped(text, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
      tried(300),
    );
  });

  test('a very long word takes no time', () => {
    // What takes time in proportion to the square of the length takes longer than a test may.
    expect(wrapped('漢'.repeat(200_000), 40)).toHaveLength(10_000);
  });
});

test('a text that is too wide ends in an ellipsis', () => {
  expect(truncated('Continuous integration', 12)).toBe('Continuous …');
  expect(truncated('漢字漢字', 6)).toBe('漢字…');
  expect(truncated('Release', 12)).toBe('Release');
});
