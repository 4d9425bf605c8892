import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { examplesIn } from './examples-in.ts';
import { needsReport, needsResult } from './needs-result.ts';

describe('docs/needs.md says what comes of', () => {
  const examples = examplesIn(readFileSync(new URL('../../docs/needs.md', import.meta.url), 'utf8'));

  test.each(examples.map((example, index) => [index + 1, example.heading, example] as const))(
    'example %d, %s',
    async (_, __, example) => {
      expect(needsResult(await needsReport(example))).toBe(example.expected);
    },
  );
});
