import { describe, expect, test } from '@jest/globals';

import type { Grant } from '../../src/model/grant.ts';
import type { StepNeed } from '../../src/model/needs.ts';
import type { Permissions } from '../../src/model/permission.ts';
import { bytesOf, settingsOf } from '../helpers/checking.ts';
import { judgementWithCalls } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';
import { advices, block, CALLED, calling, CI, job, lacking, MIDDLE, use, using, workflow } from './lacking-uses.ts';

const PUBLIC: Judging = { visibility: 'public' };
const REMOTE = 'octo-org/shared/.github/workflows/remote.yml@v1';
const atJob = (permissions: object) => `    permissions: ${JSON.stringify(permissions)}\n`;
const read = (permission: string, by = 'gh x') => use(permission, { by, level: 'read', publicRead: true });

const ADD = (entries: string) => `Add ${entries} to this block.`;
const INSTEAD = (id: string, entries: string) =>
  `Write this block at the job '${id}': it takes the place of the workflow's and adds ${entries}.`;
const FIRST = (id: string, entries: string) => `Write a block at the job '${id}' that gives ${entries}, too.`;
const CALLERS = ' Whoever calls this workflow has to give it, too.';

describe('a block that is there', () => {
  test.each<readonly [string, string, Permissions | null, string, number, Permissions]>([
    [
      'that of the job',
      workflow('push', '', job('a', atJob({ contents: 'read' }))),
      null,
      ADD('`issues: write`'),
      4,
      { contents: 'read', issues: 'write' },
    ],
    [
      'that of the job, beside others that have none',
      workflow('push', block({}), job('a', atJob({ contents: 'read' })), job('b')),
      null,
      ADD('`issues: write`'),
      5,
      { contents: 'read', issues: 'write' },
    ],
    [
      'what is known to be needed',
      workflow('push', block({ contents: 'write', checks: 'read' }), job('a')),
      { contents: 'read' },
      ADD('`issues: write`'),
      2,
      { contents: 'read', issues: 'write' },
    ],
    [
      'that of the workflow, which one job alone has',
      workflow('push', block({ contents: 'read' }), job('a'), job('b', atJob({}))),
      null,
      ADD('`issues: write`'),
      2,
      { contents: 'read', issues: 'write' },
    ],
    [
      'one at the job where others have that of the workflow',
      workflow('push', block({ contents: 'read' }), job('b'), job('a')),
      null,
      INSTEAD('a', '`issues: write`'),
      8,
      { contents: 'read', issues: 'write' },
    ],
  ])('%s', (_, text, suggested, said, line, permissions) => {
    expect(advices(lacking(text, using({ a: [use('issues')] }, { suggested }), PUBLIC))).toEqual([
      { text: said, path: CI, line, permissions },
    ]);
  });

  test('all that one step lacks', () => {
    const text = workflow('push', block({ contents: 'read' }), job('a'));
    expect(advices(lacking(text, using({ a: [use('issues'), use('contents')] }), PUBLIC))).toEqual([
      {
        text: ADD('`contents: write` and `issues: write`'),
        path: CI,
        line: 2,
        permissions: { contents: 'write', issues: 'write' },
      },
    ]);
  });

  test('one for all jobs where all lack a read, each its own where one lacks a write', () => {
    const text = workflow('push', block({ issues: 'write' }), job('a'), job('b'), job('c'));
    const needs = using({ a: [read('contents')], b: [read('contents', 'gh y')] }, { suggested: { checks: 'read' } });
    expect(advices(lacking(text, needs))).toEqual([
      { text: ADD('`contents: read`'), path: CI, line: 2, permissions: { contents: 'read', issues: 'write' } },
    ]);
    const one = using({ a: [read('contents')] }, { suggested: { checks: 'read' } });
    expect(advices(lacking(text, one))).toEqual([
      { text: INSTEAD('a', '`contents: read`'), path: CI, line: 4, permissions: { checks: 'read', contents: 'read' } },
    ]);
  });

  test('one for all of their own blocks, each at its place', () => {
    const text = workflow('push', '', job('a', atJob({ issues: 'read' })), job('b', atJob({})));
    const needs = using({ a: [read('contents')], b: [read('contents', 'gh y')] });
    expect(advices(lacking(text, needs)).map(({ line, permissions }) => [line, permissions])).toEqual([
      [4, { contents: 'read', issues: 'read' }],
      [9, { contents: 'read' }],
    ]);
  });
});

