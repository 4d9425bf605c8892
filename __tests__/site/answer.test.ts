import { describe, expect, test } from '@jest/globals';

import type { Answer, MatrixCell } from '../../site/src/compute/answer.ts';
import { answerTo } from '../../site/src/compute/compute.ts';
import { fixedFiles } from '../../site/src/compute/fix.ts';
import type { Input } from '../../site/src/input/input.ts';
import { NO_CHOICES } from '../../site/src/input/input.ts';

const EDITION = { version: '1.2.3', home: 'https://example.com/blob/v1' };
const FOLDER = '.github/workflows/';

function inputOf(files: Readonly<Record<string, string>>, choices: Partial<Input> = {}): Input {
  const list = Object.entries(files).map(([path, text]) => ({
    path: path.includes('/') ? path : FOLDER + path,
    text: text.startsWith('\n') ? text.replaceAll(/^ {4}/gm, '').trimStart() : text,
  }));
  return { ...NO_CHOICES, ...choices, files: list };
}

const answerOf = (files: Readonly<Record<string, string>>, choices: Partial<Input> = {}) =>
  answerTo(inputOf(files, choices), EDITION);

/** The matrix in short: a line for each file and each job. */
function lines({ matrix: { files } }: Answer): readonly string[] {
  return files.flatMap(({ path, words, jobs }) => [
    `${path.replace(FOLDER, '')}${words === null ? '' : `: ${words}`}`,
    ...jobs.map((job) => `  ${job.ids.join('/')}: ${job.words ?? job.cells.flatMap(cellWords).join(', ')}`),
  ]);
}

function cellWords({ permission, level, mark }: MatrixCell): readonly string[] {
  return level === null && mark === null ? [] : [[permission, level ?? 'none', mark ?? ''].join(' ').trim()];
}

function cellOf({ matrix }: Answer, job: string, permission: string): MatrixCell {
  const jobs = matrix.files.flatMap((file) => file.jobs);
  return jobs.find(({ ids }) => ids.join('/') === job)!.cells.find((cell) => cell.permission === permission)!;
}

const CI = `
    on: [push, pull_request]
    permissions:
      contents: write
      issues: read
    jobs:
      test:
        runs-on: ubuntu-latest
        steps:
          - uses: actions/checkout@v6
      own:
        runs-on: ubuntu-latest
        permissions: { checks: write }
        steps:
          - run: gh pr comment 1 --body hi
            env:
              GH_TOKEN: \${{ github.token }}
    `;

describe('the matrix', () => {
  test('has what each job gets, what is more than its steps use, and what they lack', async () => {
    const answer = await answerOf({ 'ci.yml': CI }, { defaultPermissions: 'read', visibility: 'public' });
    expect(answer.matrix.columns).toEqual(['contents', 'pull-requests', 'checks', 'issues']);
    expect(lines(answer)).toEqual([
      'ci.yml',
      '  test: contents write unused, issues read unused',
      '  own: pull-requests none missing, checks write unused',
    ]);
  });

  test('tells of a cell where it comes from, in which runs, and what uses it', async () => {
    const cell = cellOf(await answerOf({ 'ci.yml': CI }, { visibility: 'public' }), 'test', 'contents');
    expect(cell.runs).toEqual([{ runs: 'push, pull_request', level: 'write', origin: "the workflow's block, line 3" }]);
    expect(cell.place).toEqual({ path: `${FOLDER}ci.yml`, line: 3, column: 3 });
    expect(cell.uses).toEqual(['actions/checkout (line 9) uses it to read: fetches the repository.']);
  });

  test('shows the runs of one event', async () => {
    const choices = { event: 'push', visibility: 'public' } as const;
    const answer = await answerOf({ 'ci.yml': CI, 'pr.yml': CI.replace('push, ', '') }, choices);
    expect(cellOf(answer, 'test', 'contents').runs.map(({ runs }) => runs)).toEqual(['push']);
    expect(lines(answer).at(-1)).toBe('pr.yml: It does not run on push.');
    expect(answer.events).toEqual(['pull_request', 'push']);
  });

  test('shows what a fork gets, and why it is less', async () => {
    const answer = await answerOf(
      { 'ci.yml': CI, 'push.yml': CI.replace(', pull_request', '') },
      { starter: 'fork', visibility: 'public' },
    );
    expect(lines(answer).slice(0, 2)).toEqual(['ci.yml', '  test: contents read, issues read unused']);
    expect(lines(answer).at(-1)).toBe('push.yml: A pull request from a fork cannot start it.');
    expect(cellOf(answer, 'test', 'contents').runs).toEqual([
      {
        runs: 'pull_request',
        level: 'read',
        origin: "the workflow's block, line 3; reduced, as it comes from a fork",
      },
    ]);
  });

  test('shows every case that a fork may meet where the settings are not known', async () => {
    const cell = cellOf(await answerOf({ 'ci.yml': CI }, { starter: 'fork' }), 'test', 'contents');
    expect(cell.level).toBe('write?');
    expect(cell.runs.map(({ runs, level }) => `${level}: ${runs}`)).toEqual([
      'read: pull_request in a public repository; pull_request in a private repository that gives forks read only',
      'does not run: pull_request in a private repository that starts no run for forks',
      'write: pull_request in a private repository that gives forks write',
    ]);
  });

  test('shows what Dependabot gets', async () => {
    const text = 'on: [push, schedule]\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: make }]\n';
    const choices = { defaultPermissions: 'write', visibility: 'public' } as const;
    const own = cellOf(await answerOf({ 'a.yml': text }, choices), 'a', 'contents');
    expect(own.runs).toEqual([{ runs: 'push, schedule', level: 'write', origin: "the repository's default" }]);
    const reduced = cellOf(await answerOf({ 'a.yml': text }, { ...choices, starter: 'dependabot' }), 'a', 'contents');
    expect(reduced.runs).toMatchObject([{ runs: 'push', level: 'read' }]);
    expect(reduced.runs[0]!.origin).toContain('as Dependabot starts it');
  });

  test('marks what differs with the default that is not known, and calls none of it too much', async () => {
    const text = 'on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: make }]\n';
    const cell = cellOf(await answerOf({ 'a.yml': text }), 'a', 'actions');
    expect(cell).toMatchObject({ level: 'write?', mark: null });
    expect(cell.runs.map(({ runs }) => runs)).toEqual(['push if the default is read', 'push if the default is write']);
  });

  test('says why there are no jobs of a file that GitHub refuses', async () => {
    const text = 'on: push\njobs:\n  a:\n    runs-on: x\n    permissions: { content: read }\n';
    const answer = await answerOf({ 'a.yml': text });
    expect(lines(answer)).toEqual(['a.yml: GitHub refuses this file, so no job runs.']);
    expect(answer.state).toBe('failed');
    expect(answer.toDo).toMatchObject([
      { level: 'error', rule: 'unknown-permission', line: 5, hint: expect.stringContaining('Did you mean contents?') },
    ]);
  });
});

