import { describe, expect, test } from '@jest/globals';

import type { Advice } from '../../src/model/report.ts';
import { PERMISSION_TABLE } from '../../src/permissions/permission-table.ts';
import { call, FOLDER, job, placeOf, reportOf, workflow, workflowIn } from './report-of.ts';
import type { World } from './report-of.ts';

const REMOTE = 'other/lib/.github/workflows/leaf.yml@v1';
const leaf = (permissions?: string, ...jobs: string[]) => workflow('workflow_call', permissions, ...jobs);

/** What is advised for the first problem of the root. */
async function adviceIn(files: Readonly<Record<string, string>>, world?: World): Promise<readonly Advice[]> {
  return workflowIn(await reportOf(files, world), 'ci.yml').problems[0]?.advice ?? [];
}

/** The blocks to write, with the place of the job. */
function blocks(advice: readonly Advice[]) {
  return advice
    .filter(({ permissions }) => permissions !== undefined)
    .map(({ path, line, permissions }) => [`${path.replace(FOLDER, '')}:${line}`, permissions]);
}

function mends(advice: readonly Advice[]) {
  return advice
    .filter(({ permissions }) => permissions === undefined)
    .map((one) => `${placeOf({ ...one, column: 0 }).replace(/:0$/, '')} ${one.text}`);
}

