import { describe, expect, test } from '@jest/globals';

import { call, FOLDER, job, jobIn, reportOf, rowsOf, workflow, workflowIn } from './report-of.ts';
import type { World } from './report-of.ts';

const leaf = (permissions?: string, ...jobs: string[]) => workflow('workflow_call', permissions, ...jobs);
const REMOTE = 'other/lib/.github/workflows/remote.yml@v1';

async function contractOf(files: Readonly<Record<string, string>>, name: string, world?: World) {
  return workflowIn(await reportOf(files, world), name).contract;
}

function unmet(path: string, ...ids: string[]) {
  return { path: FOLDER + path, job: ids };
}

describe('the least that a caller must grant', () => {
  const INNER = { 'inner.yml': leaf(undefined, job('x', '{checks: write}'), job('y')) };

  test.each([
    ['no block asks nothing', leaf(undefined, job('a')), {}],
    ['an empty block asks nothing', leaf('{}', job('a', '{contents: none}')), {}],
    [
      'the most of all blocks',
      leaf('{contents: read, issues: write}', job('a', '{contents: write}'), job('b', '{checks: read}')),
      { checks: 'read', contents: 'write', issues: 'write' },
    ],
    ['whatever `if` says', leaf(undefined, `${job('a', '{contents: write}')}    if: false\n`), { contents: 'write' }],
    [
      'a nested call without any block passes on what it asks',
      leaf(undefined, call('deep', 'inner.yml'), job('b', '{issues: read}')),
      { checks: 'write', issues: 'read' },
    ],
    [
      'a block of the file settles what is below',
      leaf('{checks: write}', call('deep', 'inner.yml')),
      { checks: 'write' },
    ],
    [
      'a block of the calling job does, too',
      leaf(undefined, call('deep', 'inner.yml', '{checks: write, issues: read}')),
      { checks: 'write', issues: 'read' },
    ],
  ])('%s', async (_, text, expected) => {
    expect(await contractOf({ ...INNER, 'leaf.yml': text }, 'leaf.yml')).toEqual({
      permissions: expected,
      complete: true,
      unmetBy: [],
    });
  });

  test('`read-all` needs `id-token: write`, since nobody can write less', async () => {
    const { permissions } = (await contractOf({ 'leaf.yml': leaf('read-all', job('a')) }, 'leaf.yml'))!;
    expect(permissions).toMatchObject({ contents: 'read', 'id-token': 'write', models: 'read' });
    expect(permissions).not.toHaveProperty('copilot-requests');
    expect(permissions).not.toHaveProperty('metadata');
    const all = (await contractOf({ 'leaf.yml': leaf('write-all', job('a')) }, 'leaf.yml'))!.permissions;
    expect(all).toMatchObject({ contents: 'write', 'copilot-requests': 'write', models: 'read' });
  });

  test('through a called workflow of another repository', async () => {
    const files = { 'leaf.yml': leaf(undefined, call('deep', REMOTE)) };
    const called = { [REMOTE]: leaf('{packages: read}', job('a')) };
    expect(await contractOf(files, 'leaf.yml', { called })).toMatchObject({
      permissions: { packages: 'read' },
      complete: true,
    });
    // Nobody knows what it asks when it was not read.
    expect(await contractOf(files, 'leaf.yml')).toMatchObject({ permissions: {}, complete: false });
    const settled = { 'leaf.yml': leaf(undefined, call('deep', REMOTE, '{packages: read}')) };
    expect(await contractOf(settled, 'leaf.yml')).toMatchObject({ permissions: { packages: 'read' }, complete: true });
    const byFile = { 'leaf.yml': leaf('{packages: read}', call('deep', REMOTE)) };
    expect(await contractOf(byFile, 'leaf.yml')).toMatchObject({ permissions: { packages: 'read' }, complete: true });
    // Nor when it is called further down.
    const further = {
      'leaf.yml': leaf(undefined, call('x', 'mid.yml')),
      'mid.yml': leaf(undefined, call('deep', REMOTE)),
    };
    expect(await contractOf(further, 'leaf.yml')).toMatchObject({ permissions: {}, complete: false });
  });

  test.each([
    ['what cannot be called', workflow('push', '{contents: read}', job('a')), null],
    ['what GitHub refuses', workflow('workflow_call', '{metadata: read}', job('a')), null],
    ['a list of events', workflow('[workflow_call, push]', '{contents: read}', job('a')), { contents: 'read' }],
    ['a mapping of events', workflow('{workflow_call: , push: }', '{contents: read}', job('a')), { contents: 'read' }],
  ])('%s', async (_, text, permissions) => {
    const contract = await contractOf({ 'leaf.yml': text }, 'leaf.yml');
    expect(contract).toEqual(permissions === null ? null : { permissions, complete: true, unmetBy: [] });
  });

  test('circles end', async () => {
    const files = { 'a.yml': leaf(undefined, call('x', 'b.yml')), 'b.yml': leaf('{checks: read}', call('y', 'a.yml')) };
    expect(await contractOf(files, 'a.yml')).toMatchObject({ permissions: { checks: 'read' } });
  });
});

