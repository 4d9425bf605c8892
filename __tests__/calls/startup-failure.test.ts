import { describe, expect, test } from '@jest/globals';

import type { Finding, Report } from '../../src/model/report.ts';
import { call, findingsIn, FOLDER, foundSource, job, jobIn, placeOf, problemsIn, reportOf } from './report-of.ts';
import { rowsOf, workflow, workflowIn } from './report-of.ts';

const REMOTE = 'other/lib/.github/workflows/build.yml@v1';
const leaf = (permissions?: string, ...jobs: string[]) => workflow('workflow_call', permissions, ...jobs);

/** What GitHub says of the called workflow's own block, or of the block of one of its jobs. */
function sentence(reference: string, who: string | null, requested: string, allowed: string): string {
  const subject = who === null ? 'The workflow' : `The nested job '${who}'`;
  return `Error calling workflow '${reference}'. ${subject} is requesting '${requested}', but is only allowed '${allowed}'.`;
}

function blocksAt(report: Report, name: string) {
  return workflowIn(report, name).problems.map(({ askedAt }) => askedAt && placeOf({ ...askedAt }));
}

describe('what is refused', () => {
  test('GitHub’s sentences, the place of the calling job, and the place of each block that asks', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{contents: read}', call('use', 'leaf.yml')),
      'leaf.yml': leaf('{contents: write, issues: read}', job('a'), job('b', '{contents: read, checks: write}')),
    });
    const uses = './.github/workflows/leaf.yml';
    expect(problemsIn(report, 'ci.yml')).toEqual([
      `ci.yml:4:3 ${sentence(uses, null, 'contents: write, issues: read', 'contents: read, issues: none')}`,
      `ci.yml:4:3 ${sentence(uses, 'b', 'checks: write', 'checks: none')}`,
    ]);
    expect(blocksAt(report, 'ci.yml')).toEqual(['leaf.yml:2:1', 'leaf.yml:10:5']);
    expect(workflowIn(report, 'ci.yml')).toMatchObject({ outcome: 'startup_failure', jobs: [{}, {}, {}] });
    expect(workflowIn(report, 'ci.yml').jobs.flatMap(({ grants }) => grants)).toEqual([]);
    expect(workflowIn(report, 'leaf.yml').outcome).toBe('ok');
  });

  test('the job’s id is named, not its name', async () => {
    const named = job('b', '{checks: write}').replace('    runs-on', '    name: Deploy\n    runs-on');
    const report = await reportOf({
      'ci.yml': workflow('push', '{}', call('use', 'leaf.yml')),
      'leaf.yml': leaf(undefined, named),
    });
    expect(problemsIn(report, 'ci.yml')[0]).toMatch("nested job 'b'");
  });

  test('all calls that fail, in GitHub’s order: each call with what it calls before the next', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{}', call('one', 'mid.yml'), call('two', 'leaf.yml')),
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml'), job('own', '{issues: read}')),
      'leaf.yml': leaf('{contents: read}', job('a')),
    });
    expect(workflowIn(report, 'ci.yml').problems.map(({ path, line, job: ids }) => [path, line, ids])).toEqual([
      [`${FOLDER}ci.yml`, 4, ['one']],
      [`${FOLDER}mid.yml`, 3, ['one', 'deep']],
      [`${FOLDER}ci.yml`, 6, ['two']],
    ]);
  });

  test('the order of permissions is GitHub’s, not the alphabet’s', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{}', call('use', 'leaf.yml')),
      'leaf.yml': leaf('read-all', job('a')),
    });
    const requested = /requesting '([^']*)'/.exec(problemsIn(report, 'ci.yml')[0]!)?.[1];
    expect(requested?.split(': read').join('')).toBe(
      'actions, artifact-metadata, attestations, checks, contents, deployments, discussions, issues, packages, pages, pull-requests, repository-projects, statuses, security-events, id-token, models, vulnerability-alerts, code-quality, drives',
    );
  });
});

test('a permission that only the policy knows comes last in GitHub’s sentence', async () => {
  const report = await reportOf(
    {
      'ci.yml': workflow('push', '{}', call('use', 'leaf.yml')),
      'leaf.yml': leaf('{actions: read, a-new-one: read, models: read}', job('a')),
    },
    { newPermissions: [{ name: 'a-new-one', levels: ['read'] }] },
  );
  expect(problemsIn(report, 'ci.yml')[0]).toMatch("'actions: read, models: read, a-new-one: read'");
});

