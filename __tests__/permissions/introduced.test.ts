import { expect, test } from '@jest/globals';

import { refusedUntil } from '../../src/permissions/introduced.ts';

test.each<readonly [permission: string, day: string, until: string | null]>([
  // Logs had it months before files could.
  ['vulnerability-alerts', '2026-04-01', '2026-09-03'],
  ['vulnerability-alerts', '2026-04-20', '2026-09-03'],
  ['vulnerability-alerts', '2026-09-02', '2026-09-03'],
  ['vulnerability-alerts', '2026-09-03', null],
  // Between the last log without it and the first with it, nobody knows.
  ['drives', '2026-07-03', '2026-07-13'],
  ['drives', '2026-07-04', null],
  ['copilot-requests', '2026-03-09', '2026-03-10'],
  ['copilot-requests', '2026-03-10', null],
  // No log without it was seen.
  ['models', '2025-01-01', null],
  ['contents', '2021-01-01', null],
  ['id-token', '2020-01-01', null],
  ['galaxies', '2020-01-01', null],
])('%s on %s could not stand in a file until %s', (permission, day, until) => {
  expect(refusedUntil(permission, day)).toBe(until);
});
