import { describe, expect, test } from '@jest/globals';

import { git } from '../called-git.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { branched, caller, CALLED, change, CI, compare, edit, READ, workflow, WRITE, type Files } from './comparing.ts';

const OTHER = '.github/workflows/other.yml';
const NO_BLOCK = workflow(READ).replace(/^permissions: .*\n/m, '');
const TWO_JOBS = `${workflow(READ)}  release:\n    permissions: ${WRITE}\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`;
const RELEASE = `on: push\npermissions: ${READ}\njobs:\n  release:\n    permissions: ${WRITE}\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`;
const called = (block: string): string => workflow(block, 'workflow_call');
/** A pull request into a branch that Dependabot made gets read only. */
const OUTSIDERS = [
  'reachable-by-outsiders ci.yml build: contents none → read',
  'reachable-by-outsiders ci.yml build: contents none → write',
];
const REUSED: Files = { [CALLED]: called(READ), [CI]: caller(`./${CALLED}`) };

/** The base, what the head changes, and the changes that a user is shown. */
const SCENARIOS: readonly (readonly [name: string, base: Files, head: Files, changes: readonly string[]])[] = [
  [
    'a block raised',
    { [CI]: workflow(READ) },
    { [CI]: workflow(WRITE) },
    ['raised ci.yml build: contents read → write'],
  ],
  [
    'a block lowered',
    { [CI]: workflow(WRITE) },
    { [CI]: workflow(READ) },
    ['lowered ci.yml build: contents write → read'],
  ],
  [
    'a block removed',
    { [CI]: workflow('{}') },
    { [CI]: NO_BLOCK },
    ['raised ci.yml build: contents none → read, packages none → read'],
  ],
  [
    'a block added',
    { [CI]: NO_BLOCK },
    { [CI]: workflow('{}') },
    ['lowered ci.yml build: contents read → none, packages read → none'],
  ],
  ['a file renamed', { [CI]: workflow(WRITE) }, { [CI]: null, [OTHER]: workflow(WRITE) }, []],
  [
    'a file renamed and raised',
    { [CI]: workflow(READ) },
    { [CI]: null, [OTHER]: workflow(WRITE) },
    ['raised other.yml build: contents read → write'],
  ],
  ['a job moved to a file of its own', { [CI]: TWO_JOBS }, { [CI]: workflow(READ), [OTHER]: RELEASE }, []],
  [
    'a called file raised',
    REUSED,
    { [CALLED]: called(WRITE) },
    ['contract-raised called.yml: contents read → write', 'raised ci.yml call build: contents read → write'],
  ],
  [
    'a called file lowered',
    { ...REUSED, [CALLED]: called(WRITE) },
    { [CALLED]: called(READ) },
    ['contract-lowered called.yml: contents write → read', 'lowered ci.yml call build: contents write → read'],
  ],
  [
    'an event for outsiders added',
    { [CI]: workflow(WRITE) },
    { [CI]: workflow(WRITE, '[push, pull_request_target]') },
    OUTSIDERS,
  ],
  [
    'an if taken away',
    { [CI]: workflow(WRITE, 'pull_request_target', 'if: false\n') },
    { [CI]: workflow(WRITE, 'pull_request_target') },
    OUTSIDERS,
  ],
  [
    'a workflow deleted',
    { [CI]: workflow(READ), [OTHER]: workflow(WRITE) },
    { [OTHER]: null },
    ['removed other.yml build: contents write → none'],
  ],
  [
    'every workflow deleted',
    { [CI]: workflow(WRITE) },
    { [CI]: null },
    ['removed ci.yml build: contents write → none'],
  ],
  [
    'a workflow added',
    { [CI]: workflow(READ) },
    { [OTHER]: workflow(WRITE) },
    ['new other.yml build: contents none → write'],
  ],
  ['nothing about workflows', { [CI]: workflow(WRITE) }, { 'readme.md': 'x' }, []],
  [
    'comments and order only',
    { [CI]: workflow('{ contents: read, issues: write }') },
    { [CI]: `# why\n${workflow('{ issues: write, contents: read }')}` },
    [],
  ],
  [
    'a file that is no YAML any more',
    { [CI]: workflow(WRITE) },
    { [CI]: 'on: [push' },
    ['starts-to-fail ci.yml build: contents write → none'],
  ],
  [
    'a file that was no YAML',
    { [CI]: 'on: [push' },
    { [CI]: workflow(WRITE) },
    ['stops-failing ci.yml build: contents none → write'],
  ],
  [
    'an event added',
    { [CI]: workflow(WRITE) },
    { [CI]: workflow(WRITE, '[push, schedule]') },
    ['raised ci.yml build: contents none → write'],
  ],
];