test('on an earlier day a list asks for all that it names, `read-all` only for what it had then', async () => {
  // Files could have it since May 4, and the first log that shows it is of May 15.
  const platform = { kind: 'github.com', asOf: '2026-05-10' } as const;
  const called = async (block: string) =>
    problemsIn(
      await reportOf(
        { 'ci.yml': workflow('push', '{}', call('use', 'leaf.yml')), 'leaf.yml': leaf(block, job('a')) },
        { platform },
      ),
      'ci.yml',
    );
  expect(await called('{code-quality: read}')).toEqual([
    `ci.yml:4:3 ${sentence('./.github/workflows/leaf.yml', null, 'code-quality: read', 'code-quality: none')}`,
  ]);
  const [all] = await called('read-all');
  expect(all).toMatch('attestations: read');
  expect(all).not.toMatch('code-quality');
});

describe('findings', () => {
  test('one for each calling job, with all that is wrong there, joined as GitHub joins it', async () => {
    const files = {
      'ci.yml': workflow('push', '{}', call('one', 'leaf.yml'), call('two', 'leaf.yml')),
      'leaf.yml': leaf('{contents: read}', job('a'), job('b', '{issues: write}')),
    };
    const report = await reportOf(files);
    const uses = './.github/workflows/leaf.yml';
    const message = [
      sentence(uses, null, 'contents: read', 'contents: none'),
      sentence(uses, 'b', 'issues: write', 'issues: none'),
    ].join(' ');
    expect(findingsIn(report)).toEqual([`error ci.yml:4:3 ${message}`, `error ci.yml:6:3 ${message}`]);
    expect(report.findings[0]).toMatchObject({
      rule: 'startup-failure',
      job: ['one'],
      jobs: [['one']],
      permission: 'contents',
      granted: 'read',
      allowed: 'none',
      permissions: [
        { permission: 'contents', granted: 'read', allowed: 'none' },
        { permission: 'issues', granted: 'write', allowed: 'none' },
      ],
      askedAt: { path: `${FOLDER}leaf.yml`, line: 2, column: 1 },
    });
    expect(report.result).toBe('fail');
  });

  test('a call in the middle that every root reaches is one finding, at GitHub’s place', async () => {
    const report = await reportOf({
      'a.yml': workflow('push', 'write-all', call('x', 'mid.yml')),
      'b.yml': workflow('push', 'write-all', call('y', 'mid.yml')),
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml', '{}')),
      'leaf.yml': leaf('{contents: read}', job('a')),
    });
    expect(report.findings.map(placeOf)).toEqual(['mid.yml:3:3']);
    expect(report.findings[0]?.jobs).toEqual([['x', 'deep'], ['y', 'deep'], ['deep']]);
    expect(workflowIn(report, 'mid.yml').outcome).toBe('startup_failure');
  });

  test('GitHub’s place in another repository: the finding stands at the call that leads there', async () => {
    const report = await reportOf(
      { 'ci.yml': workflow('push', 'write-all', job('first'), call('use', REMOTE)) },
      {
        called: {
          [REMOTE]: workflow('workflow_call', '{}', call('deep', 'inner.yml')),
          'other/lib/.github/workflows/inner.yml@v1': leaf('{checks: read}', job('a')),
        },
      },
    );
    expect(workflowIn(report, 'ci.yml').problems).toMatchObject([
      { path: REMOTE, line: 4, column: 3, job: ['use', 'deep'], askedAt: { line: 2 } },
    ]);
    expect(report.findings).toMatchObject([{ path: `${FOLDER}ci.yml`, line: 8, column: 3, job: ['use', 'deep'] }]);
  });

  test('a block that breaks three callers is one finding at the block, which lists them', async () => {
    const caller = (permissions: string) => workflow('push', permissions, call('use', 'leaf.yml'));
    const files = {
      'a.yml': caller('{}'),
      'b.yml': caller('{contents: read}'),
      'fine.yml': caller('write-all'),
      'leaf.yml': leaf(undefined, job('a', '{contents: write, issues: read}'), job('b', '{checks: read}')),
    };
    const two = await reportOf(files);
    expect(two.findings.map(placeOf)).toEqual(['a.yml:4:3', 'b.yml:4:3']);

    const three = await reportOf({ ...files, 'c.yml': caller('{issues: read}') });
    expect(three.findings.map(placeOf)).toEqual(['leaf.yml:5:5', 'leaf.yml:10:5']);
    const [first] = three.findings;
    expect(first?.message).toMatch(
      /^This block is requesting 'contents: write, issues: read', which 3 callers do not allow/,
    );
    expect(first?.message).toMatch(
      "a.yml:4 (job 'use'), .github/workflows/b.yml:4 (job 'use'), .github/workflows/c.yml:4 (job 'use')",
    );
    expect(first?.message).toMatch(
      sentence('./.github/workflows/leaf.yml', 'a', 'contents: write, issues: read', 'contents: none, issues: none'),
    );
    expect(first?.permissions).toEqual([
      { permission: 'contents', granted: 'write', allowed: 'none' },
      { permission: 'issues', granted: 'read', allowed: 'none' },
      { permission: 'contents', granted: 'write', allowed: 'read' },
    ]);
    // What to write in each of them, and once what to change in the called file.
    expect(first?.advice?.map(({ path, permissions }) => [path.replace(FOLDER, ''), permissions])).toEqual([
      ...['a.yml', 'b.yml', 'c.yml'].map((name) => [name, { checks: 'read', contents: 'write', issues: 'read' }]),
      ...['lower', 'remove', 'move'].map(() => ['leaf.yml', undefined]),
    ]);
  });

  test('calling jobs of one file count, calls of another repository’s block do not', async () => {
    const calls = ['a', 'b', 'c'].map((id) => call(id, REMOTE));
    const remote = await reportOf(
      { 'ci.yml': workflow('push', '{}', ...calls) },
      { called: { [REMOTE]: leaf('{checks: read}', job('j')) } },
    );
    expect(remote.findings.map(placeOf)).toEqual(['ci.yml:4:3', 'ci.yml:6:3', 'ci.yml:8:3']);
    const local = await reportOf({
      'ci.yml': workflow('push', '{}', ...['a', 'b', 'c'].map((id) => call(id, 'leaf.yml'))),
      'leaf.yml': leaf('{checks: read}', job('j')),
    });
    expect(local.findings.map(placeOf)).toEqual(['leaf.yml:2:1']);
  });

  test('the id stays the same when lines and commits move', async () => {
    const files = (indent: string) => ({
      'a.yml': `${indent}${workflow('push', '{}', call('use', 'leaf.yml'), call('broken', 'broken.yml'))}`,
      'leaf.yml': `${indent}${leaf('{contents: read}', job('j'))}`,
      'broken.yml': `${indent}${workflow('workflow_call', undefined, `${job('j')}    foo: 1\n`)}`,
    });
    const before = await reportOf(files(''), { commit: '1'.repeat(40) });
    const after = await reportOf(files('# moved\n\n'), { commit: '2'.repeat(40) });
    const ids = (report: Report) => report.findings.map(({ id }) => id).sort();
    expect(ids(after)).toEqual(ids(before));
    expect(new Set(ids(before)).size).toBe(3);
  });
});

