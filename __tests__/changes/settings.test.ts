import { describe, expect, test } from '@jest/globals';

import { settingsOf } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';
import { brief, changesUnder, stateOf } from '../helpers/comparing.ts';
import { tellsBothWays } from './both-ways.ts';
import { file, job, READ, WRITE } from './written.ts';

const on = 'pull_request';
const state = stateOf(file(on, job('a', [WRITE])));

const between = (before: Known, after: Known) =>
  changesUnder(state, state, settingsOf(before), settingsOf(after)).map((one) => brief(one));

const OFF = { default: 'read', visibility: 'private', forks: 'off' } as const;
const OPEN = { default: 'read', visibility: 'public' } as const;

/** One file under two settings: a fork's pull request starts nothing in a private repository, unless its settings say so. */
describe.each<[string, Known, Known, readonly string[], readonly string[]]>([
  [
    'the visibility',
    OPEN,
    OFF,
    ['no-longer-reachable ci/a pull_request fork outsiders contents:read>none'],
    ['reachable-by-outsiders ci/a pull_request fork outsiders contents:none>read'],
  ],
  [
    'the visibility, which the one side does not know',
    OPEN,
    { default: 'read', forks: 'off' },
    ['no-longer-reachable ci/a pull_request fork private outsiders contents:read>none'],
    ['reachable-by-outsiders ci/a pull_request fork private outsiders contents:none>read'],
  ],
  [
    'the visibility, which neither knows',
    { default: 'read', forks: 'off' },
    { default: 'read', forks: 'write' },
    ['reachable-by-outsiders ci/a pull_request fork private outsiders contents:none>write'],
    ['no-longer-reachable ci/a pull_request fork private outsiders contents:write>none'],
  ],
  [
    'what forks get, which the one side does not know',
    OFF,
    { default: 'read', visibility: 'private' },
    [
      'reachable-by-outsiders ci/a pull_request fork forks=read outsiders contents:none>read',
      'reachable-by-outsiders ci/a pull_request fork forks=write outsiders contents:none>write',
    ],
    [
      'no-longer-reachable ci/a pull_request fork forks=read outsiders contents:read>none',
      'no-longer-reachable ci/a pull_request fork forks=write outsiders contents:write>none',
    ],
  ],
  [
    'what forks get, which public repositories do not have',
    OPEN,
    { default: 'read', visibility: 'private' },
    [
      'no-longer-reachable ci/a pull_request fork forks=off outsiders contents:read>none',
      'raised ci/a pull_request fork forks=write outsiders contents:read>write',
    ],
    [
      'reachable-by-outsiders ci/a pull_request fork forks=off outsiders contents:none>read',
      'lowered ci/a pull_request fork forks=write outsiders contents:write>read',
    ],
  ],
  [
    'what forks get, which neither knows',
    { default: 'read', visibility: 'private' },
    { default: 'write', visibility: 'private' },
    [],
    [],
  ],
  ['all, which neither knows', {}, {}, [], []],
])('%s', (_, before, after, there, back) => {
  test('there', () => {
    expect(between(before, after)).toEqual(there);
  });

  test('and back', () => {
    expect(between(after, before)).toEqual(back);
  });
});

/** A setting that neither side knows has the same value in both: the job that did not change is not told. */
tellsBothWays(
  [
    [
      'the default',
      file('push', job('a')),
      file('push', job('a'), job('b', [READ])),
      ['new ci/b push repository+dependabot contents:none>read'],
      ['removed ci/b push repository+dependabot contents:read>none'],
    ],
    [
      'what forks get',
      file(on, job('a', [WRITE])),
      file(on, job('a', [WRITE]), job('b', [READ])),
      [
        'new ci/b pull_request repository+dependabot contents:none>read',
        'new ci/b pull_request fork public outsiders contents:none>read',
        'new ci/b pull_request fork private forks=read outsiders contents:none>read',
        'new ci/b pull_request fork private forks=write outsiders contents:none>read',
      ],
      [
        'removed ci/b pull_request repository+dependabot contents:read>none',
        'removed ci/b pull_request fork public outsiders contents:read>none',
        'removed ci/b pull_request fork private forks=read outsiders contents:read>none',
        'removed ci/b pull_request fork private forks=write outsiders contents:read>none',
      ],
    ],
  ],
  {},
  brief,
);
