import { describe, expect, test } from '@jest/globals';

import type { Grant } from '../../src/model/grant.ts';
import { jobOf, PATH, rowsOf, workflow, workflowOf } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';

describe('a setting that is unknown is tried with each of its values, and named only where it matters', () => {
  test.each<readonly [string, string, Known, readonly string[]]>([
    ['a block decides in a push', workflow('push', '{ contents: write }'), {}, ['push repository: contents:write']],
    [
      'the default without a block',
      workflow('schedule'),
      {},
      [
        'schedule repository default=read: contents:read packages:read',
        'schedule repository default=write medium: 17 writes, 2 reads',
      ],
    ],
    [
      'visibility and forks where a fork can come',
      workflow('pull_request', '{ contents: write }'),
      {},
      [
        'pull_request repository: contents:write',
        'pull_request fork public: contents:read',
        'pull_request fork private forks=off: not-run',
        'pull_request fork private forks=read: contents:read',
      ],
    ],
    [
      'forks alone in a private repository',
      workflow('pull_request', '{ contents: write }'),
      { visibility: 'private' },
      [
        'pull_request repository: contents:write',
        'pull_request fork forks=off: not-run',
        'pull_request fork forks=read: contents:read',
      ],
    ],
    [
      'visibility alone when the setting about forks is known',
      workflow('pull_request', '{ contents: write }'),
      { forks: 'write' },
      ['pull_request repository: contents:write', 'pull_request fork public: contents:read'],
    ],
    [
      'where a public and a private repository give the same, neither is named',
      workflow('pull_request', '{ contents: write }'),
      { forks: 'read' },
      ['pull_request repository: contents:write', 'pull_request fork: contents:read'],
    ],
    [
      'a block with nothing to reduce: only that a private repository may not run it',
      workflow('pull_request', '{ contents: read }'),
      {},
      ['pull_request repository: contents:read', 'pull_request fork private forks=off: not-run'],
    ],
    [
      'all three',
      workflow('pull_request'),
      {},
      [
        'pull_request repository default=read: contents:read packages:read',
        'pull_request repository default=write medium: 17 writes, 2 reads',
        'pull_request fork private forks=off: not-run',
        'pull_request fork default=write public medium: 0 writes, 18 reads',
        'pull_request fork default=write private forks=read medium: 0 writes, 18 reads',
        'pull_request dependabot default=write medium: 0 writes, 18 reads',
      ],
    ],
    [
      'nothing is named where all is known',
      workflow('pull_request'),
      { default: 'write', visibility: 'public', forks: 'read' },
      [
        'pull_request repository medium: 17 writes, 2 reads',
        'pull_request fork medium: 0 writes, 18 reads',
        'pull_request dependabot medium: 0 writes, 18 reads',
      ],
    ],
  ])('%s', (_, text, known, expected) => {
    expect(rowsOf(jobOf(text, known))).toEqual(expected);
  });
});

