import { describe, expect, test } from '@jest/globals';

import { policyNotices } from '../../src/policy/notices.ts';
import { policyOf } from './file/reading-policy.ts';

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

  test('is silent about what it allows, and where nothing is added', () => {
    expect(told(OWN, 'may-loosen: { scopes: true, trusted-owners: true, actions: true }')).toEqual([]);
    expect(told('version: 1\nextends: octo-org/.github/policy.yml@main\n', 'scopes: { brand-new: read }')).toEqual([]);
  });
});

test('an exception tells its end from two weeks before until its last day', () => {
  const ending = (expires: string) =>
    policyNotices(
      [policyOf(`version: 1\nexceptions: [{ rule: over-limit, reason: why, expires: ${expires} }]\n`)],
      TODAY,
    ).map(({ message }) => message);
  expect(['2026-11-20', '2026-11-21', '2026-12-05', '2026-12-06'].map((day) => ending(day).length)).toEqual([
    0, 1, 1, 0,
  ]);
});
