import { describe, expect, test } from '@jest/globals';

import { PERMISSION_TABLE } from '../../../src/permissions/permission-table.ts';
import { permissionsOn } from '../../../src/permissions/platform.ts';
import { extendedFile, readPolicies } from '../../../src/policy/read-policy.ts';
import { policyText } from '../../helpers/policies.ts';
import { ruleNames } from '../../../src/policy/rule-table.ts';
import { GITHUB, POLICY_PATH, policyOf, problemsIn, problemsInLines } from './reading-policy.ts';

const WHOLE = `# What our jobs may do
version: 1
extends: octo-org/.github/permissions-policy.yml@main
default-permissions: { enterprise: write, organization: read }
rules:
  missing-permissions: error
  other-credentials: 'off'
  excessive-permission: note
  write-on-untrusted-trigger: { level: error, in-proportion: false }
limits:
  - workflows: '*'
    permissions: { contents: read, issues: none }
  - workflows: [release.yml, .github/workflows/publish.yml]
    jobs: publish
    called: octo-org/*/.github/workflows/*@v1
    events: [push, release]
    actors: repository
    permissions:
      contents: write
      id-token: write
      brand-new-scope: write
exceptions:
  - rule: unknown-permission
    workflows: legacy.yml
    permissions: other-scope
    reason: |
      waiting for the vendor
    expires: 2027-01-31
  - { rule: over-limit, jobs: 'build/**', permissions: [issues, models], reason: why not, expires: '2028-02-29' }
scopes:
  brand-new-scope: [write, read]
trusted-owners: [octo-org, Octo_corp]
what-if: { default-permissions: write }
actions:
  Octo-Org/Action/sub: { contents: read, issues: none }
may-loosen: { rules: [missing-permissions], limits: true, trusted-owners: false }
`;

test('every key says what it means', () => {
  expect(policyOf(WHOLE)).toEqual({
    path: '.github/permissions-policy.yml',
    extends: {
      owner: 'octo-org',
      name: '.github',
      path: 'permissions-policy.yml',
      ref: 'main',
      position: { line: 3, column: 10 },
    },
    whatIf: { setting: 'default-permissions', value: 'write' },
    defaultPermissions: 'read',
    rules: new Map([
      ['missing-permissions', { level: 'error', inProportion: true }],
      ['other-credentials', { level: 'off', inProportion: true }],
      ['excessive-permission', { level: 'note', inProportion: true }],
      ['write-on-untrusted-trigger', { level: 'error', inProportion: false }],
    ]),
    limits: [
      {
        path: '.github/permissions-policy.yml',
        line: 11,
        column: 5,
        workflows: ['*'],
        jobs: null,
        called: null,
        events: null,
        actors: null,
        permissions: { contents: 'read' },
      },
      {
        path: '.github/permissions-policy.yml',
        line: 13,
        column: 5,
        workflows: ['release.yml', '.github/workflows/publish.yml'],
        jobs: ['publish'],
        called: ['octo-org/*/.github/workflows/*@v1'],
        events: ['push', 'release'],
        actors: ['repository'],
        permissions: { 'brand-new-scope': 'write', contents: 'write', 'id-token': 'write' },
      },
    ],
    exceptions: [
      {
        path: '.github/permissions-policy.yml',
        line: 23,
        column: 5,
        rule: 'unknown-permission',
        workflows: ['legacy.yml'],
        jobs: null,
        called: null,
        permissions: ['other-scope'],
        reason: 'waiting for the vendor',
        expires: '2027-01-31',
      },
      {
        path: '.github/permissions-policy.yml',
        line: 29,
        column: 5,
        rule: 'over-limit',
        workflows: null,
        jobs: ['build/**'],
        called: null,
        permissions: ['issues', 'models'],
        reason: 'why not',
        expires: '2028-02-29',
      },
    ],
    scopes: [{ name: 'brand-new-scope', levels: ['read', 'write'] }],
    trustedOwners: ['octo-org', 'Octo_corp'],
    actions: new Map([['octo-org/action/sub', { contents: 'read' }]]),
    mayLoosen: {
      rules: ['missing-permissions'],
      limits: true,
      exceptions: false,
      scopes: false,
      trustedOwners: false,
      actions: false,
    },
    notices: [],
  });
});

