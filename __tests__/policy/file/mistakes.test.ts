import { describe, expect, test } from '@jest/globals';

import { policyOf, problemsIn, problemsInLines } from './reading-policy.ts';

const exception = (more: string) => `exceptions: [{ rule: over-limit, reason: x, ${more} }]`;
const extended = (file: string, why: string) =>
  [
    `extends: '${file}'`,
    `2:10 '${file}' is not the file of a repository at a ref: ${why}. | Write OWNER/REPOSITORY/path@ref, such as octo-org/.github/permissions-policy.yml@main.`,
  ] as const;
const action = (name: string, why: string) =>
  [`actions: { ${name}: {} }`, `2:12 '${name}' is no action: ${why}. | Write owner/name or owner/name/path.`] as const;
const noDay = (day: string) =>
  [
    exception(`expires: ${day}`),
    `2:54 '${day}' is no day of the calendar. | Write the last day as YYYY-MM-DD, such as 2027-01-31.`,
  ] as const;

describe('of another kind than it has to be', () => {
  test.each([
    ['actions: [x]', '2:10 `actions` is a mapping of actions and what they need, not a list.'],
    [
      'actions: { octo-org/a: read-all }',
      "2:24 `permissions` is a mapping of permissions and their levels, not 'read-all'.",
    ],
    ['scopes: [x]', '2:9 `scopes` is a mapping of new permissions and their levels, not a list.'],
    [
      'scopes: { new-one: { a: b } }',
      "2:20 The levels of 'new-one' is a text or a list of read and write, not a mapping.",
    ],
    [
      'limits: [{ permissions: [x] }]',
      '2:25 `permissions` is a mapping of permissions, read-all, write-all or {}, not a list.',
    ],
    [
      'limits: [{ permissions: { contents: {} } }]',
      "2:37 The level of 'contents' is none, read or write, not a mapping.",
    ],
    ['limits: [{ events: { a: b }, permissions: {} }]', '2:20 `events` is a text or a list of events, not a mapping.'],
    ['limits: [{ actors: [{}], permissions: {} }]', '2:21 `actors` is a text, not a mapping.'],
    [
      'exceptions: [x]',
      "2:14 An exception is a mapping of rule, workflows, jobs, called, permissions, reason and expires, not 'x'.",
    ],
    [
      exception('permissions: { a: b }'),
      '2:58 `permissions` is a text or a list of names of permissions, not a mapping.',
    ],
    [
      'default-permissions:',
      '2:21 `default-permissions` is read, write, or a mapping of levels such as `organization: read`, not nothing.',
    ],
    [
      'default-permissions: {}',
      '2:22 `default-permissions` is read, write, or a mapping of levels such as `organization: read`, not a mapping.',
    ],
    ['default-permissions: { repository: [] }', '2:36 `repository` is read or write, not a list.'],
    ['default-permissions: { repository: }', '2:35 `repository` is read or write, not nothing.'],
    ['what-if: { default-permissions: {} }', '2:33 `default-permissions` is read or write, not a mapping.'],
    ['may-loosen: { rules: [1] }', "2:23 A rule is a text, not '1'. | Write it in quotes."],
    ['rules: { over-limit: { level: fatal } }', "2:31 `level` is off, note, warning or error, not 'fatal'."],
    ['trusted-owners:\n  "${{ x }}": a', '3:3 `trusted-owners` is a text or a list of owners, not a mapping.'],
  ])('%s', (lines, problem) => {
    expect(problemsInLines(lines)).toEqual([problem]);
  });
});

describe('a name that is none', () => {
  test.each([
    [
      'rules: { over-limit: { levle: error } }',
      "2:24 There is no key 'levle' in the rule 'over-limit'. | Did you mean level?",
    ],
    [
      'what-if: { forks: read }',
      "2:12 There is no key 'forks' in `what-if`. | Known here: default-permissions, visibility.",
    ],
    ['what-if: { default-permissions: admin }', "2:33 `default-permissions` is read or write, not 'admin'."],
    [
      'scopes: { new_one: [read] }',
      "2:11 'new_one' cannot be the name of a permission. | Write it as GitHub does, such as pull-requests.",
    ],
    [
      'limits: [{ jobs: "!a", permissions: {} }]',
      "2:18 The pattern '!a' can match nothing: a `!` in front excludes nothing. | Write an entry for the others below: the last one wins.",
    ],
    extended('@main', "'' is no owner"),
    extended('octo-org@main', "'' is no repository"),
    extended('octo-org/a b/policy.yml@main', "'a b' is no repository"),
    extended('octo-org/.github@main', 'the path of the file is missing'),
    extended('octo-org/.github//policy.yml@main', 'the path is not a plain one'),
    extended('octo-org/.github/./policy.yml@main', 'the path is not a plain one'),
    extended('octo-org/.github/policy.yml.txt@main', 'the file does not end in .yml or .yaml'),
    action('octo-org', 'it does not begin with an owner and a repository'),
    action('octo-org/a/', 'its path is not a plain one'),
    action('octo-org/a/./b', 'its path is not a plain one'),
    action('octo-org/a/../b', 'its path is not a plain one'),
    noDay('x2027-01-31'),
    noDay('2027-01-311'),
    noDay('2027-00-31'),
    noDay('2027-13-01'),
    noDay('2027-04-31'),
    noDay('2027-01-00'),
    noDay('0999-12-31'),
  ])('%s', (lines, problem) => {
    expect(problemsInLines(lines)).toEqual([problem]);
  });

  test('days that are some', () => {
    expect(
      ['1000-01-01', '2028-02-29', '2027-12-31'].flatMap((day) => problemsInLines(exception(`expires: ${day}`))),
    ).toEqual([]);
  });

  test('a file may end in .yaml, and a path of an action is one of several parts', () => {
    expect(problemsInLines('extends: octo-org/.github/a/policy.yaml@main\nactions: { octo-org/a/b/c: {} }')).toEqual(
      [],
    );
  });
});