/** The findings about what GitHub refuses. */
function refusals({ findings }: Report): readonly Finding[] {
  return findings.filter(({ rule }) => rule === 'startup-failure');
}

describe('the default setting', () => {
  const asks = (permissions: string) => ({
    'ci.yml': workflow('push', undefined, job('own'), job('explicit', '{issues: write}'), call('use', 'leaf.yml')),
    'leaf.yml': leaf(undefined, job('a', permissions), job('b')),
  });

  test('it fails under one value alone: a warning, the outcome stays, rows carry the other value', async () => {
    const report = await reportOf(asks('{issues: read}'));
    expect(workflowIn(report, 'ci.yml')).toMatchObject({
      outcome: 'ok',
      problems: [{ code: 'call-permissions', defaultPermissions: 'read' }],
    });
    expect(refusals(report)).toMatchObject([
      { level: 'warning', defaultPermissions: 'read', hint: "It fails only if the repository's default is 'read'." },
    ]);
    expect(report.result).toBe('pass');
    for (const ids of [['own'], ['explicit'], ['use', 'a'], ['use', 'b']]) {
      const rows = rowsOf(jobIn(report, 'ci.yml', ...ids));
      expect(rows.length).toBeGreaterThan(0);
      expect(rows).toEqual(rows.map(() => expect.stringMatching(/^push (repository|dependabot) write: /)));
    }
    expect(rowsOf(jobIn(report, 'ci.yml', 'use', 'a'))).toEqual(['push repository write: issues: read']);
  });

  test.each([
    ['read', 'startup_failure', 'error'],
    ['write', 'ok', undefined],
  ] as const)('it is known to be %s: certain, so nothing names it', async (defaultPermissions, outcome, level) => {
    const report = await reportOf(asks('{issues: read}'), { defaultPermissions });
    const { problems, ...ci } = workflowIn(report, 'ci.yml');
    expect(ci.outcome).toBe(outcome);
    expect(refusals(report).map((finding) => finding.level)).toEqual(level === undefined ? [] : [level]);
    for (const one of [...problems, ...refusals(report)]) {
      expect(one.defaultPermissions).toBeUndefined();
      expect(one.hint).toBeUndefined();
    }
    expect(rowsOf(jobIn(report, 'ci.yml', 'explicit'))).toEqual(
      outcome === 'ok' ? ['push repository: issues: write'] : [],
    );
  });

  test('it fails under both for the same reason: one problem, certain', async () => {
    const report = await reportOf(
      { 'ci.yml': workflow('push', undefined, call('use', REMOTE)) },
      { called: { [REMOTE]: leaf('{id-token: write}', job('a')) } },
    );
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    expect(problemsIn(report, 'ci.yml')).toEqual([
      `ci.yml:3:3 ${sentence(REMOTE, null, 'id-token: write', 'id-token: none')}`,
    ]);
    expect(workflowIn(report, 'ci.yml').problems[0]).not.toHaveProperty('defaultPermissions');
    expect(report.findings).toMatchObject([{ level: 'error', jobs: [['use']] }]);
    expect(report.findings[0]).not.toHaveProperty('defaultPermissions');
  });

  test('it fails under both for different reasons: certain, and the finding says which sentence is whose', async () => {
    const report = await reportOf(
      { 'ci.yml': workflow('push', undefined, call('use', REMOTE)) },
      { called: { [REMOTE]: leaf('{id-token: write, issues: read}', job('a')) } },
    );
    expect(workflowIn(report, 'ci.yml')).toMatchObject({
      outcome: 'startup_failure',
      problems: [{ defaultPermissions: 'read' }, { defaultPermissions: 'write' }],
    });
    const under = (value: string, requested: string, allowed: string) =>
      `If the default is '${value}': ${sentence(REMOTE, null, requested, allowed)}`;
    expect(findingsIn(report)).toEqual([
      `error ci.yml:3:3 ${under('read', 'issues: read, id-token: write', 'issues: none, id-token: none')} ${under('write', 'id-token: write', 'id-token: none')}`,
    ]);
    expect(report.findings[0]).not.toHaveProperty('defaultPermissions');
  });

  test('beside a call that always fails, one that fails under one value is still a guess', async () => {
    const report = await reportOf(
      {
        'ci.yml': workflow('push', undefined, call('mine', 'leaf.yml'), call('theirs', REMOTE)),
        'leaf.yml': leaf('{issues: read}', job('a')),
      },
      { called: { [REMOTE]: leaf('{id-token: write}', job('a')) } },
    );
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    expect(report.findings.map(({ level, job: ids, defaultPermissions }) => [level, ids, defaultPermissions])).toEqual([
      ['warning', ['mine'], 'read'],
      ['error', ['theirs'], undefined],
    ]);
  });

  test('three callers, of whom some fail under one value alone', async () => {
    const report = await reportOf({
      'a.yml': workflow('push', '{}', call('use', 'leaf.yml')),
      'b.yml': workflow('push', undefined, call('use', 'leaf.yml')),
      'c.yml': workflow('push', undefined, call('use', 'leaf.yml')),
      'leaf.yml': leaf('{issues: read}', job('j')),
    });
    expect(report.findings).toMatchObject([{ level: 'error', path: `${FOLDER}leaf.yml` }]);
    expect(report.findings[0]).not.toHaveProperty('defaultPermissions');
    expect(report.findings[0]?.message).toMatch(
      "a.yml:4 (job 'use'), .github/workflows/b.yml:3 (job 'use', only if the default is 'read')",
    );
    expect(workflowIn(report, 'b.yml').outcome).toBe('ok');
  });
});

