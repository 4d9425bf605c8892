import { describe, expect, test } from '@jest/globals';

import { call, FOLDER, job, jobIn, problemsIn, reportOf, rowsOf, workflow, workflowIn } from './report-of.ts';

const leaf = (permissions?: string, ...jobs: string[]) => workflow('workflow_call', permissions, ...jobs);

describe('what a called job gets (section 5.2 of the specification)', () => {
  async function outcome(
    root: string | undefined,
    calling: string | undefined,
    called: string | undefined,
    own?: string,
  ) {
    const report = await reportOf(
      {
        'ci.yml': workflow('push', root, call('use', 'leaf.yml', calling)),
        'leaf.yml': leaf(called, job('a', own)),
      },
      { defaultPermissions: 'read' },
    );
    const [row] = rowsOf(jobIn(report, 'ci.yml', 'use', 'a'));
    return row?.replace('push repository: ', '') ?? workflowIn(report, 'ci.yml').outcome;
  }

  test.each([
    [
      '1: a called job may have more than its own workflow’s block',
      'write-all',
      undefined,
      '{actions: read}',
      '{actions: write}',
      'actions: write',
    ],
    ['2: nothing is lowered', '{issues: read}', undefined, undefined, '{issues: write}', 'startup_failure'],
    [
      '4: no block anywhere: the caller’s default',
      undefined,
      undefined,
      undefined,
      undefined,
      'contents: read, packages: read',
    ],
    ['5: no block above: up to the default', undefined, undefined, undefined, '{packages: read}', 'packages: read'],
    [
      '5: no block above: no more than the default',
      undefined,
      undefined,
      '{issues: read}',
      undefined,
      'startup_failure',
    ],
    [
      '6: a block above may pass on more than the default',
      undefined,
      '{issues: write}',
      undefined,
      '{issues: write}',
      'issues: write',
    ],
    ['6: and its job without a block has it', undefined, '{issues: write}', undefined, undefined, 'issues: write'],
    ['7: an empty block allows nothing', '{}', undefined, undefined, '{contents: read}', 'startup_failure'],
    ['7: an empty block gives nothing', '{}', undefined, undefined, undefined, ''],
    ['7: nothing may be asked as {}', '{}', undefined, '{}', '{contents: none}', ''],
    [
      '10: the calling job’s block replaces its workflow’s',
      'write-all',
      '{checks: read}',
      undefined,
      '{contents: read}',
      'startup_failure',
    ],
    ['10: in both directions', '{}', '{contents: read}', undefined, '{contents: read}', 'contents: read'],
    [
      'the called workflow’s block replaces the caller’s',
      '{contents: write, issues: write}',
      undefined,
      '{issues: read}',
      undefined,
      'issues: read',
    ],
    ['an empty called block gives nothing', 'write-all', undefined, '{}', undefined, ''],
    [
      'models cannot be written, so `write-all` reads them',
      'write-all',
      undefined,
      undefined,
      '{models: read}',
      'models: read',
    ],
  ])('%s', async (_, root, calling, called, own, expected) => {
    expect(await outcome(root, calling, called, own)).toBe(expected);
  });

  test('8: `read-all` below asks for a token that no list of reads gives', async () => {
    const reads =
      '{actions: read, artifact-metadata: read, attestations: read, checks: read, code-quality: read, contents: read, deployments: read, discussions: read, drives: read, issues: read, models: read, packages: read, pages: read, pull-requests: read, repository-projects: read, security-events: read, statuses: read, vulnerability-alerts: read}';
    expect(await outcome(reads, undefined, 'read-all')).toBe('startup_failure');
    expect(await outcome(reads.replace('}', ', id-token: write}'), undefined, 'read-all')).toMatch(/^actions: read/);
    expect(await outcome('read-all', undefined, 'read-all')).not.toMatch('id-token');
    expect(await outcome('write-all', undefined, 'read-all')).not.toMatch('id-token');
  });

  test('3: neither `if` nor `needs` helps', async () => {
    const report = await reportOf({
      'ci.yml': workflow(
        'push',
        '{contents: read}',
        job('first'),
        call('use', 'leaf.yml', undefined, ['if: false', 'needs: first']),
      ),
      'leaf.yml': leaf(undefined, `${job('a', '{contents: write}')}    if: \${{ false }}\n`),
    });
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    expect(workflowIn(report, 'ci.yml').jobs.flatMap(({ grants }) => grants)).toEqual([]);
  });

  test('9: the block of a nested calling job is checked by the outer call', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{contents: read}', call('use', 'mid.yml')),
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml', '{contents: write}')),
      'leaf.yml': leaf(undefined, job('a', '{contents: write}')),
    });
    expect(problemsIn(report, 'ci.yml')).toEqual([
      "ci.yml:4:3 Error calling workflow './.github/workflows/mid.yml'. The nested job 'deep' is requesting 'contents: write', but is only allowed 'contents: read'.",
    ]);
  });

  test('11: where the block stands in the called file does not matter', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{contents: read}', call('use', 'leaf.yml')),
      'leaf.yml': `on: workflow_call\njobs:\n${job('a')}permissions: {contents: write}\n`,
    });
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
  });

  test('12: a matrix changes nothing', async () => {
    const report = await reportOf({
      'ci.yml': workflow(
        'push',
        undefined,
        call('use', 'leaf.yml', '{issues: read}', ['strategy: {matrix: {x: [1, 2]}}']),
      ),
      'leaf.yml': leaf(undefined, job('a')),
    });
    expect(rowsOf(jobIn(report, 'ci.yml', 'use', 'a'))).toEqual(['push repository: issues: read']);
  });

  test.each([
    ['github.com', { kind: 'github.com' as const }, 'startup_failure'],
    ['a server that knows 3.4', { kind: 'ghes' as const, version: { major: 3, minor: 4 } }, 'ok'],
  ])('%s: `read-all` asks for what the platform has', async (_, platform, expected) => {
    const reads =
      '{actions: read, checks: read, contents: read, deployments: read, discussions: read, issues: read, packages: read, pages: read, pull-requests: read, repository-projects: read, security-events: read, statuses: read}';
    const report = await reportOf(
      { 'ci.yml': workflow('push', reads, call('use', 'leaf.yml')), 'leaf.yml': leaf('read-all', job('a')) },
      { platform },
    );
    expect(workflowIn(report, 'ci.yml').outcome).toBe(expected);
  });
});