describe('what to write in the caller', () => {
  test.each([
    ['its own block grows', undefined, '{contents: read}', { contents: 'read', issues: 'write' }],
    ['its workflow’s block is copied to the job', '{checks: read}', undefined, { checks: 'read', issues: 'write' }],
    ['an empty block', '{}', undefined, { issues: 'write' }],
    ['a level that is too low', undefined, '{issues: read, checks: none}', { issues: 'write' }],
  ])('%s: what it has now stays', async (_, root, calling, expected) => {
    const advice = await adviceIn({
      'ci.yml': workflow('push', root, call('use', 'leaf.yml', calling)),
      'leaf.yml': leaf(undefined, job('a', '{issues: write}')),
    });
    expect(blocks(advice)).toEqual([[root === undefined ? 'ci.yml:3' : 'ci.yml:4', expected]]);
    expect(advice[0]?.text).toBe(
      "Write this block at the job 'use', which calls './.github/workflows/leaf.yml': it keeps what the job has now.",
    );
  });

  test('`read-all` is spelled out', async () => {
    const [block] = blocks(
      await adviceIn({
        'ci.yml': workflow('push', 'read-all', call('use', 'leaf.yml')),
        'leaf.yml': leaf(undefined, job('a', '{issues: write}')),
      }),
    );
    expect(block?.[1]).toMatchObject({ contents: 'read', issues: 'write', statuses: 'read' });
    expect(block?.[1]).not.toHaveProperty('id-token');
  });

  test('a list that replaces `read-all` needs `id-token: write` for another `read-all` below', async () => {
    const [block] = blocks(
      await adviceIn({
        'ci.yml': workflow('push', 'read-all', call('use', 'leaf.yml')),
        'leaf.yml': leaf('read-all', job('a', '{issues: write}')),
      }),
    );
    expect(block?.[1]).toMatchObject({ contents: 'read', issues: 'write', 'id-token': 'write' });
  });

  test('the other `read-all` may be further down, beside a job that asks for no token', async () => {
    const [block] = blocks(
      await adviceIn({
        'ci.yml': workflow('push', 'read-all', call('use', 'mid.yml')),
        'mid.yml': leaf(undefined, job('a', '{issues: write}'), call('on', 'leaf.yml')),
        'leaf.yml': leaf('read-all', job('b')),
      }),
    );
    expect(block?.[1]).toMatchObject({ contents: 'read', issues: 'write', 'id-token': 'write' });
  });

  test('in a file that is only called, the default has no part in it', async () => {
    const report = await reportOf({
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml', '{contents: read}')),
      'leaf.yml': leaf('{issues: write}', job('a')),
    });
    const [{ advice } = { advice: [] }] = workflowIn(report, 'mid.yml').problems;
    expect(blocks(advice!)).toEqual([['mid.yml:3', { contents: 'read', issues: 'write' }]]);
    expect(advice![0]?.text).toBe(
      "Write this block at the job 'deep', which calls './.github/workflows/leaf.yml': it keeps what the job has now. What its callers must grant grows with it.",
    );
  });

  test('nor has it further up, where nobody has a block', async () => {
    const mid = 'other/lib/.github/workflows/mid.yml@v1';
    const report = await reportOf(
      { 'only.yml': leaf(undefined, call('use', mid)) },
      { called: { [mid]: leaf(undefined, call('deep', REMOTE, '{}')), [REMOTE]: leaf('{id-token: write}', job('a')) } },
    );
    const [{ advice } = { advice: [] }] = workflowIn(report, 'only.yml').problems;
    expect(blocks(advice!)).toEqual([[`${mid.replace(FOLDER, '')}:3`, { 'id-token': 'write' }]]);
  });

  test('all that the call fails for, in each problem: two blocks would undo one another', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{}', call('use', 'mid.yml')),
      'mid.yml': leaf('{contents: read}', call('x', 'leaf.yml', '{issues: read}'), job('b', '{checks: read}')),
      'leaf.yml': leaf('{issues: write}', job('a')),
    });
    const { problems } = workflowIn(report, 'ci.yml');
    const all = { checks: 'read', contents: 'read', issues: 'write' };
    expect(problems.map(({ advice }) => blocks(advice!))).toEqual([
      [['ci.yml:4', all]],
      [['ci.yml:4', all]],
      [['ci.yml:4', all]],
      [
        ['mid.yml:4', { issues: 'write' }],
        ['ci.yml:4', all],
      ],
    ]);
  });

  test('without a block, for a called job without one: what the setting gives now', async () => {
    const files = {
      'ci.yml': workflow('push', undefined, call('use', REMOTE)),
    };
    const called = { [REMOTE]: leaf(undefined, job('a', '{id-token: write}'), job('b')) };
    const read = await adviceIn(files, { called, defaultPermissions: 'read' });
    expect(blocks(read)).toEqual([['ci.yml:3', { contents: 'read', 'id-token': 'write', packages: 'read' }]]);
    const write = await adviceIn(files, { called, defaultPermissions: 'write' });
    expect(blocks(write)).toEqual([
      ['ci.yml:3', expect.objectContaining({ contents: 'write', 'copilot-requests': 'write', 'id-token': 'write' })],
    ]);
    expect(write[0]?.text).toMatch('it keeps what the job has now.');
    expect(write[0]?.text).not.toMatch('default');

    const unknown = await adviceIn(files, { called });
    expect(blocks(unknown)).toEqual([...blocks(read), ...blocks(write)]);
    const condition = /This is the block if the repository's default is '(\w+)'/;
    expect(unknown.slice(0, 2).map(({ text }) => condition.exec(text)?.[1])).toEqual(['read', 'write']);
  });

  describe('without a block, when each called job has one: just what they ask for', () => {
    const mid = 'other/lib/.github/workflows/mid.yml@v1';
    const deep = (...jobs: string[]) => ({
      [mid]: leaf(undefined, call('on', REMOTE), job('b', '{checks: read}')),
      [REMOTE]: leaf(undefined, job('a', '{id-token: write}'), ...jobs),
    });
    const files = { 'ci.yml': workflow('push', undefined, call('use', mid)) };

    test.each(['read', 'write', 'unknown'] as const)('whatever the default gives: %s', async (defaultPermissions) => {
      const advice = await adviceIn(files, { called: deep(job('c', '{issues: read}')), defaultPermissions });
      expect(blocks(advice)).toEqual([['ci.yml:3', { checks: 'read', 'id-token': 'write', issues: 'read' }]]);
      expect(advice[0]?.text).toMatch(/: it gives all that is asked for\.$/);
    });

    test('not when a job deep down has none', async () => {
      const [block] = blocks(await adviceIn(files, { called: deep(job('c')), defaultPermissions: 'write' }));
      expect(block?.[1]).toMatchObject({ contents: 'write', 'id-token': 'write' });
    });

    test('not when a workflow deep down was not read', async () => {
      const called = deep(call('d', 'nobody/knows/.github/workflows/it.yml@v1'));
      const [block] = blocks(await adviceIn(files, { called, defaultPermissions: 'write' }));
      expect(block?.[1]).toMatchObject({ contents: 'write', 'id-token': 'write' });
    });

    test('what the other value of the default gives is no block to write', async () => {
      const advice = await adviceIn({
        'ci.yml': workflow('push', undefined, call('use', 'leaf.yml')),
        'leaf.yml': leaf(undefined, job('a', '{issues: write}'), job('b')),
      });
      expect(blocks(advice)).toEqual([['ci.yml:3', { contents: 'read', issues: 'write', packages: 'read' }]]);
      expect(advice[0]?.text).toMatch(/Only needed if the repository's default is 'read'\.$/);
    });

    test('needed under one value of the default alone', async () => {
      const advice = await adviceIn({
        'ci.yml': workflow('push', undefined, call('use', 'leaf.yml')),
        'leaf.yml': leaf('{issues: write}', job('a')),
      });
      expect(blocks(advice)).toEqual([['ci.yml:3', { issues: 'write' }]]);
      expect(advice[0]?.text).toMatch(/Only needed if the repository's default is 'read'\.$/);
    });
  });

  test.each([
    ['a list of reads', '{contents: read}', 'read-all', true],
    ['a list with `id-token: write`, which a job may use', '{id-token: write}', 'read-all', false],
    ['no block', undefined, 'read-all', true],
    ['a list with a write', '{contents: write}', 'read-all', false],
    ['a list with what nobody may read', '{copilot-requests: write}', 'read-all', false],
    ['a list, and nobody below says read-all', '{contents: read}', '{issues: read}', false],
  ])('the caller of a `read-all` may write the same: %s', async (_, block, asked, isOffered) => {
    const advice = await adviceIn(
      { 'ci.yml': workflow('push', block, call('use', 'leaf.yml')), 'leaf.yml': leaf(asked, job('a')) },
      { defaultPermissions: 'read' },
    );
    expect(blocks(advice)).toHaveLength(1);
    expect(/`permissions: read-all` is enough there, too/.test(advice[0]?.text ?? '')).toBe(isOffered);
  });

  test('also where a job beside the one that says it has no block', async () => {
    const advice = await adviceIn({
      'ci.yml': workflow('push', '{contents: read}', call('use', 'leaf.yml')),
      'leaf.yml': leaf(undefined, job('a', 'read-all'), job('b')),
    });
    expect(advice[0]?.text).toMatch('is enough there, too');
  });

  test('but not where a job beside it asks for more than that', async () => {
    const advice = await adviceIn({
      'ci.yml': workflow('push', '{contents: read}', call('use', 'leaf.yml')),
      'leaf.yml': leaf('read-all', job('a'), job('b', '{id-token: write}')),
    });
    expect(advice[0]?.text).not.toMatch('is enough there');
  });

  test('nor in the middle, where another caller has to allow it', async () => {
    const advice = await adviceIn({
      'ci.yml': workflow('push', '{contents: read, id-token: write}', call('use', 'mid.yml')),
      'mid.yml': leaf(undefined, call('on', 'leaf.yml', '{contents: read}')),
      'leaf.yml': leaf('read-all', job('b')),
    });
    expect(blocks(advice).map(([place]) => place)).toEqual(['mid.yml:3', 'ci.yml:4']);
    for (const { text } of advice) expect(text).not.toMatch('is enough there');
  });

  test('nor where a block below, which must grow to a list, asks for more than that', async () => {
    const advice = await adviceIn({
      'ci.yml': workflow('push', '{contents: read}', call('use', 'mid.yml')),
      'mid.yml': leaf('read-all', job('a'), call('on', 'leaf.yml', '{}')),
      'leaf.yml': leaf('read-all', job('b')),
    });
    expect(blocks(advice)[0]?.[0]).toBe('ci.yml:4');
    expect(advice[0]?.text).not.toMatch('is enough there');
  });

  test('nobody can write `id-token: read`', async () => {
    const advice = await adviceIn(
      { 'ci.yml': workflow('push', undefined, call('use', REMOTE)) },
      { called: { [REMOTE]: leaf('read-all', job('a')) }, defaultPermissions: 'write' },
    );
    expect(blocks(advice)).toEqual([['ci.yml:3', expect.objectContaining({ 'id-token': 'write' })]]);
  });
});

