import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { changesText } from './example-changes.ts';
import { examplesIn } from './examples-in.ts';

const page = readFileSync(new URL('../../docs/changes.md', import.meta.url), 'utf8');

/** The line breaks are those of the page. */
function words(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

describe('docs/changes.md', () => {
  const examples = examplesIn(page).map((example) => [example.heading, example] as const);

  test('has five histories', () => {
    expect(new Set(examples.map(([heading]) => heading)).size).toBeGreaterThanOrEqual(5);
  });

  test.each(examples)('%s', async (_, example) => {
    expect(words(await changesText(example))).toBe(words(example.expected));
  });
});