describe('events with the same outcome are one row', () => {
  const known: Known = { default: 'read', visibility: 'public' };

  test('in the order of the file', () => {
    const text = workflow('[issues, push, watch]', '{ issues: write }');
    expect(rowsOf(jobOf(text, known))).toEqual(['issues+push+watch repository: issues:write']);
  });

  test('an event that is written twice is one', () => {
    expect(rowsOf(jobOf(workflow('[push, push]', '{}'), known))).toEqual(['push repository: ']);
  });

  test('pull_request_target is a row of its own: execution protections may stop it', () => {
    const text = workflow('[push, pull_request_target]', '{ contents: read }');
    expect(rowsOf(jobOf(text, known))).toEqual([
      'push repository: contents:read',
      'pull_request_target repository if allowed: contents:read',
    ]);
    expect(rowsOf(jobOf(text, { ...known, ghes: '3.17' }))).toEqual([
      'push+pull_request_target repository: contents:read',
    ]);
  });

  test('forks and Dependabot come last, and only where they differ', () => {
    const text = workflow('[pull_request, push, issues]');
    expect(rowsOf(jobOf(text, { default: 'write', visibility: 'public' }))).toEqual([
      'pull_request+push+issues repository medium: 17 writes, 2 reads',
      'pull_request fork medium: 0 writes, 18 reads',
      'pull_request+push dependabot medium: 0 writes, 18 reads',
    ]);
  });

  test('activities are named only where they differ', () => {
    const on = '{ pull_request: { types: [opened, closed] } }';
    expect(rowsOf(jobOf(workflow(on, '{ contents: read }'), known))).toEqual([
      'pull_request repository: contents:read',
    ]);
    const condition = "    if: github.event.action == 'opened'\n";
    expect(rowsOf(jobOf(workflow(on, '{ contents: read }', condition), known))).toEqual([
      'pull_request [opened] repository: contents:read',
      'pull_request [closed] repository: not-run',
    ]);
  });

  test('an event in which only some activities have the outcome stays apart, whichever comes first', () => {
    const condition = "    if: github.event_name == 'push' || github.event.action == 'opened'\n";
    const pullRequest = (event: string) => `${event}: { types: [opened, closed] }`;
    const job = (on: string) => rowsOf(jobOf(workflow(on, '{ contents: read }', condition), known));
    expect(job(`{ push: , ${pullRequest('pull_request')} }`)).toEqual([
      'push repository: contents:read',
      'pull_request [opened] repository: contents:read',
      'pull_request [closed] repository: not-run',
    ]);
    expect(job(`{ ${pullRequest('pull_request')}, push: }`)).toEqual([
      'pull_request [opened] repository: contents:read',
      'pull_request [closed] repository: not-run',
      'push repository: contents:read',
    ]);
    expect(job(`{ ${pullRequest('pull_request')}, ${pullRequest('issues')} }`)).toEqual([
      'pull_request [opened] repository: contents:read',
      'pull_request [closed] repository: not-run',
      'issues [opened] repository: contents:read',
      'issues [closed] repository: not-run',
    ]);
  });

  test('an event in which only some settings give the outcome stays apart', () => {
    const condition = "    if: github.event_name == 'push' || github.event.repository.private\n";
    const text = workflow('[push, issues, watch]', '{ contents: read }', condition);
    expect(rowsOf(jobOf(text, { default: 'read' }))).toEqual([
      'push repository: contents:read',
      'issues+watch repository public: not-run',
      'issues+watch repository private: contents:read',
    ]);
  });
});