describe('the trust boundary', () => {
  const root = (uses: string) => ({ 'ci.yml': workflow('push', undefined, call('use', uses)) });
  const asks = leaf('{id-token: write}', job('a'));

  test.each([
    ['ourselves at a ref', 'octo/app/.github/workflows/build.yml@v1', 'ok'],
    ['the same owner', 'octo/lib/.github/workflows/build.yml@v1', 'ok'],
    ['the same owner in another case', 'OCTO/lib/.github/workflows/build.yml@v1', 'ok'],
    ['another owner', REMOTE, 'startup_failure'],
  ])('%s', async (_, uses, outcome) => {
    const report = await reportOf(root(uses), { defaultPermissions: 'write', called: { [uses]: asks } });
    expect(workflowIn(report, 'ci.yml').outcome).toBe(outcome);
    if (outcome !== 'ok') {
      expect(workflowIn(report, 'ci.yml').problems[0]?.hint).toMatch(
        /^'other' is not the owner of this repository, 'octo': .*only where both have the same owner, or owners in the same enterprise/,
      );
      expect(report.findings[0]?.hint).toBe(workflowIn(report, 'ci.yml').problems[0]?.hint);
    } else {
      expect(rowsOf(jobIn(report, 'ci.yml', 'use', 'a'))).toEqual(['push repository: id-token: write']);
    }
  });

  test.each([
    ['read', undefined],
    ['unknown', /^'other' is not the owner of this repository/],
  ] as const)('what the hint says when the default is %s', async (defaultPermissions, hint) => {
    const report = await reportOf(root(REMOTE), { defaultPermissions, called: { [REMOTE]: asks } });
    expect(workflowIn(report, 'ci.yml').problems.map((problem) => problem.hint)).toEqual([
      hint && expect.stringMatching(hint),
    ]);
  });

  test('without our own name, only the own checkout is inside, and the problem says so', async () => {
    const world = { defaultPermissions: 'write', repository: null, called: { [REMOTE]: asks } } as const;
    const remote = await reportOf(root(REMOTE), world);
    expect(workflowIn(remote, 'ci.yml').outcome).toBe('startup_failure');
    expect(workflowIn(remote, 'ci.yml').problems[0]?.hint).toMatch(
      /^The name of this repository is not known, so 'other\/lib'/,
    );
    const local = await reportOf({ ...root('leaf.yml'), 'leaf.yml': asks }, world);
    expect(workflowIn(local, 'ci.yml').outcome).toBe('ok');
  });

  test('it is asked anew for each call: `./` in a foreign repository is foreign, ours below it is not', async () => {
    const report = await reportOf(
      { 'ci.yml': workflow('push', undefined, call('use', REMOTE)) },
      {
        defaultPermissions: 'write',
        called: {
          [REMOTE]: leaf(undefined, call('theirs', 'inner.yml'), call('ours', 'octo/lib/.github/workflows/x.yml@v1')),
          'other/lib/.github/workflows/inner.yml@v1': asks,
          'octo/lib/.github/workflows/x.yml@v1': asks,
        },
      },
    );
    expect(workflowIn(report, 'ci.yml').problems.map(({ job: ids }) => ids)).toEqual([['use', 'theirs']]);
  });

  test('it does not matter once anything is written above', async () => {
    const files = { 'ci.yml': workflow('push', '{id-token: write}', call('use', REMOTE)) };
    const report = await reportOf(files, { defaultPermissions: 'read', called: { [REMOTE]: asks } });
    expect(workflowIn(report, 'ci.yml').outcome).toBe('ok');
  });

  test('`read-all` asks for `id-token: read`, so it fails from outside alone', async () => {
    const all = leaf('read-all', job('a'));
    const inside = await reportOf({ ...root('leaf.yml'), 'leaf.yml': all }, { defaultPermissions: 'write' });
    expect(workflowIn(inside, 'ci.yml').outcome).toBe('ok');
    expect(rowsOf(jobIn(inside, 'ci.yml', 'use', 'a'))[0]).not.toMatch('id-token');
    const outside = await reportOf(root(REMOTE), { defaultPermissions: 'write', called: { [REMOTE]: all } });
    expect(problemsIn(outside, 'ci.yml')).toEqual([
      `ci.yml:3:3 ${sentence(REMOTE, null, 'id-token: read', 'id-token: none')}`,
    ]);
  });
});