describe('calls', () => {
  const needs = using({ inner: [use('issues', { path: CALLED })] });

  test('the block of a called workflow, and its callers', () => {
    const files = {
      [CI]: workflow('push', '', calling('x', `./${CALLED}`, atJob({ issues: 'write' }))),
      [CALLED]: workflow('workflow_call', block({ contents: 'read' }), job('inner')),
    };
    expect(advices(lacking(files, needs))).toEqual([
      {
        text: `${ADD('`issues: write`')}${CALLERS}`,
        path: CALLED,
        line: 2,
        permissions: { contents: 'read', issues: 'write' },
      },
    ]);
  });

  test('the same where it stands at one of several jobs', () => {
    const files = {
      [CI]: workflow('push', '', calling('x', `./${CALLED}`, atJob({ issues: 'write' }))),
      [CALLED]: workflow('workflow_call', block({ contents: 'read' }), job('inner'), job('other')),
    };
    expect(advices(lacking(files, needs))).toEqual([
      {
        text: `${INSTEAD('inner', '`issues: write`')}${CALLERS}`,
        path: CALLED,
        line: 4,
        permissions: { contents: 'read', issues: 'write' },
      },
    ]);
  });

  test('the block of a caller, which others call, too', () => {
    const files = {
      [CI]: workflow('push', block({ contents: 'read' }), calling('x', `./${MIDDLE}`), job('a')),
      [MIDDLE]: workflow('workflow_call', '', calling('y', `./${CALLED}`, atJob({ checks: 'read' }))),
      [CALLED]: workflow('workflow_call', '', job('inner')),
    };
    expect(advices(lacking(files, needs, { default: 'read' }))).toEqual([
      { text: ADD('`issues: write`'), path: MIDDLE, line: 4, permissions: { checks: 'read', issues: 'write' } },
    ]);
  });

  test('each caller has a block of its own', () => {
    const files = {
      [CI]: workflow(
        'push',
        block({ contents: 'read' }),
        calling('x', `./${CALLED}`),
        calling('y', `./${CALLED}`),
        calling('z', `./${CALLED}`, atJob({ checks: 'read' })),
      ),
      [CALLED]: workflow('workflow_call', '', job('inner')),
    };
    expect(advices(lacking(files, needs)).map(({ text, line }) => [line, text])).toEqual([
      [4, INSTEAD('x', '`issues: write`')],
      [6, INSTEAD('y', '`issues: write`')],
      [9, ADD('`issues: write`')],
    ]);
  });

  test('a block of another repository is for its owner to change', async () => {
    const files = { [CI]: workflow('push', '', calling('x', REMOTE, atJob({ contents: 'read', checks: 'read' }))) };
    const remote = workflow('workflow_call', block({ contents: 'read', checks: 'read' }), job('inner'));
    const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
    const { findings } = await judgementWithCalls(
      sources,
      settingsOf(PUBLIC),
      () => Promise.resolve({ kind: 'found', bytes: bytesOf(remote), commit: null, anyRef: false }),
      [],
      using({ inner: [use('issues', { path: REMOTE }), use('contents', { path: REMOTE })] }),
    );
    expect(advices(findings.filter(({ rule }) => rule === 'insufficient-permission'))).toEqual([
      {
        text: `It is for the called workflow to add \`contents: write\` and \`issues: write\` to its block (${REMOTE}:2).`,
        path: CI,
        line: 3,
      },
    ]);
  });
});

