import { describe, expect, test } from '@jest/globals';

import type { StepNeed } from '../../src/model/needs.ts';
import type { Permissions } from '../../src/model/permission.ts';
import { leastFor } from '../../src/needs/compose.ts';

function need(permission: string, level: 'read' | 'write', more: Partial<StepNeed> = {}): StepNeed {
  return { path: 'ci.yml', line: 1, column: 1, by: 'x', because: 'y', permission, level, ...more };
}

const comment = need('issues', 'write', { instead: ['pull-requests'] });

describe('the least block for some needs', () => {
  test.each<readonly [string, readonly StepNeed[], Permissions, Permissions]>([
    ['is empty for none', [], { contents: 'write' }, {}],
    ['has the highest level of each', [need('contents', 'read'), need('contents', 'write')], {}, { contents: 'write' }],
    ['has the first of several', [comment], {}, { issues: 'write' }],
    ['has the one of several that is granted', [comment], { 'pull-requests': 'write' }, { 'pull-requests': 'write' }],
    ['not one that is granted too little', [comment], { 'pull-requests': 'read' }, { issues: 'write' }],
    [
      'has the one of several that something else needs',
      [comment, need('pull-requests', 'write')],
      { issues: 'write' },
      { 'pull-requests': 'write' },
    ],
    [
      'has what an issue takes, whatever else needs the other',
      [need('issues', 'write', { instead: ['pull-requests'], subject: 'known' }), need('pull-requests', 'write')],
      {},
      { issues: 'write', 'pull-requests': 'write' },
    ],
    [
      'has the other one where that alone is granted',
      [need('issues', 'write', { instead: ['pull-requests'], subject: 'known' })],
      { 'pull-requests': 'write' },
      { 'pull-requests': 'write' },
    ],
    [
      'has both where it may be an issue or a pull request',
      [need('issues', 'write', { instead: ['pull-requests'], subject: 'unknown' })],
      {},
      { issues: 'write', 'pull-requests': 'write' },
    ],
    [
      'but only what is granted of them',
      [need('issues', 'write', { instead: ['pull-requests'], subject: 'unknown' })],
      { issues: 'read', 'pull-requests': 'write' },
      { 'pull-requests': 'write' },
    ],
    [
      'has what is optional where it is granted',
      [need('actions', 'write', { optional: true })],
      { actions: 'write' },
      { actions: 'write' },
    ],
    ['not where it is not', [need('actions', 'write', { optional: true })], { actions: 'read' }, {}],
    [
      'is in the order of names',
      [need('issues', 'read'), need('checks', 'read')],
      {},
      { checks: 'read', issues: 'read' },
    ],
  ])('%s', (_, needs, granted, expected) => {
    const least = leastFor(needs, granted);
    expect(least).toEqual(expected);
    expect(Object.keys(least)).toEqual(Object.keys(expected));
  });
});
