import { describe, expect, test } from '@jest/globals';

import type { JobNeeds } from '../../src/model/needs.ts';
import type { CheckedJob } from '../../src/policy/checked-workflow.ts';
import { briefly, foundBy, judgementOf } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';
import { needing, needingAtLeast, needingMaybe } from '../helpers/needs.ts';

const RULE = 'excessive-permission';
const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const steps = '    runs-on: x\n    steps:\n      - run: make\n';
const job = (id: string, block = '') => `  ${id}:\n${block === '' ? '' : `    permissions: ${block}\n`}${steps}`;
const ci = (block: string, ...jobs: readonly string[]) =>
  `on: push\n${block === '' ? '' : `permissions: ${block}\n`}jobs:\n${jobs.join('')}`;

/** What jobs need, by id. */
function needs(byId: Readonly<Record<string, JobNeeds>>): (job: CheckedJob) => JobNeeds | null {
  return ({ chained }) => byId[chained.job.id] ?? null;
}

/** Place and jobs, and then the permissions with what would be enough. */
function found(texts: string | Record<string, string>, given: Judging): readonly string[] {
  return foundBy(RULE, texts, given).map((finding) => {
    const lines = (finding.permissions ?? []).map((one) => `${one.permission} ${one.granted}>${one.allowed}`);
    return [`${finding.level} ${briefly(finding)}`, ...lines].join(', ');
  });
}

const READS = needing({ contents: 'read' });

describe('a block', () => {
  test.each<readonly [string, string, Readonly<Record<string, JobNeeds>>, readonly string[]]>([
    [
      'of a job that gives more than it needs',
      ci('', job('a', '{ contents: read, issues: write }')),
      { a: READS },
      ['warning ci.yml:4:36 a, issues write>none'],
    ],
    [
      'that gives too high a level',
      ci('', job('a', '{ contents: write }')),
      { a: READS },
      ['warning ci.yml:4:20 a, contents write>read'],
    ],
    [
      'is one finding, whatever it gives',
      ci('', job('a', '{ contents: write, issues: write, pages: read }')),
      { a: READS },
      ['warning ci.yml:4:20 a, contents write>read, issues write>none, pages read>none'],
    ],
    ['that is needed', ci('', job('a', '{ contents: read }')), { a: READS }, []],
    ['that gives too little', ci('', job('a', '{}')), { a: READS }, []],
    ['of a job of which nothing is known', ci('', job('a', '{ issues: write }')), {}, []],
    ['of a job that cannot be seen into', ci('', job('a', '{ issues: write }')), { a: needingAtLeast({}) }, []],
    [
      'may give what is open, and no more',
      ci('', job('a', '{ contents: write, issues: write }')),
      { a: needingMaybe({}, 'contents') },
      ['warning ci.yml:4:37 a, issues write>none'],
    ],
    ['what is none does no harm', ci('', job('a', '{ contents: read, issues: none }')), { a: READS }, []],
    ['with a shorthand has a rule of its own', ci('', job('a', 'write-all')), { a: READS }, []],
    ['that nobody wrote has a rule of its own', ci('', job('a')), { a: READS }, []],
    [
      'of a job that never runs',
      ci('', `  a:\n    if: false\n    permissions: { issues: write }\n${steps}`),
      { a: READS },
      [],
    ],
  ])('%s', (_, text, byId, expected) => {
    expect(found(text, { needsOf: needs(byId) })).toEqual(expected);
  });
});