const CALLER = `
    on: push
    permissions: { contents: read }
    jobs:
      use:
        uses: ./.github/workflows/leaf.yml
    `;
const LEAF = `
    on: workflow_call
    permissions: { deployments: write }
    jobs:
      deploy:
        runs-on: ubuntu-latest
        steps: [{ run: make }]
    `;

describe('chains', () => {
  test('show what passes on, what is asked for, and why it is refused', async () => {
    const { chains, toDo } = await answerOf({ 'ci.yml': CALLER, 'leaf.yml': LEAF });
    expect(chains).toMatchObject([
      {
        path: `${FOLDER}ci.yml`,
        outcome: 'startup_failure',
        jobs: [
          {
            id: 'use',
            has: 'passes on contents: read',
            problems: [expect.stringContaining("is requesting 'deployments: write'")],
            jobs: [{ id: 'deploy', has: 'asks for deployments: write', jobs: [] }],
          },
        ],
      },
      { path: `${FOLDER}leaf.yml`, contract: 'a caller must give at least deployments: write', jobs: [] },
    ]);
    expect(toDo[0]).toMatchObject({
      rule: 'startup-failure',
      page: 'https://example.com/blob/v1/docs/rules/startup-failure.md',
    });
    expect(toDo[0]!.ways[0]!.lines).toContain('  deployments: write');
  });

  test('put called jobs below the one that calls them', async () => {
    const answer = await answerOf({
      'ci.yml': CALLER.replace('contents: read', 'deployments: write'),
      'leaf.yml': LEAF,
    });
    expect(lines(answer).slice(0, 3)).toEqual([
      'ci.yml',
      '  use: calls ./.github/workflows/leaf.yml',
      '  use/deploy: deployments write unused',
    ]);
  });

  test('do not call a file missing that nobody gave', async () => {
    const answer = await answerOf({ 'ci.yml': CALLER });
    expect(answer.toDo.filter(({ level }) => level === 'error')).toEqual([]);
    expect(answer.state).not.toBe('complete');
    expect(answer.chains[0]!.jobs[0]!.problems).toEqual([
      "The called workflow './.github/workflows/leaf.yml' was not read: the file .github/workflows/leaf.yml is not among those that were given",
    ]);
    expect(answer.matrix.files[0]!.jobs[0]!.cells.length).toBeGreaterThan(0);
  });

  test('reach nothing of another repository', async () => {
    const remote = CALLER.replace('./.github', 'octo/lib/.github').replace('.yml', '.yml@v1');
    expect((await answerOf({ 'ci.yml': remote })).chains[0]!.jobs[0]!.problems).toEqual([
      expect.stringContaining('this page reads nothing from the network'),
    ]);
  });
});

describe('files beside workflows', () => {
  const uses = `
    on: push
    permissions: { contents: read, issues: write }
    jobs:
      a:
        runs-on: ubuntu-latest
        steps:
          - uses: actions/checkout@v6
          - uses: ./tools/label
    `;
  const action = `
    runs:
      using: composite
      steps:
        - run: gh issue edit 1 --add-label x
          shell: bash
          env:
            GH_TOKEN: \${{ github.token }}
    `;

  test('tell what their steps use', async () => {
    const without = cellOf(await answerOf({ 'a.yml': uses }), 'a', 'issues');
    expect(without.uses.join()).toContain('may use it');
    const withIt = cellOf(await answerOf({ 'a.yml': uses, 'tools/label/action.yml': action }), 'a', 'issues');
    expect(withIt.uses.join()).toContain('gh issue edit (tools/label/action.yml:4) uses it to write');
  });
});

describe('writing the blocks', () => {
  test('changes the files to what is suggested', async () => {
    const text = 'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v6\n';
    const { files, refused } = await fixedFiles(inputOf({ 'a.yml': text }), EDITION);
    expect(refused).toEqual([]);
    expect(files).toMatchObject([{ path: `${FOLDER}a.yml`, text: expect.stringContaining('contents: read') }]);
  });
});