describe('a first block in place of the default', () => {
  const needs = using({ a: [use('issues')] });

  test('keeps what the job has where its need is not known', () => {
    const [known] = advices(lacking(workflow('push', '', job('a')), needs, { ...PUBLIC, default: 'read' }));
    expect(known).toEqual({
      text: FIRST('a', '`issues: write`'),
      path: CI,
      line: 3,
      permissions: { contents: 'read', issues: 'write', packages: 'read' },
    });
    const [open] = advices(lacking(workflow('push', '', job('a')), needs, PUBLIC));
    expect(open?.permissions).toEqual(known?.permissions);
    const ofDependabot = lacking(workflow('push', '', job('a')), needs, { ...PUBLIC, default: 'write' });
    expect(advices(ofDependabot)[0]?.permissions).toMatchObject({
      contents: 'write',
      issues: 'write',
      packages: 'write',
    });
  });

  test('holds what is needed where that is known', () => {
    const known = using({ a: [use('issues')] }, { suggested: { contents: 'read', issues: 'write' } });
    expect(advices(lacking(workflow('push', '', job('a')), known, PUBLIC))).toEqual([
      { text: FIRST('a', '`issues: write`'), path: CI, line: 3, permissions: { contents: 'read', issues: 'write' } },
    ]);
  });

  test('is not known beside a call that was not read', () => {
    const files = {
      [CI]: workflow('push', '', calling('x', `./${CALLED}`)),
      [CALLED]: workflow('workflow_call', '', job('a'), calling('y', REMOTE)),
    };
    expect(advices(lacking(files, using({ a: [use('issues', { path: CALLED })] }), PUBLIC))).toEqual([
      { text: FIRST('x', '`issues: write`'), path: CI, line: 3 },
    ]);
  });

  test('is told once for each job that calls', () => {
    const files = {
      [CI]: workflow('push', '', calling('x', `./${CALLED}`), calling('y', `./${CALLED}`)),
      [CALLED]: workflow('workflow_call', '', job('a')),
    };
    const found = lacking(files, using({ a: [use('issues', { path: CALLED })] }), { ...PUBLIC, default: 'read' });
    expect(advices(found).map(({ text, line }) => [line, text])).toEqual([
      [3, FIRST('x', '`issues: write`')],
      [5, FIRST('y', '`issues: write`')],
    ]);
  });
});

describe('what no block helps', () => {
  const HINT =
    'No block gives a write to a pull request from a fork. Leave the step out there, by `if: github.event.pull_request.head.repo.full_name == github.repository`, or hand the result over as an artifact to a workflow on `workflow_run`, which has a token of its own. `pull_request_target` has one, too, but must never run what the pull request brings.';
  const hintAndAdvice = (text: string, needs: Judging['needsOf'], given: Judging = PUBLIC) =>
    lacking(text, needs, given).map(({ hint, advice = [] }) => [hint, advice.map((one) => one.permissions)]);
  const needs = using({ a: [use('issues')] });
  const write = block({ issues: 'write' });

  test('is a write for forks', () => {
    expect(hintAndAdvice(workflow('pull_request', write, job('a')), needs)).toEqual([[HINT, []]]);
    expect(
      hintAndAdvice(workflow('pull_request', write, job('a')), using({ a: [use('issues'), use('checks')] })),
    ).toEqual([
      [undefined, [{ checks: 'write', issues: 'write' }]],
      [HINT, []],
    ]);
  });

  test('it helps Dependabot, and the hint is for forks', () => {
    const text = workflow('pull_request', '', job('a'));
    expect(hintAndAdvice(text, needs, { ...PUBLIC, default: 'write' })).toMatchObject([[HINT, [{ issues: 'write' }]]]);
    expect(hintAndAdvice(text, needs, { visibility: 'private', forks: 'off', default: 'write' })).toMatchObject([
      [undefined, [{ issues: 'write' }]],
    ]);
  });

  test('it helps all where the repository’s own runs lack it, too', () => {
    expect(hintAndAdvice(workflow('pull_request', block({}), job('a')), needs)).toEqual([
      [undefined, [{ issues: 'write' }]],
    ]);
  });

  test('it helps forks with a read, and not with a write', () => {
    const ofForks = (...uses: readonly StepNeed[]) =>
      using({ a: ({ actor }: Grant) => (actor === 'fork' ? uses : []) });
    const text = workflow('pull_request', write, job('a'));
    const checks = use('checks', { level: 'read' });
    expect(hintAndAdvice(text, ofForks(checks))).toEqual([[undefined, [{ checks: 'read', issues: 'write' }]]]);
    expect(hintAndAdvice(text, ofForks(use('issues'), checks))).toEqual([
      [HINT, [{ checks: 'read', issues: 'write' }]],
    ]);
  });

  test('a read is in reach of forks', () => {
    const step = 'if: github.event.pull_request.head.repo.full_name != github.repository\n        run: gh pr list';
    const text = `on: pull_request\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    env: { GH_TOKEN: '\${{ github.token }}' }\n    steps:\n      - ${step}\n`;
    expect(hintAndAdvice(text, 'real', { visibility: 'private', forks: 'read' })).toEqual([
      [undefined, [{ 'pull-requests': 'read' }]],
    ]);
  });
});