describe('rows of a called job', () => {
  test('are those of the root: its events, forks and Dependabot', async () => {
    const report = await reportOf(
      {
        'pr.yml': workflow('[pull_request, push]', '{contents: write}', call('use', 'leaf.yml')),
        'manual.yml': workflow('workflow_dispatch', undefined, call('use', 'leaf.yml')),
        'leaf.yml': leaf(undefined, job('a')),
      },
      { defaultPermissions: 'write' },
    );
    expect(rowsOf(jobIn(report, 'pr.yml', 'use', 'a'))).toEqual([
      'pull_request+push repository: contents: write',
      'pull_request fork: contents: read',
    ]);
    expect(rowsOf(jobIn(report, 'manual.yml', 'use', 'a'))).toEqual([
      expect.stringMatching(/^workflow_dispatch repository: actions: write, /),
    ]);
    // What really happens stands under each root: alone, nobody decides.
    expect(rowsOf(jobIn(report, 'leaf.yml', 'a'))).toEqual([]);
  });

  test('Dependabot reduces the default, and no block that a caller passes on', async () => {
    const files = (permissions?: string) => ({
      'ci.yml': workflow('push', permissions, call('use', 'mid.yml')),
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml')),
      'leaf.yml': leaf(undefined, job('a')),
    });
    const unset = await reportOf(files(), { defaultPermissions: 'write' });
    const rows = rowsOf(jobIn(unset, 'ci.yml', 'use', 'deep', 'a'));
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatch(/^push dependabot: actions: read, (?!.*write)/);
    const passed = await reportOf(files('{issues: write}'), { defaultPermissions: 'write' });
    expect(rowsOf(jobIn(passed, 'ci.yml', 'use', 'deep', 'a'))).toEqual(['push repository: issues: write']);
  });

  test('an unknown default gives a row for each value', async () => {
    const report = await reportOf({
      'ci.yml': workflow('schedule: [{cron: "0 0 * * *"}]'.replace(/^/, '{') + '}', undefined, call('use', 'leaf.yml')),
      'leaf.yml': leaf(undefined, job('a'), job('b', '{contents: read}')),
    });
    expect(rowsOf(jobIn(report, 'ci.yml', 'use', 'a')).map((row) => row.slice(0, 26))).toEqual([
      'schedule repository read: ',
      'schedule repository write:',
    ]);
    expect(rowsOf(jobIn(report, 'ci.yml', 'use', 'b'))).toEqual(['schedule repository: contents: read']);
  });

  test('visibility and the setting for forks count as for any job', async () => {
    const report = await reportOf(
      {
        'ci.yml': workflow('pull_request', '{contents: write}', call('use', 'leaf.yml')),
        'leaf.yml': leaf(undefined, job('a')),
      },
      { visibility: 'private', forkPullRequests: 'off' },
    );
    expect(rowsOf(jobIn(report, 'ci.yml', 'use', 'a'))).toEqual([
      'pull_request repository: contents: write',
      'pull_request fork not-run: ',
    ]);
  });

  test('below a calling job that certainly does not run, nothing runs', async () => {
    const report = await reportOf({
      'ci.yml': workflow(
        '[push, pull_request]',
        '{contents: read}',
        call('use', 'mid.yml', undefined, ["if: github.event_name == 'push'"]),
        call('after', 'mid.yml', undefined, ['needs: use']),
        call('always', 'mid.yml', undefined, ['needs: use', 'if: always()']),
      ),
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml'), `${job('own')}    if: always()\n`),
      'leaf.yml': leaf(undefined, job('a')),
    });
    const both = ['push repository: contents: read', 'pull_request repository not-run: '];
    for (const ids of [
      ['use', 'deep', 'a'],
      ['use', 'own'],
      ['after', 'deep', 'a'],
      ['after', 'own'],
    ]) {
      expect(rowsOf(jobIn(report, 'ci.yml', ...ids))).toEqual(both);
    }
    expect(rowsOf(jobIn(report, 'ci.yml', 'always', 'own'))).toEqual(['push+pull_request repository: contents: read']);
  });

  test('a called job’s own condition sees the event of the root, and inputs that only the run knows', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{contents: read}', call('use', 'leaf.yml')),
      'leaf.yml': leaf(
        undefined,
        `${job('never')}    if: github.event_name == 'pull_request'\n`,
        `${job('perhaps')}    if: inputs.x\n`,
        `${job('after')}    needs: never\n`,
      ),
    });
    const rows = (id: string) => rowsOf(jobIn(report, 'ci.yml', 'use', id));
    expect(rows('never')).toEqual(['push repository not-run: ']);
    expect(rows('after')).toEqual(['push repository not-run: ']);
    expect(rows('perhaps')).toEqual(['push repository: contents: read']);
  });

  test('each leaf stands under each root that reaches it, and under each way there', async () => {
    const report = await reportOf({
      'a.yml': workflow('push', 'read-all', call('one', 'mid.yml'), call('two', 'mid.yml'), call('three', 'leaf.yml')),
      'b.yml': workflow('push', 'read-all', call('four', 'leaf.yml')),
      'mid.yml': leaf(undefined, call('deep', 'leaf.yml')),
      'leaf.yml': leaf(undefined, job('x'), job('y')),
    });
    const paths = (name: string) => workflowIn(report, name).jobs.map(({ path }) => path.join('/'));
    expect(paths('a.yml')).toEqual([
      ...['one', 'one/deep', 'one/deep/x', 'one/deep/y'],
      ...['two', 'two/deep', 'two/deep/x', 'two/deep/y'],
      ...['three', 'three/x', 'three/y'],
    ]);
    expect(paths('b.yml')).toEqual(['four', 'four/x', 'four/y']);
    expect(paths('mid.yml')).toEqual(['deep', 'deep/x', 'deep/y']);
    expect(paths('leaf.yml')).toEqual(['x', 'y']);
  });

  test('with `pull_request_target`, rows say that protections may stop it', async () => {
    const report = await reportOf({
      'ci.yml': workflow('pull_request_target', '{contents: write}', call('use', 'leaf.yml')),
      'leaf.yml': leaf(undefined, job('a')),
    });
    expect(jobIn(report, 'ci.yml', 'use', 'a').grants[0]).toMatchObject({ ifAllowed: true, status: 'granted' });
  });
});