describe('callers of this repository that do not meet it', () => {
  const asks = leaf('{contents: write}', job('a'));

  test('each calling job, and none that does', async () => {
    const contract = await contractOf(
      {
        'good.yml': workflow('push', '{contents: write}', call('x', 'leaf.yml')),
        'bad.yml': workflow(
          'push',
          '{contents: write}',
          call('x', 'leaf.yml', '{contents: read}'),
          call('y', 'leaf.yml'),
        ),
        'starved.yml': workflow('push', '{}', call('x', 'leaf.yml'), call('z', 'leaf.yml')),
        'leaf.yml': asks,
      },
      'leaf.yml',
    );
    expect(contract?.unmetBy).toEqual([unmet('bad.yml', 'x'), unmet('starved.yml', 'x'), unmet('starved.yml', 'z')]);
  });

  test.each([
    ['unknown', '{contents: write}', []],
    ['unknown', '{contents: read}', []],
    ['read', '{contents: write}', [unmet('ci.yml', 'x')]],
    ['write', '{contents: write}', []],
    ['write', '{id-token: write}', []],
    ['read', '{id-token: write}', [unmet('ci.yml', 'x')]],
  ] as const)(
    'a caller without a block: the default is %s, and it asks %s',
    async (defaultPermissions, asked, expected) => {
      const files = { 'ci.yml': workflow('push', undefined, call('x', 'leaf.yml')), 'leaf.yml': leaf(asked, job('a')) };
      expect((await contractOf(files, 'leaf.yml', { defaultPermissions }))?.unmetBy).toEqual(expected);
    },
  );

  test('an unknown default, and it fails under each value for its own reason', async () => {
    const files = {
      'ci.yml': workflow('push', undefined, call('x', 'leaf.yml')),
      'leaf.yml': leaf(undefined, job('a', '{issues: read}'), call('deep', REMOTE)),
    };
    const called = { [REMOTE]: leaf('{id-token: write}', job('b')) };
    expect(await contractOf(files, 'leaf.yml', { called })).toEqual({
      permissions: { 'id-token': 'write', issues: 'read' },
      complete: true,
      unmetBy: [unmet('ci.yml', 'x')],
    });
  });

  test('who only passes on is not to blame: the contract names the root and the way', async () => {
    const files = {
      'bad.yml': workflow('push', '{}', call('x', 'mid.yml')),
      'good.yml': workflow('push', 'write-all', call('y', 'mid.yml')),
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml')),
      'leaf.yml': asks,
    };
    const report = await reportOf(files);
    expect(workflowIn(report, 'leaf.yml').contract?.unmetBy).toEqual([unmet('bad.yml', 'x', 'deep')]);
    expect(workflowIn(report, 'mid.yml').contract?.unmetBy).toEqual([unmet('bad.yml', 'x')]);
  });

  test('who has a block in the middle is, once, whoever calls it', async () => {
    const files = {
      'a.yml': workflow('push', 'write-all', call('x', 'mid.yml')),
      'b.yml': workflow('push', 'write-all', call('y', 'mid.yml')),
      'mid.yml': leaf('{contents: read}', call('deep', 'leaf.yml')),
      'leaf.yml': asks,
    };
    const report = await reportOf(files);
    expect(workflowIn(report, 'leaf.yml').contract?.unmetBy).toEqual([unmet('mid.yml', 'deep')]);
    expect(workflowIn(report, 'mid.yml').contract?.unmetBy).toEqual([]);
    expect(workflowIn(report, 'mid.yml').outcome).toBe('startup_failure');
  });

  test('a file that GitHub refuses calls nobody', async () => {
    const files = { 'ci.yml': `${workflow('push', '{}', call('x', 'leaf.yml'))}foo: 1\n`, 'leaf.yml': asks };
    expect((await contractOf(files, 'leaf.yml'))?.unmetBy).toEqual([]);
  });

  test('our own file at a ref is another file', async () => {
    const uses = 'octo/app/.github/workflows/leaf.yml@main';
    const files = { 'ci.yml': workflow('push', '{}', call('x', uses)), 'leaf.yml': asks };
    const contract = await contractOf(files, 'leaf.yml', { called: { [uses]: asks } });
    expect(contract?.unmetBy).toEqual([]);
  });
});