describe('what a head changes since its base', () => {
  test.each(SCENARIOS)('%s', async (_, base, head, changes) => {
    const folder = branched(base, head);
    const said = await compare(folder, ['--base', 'main', '--offline']);
    expect(said.changes.toSorted()).toEqual(changes.toSorted());
    expect(said.stderr).toContain(
      `Compared with main at ${git(folder, 'rev-parse', 'main')}. The base is where the head left main, says git.\n`,
    );
    // The folder as it is gives the same as its commit.
    expect((await compare(folder, ['--base', 'main', '--offline', '--at', 'change'])).changes).toEqual(said.changes);
  });

  test('what is not committed is part of it', async () => {
    const folder = branched({ [CI]: workflow(READ) }, {});
    edit(folder, { [CI]: workflow(WRITE) });
    expect((await compare(folder, ['--base', 'main', '--offline'])).changes).toEqual([
      'raised ci.yml build: contents read → write',
    ]);
    expect((await compare(folder, ['--base', 'main', '--offline', '--at', 'HEAD'])).changes).toEqual([]);
  });

  test('a called workflow at another ref', async () => {
    const shared = 'octo-org/shared/.github/workflows/build.yml';
    const repositories = temporaryFolder({
      'octo-org/shared@v1/.github/workflows/build.yml': called(READ),
      'octo-org/shared@v2/.github/workflows/build.yml': called('{ contents: read, id-token: write }'),
    });
    const block = '{ contents: read, id-token: write }';
    const folder = branched({ [CI]: caller(`${shared}@v1`, block) }, { [CI]: caller(`${shared}@v2`, block) });
    const { changes, report } = await compare(folder, ['--base', 'main', '--offline', '--repositories', repositories]);
    expect(changes).toEqual(['raised ci.yml call build: id-token none → write']);
    expect(report.changes[0].because.path).toBe(CI);
  });

  test('what others did on the base is not blamed on the head', async () => {
    const folder = branched({ [CI]: workflow(WRITE), [OTHER]: workflow(READ) }, { [OTHER]: workflow(WRITE) });
    git(folder, 'checkout', '-q', 'main');
    change(folder, { [CI]: workflow(READ) });
    git(folder, 'checkout', '-q', 'change');
    const { changes, report } = await compare(folder, ['--base', 'main', '--offline']);
    expect(changes).toEqual(['raised other.yml build: contents read → write']);
    // The policy is another matter: it is that of the tip.
    expect(report.policy.commit).toBe(git(folder, 'rev-parse', 'main'));
  });

  test('a merge of the base into the head is no change either', async () => {
    const folder = branched({ [CI]: workflow(WRITE) }, { 'readme.md': 'x' });
    git(folder, 'checkout', '-q', 'main');
    change(folder, { [CI]: workflow(READ) });
    git(folder, 'checkout', '-q', 'change');
    git(folder, 'merge', '-q', '--no-ff', '-m', 'x', 'main');
    expect((await compare(folder, ['--base', 'main', '--offline'])).changes).toEqual([]);
  });
});

describe('findings that the base has too', () => {
  const UNKNOWN = workflow('{ brand-new: read }');
  const old: Files = { [CI]: UNKNOWN };

  test('are marked, count by default, and do not with --report new', async () => {
    const folder = branched(old, { [OTHER]: workflow(READ) });
    const all = await compare(folder, ['--base', 'main', '--offline']);
    const found = all.report.findings.find(({ rule }: { rule: string }) => rule === 'unknown-permission');
    expect([all.status, found.existing]).toEqual([1, true]);
    const fresh = await compare(folder, ['--base', 'main', '--offline', '--report', 'new']);
    expect([fresh.status, fresh.report.result]).toEqual([0, 'pass']);
  });

  test('a new one fails with --report new, and stands before the old ones', async () => {
    const folder = branched(old, { [OTHER]: UNKNOWN });
    const { status, report } = await compare(folder, ['--base', 'main', '--offline', '--report', 'new']);
    expect(status).toBe(1);
    const errors = report.findings.filter(({ level }: { level: string }) => level === 'error');
    expect(errors.map(({ path, existing }: Record<string, unknown>) => [path, existing])).toEqual([
      [OTHER, undefined],
      [CI, true],
    ]);
  });

  test('needs are of the state that they are of: a script that a job runs', async () => {
    const runs = (script: string): string =>
      workflow('{ contents: read, issues: write }')
        .replace(
          'run: "true"',
          'uses: actions/checkout@v6\n      - run: ./run.sh\n        env:\n          GH_TOKEN: ${{ github.token }}',
        )
        .concat(script);
    const base = { [CI]: runs(''), 'run.sh': '#!/bin/sh\ngh issue close 1\n' };
    const excessive = async (folder: string): Promise<unknown> => {
      const { report } = await compare(folder, ['--base', 'main', '--offline']);
      return report.findings
        .filter(({ rule }: { rule: string }) => rule === 'excessive-permission')
        .map(({ existing }: Record<string, unknown>) => existing);
    };
    const quiet = '#!/bin/sh\ntrue\n';
    // The workflow is the same, and what it needs is not.
    expect(await excessive(branched(base, { 'run.sh': quiet }))).toEqual([undefined]);
    expect(await excessive(branched({ ...base, 'run.sh': quiet }, { 'readme.md': 'x' }))).toEqual([true]);
  });
});