describe('the block of a workflow', () => {
  const two = ci('{ contents: read, issues: write }', job('a'), job('b'));
  test.each<readonly [string, string, Readonly<Record<string, JobNeeds>>, readonly string[]]>([
    ['that no job needs', two, { a: READS, b: READS }, ['warning ci.yml:2:32 a b, issues write>none']],
    ['a read that one of them uses', ci('{ contents: read }', job('a'), job('b')), { a: READS, b: needing({}) }, []],
    [
      'a write that one of them uses has a rule of its own',
      two,
      { a: READS, b: needing({ contents: 'read', issues: 'write' }) },
      [],
    ],
    [
      'a write that one of them only reads',
      two,
      { a: READS, b: needing({ contents: 'read', issues: 'read' }) },
      ['warning ci.yml:2:32 a b, issues write>read'],
    ],
    ['that one of them may use', two, { a: READS, b: needingMaybe({ contents: 'read' }, 'issues') }, []],
    ['that one of them may use, unseen', two, { a: READS, b: needingAtLeast({}) }, []],
    [
      'does not count for a job with its own',
      ci('{ issues: write }', job('a'), job('b', '{}')),
      { a: needing({}), b: needing({}) },
      ['warning ci.yml:2:16 a, issues write>none'],
    ],
    [
      'a single job has it as well',
      ci('{ issues: write }', job('a')),
      { a: needing({}) },
      ['warning ci.yml:2:16 a, issues write>none'],
    ],
    [
      'is left out of workflow-level-write where none uses it',
      two,
      { a: READS, b: READS },
      ['warning ci.yml:2:32 a b, issues write>none'],
    ],
  ])('%s', (_, text, byId, expected) => {
    expect(found(text, { needsOf: needs(byId) })).toEqual(expected);
  });

  test('is told by one rule alone', () => {
    const rules = (b: JobNeeds) =>
      judgementOf(two, { needsOf: needs({ a: READS, b }) }).findings.map(({ rule }) => rule);
    expect(rules(READS)).toEqual([RULE]);
    expect(rules(needing({ contents: 'read', issues: 'write' }))).toEqual(['workflow-level-write']);
  });
});

describe('an identity token', () => {
  test('of a job that has no use for it is told by id-token-boundary', () => {
    const text = ci('', job('a', '{ id-token: write }'));
    const { findings } = judgementOf(text, { needsOf: needs({ a: needing({}) }) });
    expect(findings.map(({ rule }) => rule)).toEqual(['id-token-boundary']);
  });

  test('that nobody takes over is told here', () => {
    const files = {
      [CI]: `on: push\njobs:\n  call:\n    permissions: { id-token: write }\n    uses: ./${CALLED}\n`,
      [CALLED]: `on: workflow_call\npermissions: {}\njobs:\n${job('a')}`,
    };
    expect(found(files, { needsOf: 'real' })).toEqual(['warning ci.yml:4:20 call, id-token write>none']);
  });
});

