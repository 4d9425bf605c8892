import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { findingBlocks } from './example-findings.ts';
import { examplesIn } from './examples-in.ts';
import { needsReport } from './needs-result.ts';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

describe('docs/errors.md says what is found in', () => {
  // What is generated shows the command line, and is compared when it is generated.
  const examples = examplesIn(page.replaceAll(/<!-- generated: [^]*?<!-- end of .*? -->/g, ''));

  test.each(examples.map((example, index) => [index + 1, example.heading, example] as const))(
    'example %d, %s',
    async (_, __, example) => {
      const { findings } = await needsReport(example);
      expect(findingBlocks(findings.filter(({ level }) => level !== 'note'))).toBe(example.expected);
    },
  );

  test('every error that a heading promises', () => {
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    const shown = new Set(examples.map(({ heading }) => heading));
    expect(headings.filter((heading) => !shown.has(heading ?? ''))).toEqual(['Settings, and other causes']);
  });
});
