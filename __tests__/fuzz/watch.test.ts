import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';

const ATTEMPTS = fileURLToPath(new URL('attempts.mjs', import.meta.url));

test('what throws, hangs, takes all memory or breaks down is told apart, and the next text is tried', () => {
  const texts = ['fine', 'throws', 'fine', 'hangs', 'fine', 'holds', 'breaks', 'fine'];
  const printed = execFileSync(process.execPath, [ATTEMPTS, ...texts], { encoding: 'utf8' });
  const kinds = JSON.parse(printed) as readonly (string | null)[];
  // What takes all memory may well take too long first, while it is collected.
  const [held] = kinds.toSpliced(0, 5);
  expect(['memory', 'hang']).toContain(held);
  expect(kinds.toSpliced(5, 1)).toEqual([null, 'finding', null, 'hang', null, 'broken', null]);
}, 120_000);