describe('several mistakes', () => {
  test('a key that is misspelt beside the one that is meant takes nothing away', () => {
    expect(problemsInLines('rules: { over-limit: fatal }\nrule: { over-limit: error }')).toEqual([
      "2:22 The level is off, note, warning or error, not 'fatal'.",
      "3:1 There is no key 'rule' in a policy. | Did you mean rules?",
    ]);
  });

  test('a version in quotes, and others', () => {
    expect(problemsIn('version: "1"\nrule: {}\n')).toEqual([
      '1:10 `version` is the number 1, not a text. | Write `version: 1`.',
      "2:1 There is no key 'rule' in a policy. | Did you mean rules?",
    ]);
  });

  test('what is no limit is not replaced', () => {
    expect(problemsInLines('limits: [x, { permissions: {} }]')).toEqual([
      "2:10 A limit is a mapping of workflows, jobs, called, events, actors and permissions, not 'x'.",
    ]);
  });

  test('an empty list is one, and not replaced', () => {
    expect(problemsInLines('limits: [{ events: [], permissions: {} }, { events: push, permissions: {} }]')).toEqual([
      '2:20 `events` is an empty list, which can match nothing. | Name some, or remove the key.',
    ]);
  });
});

describe('new permissions add levels to those of one name alone', () => {
  test('others keep theirs', () => {
    expect(problemsInLines('scopes: { models: [read, write] }\nlimits: [{ permissions: { id-token: read } }]')).toEqual(
      ["3:37 The level of 'id-token' is none or write, not 'read'."],
    );
  });

  test('what every token has cannot be written, whatever was added', () => {
    expect(problemsInLines('scopes: { metadata: read }\nlimits: [{ permissions: { metadata: read } }]')).toEqual([
      "3:27 There is no permission 'metadata'. | Every token has `metadata: read`. Remove the line.",
    ]);
  });
});

describe('expressions', () => {
  const NO = 'A policy has no expressions: `${{ }}` is not read here. | Write the value itself.';
  test.each([
    "&x ${{ 'read' }}",
    "&x   ${{ 'read' }}",
    "!!str ${{ 'read' }}",
    "&x !!str '${{ ''read'' }}'",
    '>-\n\n  ${{ vars.LEVEL }}',
    "|\n  ${{ 'read' }}",
  ])('%s', (value) => {
    expect(problemsInLines(`default-permissions: ${value}`)).toEqual([expect.stringContaining(NO)]);
  });
});

test('a wide limit among several replaces what is in it', () => {
  const limits = (first: string, later: string) =>
    problemsInLines(`limits:\n  - { ${first}, permissions: {} }\n  - { ${later}, permissions: {} }`).length;
  expect(limits("jobs: 'b/*'", "jobs: [a, '**']")).toBe(1);
  expect(limits("jobs: 'b*'", "jobs: 'b*'")).toBe(1);
  expect(limits("called: 'a/b*'", "called: 'a/b*'")).toBe(1);
});

test('what may be loosened is what is named alone', () => {
  const nothing = {
    rules: [],
    limits: false,
    exceptions: false,
    scopes: false,
    trustedOwners: false,
    actions: false,
  };
  const loosened = (key: string) => policyOf(`version: 1\nmay-loosen: { ${key}: true }\n`).mayLoosen;
  for (const key of ['limits', 'exceptions', 'scopes', 'actions']) {
    expect(loosened(key)).toEqual({ ...nothing, [key]: true });
  }
  expect(loosened('trusted-owners')).toEqual({ ...nothing, trustedOwners: true });
});

test('a rule keeps its proportion if nothing else is said', () => {
  expect(policyOf('version: 1\nrules: { write-on-untrusted-trigger: { level: error } }\n').rules).toEqual(
    new Map([['write-on-untrusted-trigger', { level: 'error', inProportion: true }]]),
  );
});

test.each([
  ['events', 'psh', "There is no event 'psh'. | Did you mean push?"],
  ['actors', 'forks', "An actor is repository, fork or dependabot, not 'forks'. | Did you mean fork?"],
])('two limits with the same mistake under `%s`, of which neither replaces the other', (key, word, problem) => {
  const limit = (level: string) => `  - { ${key}: [${word}], permissions: { contents: ${level} } }`;
  const column = `  - { ${key}: [`.length + 1;
  expect(problemsInLines(`limits:\n${limit('read')}\n${limit('write')}`)).toEqual([
    `3:${column} ${problem}`,
    `4:${column} ${problem}`,
  ]);
});
