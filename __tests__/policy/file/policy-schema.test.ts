import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';

import schema from '../../../policy.schema.json' with { type: 'json' };
import { PERMISSION_TABLE } from '../../../src/permissions/permission-table.ts';
import { POLICY_KEYS } from '../../../src/policy/read-policy.ts';
import { ruleNames, RULES } from '../../../src/policy/rule-table.ts';
import { EVENT_NAMES } from '../../../src/workflow/grammar/event-names.ts';
import { tried } from '../../helpers/property.ts';
import { problemsIn, problemsInLines } from './reading-policy.ts';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

function accepts(text: string): boolean {
  return isValid(parse(text));
}

const writable = PERMISSION_TABLE.filter(({ levels }) => levels.length > 0);

test('the schema knows every key, rule, permission with its levels, and event', () => {
  expect(Object.keys(schema.properties)).toEqual(POLICY_KEYS);
  expect(Object.keys(schema.properties.rules.properties)).toEqual(ruleNames());
  const { properties } = schema.$defs.PermissionMapping;
  expect(Object.entries(properties).map(([name, { enum: levels }]) => [name, [...levels].sort()])).toEqual(
    writable.map(({ name, levels }) => [name, [...levels].sort()]),
  );
  expect(schema.$defs.Limit.properties.events.anyOf[0]).toEqual({ enum: EVENT_NAMES });
});

test('every key has a description', () => {
  const undescribed = (node: unknown, path: string): readonly string[] => {
    if (typeof node !== 'object' || node === null) return [];
    const { properties = {} } = node as { properties?: Record<string, { description?: string; enum?: unknown }> };
    const own = Object.entries(properties)
      .filter(([, one]) => one.description === undefined && one.enum === undefined && !('$ref' in one))
      .map(([name]) => `${path}.${name}`);
    return [...own, ...Object.entries(properties).flatMap(([name, one]) => undescribed(one, `${path}.${name}`))];
  };
  const defs = Object.entries(schema.$defs).flatMap(([name, one]) => undescribed(one, name));
  expect([...undescribed({ properties: schema.properties }, ''), ...defs]).toEqual([]);
});

describe('the schema accepts what the reader accepts', () => {
  test.each([
    'rules: {}',
    'rules: { over-limit: off, never-starts: error, write-on-untrusted-trigger: { level: error, in-proportion: false } }',
    'default-permissions: { enterprise: write }',
    'what-if: { default-permissions: write }',
    'what-if: { visibility: private }',
    'limits: [{ permissions: read-all }]',
    "limits: [{ workflows: '*', jobs: ['a/**', '[!a]?'], called: x@v1, events: push, actors: [fork], permissions: { models: read, id-token: none } }]",
    'exceptions: [{ rule: over-limit, reason: x, expires: 2028-02-29 }]',
    'exceptions: [{ rule: unknown-permission, permissions: brand-new, reason: x }]',
    'scopes: { brand-new: [read, write], other: read }\nlimits: [{ permissions: { brand-new: write } }]',
    'trusted-owners: octo-org',
    'actions: { octo-org/a: { contents: read }, octo-org/b/c: {} }',
    'may-loosen: { rules: [over-limit], limits: true }',
    'extends: octo-org/.github/a/b.yaml@release/v1',
  ])('%s', (lines) => {
    expect(problemsInLines(lines)).toEqual([]);
    expect(accepts(`version: 1\n${lines}\n`)).toBe(true);
  });
});