test('a call that fails under each value, with other words: no hint says that it fails under one alone', async () => {
  const report = await reportOf(
    { 'ci.yml': workflow('push', undefined, call('use', REMOTE)) },
    { called: { [REMOTE]: leaf('{id-token: write, issues: read}', job('a')) } },
  );
  expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
  expect(report.findings).toHaveLength(1);
  expect(report.findings[0]?.message).toMatch(/If the default is 'read': .* If the default is 'write': /);
  expect(report.findings[0]?.hint).not.toMatch('fails only');
});

describe('only for some callers', () => {
  test('a call that passes on what its callers grant: the finding says which of them', async () => {
    const report = await reportOf({
      'bad.yml': workflow('push', '{contents: read}', call('x', 'mid.yml')),
      'good.yml': workflow('push', '{contents: write}', call('y', 'mid.yml')),
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml')),
      'leaf.yml': leaf('{contents: write}', job('a')),
    });
    expect(['bad.yml', 'good.yml', 'mid.yml'].map((name) => workflowIn(report, name).outcome)).toEqual([
      'startup_failure',
      'ok',
      'ok',
    ]);
    expect(report.findings).toMatchObject([
      {
        path: `${FOLDER}mid.yml`,
        line: 3,
        jobs: [['x', 'deep']],
        hint: "It fails when it is called from .github/workflows/bad.yml:4 (job 'x'). Otherwise it has enough.",
      },
    ]);
  });

  test('all callers fail: nothing says that others do not', async () => {
    const report = await reportOf({
      'bad.yml': workflow('push', '{contents: read}', call('x', 'mid.yml')),
      'worse.yml': workflow('push', '{}', call('y', 'mid.yml')),
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml')),
      'leaf.yml': leaf('{contents: write}', job('a')),
    });
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]?.hint).toBe(
      "It fails when it is called from .github/workflows/bad.yml:4 (job 'x'), or called from .github/workflows/worse.yml:4 (job 'y').",
    );
    expect(report.findings[0]?.advice?.filter(({ permissions }) => permissions).map(({ path }) => path)).toEqual([
      `${FOLDER}bad.yml`,
      `${FOLDER}worse.yml`,
    ]);
  });
});

