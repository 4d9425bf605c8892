import { describe, expect, test } from '@jest/globals';

import type { Policy } from '../../src/model/policy.ts';
import { milder, stricter, weightOf } from '../../src/policy/levels.ts';
import { newPermissions, trustedOwners } from '../../src/policy/may-loosen.ts';
import { policyOf } from './file/reading-policy.ts';

/** A policy: the repository's own file first, then what it extends. */
function policy(...files: readonly string[]): Policy {
  return files.map((text, index) => policyOf(`version: 1\n${text}\n`, undefined, `policy-${index}.yml`));
}

const MISSING = 'missing-permissions';
const IN_PROPORTION = 'write-on-untrusted-trigger';

function levelIn(files: Policy, rule: string = MISSING, grade?: 'error' | 'warning' | 'note'): string {
  return weightOf(files, rule, grade).level;
}

test('levels have an order', () => {
  expect(stricter('note', 'warning')).toBe('warning');
  expect(stricter('off', 'off')).toBe('off');
  expect(milder('error', 'off')).toBe('off');
  expect(milder('note', 'warning')).toBe('note');
});

describe('the level of a rule', () => {
  test('is its own where no policy says otherwise', () => {
    expect(levelIn([])).toBe('warning');
    expect(levelIn(policy(''))).toBe('warning');
    expect(levelIn(policy('', ''), 'undocumented-permission')).toBe('off');
  });

  test.each(['off', 'note', 'warning', 'error'])('is what the one policy says: %s', (level) => {
    expect(levelIn(policy(`rules: { ${MISSING}: ${level} }`))).toBe(level);
  });

  test.each([
    // The repository's own, the shared one, what counts.
    ['error', 'note', 'error'],
    ['note', 'error', 'error'],
    ['off', 'note', 'note'],
    ['off', 'off', 'off'],
    ['warning', 'off', 'warning'],
  ])('only goes up: %s, extending one with %s, is %s', (own, shared, level) => {
    expect(levelIn(policy(`rules: { ${MISSING}: ${own} }`, `rules: { ${MISSING}: ${shared} }`))).toBe(level);
  });

  test('stays what the shared policy says where the own one is silent', () => {
    expect(levelIn(policy('', `rules: { ${MISSING}: off }`))).toBe('off');
    expect(levelIn(policy('', `rules: { ${MISSING}: error }`))).toBe('error');
  });

  test('cannot fall below the default where the shared policy is silent', () => {
    expect(levelIn(policy(`rules: { ${MISSING}: off }`, ''))).toBe('warning');
    expect(levelIn(policy(`rules: { ${MISSING}: error }`, ''))).toBe('error');
  });

  test('may go down for the rules that the shared policy lists', () => {
    const loose = `rules: { ${MISSING}: error, over-limit: error }\nmay-loosen: { rules: [${MISSING}] }`;
    const files = policy(`rules: { ${MISSING}: off, over-limit: off }`, loose);
    expect(levelIn(files)).toBe('off');
    expect(levelIn(files, 'over-limit')).toBe('error');
  });

  test('counts through three policies', () => {
    expect(levelIn(policy('rules: { over-limit: off }', '', 'rules: { over-limit: note }'), 'over-limit')).toBe('note');
    const middle = `rules: { ${MISSING}: off }\nmay-loosen: { rules: [${MISSING}] }`;
    expect(levelIn(policy(`rules: { ${MISSING}: off }`, middle, `rules: { ${MISSING}: note }`))).toBe('off');
    expect(levelIn(policy('', middle, `rules: { ${MISSING}: note }`))).toBe('note');
  });
});

