import { expect, test } from '@jest/globals';

import {
  refusedUntil,
  wasInShorthands,
  wasPackagesInRestricted,
  type WasThere,
} from '../../src/permissions/introduced.ts';

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

test.each<readonly [permission: string, day: string, wasThere: WasThere]>([
  ['drives', '2026-07-03', 'no'],
  ['drives', '2026-07-04', 'unknown'],
  ['drives', '2026-07-14', 'unknown'],
  ['drives', '2026-07-15', 'yes'],
  // No log without it was seen, so nobody knows about the time before the first one with it.
  ['models', '2025-06-14', 'unknown'],
  ['models', '2025-06-15', 'yes'],
  // It stands in no log, so none dates it.
  ['id-token', '2020-01-01', 'yes'],
  ['galaxies', '2026-11-12', 'unknown'],
])('`write-all` had %s on %s: %s', (permission, day, wasThere) => {
  expect(wasInShorthands(permission, day)).toBe(wasThere);
});

test.each<readonly [day: string, wasThere: WasThere]>([
  ['2022-12-01', 'no'],
  ['2022-12-02', 'unknown'],
  ['2023-02-25', 'unknown'],
  ['2023-02-26', 'yes'],
])('the restricted default had packages on %s: %s', (day, wasThere) => {
  expect(wasPackagesInRestricted(day)).toBe(wasThere);
});