describe('a file that is only called', () => {
  test('has a row where a block of its own applies, and none where its callers decide', async () => {
    const report = await reportOf({
      'leaf.yml': leaf(undefined, job('a'), job('b', '{issues: write}'), job('c', '{}')),
    });
    expect(workflowIn(report, 'leaf.yml').outcome).toBe('ok');
    expect(rowsOf(jobIn(report, 'leaf.yml', 'a'))).toEqual([]);
    expect(rowsOf(jobIn(report, 'leaf.yml', 'b'))).toEqual(['workflow_call repository: issues: write']);
    expect(rowsOf(jobIn(report, 'leaf.yml', 'c'))).toEqual(['workflow_call repository: ']);
    expect(jobIn(report, 'leaf.yml', 'a').declared).toBeNull();
  });

  test('passes a block of its own on to what it calls', async () => {
    const report = await reportOf({
      'mid.yml': leaf('{issues: write}', call('deep', 'leaf.yml')),
      'leaf.yml': leaf(undefined, job('a')),
    });
    expect(rowsOf(jobIn(report, 'mid.yml', 'deep', 'a'))).toEqual(['workflow_call repository: issues: write']);
  });

  test('is not broken because the default would be too little: its callers decide', async () => {
    for (const defaultPermissions of ['read', 'unknown'] as const) {
      const report = await reportOf(
        { 'mid.yml': leaf(undefined, call('deep', 'leaf.yml')), 'leaf.yml': leaf('{issues: write}', job('a')) },
        { defaultPermissions },
      );
      expect(workflowIn(report, 'mid.yml')).toMatchObject({ outcome: 'ok', problems: [] });
      expect(report.findings).toEqual([]);
    }
  });

  test('is broken when a block in it starves what it calls, whoever calls it', async () => {
    const report = await reportOf({
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml', '{issues: read}')),
      'leaf.yml': leaf('{issues: write}', job('a')),
    });
    expect(workflowIn(report, 'mid.yml').outcome).toBe('startup_failure');
    expect(report.findings).toMatchObject([
      { level: 'error', path: `${FOLDER}mid.yml`, advice: [{ permissions: { issues: 'write' } }, {}, {}] },
    ]);
    expect(report.findings[0]?.advice?.[0]?.text).toMatch('What its callers must grant grows with it.');
  });
});

describe('a file with `workflow_call` and other events', () => {
  test('has both readings', async () => {
    const report = await reportOf(
      { 'both.yml': workflow('[push, workflow_call]', undefined, job('a'), job('b', '{issues: write}')) },
      { defaultPermissions: 'read' },
    );
    expect(rowsOf(jobIn(report, 'both.yml', 'a'))).toEqual(['push repository: contents: read, packages: read']);
    expect(rowsOf(jobIn(report, 'both.yml', 'b'))).toEqual([
      'push repository: issues: write',
      'workflow_call repository: issues: write',
    ]);
    expect(workflowIn(report, 'both.yml').contract?.permissions).toEqual({ issues: 'write' });
  });

  test('may fail for its own events and be fine for a caller', async () => {
    const report = await reportOf(
      {
        'both.yml': workflow('[push, workflow_call]', undefined, call('deep', 'leaf.yml')),
        'ci.yml': workflow('push', '{issues: write}', call('use', 'both.yml')),
        'leaf.yml': leaf('{issues: write}', job('a')),
      },
      { defaultPermissions: 'read' },
    );
    expect(workflowIn(report, 'both.yml')).toMatchObject({
      outcome: 'startup_failure',
      contract: { permissions: { issues: 'write' }, unmetBy: [] },
    });
    expect(workflowIn(report, 'ci.yml').outcome).toBe('ok');
    expect(workflowIn(report, 'leaf.yml').contract?.unmetBy).toEqual([unmet('both.yml', 'deep')]);
    expect(report.findings).toMatchObject([
      { jobs: [['deep']], hint: 'It fails when it is started by its own events. Otherwise it has enough.' },
    ]);
  });

  test('its own events do not fail, but a caller does', async () => {
    const report = await reportOf(
      {
        'both.yml': workflow('[push, workflow_call]', undefined, call('deep', 'leaf.yml')),
        'ci.yml': workflow('push', '{}', call('use', 'both.yml')),
        'leaf.yml': leaf('{issues: write}', job('a')),
      },
      { defaultPermissions: 'write' },
    );
    expect(workflowIn(report, 'both.yml').outcome).toBe('ok');
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    expect(workflowIn(report, 'leaf.yml').contract?.unmetBy).toEqual([unmet('ci.yml', 'use', 'deep')]);
    expect(report.findings[0]?.hint).toMatch(
      /is called from .github\/workflows\/ci.yml:4 \(job 'use'\)\. Otherwise it has/,
    );
  });
});
