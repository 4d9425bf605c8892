import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { check } from '../../src/check.ts';
import { parseCommandLine } from '../../src/edge/command-line.ts';
import { toSettings } from '../../src/edge/settings.ts';
import type { Settings } from '../../src/model/settings.ts';
import { exampleResult } from './example-result.ts';
import { examplesIn, type Example } from './examples-in.ts';

const DOCUMENT = 'docs/how-permissions-are-computed.md';

const examples = examplesIn(readFileSync(new URL(`../../${DOCUMENT}`, import.meta.url), 'utf8'));

function settingsOf({ options }: Example): Settings {
  const command = parseCommandLine(options);
  if (command.kind !== 'check') throw new Error(`${options.join(' ')} asks for no check`);
  return toSettings(command.values, { repository: null, visibility: null });
}

describe(`${DOCUMENT} says what comes of`, () => {
  test.each(examples.map((example, index) => [index + 1, example.heading, example] as const))(
    'example %d, %s',
    (_, __, example) => {
      const source = { path: '.github/workflows/example.yml', bytes: new TextEncoder().encode(example.yaml) };
      const report = check([source], settingsOf(example), { toolVersion: '0.0.0', failOn: 'error' });
      expect(report.workflows.map(exampleResult).join('')).toBe(example.expected);
    },
  );
});
