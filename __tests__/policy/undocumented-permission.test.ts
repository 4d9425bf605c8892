import { describe, expect, test } from '@jest/globals';

import { briefly, foundBy, judgementOf } from '../helpers/judging.ts';

const steps = '    runs-on: x\n    steps:\n      - run: make\n';

function undocumented(permissions: string, jobPermissions = '') {
  const own = jobPermissions === '' ? '' : `    permissions:${jobPermissions}\n`;
  return foundBy('undocumented-permission', `on: push\npermissions:${permissions}\njobs:\n  a:\n${own}${steps}`);
}

describe('a line of a block', () => {
  test.each<readonly [string, string, readonly (readonly [string, number])[]]>([
    ['without a comment', '\n  contents: read\n  issues: write', [['ci.yml:3:3', 2]]],
    ['with a comment beside it', '\n  contents: read # checkout\n  issues: write # labels', []],
    ['with a comment above it', '\n  # checkout\n  contents: read', []],
    ['one with and one without', '\n  contents: read # checkout\n  issues: write', [['ci.yml:4:3', 1]]],
    ['an empty comment says nothing', '\n  contents: read #', [['ci.yml:3:3', 1]]],
    ['none needs no reason', '\n  contents: none', []],
    ['nor does an empty block', ' {}', []],
    ['a shorthand without', ' read-all', [['ci.yml:2:14', 1]]],
    ['a shorthand with', ' read-all # for the linter', []],
  ])('%s', (_, permissions, expected) => {
    expect(undocumented(permissions).map((one) => [briefly(one), one.subjects.length])).toEqual(expected);
  });

  test('each block is a finding', () => {
    expect(undocumented('\n  contents: read', '\n      issues: write').map(briefly)).toEqual([
      'ci.yml:3:3',
      'ci.yml:7:7 a',
    ]);
  });
});

test('by default the rule is off', () => {
  const { findings } = judgementOf(`on: push\npermissions:\n  contents: read\njobs:\n  a:\n${steps}`);
  expect(findings).toEqual([]);
});