test('a policy that says nothing but its version changes nothing', () => {
  expect(policyOf('version: 1\n')).toEqual({
    path: '.github/permissions-policy.yml',
    extends: null,
    defaultPermissions: null,
    whatIf: null,
    rules: new Map(),
    limits: [],
    exceptions: [],
    scopes: [],
    trustedOwners: [],
    actions: new Map(),
    mayLoosen: {
      rules: [],
      limits: false,
      exceptions: false,
      scopes: false,
      trustedOwners: false,
      actions: false,
    },
    notices: [],
  });
});

test('lists and mappings may be empty where that means nothing', () => {
  expect(
    problemsInLines('rules: {}\nlimits: []\nexceptions: []\nscopes: {}\nactions: {}\nmay-loosen: { rules: [] }'),
  ).toEqual([]);
});

describe('the setting', () => {
  test.each([
    ['read', 'read'],
    ['write', 'write'],
    ['{ enterprise: write, organization: read }', 'read'],
    ['{ repository: write }', 'write'],
    ['{ enterprise: write, organization: write }', null],
  ])('%s is %s', (written, value) => {
    expect(policyOf(`version: 1\ndefault-permissions: ${written}\n`).defaultPermissions).toBe(value);
  });
});

describe('a setting to try', () => {
  test.each([
    ['{ default-permissions: read }', { setting: 'default-permissions', value: 'read' }],
    ['{ visibility: public }', { setting: 'visibility', value: 'public' }],
  ])('%s', (written, value) => {
    expect(policyOf(`version: 1\nwhat-if: ${written}\n`).whatIf).toEqual(value);
  });
});

describe('the permissions of a limit', () => {
  const limit = (block: string, scopes = '{}') =>
    policyOf(`version: 1\nscopes: ${scopes}\nlimits:\n  - permissions: ${block}\n`).limits[0]?.permissions;
  const writable = PERMISSION_TABLE.filter(({ levels }) => levels.length > 0);

  test('`write-all` is the most of each, a new one included', () => {
    expect(limit('write-all', '{ new-one: [read, write], new-read: read }')).toEqual({
      ...Object.fromEntries(writable.map(({ name, writeAll }) => [name, writeAll])),
      'new-one': 'write',
      'new-read': 'read',
    });
  });

  test('`read-all` reads each that can be read', () => {
    expect(limit('read-all')).toEqual(
      Object.fromEntries(writable.filter(({ levels }) => levels.includes('read')).map(({ name }) => [name, 'read'])),
    );
  });

  test('`{}` is none', () => {
    expect(limit('{}')).toEqual({});
  });

  test('what the server lacks is left out there, since a policy may be for several', () => {
    const server = { kind: 'ghes', version: { major: 3, minor: 17 } } as const;
    const text = 'version: 1\nlimits:\n  - permissions: { models: read, contents: read }\n';
    expect(policyOf(text, server).limits[0]?.permissions).toEqual({ contents: 'read' });
    expect(policyOf(text).limits[0]?.permissions).toEqual({ models: 'read', contents: 'read' });
  });
});

test('every rule may be named, those that come later too', () => {
  expect(
    problemsInLines(
      `rules:\n${ruleNames()
        .map((name) => `  ${name}: error`)
        .join('\n')}`,
    ),
  ).toEqual([]);
  expect(ruleNames()).toEqual(expect.arrayContaining(['over-limit', 'excessive-permission', 'never-starts']));
});

test('carriage returns, a byte order mark and aliases are no mistakes', () => {
  expect(
    policyOf(
      '\ufeffversion: 1\r\nlimits:\r\n  - permissions: &few { contents: read }\r\n    jobs: a\r\n  - permissions: *few\r\n    jobs: b\r\n',
    ).limits,
  ).toMatchObject([
    { line: 3, column: 5, permissions: { contents: 'read' } },
    { line: 5, column: 5, permissions: { contents: 'read' } },
  ]);
});

