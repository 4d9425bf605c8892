import { expect, test } from '@jest/globals';

import { hintOf } from '../../src/calls/failures.ts';

const ONLY = "It fails only if the repository's default is 'read'.";

test.each<readonly [string, Parameters<typeof hintOf>[0], string | null]>([
  ['nothing to say', { hint: null, onlyIf: null }, null],
  ['what is known beside the sentence', { hint: 'More.', onlyIf: null }, 'More.'],
  ['a value of the default', { hint: null, onlyIf: 'read' }, ONLY],
  ['the value before the rest', { hint: 'More.', onlyIf: 'read' }, `${ONLY} More.`],
])('a hint: %s', (_, failure, expected) => {
  expect(hintOf(failure)).toBe(expected);
});