describe('an inner call that is broken whatever the root grants', () => {
  const files = (root: string | undefined) => ({
    'ci.yml': workflow('push', root, call('use', 'mid.yml')),
    'mid.yml': leaf(undefined, call('deep', 'leaf.yml', '{contents: read}')),
    'leaf.yml': leaf('{contents: write}', job('a')),
  });

  test('the file in the middle is named', async () => {
    const advice = await adviceIn(files('write-all'));
    expect(blocks(advice)).toEqual([['mid.yml:3', { contents: 'write' }]]);
    expect(advice[0]).toMatchObject({
      path: `${FOLDER}mid.yml`,
      text: expect.stringMatching(/the job 'deep'.* This call fails whatever its callers grant\./),
    });
  });

  test('and each block above that is then too small', async () => {
    const advice = await adviceIn(files('{contents: read, issues: read}'));
    expect(blocks(advice)).toEqual([
      ['mid.yml:3', { contents: 'write' }],
      ['ci.yml:4', { contents: 'write', issues: 'read' }],
    ]);
    expect(advice[1]?.text).toMatch('The block that grows below it is checked against this one.');
  });

  test('only the call that fails is said to fail whatever its callers grant', async () => {
    const advice = await adviceIn({
      'ci.yml': workflow('push', '{contents: read}', call('use', 'mid.yml')),
      'mid.yml': leaf(undefined, call('deep', 'low.yml', '{contents: read}')),
      'low.yml': leaf(undefined, call('deeper', 'leaf.yml', '{contents: read}')),
      'leaf.yml': leaf('{contents: write}', job('a')),
    });
    const whatever = 'This call fails whatever its callers grant.';
    expect(advice.slice(0, 3).map(({ path, text }) => [path.replace(FOLDER, ''), text.includes(whatever)])).toEqual([
      ['low.yml', true],
      ['mid.yml', false],
      ['ci.yml', false],
    ]);
  });

  test('a root without a block needs none where the default is enough', async () => {
    const advice = await adviceIn(files(undefined), { defaultPermissions: 'write' });
    expect(blocks(advice)).toEqual([['mid.yml:3', { contents: 'write' }]]);
    const unknown = await adviceIn(files(undefined));
    expect(blocks(unknown)).toEqual([
      ['mid.yml:3', { contents: 'write' }],
      ['ci.yml:3', { contents: 'write' }],
    ]);
    expect(unknown[1]?.text).toMatch("Only needed if the repository's default is 'read'.");
  });

  test('inside the trust boundary the default covers `id-token`, outside it does not', async () => {
    for (const [at, count] of [
      ['octo/lib', 1],
      ['other/lib', 2],
    ] as const) {
      const advice = await adviceIn(
        { 'ci.yml': workflow('push', undefined, call('use', `${at}/.github/workflows/mid.yml@v1`)) },
        {
          defaultPermissions: 'write',
          called: {
            [`${at}/.github/workflows/mid.yml@v1`]: leaf(undefined, call('deep', 'leaf.yml', '{contents: read}')),
            [`${at}/.github/workflows/leaf.yml@v1`]: leaf('{id-token: write}', job('a')),
          },
        },
      );
      expect(blocks(advice)).toHaveLength(count);
      expect(advice[0]).toMatchObject({
        path: `${at}/.github/workflows/mid.yml@v1`,
        permissions: { contents: 'read', 'id-token': 'write' },
        text: expect.stringMatching(/That file belongs to another repository or ref\./),
      });
    }
  });
});