describe('a called file that may not be the one of its ref', () => {
  const inner = 'third/lib/.github/workflows/inner.yml@v2';

  test.each([
    ['the called file itself', false, true, [true]],
    ['a file that leads there', true, false, [true]],
    ['neither', false, false, [undefined]],
  ])('%s', async (_, first, second, expected) => {
    const report = await reportOf(
      { 'ci.yml': workflow('push', 'write-all', call('use', REMOTE)) },
      {
        called: {
          [REMOTE]: foundSource(leaf('{}', call('deep', inner)), { anyRef: first }),
          [inner]: foundSource(leaf('{checks: read}', job('a')), { anyRef: second }),
        },
      },
    );
    expect(workflowIn(report, 'ci.yml').problems.map(({ anyRef }) => anyRef)).toEqual(expected);
    const said = report.findings.map(({ hint = '' }) => hint.includes('a checkout that stands for any ref'));
    expect(said).toEqual(report.findings.map(() => first || second));
  });

  test('a file further up, and the hint of the failure comes first', async () => {
    const third = 'third/lib/.github/workflows/third.yml@v3';
    const report = await reportOf(
      { 'ci.yml': workflow('push', 'write-all', call('use', REMOTE)) },
      {
        called: {
          [REMOTE]: foundSource(leaf(undefined, call('deep', inner)), { anyRef: true }),
          [inner]: foundSource(leaf(undefined, call('deeper', third))),
          [third]: foundSource(workflow('push', undefined, job('a'))),
        },
      },
    );
    expect(workflowIn(report, 'ci.yml').problems).toMatchObject([
      {
        anyRef: true,
        hint: `Add \`workflow_call:\` under \`on\` in ${third}. The called file was read from a checkout that stands for any ref. At the ref that is called it may be different.`,
      },
    ]);
  });

  test('what could not be read below it says so, too', async () => {
    const report = await reportOf(
      { 'ci.yml': workflow('push', 'write-all', call('use', REMOTE)) },
      { called: { [REMOTE]: foundSource(leaf('{}', call('deep', inner)), { anyRef: true }) } },
    );
    expect(workflowIn(report, 'ci.yml').problems).toMatchObject([{ code: 'call-not-read', anyRef: true }]);
  });
});