describe('how sure a row is', () => {
  const doubts = (text: string, known: Known) =>
    jobOf(text, known).grants.map(({ actor, confidence, doubts: why }) => [actor, confidence, why?.length ?? 0]);

  test('the permissive default rests on logs of a few accounts', () => {
    expect(doubts(workflow('push'), { default: 'write' })).toEqual([
      ['repository', 'medium', 1],
      ['dependabot', 'medium', 1],
    ]);
    expect(doubts(workflow('pull_request'), { default: 'write', visibility: 'public' })).toEqual([
      ['repository', 'medium', 1],
      ['fork', 'medium', 2],
      ['dependabot', 'medium', 1],
    ]);
  });

  test('the restricted default and blocks are certain', () => {
    expect(doubts(workflow('pull_request'), { default: 'read', visibility: 'public' })).toEqual([
      ['repository', 'high', 0],
    ]);
    expect(doubts(workflow('pull_request', 'write-all'), { visibility: 'public' })).toEqual([
      ['repository', 'high', 0],
      ['fork', 'high', 0],
    ]);
  });

  test('id-token for forks with write tokens is not', () => {
    const known: Known = { visibility: 'private', forks: 'write' };
    expect(doubts(workflow('pull_request', '{ id-token: write }'), known)).toEqual([
      ['repository', 'high', 0],
      ['fork', 'medium', 1],
    ]);
    expect(doubts(workflow('pull_request', '{ contents: write }'), known)).toEqual([['repository', 'high', 0]]);
    // This event has the token of the base, wherever the change comes from.
    const ofBase = doubts(workflow('pull_request_target', '{ id-token: write }'), known);
    expect(ofBase.filter(([actor]) => actor === 'fork')).toEqual([]);
  });

  test("nor is Dependabot's own base branch", () => {
    expect(doubts(workflow('pull_request_target', '{ contents: write }'), { visibility: 'public' })).toEqual([
      ['repository', 'high', 0],
      ['dependabot', 'medium', 1],
    ]);
  });

  test("nor is what a private repository that runs nothing of forks does with 'pull_request_target'", () => {
    const known: Known = { visibility: 'private', forks: 'off' };
    expect(doubts(workflow('pull_request_target', '{ contents: write }'), known)).toEqual([
      ['repository', 'high', 0],
      ['fork', 'medium', 1],
      ['dependabot', 'medium', 1],
    ]);
    const others: readonly Known[] = [
      { ...known, visibility: 'public' },
      { ...known, forks: 'read' },
      { forks: 'off' },
      { visibility: 'private' },
    ];
    for (const other of others) {
      const rows = doubts(workflow('pull_request_target', '{ contents: write }'), other);
      expect(rows.filter(([actor]) => actor === 'fork')).toEqual([]);
    }
  });

  test.each<readonly [string, string, Known, Grant['actor'], readonly RegExp[]]>([
    [
      'models in a fork by default',
      'pull_request',
      { default: 'write', visibility: 'public' },
      'fork',
      [
        /^Whether 'code-quality', .* of every account was not verified\.$/,
        /`models: read` .* rests on a single log\.$/,
      ],
    ],
    ['the permissive default', 'push', { default: 'write' }, 'repository', [/^Whether 'code-quality'/]],
    [
      'id-token of a private fork',
      'pull_request\npermissions: { id-token: write, contents: read }',
      { visibility: 'private', forks: 'write' },
      'fork',
      [/^Whether `id-token: write` reaches a private fork's pull request with write tokens on was not verified\.$/],
    ],
    [
      'a fork where none may run',
      'pull_request_target\npermissions: { contents: read }',
      { visibility: 'private', forks: 'off' },
      'fork',
      [/^Whether 'pull_request_target' runs for forks where runs of forks are off was not verified\.$/],
    ],
    [
      "Dependabot's base branch",
      'pull_request_target\npermissions: { contents: write }',
      { visibility: 'public' },
      'dependabot',
      [/^That GitHub reduces an explicit block on a base branch made by Dependabot rests on its docs alone\.$/],
    ],
  ])('%s: in words', (_, on, known, actor, sentences) => {
    const told = jobOf(workflow(on), known).grants.find((row) => row.actor === actor)?.doubts ?? [];
    expect(told).toEqual(sentences.map((sentence) => expect.stringMatching(sentence)));
  });

  test('each doubt is a sentence', () => {
    const all = jobOf(workflow('[pull_request, pull_request_target]', 'write-all'), {
      visibility: 'private',
      forks: 'write',
    }).grants.flatMap(({ doubts: why }) => why ?? []);
    expect(all.length).toBeGreaterThan(0);
    for (const sentence of all) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});

test('permissions stand in the order of their names', () => {
  const [row] = jobOf(workflow('push', '{ pages: read, issues: write, contents: read }'), {}).grants;
  expect(Object.keys(row!.permissions)).toEqual(['contents', 'issues', 'metadata', 'pages']);
  expect(Object.keys(row!.origins)).toEqual(['contents', 'issues', 'metadata', 'pages']);
});

test('a server without doubts has both values of the default as well', () => {
  expect(rowsOf(jobOf(workflow('schedule'), { ghes: '3.17' }))).toEqual([
    'schedule repository default=read: contents:read packages:read',
    'schedule repository default=write: 12 writes, 0 reads',
  ]);
});

test('what one job passes on is not what another one does, whose call is outside of the organization', () => {
  const text = (...uses: readonly string[]) =>
    `on: push\njobs:\n${uses.map((one, index) => `  j${index}:\n    uses: ${one}/.github/workflows/x.yml@v1\n`).join('')}`;
  const known: Known = { repository: 'octo-org/octo-repo', default: 'write' };
  const alone = (uses: string) => jobOf(text(uses), known).grants;
  const [own, other] = [alone('octo-org/shared'), alone('mona/shared')];
  expect(own).not.toEqual(other);
  const together = workflowOf(text('octo-org/shared', 'mona/shared'), known).jobs.map(({ grants }) => grants);
  expect(together).toEqual([own, other]);
});

describe('where each permission comes from', () => {
  const origins = (text: string, known: Known, actor = 'repository') =>
    jobOf(text, known).grants.find((grant) => grant.actor === actor)?.origins;
  const always = { metadata: { from: 'always' } };

  test("the job's block, line by line", () => {
    const text = workflow('push', '{ issues: write }', '    permissions:\n      contents: read\n      pages: none\n');
    expect(origins(text, {})).toEqual({ contents: { from: 'job', path: PATH, line: 7, column: 7 }, ...always });
  });

  test("the workflow's block", () => {
    expect(origins(workflow('push', '{ issues: write }'), {})).toEqual({
      issues: { from: 'workflow', path: PATH, line: 2, column: 16 },
      ...always,
    });
  });

  test('read-all and write-all: the word', () => {
    const found = origins(workflow('push', 'read-all'), {});
    expect(Object.keys(found ?? {})).toHaveLength(19);
    expect(found?.contents).toEqual({ from: 'workflow', path: PATH, line: 2, column: 14 });
    expect(found?.metadata).toEqual(always.metadata);
  });

  test('the default', () => {
    expect(origins(workflow('push'), { default: 'read' })).toEqual({
      contents: { from: 'default' },
      packages: { from: 'default' },
      ...always,
    });
  });

  test('what a fork loses is named, also where nothing is left of it', () => {
    const text = workflow('pull_request', '{ contents: write, id-token: write, issues: read }');
    expect(origins(text, { visibility: 'public' }, 'fork')).toEqual({
      contents: { from: 'workflow', path: PATH, line: 2, column: 16, reducedBy: 'fork' },
      'id-token': { from: 'workflow', path: PATH, line: 2, column: 33, reducedBy: 'fork' },
      issues: { from: 'workflow', path: PATH, line: 2, column: 50 },
      ...always,
    });
  });

  test('what Dependabot loses of the default', () => {
    const found = origins(workflow('push'), { default: 'write' }, 'dependabot');
    expect(found?.contents).toEqual({ from: 'default', reducedBy: 'dependabot' });
    expect(found?.['copilot-requests']).toEqual({ from: 'default', reducedBy: 'dependabot' });
    expect(found?.models).toEqual({ from: 'default' });
  });

  test('a block behind an anchor is where the anchor is', () => {
    const text = `on: push\npermissions: &p\n  contents: read\njobs:\n  build:\n    runs-on: x\n    permissions: *p\n`;
    expect(origins(text, {})?.contents).toEqual({ from: 'job', path: PATH, line: 3, column: 3 });
  });
});

describe('what the report says of a job beside its rows', () => {
  test('what applies, spelled out, and where its key stands', () => {
    const { jobs } = workflowOf(`on: push
permissions: { contents: write, issues: none }
jobs:
  a:
    name: Build on \${{ matrix.os }}
    runs-on: x
  b:
    runs-on: x
    permissions: read-all
  c:
    runs-on: x
    permissions: {}
`);
    expect(
      jobs.map(({ path, name, position, uses, definedIn }) => ({ path, name, position, uses, definedIn })),
    ).toEqual([
      { path: ['a'], name: 'Build on ${{ matrix.os }}', position: { line: 4, column: 3 }, uses: null, definedIn: PATH },
      { path: ['b'], name: null, position: { line: 7, column: 3 }, uses: null, definedIn: PATH },
      { path: ['c'], name: null, position: { line: 10, column: 3 }, uses: null, definedIn: PATH },
    ]);
    expect(jobs.map(({ declaredAt }) => declaredAt)).toEqual([
      { path: PATH, line: 2, column: 1 },
      { path: PATH, line: 9, column: 5 },
      { path: PATH, line: 12, column: 5 },
    ]);
    expect(jobs[0]?.declared).toEqual({ contents: 'write' });
    expect(Object.keys(jobs[1]?.declared ?? {})).toHaveLength(18);
    expect(jobs[1]?.declared).not.toHaveProperty('id-token');
    expect(jobs[2]?.declared).toEqual({});
  });

  test('no block at all', () => {
    const { declared, declaredAt } = jobOf(workflow('push'));
    expect([declared, declaredAt]).toEqual([null, null]);
  });
});

describe('a file that can be called', () => {
  test.each<readonly [string, string, Known, readonly string[]]>([
    ['without a block: the callers decide', workflow('workflow_call'), {}, []],
    [
      'with one: whoever calls it',
      workflow('workflow_call', '{ contents: write }'),
      {},
      ['workflow_call repository: contents:write'],
    ],
    ['with an empty one', workflow('workflow_call', '{}'), {}, ['workflow_call repository: ']],
    [
      'with a block of the job',
      workflow('workflow_call', '', '    permissions: { pages: write }\n'),
      {},
      ['workflow_call repository: pages:write'],
    ],
    [
      'and started by itself: both readings',
      workflow('[push, workflow_call]', '{ contents: write }'),
      {},
      ['push repository: contents:write', 'workflow_call repository: contents:write'],
    ],
    [
      'and started by itself without a block: what the callers decide has no row',
      workflow('[push, workflow_call]'),
      { default: 'read' },
      ['push repository: contents:read packages:read'],
    ],
    [
      'a condition about the event says nothing of its callers',
      workflow('[push, workflow_call]', '{ contents: write }', "    if: github.event_name == 'schedule'\n"),
      { default: 'read' },
      ['push repository: not-run', 'workflow_call repository: contents:write'],
    ],
  ])('%s', (_, text, known, expected) => {
    expect(rowsOf(jobOf(text, known))).toEqual(expected);
  });

  test('two jobs, one with a block', () => {
    const { jobs } = workflowOf(
      'on: workflow_call\njobs:\n  a:\n    runs-on: x\n  b:\n    runs-on: x\n    permissions: { pages: write }\n',
    );
    expect(jobs.map((job) => rowsOf(job))).toEqual([[], ['workflow_call repository: pages:write']]);
  });

  test.each<readonly [string, string, Readonly<Record<string, string>> | null]>([
    ['no workflow_call', workflow('push', '{ contents: write }'), null],
    ['no block', workflow('workflow_call'), {}],
    ['an empty block', workflow('workflow_call', '{}'), {}],
    ['the block of the workflow', workflow('workflow_call', '{ contents: read }'), { contents: 'read' }],
    [
      'the most of the workflow and its jobs, whatever `if` says',
      workflow(
        'workflow_call',
        '{ contents: read, issues: write }',
        '    if: false\n    permissions: { contents: write, pages: read }\n',
      ),
      { contents: 'write', issues: 'write', pages: 'read' },
    ],
    ['none is nothing', workflow('workflow_call', '{ contents: none }'), {}],
  ])('asks of its callers: %s', (_, text, expected) => {
    expect(workflowOf(text).contract?.permissions ?? null).toEqual(expected);
  });

  test('read-all asks for id-token, which nobody can write as read', () => {
    const asked = workflowOf(workflow('workflow_call', 'read-all')).contract?.permissions;
    expect(asked?.['id-token']).toBe('write');
    expect(asked?.contents).toBe('read');
    expect(asked).not.toHaveProperty('copilot-requests');
    expect(asked).not.toHaveProperty('metadata');
  });
});
