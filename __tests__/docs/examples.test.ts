import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { exampleReport } from './example-report.ts';
import { examplesIn } from './examples-in.ts';
import { resultOf } from './repository-result.ts';

const DOCUMENTS = ['docs/how-permissions-are-computed.md', 'docs/reusable-workflows.md'];

describe.each(DOCUMENTS)('%s says what comes of', (document) => {
  const examples = examplesIn(readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8'));

  test.each(examples.map((example, index) => [index + 1, example.heading, example] as const))(
    'example %d, %s',
    async (_, __, example) => {
      expect(resultOf(example, await exampleReport(example))).toBe(example.expected);
    },
  );
});