describe('the schema refuses what the reader refuses', () => {
  test.each([
    'rule: {}',
    'rules:',
    'rules: { over-limits: error }',
    'rules: { over-limit: warn }',
    'rules: { over-limit: { level: error, in-proportion: false } }',
    'rules: { over-limit: {} }',
    'default-permissions: unknown',
    'default-permissions: {}',
    'what-if: {}',
    'what-if: read',
    'what-if: { default-permissions: read, visibility: public }',
    'default-permissions: { organisation: read }',
    'limits: {}',
    'limits: [{ jobs: x }]',
    'limits: [{ job: x, permissions: {} }]',
    'limits: [{ permissions: { content: read } }]',
    'limits: [{ permissions: { metadata: read } }]',
    'limits: [{ permissions: { models: write } }]',
    'limits: [{ permissions: none }]',
    'limits: [{ workflows: [], permissions: {} }]',
    'limits: [{ jobs: "", permissions: {} }]',
    'limits: [{ jobs: 1, permissions: {} }]',
    'limits: [{ jobs: ./a, permissions: {} }]',
    'limits: [{ jobs: /a, permissions: {} }]',
    'limits: [{ jobs: a/, permissions: {} }]',
    'limits: [{ jobs: "a***", permissions: {} }]',
    'limits: [{ jobs: "!a", permissions: {} }]',
    'limits: [{ jobs: "{a,b}", permissions: {} }]',
    'limits: [{ jobs: "${{ x }}", permissions: {} }]',
    'limits: [{ events: pullrequest, permissions: {} }]',
    'limits: [{ actors: outsider, permissions: {} }]',
    'exceptions: [{ rule: over-limit }]',
    'exceptions: [{ reason: x }]',
    'exceptions: [{ rule: over-limit, reason: " " }]',
    'exceptions: [{ rule: over-limit, reason: "${{ x }}" }]',
    'exceptions: [{ rule: over-limit, reason: x, permissions: content }]',
    'exceptions: [{ rule: over-limit, reason: x, expires: 2027-02-29 }]',
    'exceptions: [{ rule: over-limit, reason: x, expires: 2027-1-1 }]',
    'exceptions: [{ rule: over-limit, reason: x, until: 2027-01-01 }]',
    'extends: octo-org/.github/policy.yml',
    'extends: octo-org/policy.yml@main',
    'extends: ./policy.yml@main',
    'scopes: { new_one: [read] }',
    'scopes: { new-one: [admin] }',
    'scopes: { new-one: [] }',
    'trusted-owners: octo-org/repo',
    'actions: { octo-org: {} }',
    'actions: { octo-org/a@v1: {} }',
    'actions: { octo-org/a: read-all }',
    'may-loosen: { limits: yes }',
    'may-loosen: { rules: [over-limits] }',
    'may-loosen: { limit: true }',
  ])('%s', (lines) => {
    expect(problemsInLines(lines)).not.toEqual([]);
    expect(accepts(`version: 1\n${lines}\n`)).toBe(false);
  });

  test.each(['rules: {}\n', 'version: 2\n', 'version: "1"\n', '- version: 1\n', ''])('%j', (text) => {
    expect(problemsIn(text)).not.toEqual([]);
    expect(accepts(text)).toBe(false);
  });
});

const name = fc.constantFrom('build', 'release.yml', 'a/**', '*', '[a-c]?', './a', '', 'x//y', '{a,b}');
const texts = fc.oneof(name, fc.array(name, { maxLength: 2 }));
const anyOf = (words: readonly string[]) => fc.oneof(fc.constantFrom(...words), fc.constantFrom('other', 'Read'));
const permissions = fc.oneof(
  fc.constantFrom('read-all', 'write-all', 'none'),
  fc.dictionary(anyOf([...writable.map((one) => one.name), 'brand-new']), anyOf(['none', 'read', 'write']), {
    maxKeys: 3,
  }),
);
const limit = fc.record(
  {
    workflows: texts,
    jobs: texts,
    called: texts,
    events: anyOf(['push', 'release']),
    actors: anyOf(['fork']),
    permissions,
  },
  { requiredKeys: [] },
);
const exception = fc.record(
  {
    rule: anyOf(ruleNames()),
    jobs: texts,
    permissions: anyOf(['contents', 'brand-new']),
    reason: fc.constantFrom('x', ' '),
    expires: fc.constantFrom('2027-01-31', '2027-02-30'),
  },
  { requiredKeys: ['rule', 'reason'] },
);
const level = anyOf(['off', 'note', 'warning', 'error']);
const document = fc.record(
  {
    version: fc.constantFrom(1, 1, 1, 2),
    rules: fc.dictionary(
      anyOf(ruleNames()),
      fc.oneof(level, fc.record({ level, 'in-proportion': fc.boolean() }, { requiredKeys: [] })),
      { maxKeys: 2 },
    ),
    limits: fc.array(limit, { maxLength: 1 }),
    exceptions: fc.array(exception, { maxLength: 2 }),
    scopes: fc.dictionary(fc.constantFrom('brand-new', 'contents', 'Wrong'), anyOf(['read', 'write']), { maxKeys: 1 }),
    'trusted-owners': fc.constantFrom('octo-org', ['a', 'b'], [], 'a/b'),
    'may-loosen': fc.record(
      { limits: fc.boolean(), rules: fc.array(anyOf(Object.keys(RULES)), { maxLength: 1 }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['version'] },
);

/** What only the whole file tells: the schema sees no further than one entry, and no table but its own. */
const BEYOND = /brand-new|always replaces|can match nothing: (?:a `\[`|the range)/;

test('both agree on random policies', () => {
  fc.assert(
    fc.property(document, (policy) => {
      const problems = problemsIn(stringify(policy));
      const valid = isValid(policy);
      const isBeyond = (problem: string) =>
        BEYOND.test(problem) || ('scopes' in policy && problem.includes('There is no permission'));
      if (problems.every(isBeyond)) return problems.length > 0 || valid;
      return !valid;
    }),
    tried(1000),
  );
});