describe('a called workflow', () => {
  const call = (block: string, id = 'call') => `  ${id}:\n    permissions: ${block}\n    uses: ./${CALLED}\n`;
  const called = (block: string, run: string) =>
    `on: workflow_call\n${block}jobs:\n  a:\n    runs-on: x\n    env: { GH_TOKEN: '\${{ github.token }}' }\n    steps:\n      - run: ${run}\n`;

  test.each<readonly [string, Record<string, string>, readonly string[]]>([
    [
      'asks for less than its caller gives',
      {
        [CI]: ci('', call('{ issues: write, pages: write }')),
        [CALLED]: called('permissions: { issues: write }\n', 'gh issue create'),
      },
      ['warning ci.yml:4:35 call, pages write>none'],
    ],
    [
      'asks for it, needed or not: the call must give it',
      { [CI]: ci('', call('{ issues: write }')), [CALLED]: called('permissions: { issues: write }\n', 'echo') },
      ['warning called.yml:2:16 call/a a, issues write>none'],
    ],
    [
      'uses what its caller passes on',
      { [CI]: ci('', call('{ issues: write, pages: write }')), [CALLED]: called('', 'gh issue create') },
      ['warning ci.yml:4:35 call, pages write>none'],
    ],
    [
      'may use what its caller passes on',
      { [CI]: ci('', call('{ issues: write, pages: write }')), [CALLED]: called('', './unknown.sh') },
      [],
    ],
    [
      'counts once, whatever calls lead to it',
      {
        [CI]: ci('', call('{ issues: write }', 'one'), call('{ issues: write }', 'two')),
        [CALLED]: called('permissions: { issues: write }\n', 'echo'),
      },
      ['warning called.yml:2:16 one/a two/a a, issues write>none'],
    ],
    [
      'that was not read may need anything',
      { [CI]: ci('', '  call:\n    permissions: { issues: write }\n    uses: octo/else/.github/workflows/a.yml@v1\n') },
      [],
    ],
    [
      'whose call the workflow’s block serves',
      {
        [CI]: ci('{ issues: write, pages: write }', `  call:\n    uses: ./${CALLED}\n`, job('b')),
        [CALLED]: called('', 'gh issue create'),
      },
      ['warning ci.yml:2:31 call b, pages write>none'],
    ],
  ])('%s', (_, files, expected) => {
    expect(found(files, { needsOf: 'real' })).toEqual(expected);
  });

  test('is excessive only where it is so for all callers', () => {
    const handed = (secrets: string) =>
      `  call${secrets === '' ? '' : 2}:\n    permissions: { issues: write }\n    uses: ./${CALLED}\n${secrets}`;
    const files = {
      [CI]: ci('', handed('')),
      '.github/workflows/other.yml': ci('', handed("    secrets: { token: '${{ github.token }}' }\n")),
      [CALLED]:
        'on:\n  workflow_call:\n    secrets: { token: { required: false } }\npermissions: { issues: write }\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: gh issue create\n        env: { GH_TOKEN: "${{ secrets.token }}" }\n',
    };
    expect(found(files, { needsOf: 'real' })).toEqual([]);
  });
});

describe('what it says', () => {
  test('is the block to write, with what is open as it is granted', () => {
    const open: JobNeeds = {
      ...needingMaybe({ pages: 'read' }, 'contents'),
      suggested: { contents: 'write', pages: 'read' },
    };
    const [finding] = foundBy(RULE, ci('', job('a', '{ contents: write, issues: write, pages: write }')), {
      needsOf: needs({ a: open }),
    });
    expect(finding?.advice?.map(({ line, permissions }) => [line, permissions])).toEqual([
      [4, { contents: 'write', pages: 'read' }],
    ]);
    expect(finding?.message).toBe(
      "The block of the job 'a' gives `issues: write`, which no step uses, and `pages: write` where `pages: read` is enough. This tool cannot see the code of every step, but what it cannot see could only use `contents`.",
    );
  });

  test('an excess that is excused stays in that block', () => {
    const ignore = '# effective-permissions: ignore[excessive-permission] is used next week';
    const text = ci('', `  a:\n    permissions:\n      issues: write ${ignore}\n      pages: write\n${steps}`);
    const { findings, suppressed } = judgementOf(text, { needsOf: needs({ a: needing({}) }) });
    expect(findings.map(({ permissions, advice }) => [permissions, advice?.[0]?.permissions])).toEqual([
      [[{ permission: 'pages', granted: 'write', allowed: 'none' }], { issues: 'write' }],
    ]);
    expect(findings[0]?.advice?.[0]?.text).toBe(
      'Write this block instead. It holds what the steps use. What is excused stays.',
    );
    expect(suppressed.map(({ permission }) => permission)).toEqual(['issues']);
  });

  test('what is new of it and what the base has are mended by the same block', () => {
    const { findings } = judgementOf(ci('', job('a', '{ contents: read, issues: write, pages: write }')), {
      needsOf: needs({ a: READS }),
      inBase: (_, __, { permission }) => permission === 'pages',
    });
    expect(
      findings.map(({ permission, existing, advice }) => [permission, existing, advice?.[0]?.permissions]),
    ).toEqual([
      ['issues', undefined, { contents: 'read' }],
      ['pages', true, { contents: 'read' }],
    ]);
    expect(findings.map(({ advice }) => advice?.[0]?.text)).not.toContainEqual(expect.stringContaining('excused'));
  });
});