describe('origins along a chain', () => {
  test.each([
    [
      'the root’s workflow block',
      '{contents: read}',
      undefined,
      undefined,
      undefined,
      { from: 'caller', path: 'ci.yml', line: 2, column: 15 },
    ],
    [
      'the calling job’s block',
      undefined,
      '{contents: read}',
      undefined,
      undefined,
      { from: 'caller', path: 'ci.yml', line: 4, column: 19 },
    ],
    [
      '`read-all` of the root',
      'read-all',
      undefined,
      undefined,
      undefined,
      { from: 'caller', path: 'ci.yml', line: 2, column: 14 },
    ],
    [
      'the middle workflow’s block',
      'write-all',
      undefined,
      '{contents: read}',
      undefined,
      { from: 'caller', path: 'mid.yml', line: 2, column: 15 },
    ],
    [
      'the called workflow’s block',
      'write-all',
      undefined,
      undefined,
      '{contents: read}',
      { from: 'workflow', path: 'leaf.yml', line: 2, column: 15 },
    ],
    ['the default', undefined, undefined, undefined, undefined, { from: 'default' }],
  ])(
    '%s',
    async (
      _,
      root,
      calling,
      middle,
      called,
      { path, ...origin }: { from: string; path?: string; line?: number; column?: number },
    ) => {
      const report = await reportOf(
        {
          'ci.yml': workflow('push', root, call('use', 'mid.yml', calling)),
          'mid.yml': leaf(middle, call('deep', 'leaf.yml')),
          'leaf.yml': leaf(called, job('a')),
        },
        { defaultPermissions: 'read' },
      );
      const { grants, declaredAt, definedIn } = jobIn(report, 'ci.yml', 'use', 'deep', 'a');
      expect(definedIn).toBe(`${FOLDER}leaf.yml`);
      expect(grants).toHaveLength(1);
      expect(grants[0]?.origins).toMatchObject({
        contents: path === undefined ? origin : { ...origin, path: FOLDER + path },
        metadata: { from: 'always' },
      });
      expect(declaredAt?.path).toBe(path === undefined ? undefined : FOLDER + path);
    },
  );

  test('a job of a called workflow in another repository, and what a fork takes away', async () => {
    const uses = 'other/lib/.github/workflows/leaf.yml@v1';
    const report = await reportOf(
      { 'ci.yml': workflow('pull_request', '{issues: write}', call('use', uses)) },
      { called: { [uses]: leaf(undefined, job('a'), job('b', '{issues: read}')) } },
    );
    const { grants } = jobIn(report, 'ci.yml', 'use', 'a');
    expect(grants.map(({ origins }) => origins['issues'])).toEqual([
      { from: 'caller', path: `${FOLDER}ci.yml`, line: 2, column: 15 },
      { from: 'caller', path: `${FOLDER}ci.yml`, line: 2, column: 15, reducedBy: 'fork' },
    ]);
    expect(jobIn(report, 'ci.yml', 'use', 'b')).toMatchObject({
      definedIn: uses,
      declaredAt: { path: uses, line: 9, column: 5 },
      grants: [{ origins: { issues: { from: 'job', path: uses, line: 9, column: 19 } } }],
    });
  });

  test('a calling job: what it passes on, and no rows of its own', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', 'read-all', call('use', 'leaf.yml', '{issues: write}'), call('other', 'leaf.yml')),
      'leaf.yml': leaf('{}', job('a')),
    });
    expect(jobIn(report, 'ci.yml', 'use')).toMatchObject({
      uses: './.github/workflows/leaf.yml',
      declared: { issues: 'write' },
      declaredAt: { path: `${FOLDER}ci.yml`, line: 5, column: 5 },
      grants: [],
    });
    expect(jobIn(report, 'ci.yml', 'other').declared).not.toHaveProperty('id-token');
  });
});