describe('a file that is no policy', () => {
  test.each([
    ['', '1:1 The policy is empty. | Write `version: 1`, or delete the file.'],
    ['# version: 1\n', '1:1 The policy is empty. | Write `version: 1`, or delete the file.'],
    ['rules: {}\n', '1:1 The policy does not say which version it is of. | Write `version: 1`.'],
    ['version:\n', '1:9 `version` is the number 1, not that. | Write `version: 1`.'],
    ['version: "1"\n', '1:10 `version` is the number 1, not a text. | Write `version: 1`.'],
    [
      'version: 2\nother: 1\n',
      '1:10 A policy of version 2 cannot be read: this version of effective-permissions reads version 1. | Write `version: 1`.',
    ],
    ['rules: [\n', expect.stringMatching(/^2:1 The file is no valid YAML\. \| /)],
    ['version: 1\n---\nversion: 1\n', expect.stringMatching(/^2:1 .* one YAML document/)],
    ['version: !!set 1\n', expect.stringMatching(/^1:10 Unexpected tag/)],
    ['version: *one\n', expect.stringMatching(/^1:10 Unknown anchor 'one'/)],
  ])('%j', (text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  test('a list or a word is no policy', () => {
    expect(problemsIn('- version: 1\n')).toEqual([
      expect.stringMatching(/^1:1 A policy is a mapping of .*, not a list\.$/),
    ]);
    expect(problemsIn('version\n')).toEqual([
      expect.stringMatching(/^1:1 A policy is a mapping of .*, not 'version'\.$/),
    ]);
  });

  test('more than there may be is no policy, and ends soon', () => {
    expect(problemsIn(`version: 1\nrules: ${'['.repeat(100_000)}`)).toHaveLength(1);
    expect(problemsIn(`#${'x'.repeat(2 ** 20)}`)).toEqual([expect.stringContaining('maximum file size')]);
  });
});

describe('a mistake is told at its place, with what was probably meant', () => {
  test.each([
    // Keys
    ['rule: {}', "2:1 There is no key 'rule' in a policy. | Did you mean rules?"],
    ['Rules: {}', "2:1 There is no key 'Rules' in a policy. | Did you mean rules?"],
    ['rules: {}\nrules: {}', "3:1 'rules' is written twice. | It is on line 2 already. Keep one of them."],
    ['<<: { rules: {} }', '2:1 YAML merge keys are not read. | Write the keys out.'],
    ['limits:\n  - job: x\n    permissions: {}', "3:5 There is no key 'job' in a limit. | Did you mean jobs?"],
    [
      'exceptions:\n  - rule: over-limit\n    reason: x\n    until: 2027-01-01',
      expect.stringMatching(/^5:5 There is no key 'until' in an exception\. \| Known here: rule, /),
    ],
    ['may-loosen: { limit: true }', "2:15 There is no key 'limit' in `may-loosen`. | Did you mean limits?"],
    [
      'default-permissions: { organisation: read }',
      "2:24 There is no key 'organisation' in `default-permissions`. | Did you mean organization?",
    ],
    // Types
    ['rules:', '2:7 `rules` is a mapping of rules and their levels, not nothing.'],
    ['rules: [over-limit]', '2:8 `rules` is a mapping of rules and their levels, not a list.'],
    ['limits: { jobs: x }', '2:9 `limits` is a list of limits, not a mapping. | Begin each with `- `.'],
    ['exceptions: over-limit', "2:13 `exceptions` is a list of exceptions, not 'over-limit'."],
    ['limits:\n  - x', expect.stringMatching(/^3:5 A limit is a mapping of workflows, .* and permissions, not 'x'\.$/)],
    ['what-if: read', expect.stringMatching(/^2:10 `what-if` is one setting with its value, such as/)],
    [
      'what-if: { default-permissions: read, visibility: public }',
      expect.stringMatching(/^2:10 `what-if` is one setting/),
    ],
    ['what-if: { visibility: open }', "2:24 `visibility` is public, private or internal, not 'open'."],
    ['default-permissions: admin', "2:22 `default-permissions` is read or write, not 'admin'."],
    ['default-permissions: wrte', "2:22 `default-permissions` is read or write, not 'wrte'. | Did you mean write?"],
    ['default-permissions: []', expect.stringMatching(/^2:22 `default-permissions` is read, write, or a mapping/)],
    ['default-permissions: { repository: unknown }', "2:36 `repository` is read or write, not 'unknown'."],
    ['may-loosen: true', expect.stringMatching(/^2:13 `may-loosen` is a mapping of rules, limits, .*, not 'true'\.$/)],
    ['may-loosen: { limits: yes }', "2:23 `limits` is true or false, not 'yes'."],
    ['may-loosen: { rules: true }', "2:22 `rules` is a list of rules, not 'true'."],
    ['trusted-owners: { a: b }', '2:17 `trusted-owners` is a text or a list of owners, not a mapping.'],
    // Rules
    ['rules: { foo: error }', "2:10 There is no rule 'foo'. | All rules stand in docs/rules/README.md."],
    ['rules: { over-limits: error }', "2:10 There is no rule 'over-limits'. | Did you mean over-limit?"],
    ['rules: { over-limit: fatal }', "2:22 The level is off, note, warning or error, not 'fatal'."],
    [
      'rules: { over-limit: warn }',
      "2:22 The level is off, note, warning or error, not 'warn'. | Did you mean warning?",
    ],
    ['rules: { over-limit: false }', "2:22 The level is off, note, warning or error, not 'false'."],
    ['rules: { over-limit: }', '2:21 The level is off, note, warning or error, not nothing.'],
    ['rules: { over-limit: [error] }', '2:22 The level is off, note, warning or error, not a list.'],
    [
      'rules: { write-on-untrusted-trigger: { in-proportion: false } }',
      "2:38 The level of the rule 'write-on-untrusted-trigger' is missing. | Write `level: error`.",
    ],
    [
      'rules: { write-on-untrusted-trigger: { level: error, in-proportion: no } }',
      "2:69 `in-proportion` is true or false, not 'no'.",
    ],
    [
      'rules: { over-limit: { level: error, in-proportion: false } }',
      "2:38 Findings of the rule 'over-limit' are all of one level, so `in-proportion` says nothing about them. | It is for insufficient-permission, write-on-untrusted-trigger, raised-for-outsiders.",
    ],
    [
      'may-loosen: { rules: [missing-permission] }',
      "2:23 There is no rule 'missing-permission'. | Did you mean missing-permissions?",
    ],
    // Limits
    [
      'limits:\n  - jobs: x',
      '3:5 This limit does not say which permissions it allows. | Write `permissions: {}` to allow none.',
    ],
    [
      'limits: [{ permissions: { content: read } }]',
      expect.stringMatching(
        /^2:27 There is no permission 'content'\. \| Did you mean contents\? .* write `scopes: \{ content: \[read, write\] \}` in the policy\.$/,
      ),
    ],
    [
      'limits: [{ permissions: { pull_requests: read } }]',
      expect.stringMatching(/^2:27 .* Did you mean pull-requests\?/),
    ],
    [
      'limits: [{ permissions: { metadata: read } }]',
      "2:27 There is no permission 'metadata'. | Every token has `metadata: read`. Remove the line.",
    ],
    [
      'limits: [{ permissions: { secrets: read } }]',
      expect.stringMatching(/^2:27 There is no permission 'secrets'\. \| GITHUB_TOKEN cannot have 'secrets'/),
    ],
    ['limits: [{ permissions: { models: write } }]', "2:35 The level of 'models' is none or read, not 'write'."],
    ['limits: [{ permissions: { id-token: read } }]', "2:37 The level of 'id-token' is none or write, not 'read'."],
    [
      'limits: [{ permissions: { contents: wirte } }]',
      "2:37 The level of 'contents' is none, read or write, not 'wirte'. | Did you mean write?",
    ],
    ['limits: [{ permissions: { contents: } }]', "2:36 The level of 'contents' is none, read or write, not nothing."],
    [
      'limits: [{ permissions: { contents: read, contents: write } }]',
      "2:43 'contents' is written twice. | It is on line 2 already. Keep one of them.",
    ],
    [
      'limits: [{ permissions: none }]',
      "2:25 `permissions` is a mapping of permissions, read-all, write-all or {}, not 'none'. | Write {}.",
    ],
    [
      'limits: [{ permissions: read_all }]',
      "2:25 `permissions` is read-all or write-all, not 'read_all'. | Did you mean read-all?",
    ],
    [
      'limits: [{ permissions: }]',
      '2:24 `permissions` is a mapping of permissions, read-all, write-all or {}, not nothing.',
    ],
    [
      'limits: [{ events: pullrequest, permissions: {} }]',
      "2:20 There is no event 'pullrequest'. | Did you mean pull_request?",
    ],
    [
      'limits: [{ actors: [forks], permissions: {} }]',
      "2:21 An actor is repository, fork or dependabot, not 'forks'. | Did you mean fork?",
    ],
    [
      'limits: [{ workflows: [], permissions: {} }]',
      '2:23 `workflows` is an empty list, which can match nothing. | Name some, or remove the key.',
    ],
    [
      'limits: [{ actors: [], permissions: {} }]',
      '2:20 `actors` is an empty list, which can match nothing. | Name some, or remove the key.',
    ],
    ['limits: [{ jobs: "", permissions: {} }]', '2:18 `jobs` is empty.'],
    ['limits: [{ jobs: 1, permissions: {} }]', "2:18 `jobs` is a text, not '1'. | Write it in quotes."],
    ['limits: [{ jobs: { a: b }, permissions: {} }]', '2:18 `jobs` is a text or a list of patterns, not a mapping.'],
    // Patterns
    ['limits: [{ jobs: "a[b", permissions: {} }]', "2:18 The pattern 'a[b' can match nothing: a `[` has no `]`."],
    [
      'limits: [{ jobs: "a***", permissions: {} }]',
      "2:18 The pattern 'a***' can match nothing: there are more than two `*` in a row.",
    ],
    [
      'limits: [{ jobs: [a, "[z-a]"], permissions: {} }]',
      "2:22 The pattern '[z-a]' can match nothing: the range in `[z-a]` is upside down.",
    ],
    [
      'limits: [{ jobs: "[a/b]", permissions: {} }]',
      "2:18 The pattern '[a/b]' can match nothing: the brackets in `[a/b]` never match a `/`.",
    ],
    [
      'limits: [{ jobs: "{a,b}", permissions: {} }]',
      "2:18 The pattern '{a,b}' can match nothing: there are no alternatives in braces. | Write a list of patterns.",
    ],
    [
      'limits: [{ jobs: "!a", permissions: {} }]',
      expect.stringMatching(/^2:18 The pattern '!a' can match nothing: a `!` in front excludes nothing/),
    ],
    [
      'limits: [{ workflows: ./.github/workflows/a.yml, permissions: {} }]',
      "2:23 The pattern './.github/workflows/a.yml' can match nothing: paths begin at the root of the repository. | Write .github/workflows/a.yml.",
    ],
    [
      'limits: [{ called: /a.yml, permissions: {} }]',
      "2:20 The pattern '/a.yml' can match nothing: no path begins with `/`. | Write a.yml.",
    ],
    [
      'limits: [{ called: a/, permissions: {} }]',
      "2:20 The pattern 'a/' can match nothing: no path ends with `/`. | Write a/** for all that is in it.",
    ],
    // Exceptions
    ['exceptions: [{ reason: x }]', '2:14 This exception does not say from which rule. | Write `rule: NAME`.'],
    [
      'exceptions: [{ rule: over-limit }]',
      '2:14 This exception gives no reason. | Write `reason: WHY IT IS FINE HERE`.',
    ],
    ['exceptions: [{ rule: over-limit, reason: " " }]', '2:42 `reason` is empty.'],
    ['exceptions: [{ rule: over-limit, reason: }]', '2:41 `reason` is a text, not nothing.'],
    ['exceptions: [{ rule: over-limt, reason: x }]', "2:22 There is no rule 'over-limt'. | Did you mean over-limit?"],
    ['exceptions: [{ rule: [over-limit], reason: x }]', '2:22 `rule` is a text, not a list.'],
    [
      'exceptions: [{ rule: over-limit, reason: x, permissions: issue }]',
      expect.stringMatching(/^2:58 There is no permission 'issue'\. \| Did you mean issues\?/),
    ],
    [
      'exceptions: [{ rule: over-limit, reason: x, expires: 2027-02-29 }]',
      "2:54 '2027-02-29' is no day of the calendar. | Write the last day as YYYY-MM-DD, such as 2027-01-31.",
    ],
    [
      'exceptions: [{ rule: over-limit, reason: x, expires: 31.1.2027 }]',
      expect.stringMatching(/^2:54 '31.1.2027' is no day/),
    ],
    [
      'exceptions: [{ rule: over-limit, reason: x, expires: 2027-1-31 }]',
      expect.stringMatching(/^2:54 '2027-1-31' is no day/),
    ],
    ['exceptions: [{ rule: over-limit, reason: x, expires: 2027-01-31T00:00:00Z }]', expect.stringMatching(/^2:54 /)],
    [
      'exceptions: [{ rule: over-limit, reason: x, expires: 20270131 }]',
      "2:54 `expires` is a text, not '20270131'. | Write it in quotes.",
    ],
    // Extends
    [
      'extends: octo-org/.github/policy.yml',
      expect.stringMatching(
        /^2:10 'octo-org\/.github\/policy.yml' is not the file of a repository at a ref: there is no `@` .*\| Write OWNER\/REPOSITORY\/path@ref/,
      ),
    ],
    ['extends: octo-org/policy.yml@main', expect.stringContaining('the path of the file is missing')],
    ['extends: octo-org/.github/../policy.yml@main', expect.stringContaining('the path is not a plain one')],
    ['extends: octo-org/.github/policy.json@main', expect.stringContaining('does not end in .yml or .yaml')],
    ['extends: octo-org/.github/policy.yml@', expect.stringContaining('nothing behind the `@`')],
    ['extends: octo-org/.github/policy.yml@a@b', expect.stringContaining('more than one `@`')],
    ['extends: octo-org/.github/policy.yml@a..b', expect.stringContaining("invalid character '..'")],
    ['extends: ./policy.yml@main', expect.stringContaining("'.' is no owner")],
    ['extends: [a]', '2:10 `extends` is a text, not a list.'],
    // Scopes
    ['scopes: { new_one: [read] }', expect.stringMatching(/^2:11 'new_one' cannot be the name of a permission/)],
    ['scopes: { constructor: [read] }', expect.stringMatching(/^2:11 'constructor' cannot be/)],
    ['scopes: { new-one: [admin] }', "2:21 A level of 'new-one' is read or write, not 'admin'."],
    ['scopes: { new-one: [] }', expect.stringMatching(/^2:20 The levels of 'new-one' is an empty list/)],
    [
      'scopes: { new-one: read }\nlimits: [{ permissions: { new-one: write } }]',
      "3:36 The level of 'new-one' is none or read, not 'write'.",
    ],
    // The rest
    [
      'trusted-owners: [octo-org/repo]',
      "2:18 'octo-org/repo' is no owner. | Write the name of a user or an organization, such as octo-org.",
    ],
    ['actions: { octo-org: { contents: read } }', expect.stringMatching(/^2:12 'octo-org' is no action/)],
    [
      'actions: { octo-org/a@v1: { contents: read } }',
      expect.stringMatching(/^2:12 'octo-org\/a@v1' is no action: .* no `@`/),
    ],
    ['actions: { octo-org/a: read-all }', expect.stringMatching(/^2:24 `permissions` is a mapping/)],
    ['actions: { octo-org/a: { contents: admin } }', expect.stringContaining("2:36 The level of 'contents'")],
    ['actions: { octo-org/a: {}, Octo-Org/A: {} }', expect.stringMatching(/^2:28 'Octo-Org\/A' is written twice/)],
  ])('%s', (lines, problem) => {
    expect(problemsInLines(lines)).toEqual([problem]);
  });
});

describe('expressions are not read', () => {
  const NO = 'A policy has no expressions: `${{ }}` is not read here. | Write the value itself.';

  test.each([
    ['rules: ${{ vars.RULES }}', `2:8 ${NO}`],
    ['rules: { over-limit: "${{ vars.LEVEL }}" }', `2:22 ${NO}`],
    ["default-permissions: ${{ 'read' }}", `2:22 ${NO}`],
    ["default-permissions: >-\n  ${{ 'read' }}", `2:22 ${NO}`],
    ['limits: [{ jobs: "a-${{ x }}", permissions: {} }]', `2:18 ${NO}`],
    ['limits: [{ jobs: x, permissions: "${{ x }}" }]', `2:34 ${NO}`],
    ['limits: [{ permissions: { contents: "${{ \'read\' }}" } }]', `2:37 ${NO}`],
    ['exceptions: [{ rule: over-limit, reason: "see ${{" }]', `2:42 ${NO}`],
    ['may-loosen: { limits: "${{ true }}" }', `2:23 ${NO}`],
    ['"${{ x }}": {}', `2:1 ${NO}`],
  ])('%s', (lines, problem) => {
    expect(problemsInLines(lines)).toEqual([problem]);
  });
});

describe('a limit that a later one always replaces is a mistake', () => {
  const replaced = (...entries: readonly string[]) =>
    problemsInLines(
      `limits:\n${entries.map((entry) => `  - { ${[entry, 'permissions: {}'].filter(Boolean).join(', ')} }`).join('\n')}`,
    );

  test('which says where', () => {
    expect(replaced('workflows: a.yml', '')).toEqual([
      '3:5 The limit on line 4 always replaces this one: the last that matches a job counts. | Put the wider one first, or remove this one.',
    ]);
  });

  test.each([
    ['workflows: a.yml', 'workflows: a.yml'],
    ['workflows: a.yml', "workflows: '*'"],
    ['workflows: .github/workflows/a.yml', 'workflows: a.yml'],
    ['workflows: .github/workflows/a.yml', "workflows: '*.yml'"],
    ['workflows: a.yml', "workflows: '[ab].yml'"],
    ['workflows: a.yml', "jobs: '**'"],
    ['', "workflows: '*'"],
    ['jobs: build', "jobs: '*'"],
    ["jobs: 'b*'", "jobs: '*'"],
    ['jobs: a/b', "jobs: 'a/*'"],
    ['jobs: [a, b]', 'jobs: [b, c, a]'],
    ['workflows: a.yml, jobs: x', 'workflows: a.yml'],
    ['events: push', 'events: [push, pull_request]'],
    ['actors: fork', 'actors: [fork, dependabot]'],
    ['', 'actors: [fork, dependabot, repository]'],
  ])('%s, then %s', (first, later) => {
    expect(replaced(first, later)).toHaveLength(1);
  });

  test.each([
    ['', 'workflows: a.yml'],
    ['workflows: a.yml', 'workflows: a.yaml'],
    ['workflows: a.yml', 'workflows: .github/workflows/a.yml'],
    ['workflows: a.yml', 'workflows: a.yml, jobs: x'],
    ["jobs: '**'", "jobs: '*'"],
    ['jobs: a/b', "jobs: '*'"],
    ['jobs: [a, b]', 'jobs: a'],
    ['', 'events: push'],
    ['actors: fork', 'actors: dependabot'],
    ['', 'actors: [fork, dependabot]'],
    ["workflows: 'a*'", "workflows: 'b*'"],
  ])('not %s, then %s', (first, later) => {
    expect(replaced(first, later)).toEqual([]);
  });

  test('only what later ones replace, not earlier ones', () => {
    expect(replaced("workflows: '*'", 'workflows: a.yml', 'workflows: b.yml')).toEqual([]);
  });
});

test('all mistakes are told at once, by place', () => {
  const text = 'rules:\n  over-limits: error\nlimits:\n  - jobs: "["\nexceptions:\n  - { rule: x }\n';
  expect(problemsIn(text).map((problem) => problem.split(' ')[0])).toEqual([
    '1:1',
    '2:3',
    '4:5',
    '4:11',
    '6:5',
    '6:13',
  ]);
});

test('what an alias repeats is told once', () => {
  expect(
    problemsInLines('limits:\n  - { jobs: a, permissions: &x { content: read } }\n  - { jobs: b, permissions: *x }'),
  ).toHaveLength(1);
});

describe('a policy of several files', () => {
  const OWN = 'own.yml';
  const SHARED = 'octo-org/.github/policy.yml@main';
  const both = (own: string, shared: string) =>
    readPolicies([policyText(`version: 1\n${own}\n`, OWN), policyText(`version: 1\n${shared}\n`, SHARED)], GITHUB);
  const limits = (own: string, shared: string) => {
    const read = both(own, shared);
    return 'problems' in read ? read.problems : read.policy.map((file) => file.limits[0]?.permissions['new-one']);
  };
  const WRITE = 'limits: [{ permissions: { new-one: write } }]';
  const ALL = 'limits: [{ permissions: write-all }]';
  const NEW = 'scopes: { new-one: [read, write] }';

  test('the own file knows the permissions that the shared one adds', () => {
    expect(limits(WRITE, NEW)).toEqual(['write', undefined]);
    expect(limits(ALL, `${NEW}\n${ALL}`)).toEqual(['write', 'write']);
  });

  test('the shared one those of the own file, where it lets it add some', () => {
    expect(limits(NEW, `${ALL}\nmay-loosen: { scopes: true }`)).toEqual([undefined, 'write']);
    expect(limits(NEW, ALL)).toEqual([undefined, undefined]);
  });

  test('mistakes are told with the file that they stand in', () => {
    expect(both('rule: {}', 'limit: []')).toMatchObject({
      problems: [
        { path: OWN, line: 2, column: 1 },
        { path: SHARED, line: 2, column: 1 },
      ],
    });
  });

  test('which file to load next can be told before all is read', () => {
    const text = `version: 1\nextends: octo-org/.github/policies/base.yml@release/v1\n${WRITE}\n`;
    const extended = (one: string) => extendedFile(policyText(one, OWN));
    expect(extended(text)).toEqual({
      owner: 'octo-org',
      name: '.github',
      path: 'policies/base.yml',
      ref: 'release/v1',
      position: { line: 2, column: 10 },
    });
    expect(extended('version: 1\n')).toBeNull();
    expect(extended('extends: [')).toBeNull();
  });
});

describe('a permission under `scopes` that the table knows by now', () => {
  const read = policyOf(`version: 1
scopes:
  models: [read, write]
limits: [{ permissions: { models: write } }]
`);

  test('is no mistake, whatever the policy says of it, and its owner is told', () => {
    expect(read.notices).toEqual([
      {
        path: POLICY_PATH,
        line: 3,
        column: 3,
        message: expect.stringMatching(/^'models' under `scopes` does not count/),
      },
    ]);
    expect(policyOf('version: 1\n').notices).toEqual([]);
  });

  test('has the levels of the table', () => {
    const platform = { ...GITHUB, newPermissions: read.scopes };
    expect(permissionsOn(platform)).toEqual(permissionsOn(GITHUB));
  });
});

test('a key that is misspelt is one mistake, and what stands under it is read all the same', () => {
  expect(problemsInLines('limits:\n  - permission: { contents: wirte }')).toEqual([
    "3:5 There is no key 'permission' in a limit. | Did you mean permissions?",
    "3:29 The level of 'contents' is none, read or write, not 'wirte'. | Did you mean write?",
  ]);
});

test.each(['…', '...', '-', 'WHY IT IS FINE HERE'])('%s is no reason', (reason) => {
  expect(problemsInLines(`exceptions: [{ rule: over-limit, reason: '${reason}' }]`)).toEqual([
    '2:42 This is no reason yet. | Say why it is fine here.',
  ]);
});

test('a mapping in the place of a list is told how a list is written', () => {
  expect(problemsInLines('exceptions:\n  rule: over-limit')).toEqual([
    '3:3 `exceptions` is a list of exceptions, not a mapping. | Begin each with `- `.',
  ]);
});

test('what is no YAML is told without a word about workflows', () => {
  expect(problemsInLines('rules:\n  over-limit: error\n   bad: x')).toEqual([
    expect.stringMatching(/^3:15 The file is no valid YAML\. \| [A-Z]/),
  ]);
});
