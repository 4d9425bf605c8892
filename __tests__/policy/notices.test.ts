import { describe, expect, test } from '@jest/globals';

import { policyNotices } from '../../src/policy/notices.ts';
import { emptyPolicy } from '../../src/policy/read-policy.ts';
import { POLICY_PATH, policyOf } from './file/reading-policy.ts';

const TODAY = '2026-11-21';
const OWN = `version: 1
extends: octo-org/.github/policy.yml@main
trusted-owners: [octo-labs]
scopes: { brand-new: read }
actions: { octo-org/deploy: {} }
`;

function told(own: string, shared: string): readonly string[] {
  const policy = [policyOf(own, undefined, 'own.yml'), policyOf(`version: 1\n${shared}\n`, undefined, 'shared.yml')];
  return policyNotices(policy, TODAY).map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`);
}

describe('what a shared policy lets nobody add', () => {
  test('is told, with the words that would allow it', () => {
    expect(told(OWN, '')).toEqual(
      ['scopes', 'trusted-owners', 'actions'].map((key) =>
        expect.stringMatching(
          `^own.yml:2:10 \`${key}\` in own.yml does not count: shared.yml .*\`may-loosen: { ${key}: true }\``,
        ),
      ),
    );
  });

  test('is told at the first line of a file that names no other', () => {
    expect(told('version: 1\ntrusted-owners: [octo-labs]\n', '')).toEqual([
      'own.yml:1:1 `trusted-owners` in own.yml does not count: shared.yml would have to say `may-loosen: { trusted-owners: true }`.',
    ]);
  });

  test('is silent about what it allows, and where nothing is added', () => {
    expect(told(OWN, 'may-loosen: { scopes: true, trusted-owners: true, actions: true }')).toEqual([]);
    expect(told('version: 1\nextends: octo-org/.github/policy.yml@main\n', 'scopes: { brand-new: read }')).toEqual([]);
  });
});

test('a policy that says nothing has none', () => {
  expect(policyNotices([emptyPolicy('own.yml')], TODAY)).toEqual([]);
});

describe('an exception tells its end from two weeks before until its last day', () => {
  test.each([
    ['2026-11-20', null],
    ['2026-11-21', 'today'],
    ['2026-11-22', 'tomorrow'],
    ['2026-11-23', 'in 2 days'],
    ['2026-12-05', 'in 14 days'],
    ['2026-12-06', null],
  ])('%s', (expires, when) => {
    const text = `version: 1\nexceptions: [{ rule: over-limit, reason: why, expires: ${expires} }]\n`;
    const notice = {
      message: `The exception from 'over-limit' excuses until ${expires}, which is ${when}.`,
      path: POLICY_PATH,
      line: 2,
      column: 14,
    };
    expect(policyNotices([policyOf(text)], TODAY)).toEqual(when === null ? [] : [notice]);
  });

  test('without an end there is none', () => {
    const text = 'version: 1\nexceptions: [{ rule: over-limit, reason: why }]\n';
    expect(policyNotices([policyOf(text)], TODAY)).toEqual([]);
  });
});