describe('what to change in the called workflow instead', () => {
  test.each([
    [
      'a job’s block under no other',
      leaf(undefined, job('a', '{contents: write, issues: read}'), job('b')),
      [
        "leaf.yml:5 Or lower `contents: write` to `contents: read` and `issues: read` to `issues: none` in this block, if no step needs more: the job 'a' then gets less, whoever calls.",
        "leaf.yml:5 Or remove this block: the job 'a' then gets what each caller passes on.",
        "leaf.yml:3 Or move the job 'a' to a workflow of its own that this caller does not call: the others stay as they are.",
      ],
    ],
    [
      'a job’s block beside two jobs without one',
      leaf(undefined, job('a', '{checks: read}'), job('b'), job('c')),
      [
        "leaf.yml:5 Or lower `checks: read` to `checks: none` in this block, if no step needs more: the job 'a' then gets less, whoever calls.",
        "leaf.yml:5 Or remove this block: the job 'a' then gets what each caller passes on.",
        "leaf.yml:3 Or move the job 'a' to a workflow of its own that this caller does not call: the others stay as they are.",
      ],
    ],
    [
      'a job’s block under one of its workflow',
      leaf('{}', job('a', '{id-token: write}'), job('b')),
      [
        "leaf.yml:6 Or lower `id-token: write` to `id-token: none` in this block, if no step needs more: the job 'a' then gets less, whoever calls.",
        "leaf.yml:6 Or remove this block: the job 'a' then gets the block of its workflow.",
        "leaf.yml:4 Or move the job 'a' to a workflow of its own that this caller does not call: the others stay as they are.",
      ],
    ],
    [
      'the block of the only job, which cannot be split off',
      leaf(undefined, job('a', '{contents: write}')),
      [
        "leaf.yml:5 Or lower `contents: write` to `contents: read` in this block, if no step needs more: the job 'a' then gets less, whoever calls.",
        "leaf.yml:5 Or remove this block: the job 'a' then gets what each caller passes on.",
      ],
    ],
    [
      'the workflow’s block, for the jobs without one',
      leaf('{checks: write}', job('a'), job('b', '{}'), job('c')),
      [
        "leaf.yml:2 Or lower `checks: write` to `checks: none` in this block, if no step needs more: the jobs 'a' and 'c' then get less, whoever calls.",
        "leaf.yml:2 Or remove this block: the jobs 'a' and 'c' then get what each caller passes on.",
      ],
    ],
    [
      'the workflow’s block, when every job has its own',
      leaf('{checks: write}', job('b', '{}')),
      ['leaf.yml:2 Or remove this block: every job has one of its own, so it gives nothing.'],
    ],
  ])('%s', async (_, text, expected) => {
    const files = { 'ci.yml': workflow('push', '{contents: read}', call('use', 'leaf.yml')), 'leaf.yml': text };
    expect(mends(await adviceIn(files))).toEqual(expected);
  });

  test('`write-all` becomes a list', async () => {
    const advice = await adviceIn({
      'ci.yml': workflow('push', 'read-all', call('use', 'leaf.yml')),
      'leaf.yml': leaf('write-all', job('a')),
    });
    expect(mends(advice)[0]).toMatch(
      /^leaf\.yml:2 Or write a list instead of 'write-all' that leaves out `id-token` and `copilot-requests`, and has at most `actions: read`, .* and `drives: read`, if no step needs more: the job 'a' then gets less, whoever calls\.$/,
    );
  });

  test('with nothing to leave out of it', async () => {
    const most = PERMISSION_TABLE.filter(({ levels }) => levels.includes('write')).map(({ name, levels }) => [
      name,
      name !== 'id-token' && levels.includes('read') ? 'read' : 'write',
    ]);
    const advice = await adviceIn({
      'ci.yml': workflow(
        'push',
        JSON.stringify(Object.fromEntries([...most, ['models', 'read'], ['vulnerability-alerts', 'read']])),
        call('use', 'leaf.yml'),
      ),
      'leaf.yml': leaf('write-all', job('a')),
    });
    expect(mends(advice)[0]).toMatch(
      /^leaf\.yml:2 Or write a list instead of 'write-all' that has at most `actions: read`/,
    );
  });

  test('in another repository it says where', async () => {
    const advice = await adviceIn(
      { 'ci.yml': workflow('push', '{}', call('use', REMOTE)) },
      { called: { [REMOTE]: leaf('{checks: write}', job('a')) } },
    );
    expect(mends(advice)[0]).toMatch(/^other\/lib\/leaf\.yml@v1:2 Or lower/);
  });
});
