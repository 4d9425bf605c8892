import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { exampleReport } from './example-report.ts';
import { examplesIn } from './examples-in.ts';
import { resultOf } from './repository-result.ts';

const DOCUMENT = 'docs/how-permissions-are-computed.md';

const examples = examplesIn(readFileSync(new URL(`../../${DOCUMENT}`, import.meta.url), 'utf8'));

describe(`${DOCUMENT} says what comes of`, () => {
  test.each(examples.map((example, index) => [index + 1, example.heading, example] as const))(
    'example %d, %s',
    async (_, __, example) => {
      expect(resultOf(example, await exampleReport(example))).toBe(example.expected);
    },
  );
});