describe('the level of a rule in proportion', () => {
  const level = (setting: string, grade?: 'error' | 'warning' | 'note') =>
    levelIn(policy(`rules: { ${IN_PROPORTION}: ${setting} }`), IN_PROPORTION, grade);

  test('is the highest, and lower grades stay', () => {
    expect(level('error', 'warning')).toBe('warning');
    expect(level('warning', 'error')).toBe('warning');
    expect(level('note', 'error')).toBe('note');
    expect(level('off', 'error')).toBe('off');
    expect(level('{ level: error }', 'note')).toBe('note');
    expect(levelIn([], IN_PROPORTION, 'note')).toBe('note');
    expect(levelIn([], IN_PROPORTION)).toBe('error');
  });

  test('is the same for all when the policy says so', () => {
    expect(level('{ level: error, in-proportion: false }', 'note')).toBe('error');
    expect(level('{ level: off, in-proportion: false }', 'note')).toBe('off');
  });

  test('of a shared policy holds grade by grade', () => {
    const shared = `rules: { ${IN_PROPORTION}: { level: warning, in-proportion: false } }`;
    expect(levelIn(policy(`rules: { ${IN_PROPORTION}: error }`, shared), IN_PROPORTION, 'note')).toBe('warning');
    expect(levelIn(policy(`rules: { ${IN_PROPORTION}: error }`, shared), IN_PROPORTION, 'error')).toBe('error');
  });

  test('a rule that is not in proportion keeps what it says is milder', () => {
    const rules = new Map([['startup-failure', { level: 'error', inProportion: false } as const]]);
    const [own] = policy('');
    expect(levelIn([{ ...own!, rules }], 'startup-failure', 'warning')).toBe('warning');
  });
});

describe('what remains of a violation that is excused', () => {
  const floors = (files: Policy, demanding?: number) =>
    weightOf(files, 'over-limit', undefined, demanding === undefined ? undefined : files[demanding]).floors;
  const LOOSE = 'may-loosen: { exceptions: true }';

  test('is nothing without a shared policy', () => {
    expect(floors(policy(''))).toEqual(['off']);
  });

  test('is what the shared policy demands, unless that one lets exceptions be made', () => {
    expect(floors(policy('', ''))).toEqual(['error', 'off']);
    expect(floors(policy('rules: { over-limit: error }', 'rules: { over-limit: note }'))).toEqual(['note', 'off']);
    expect(floors(policy('', LOOSE))).toEqual(['off', 'off']);
  });

  test('is nothing of a limit of the own policy', () => {
    expect(floors(policy('', ''), 0)).toEqual(['off', 'off']);
    expect(floors(policy('', ''), 1)).toEqual(['error', 'off']);
  });

  test('is what the nearest policy demands that lets none be made', () => {
    expect(floors(policy('', '', ''))).toEqual(['error', 'error', 'off']);
    expect(floors(policy('', `rules: { over-limit: error }\n${LOOSE}`, 'rules: { over-limit: note }'))).toEqual([
      'note',
      'note',
      'off',
    ]);
    expect(floors(policy('', '', LOOSE))).toEqual(['error', 'off', 'off']);
    expect(floors(policy('', LOOSE, ''), 1)).toEqual(['off', 'off', 'off']);
    expect(floors(policy('', LOOSE, ''), 2)).toEqual(['error', 'error', 'off']);
  });
});

describe('what else an extending policy may loosen', () => {
  const OWN = 'trusted-owners: [Octo-Org, own]\nscopes: { own-scope: read }';
  const SHARED = 'trusted-owners: [shared]\nscopes: { shared-scope: [read, write] }';
  const names = (files: Policy) => [[...trustedOwners(files)], newPermissions(files).map(({ name }) => name)];

  test('is nothing by default', () => {
    expect(names(policy(OWN))).toEqual([['octo-org', 'own'], ['own-scope']]);
    expect(names(policy(OWN, SHARED))).toEqual([['shared'], ['shared-scope']]);
  });

  test('is what the shared policy says', () => {
    expect(names(policy(OWN, `${SHARED}\nmay-loosen: { scopes: true }`))).toEqual([
      ['shared'],
      ['own-scope', 'shared-scope'],
    ]);
    expect(names(policy(OWN, `${SHARED}\nmay-loosen: { trusted-owners: true }`))).toEqual([
      ['octo-org', 'own', 'shared'],
      ['shared-scope'],
    ]);
  });

  test('needs every policy further up', () => {
    const loose = 'may-loosen: { scopes: true, trusted-owners: true }';
    expect(names(policy(OWN, loose, SHARED))).toEqual([['shared'], ['shared-scope']]);
    expect(names(policy(OWN, loose, `${SHARED}\n${loose}`))).toEqual([
      ['octo-org', 'own', 'shared'],
      ['own-scope', 'shared-scope'],
    ]);
  });
});
