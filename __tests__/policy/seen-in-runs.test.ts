import { describe, expect, test } from '@jest/globals';

import type { NeverStarting, ObservedJob, ObservedResult } from '../../src/model/observation.ts';
import type { ObservedRun } from '../../src/model/observed-run.ts';
import type { Finding } from '../../src/model/report.ts';
import { policyOf } from './file/reading-policy.ts';
import { CI, judgedWith, TWO_JOBS } from './judging.ts';

type Texts = Parameters<typeof judgedWith>[2];

const RUN: ObservedRun = {
  id: 7,
  attempt: 1,
  url: 'https://github.com/o/r/actions/runs/7',
  path: CI,
  event: 'push',
  commit: 'abc',
  branch: 'main',
  actor: 'someone',
  headRepository: 'o/r',
  date: '2026-11-20T10:00:00Z',
  conclusion: 'success',
};

describe('differs-from-run', () => {
  const DIFFERS: ObservedJob = {
    name: 'build',
    job: ['build'],
    result: 'differs',
    reason: 'The log shows less.',
    causes: ['First.', 'Second.', 'Third.'],
    granted: {},
    differences: [{ permission: 'contents', computed: 'write', logged: 'read' }],
  };

  function found(jobs: readonly Partial<ObservedJob>[], more: Partial<ObservedResult> = {}, texts: Texts = TWO_JOBS) {
    const result = { run: RUN, actor: null, jobs: jobs.map((job) => ({ ...DIFFERS, ...job })), ...more };
    return judgedWith(['differs-from-run'], { observed: { runs: [result], neverStarts: [], notes: [] } }, texts)
      .findings;
  }

  test('what GitHub granted and what is computed, at the job, with the likeliest causes', () => {
    expect(found([{}])).toMatchObject([
      {
        rule: 'differs-from-run',
        level: 'warning',
        path: CI,
        line: 3,
        column: 3,
        job: ['build'],
        message:
          "In the run on push of 2026-11-20, the job 'build' got something else than is computed for its commit. GitHub granted `contents: read` instead of `contents: write`.",
        hint: 'First. Second. The run: https://github.com/o/r/actions/runs/7',
        subjects: [{ workflow: CI, job: ['build'], permission: 'contents', granted: 'read', about: 'push' }],
      },
    ]);
  });

  test('several permissions are one finding', () => {
    const differences = [
      { permission: 'contents', computed: 'write', logged: 'none' },
      { permission: 'issues', computed: 'none', logged: 'read' },
    ] as const;
    const [finding, ...others] = found([{ differences }]);
    expect(others).toEqual([]);
    expect(finding?.message).toMatch(
      /GitHub granted `contents: none` instead of `contents: write` and `issues: read` instead of `issues: none`\.$/,
    );
    expect(finding?.subjects.map(({ permission, granted }) => [permission, granted])).toEqual([
      ['contents', 'none'],
      ['issues', 'read'],
    ]);
  });

  test.each<readonly [string, Partial<ObservedJob>, Partial<ObservedResult>, string, string]>([
    ['the repository itself', {}, { actor: 'repository' }, 'on push of 2026-11-20', 'First. Second. The run: '],
    ['a fork', {}, { actor: 'fork' }, 'on push of a fork of 2026-11-20', 'First.'],
    ['Dependabot', {}, { actor: 'dependabot' }, 'on push of Dependabot of 2026-11-20', 'First.'],
    ['no differences', { differences: [] }, {}, 'for its commit. The log shows less.', 'First.'],
    ['another event', {}, { run: { ...RUN, event: 'schedule' } }, 'on schedule of', 'First.'],
  ])('%s', (_, job, more, message, hint) => {
    const [finding] = found([job], more);
    expect(finding?.message).toContain(message);
    expect(finding?.hint).toContain(hint);
  });

  test('a job of a called workflow, by its way', () => {
    const called = '.github/workflows/called.yml';
    const texts = {
      [CI]: `on: push\njobs:\n  call:\n    uses: ./${called}\n`,
      [called]: 'on: workflow_call\njobs:\n  inner:\n    runs-on: x\n    steps: [{ run: a }]\n',
    };
    expect(found([{ job: ['call', 'inner'] }], {}, texts)).toMatchObject([
      {
        path: called,
        line: 3,
        message: expect.stringMatching(
          /^In the run on push of 2026-11-20, the job 'call \/ inner' got something else /,
        ),
      },
    ]);
  });

  test('a run without an address', () => {
    expect(found([{}], { run: { ...RUN, url: '' } })[0]?.hint).toBe('First. Second.');
  });

  test('a difference that no permission tells is about the whole job', () => {
    expect(found([{ differences: [] }])[0]?.subjects).toMatchObject([{ job: ['build'], about: 'push' }]);
    expect(found([{ differences: [] }])[0]?.subjects[0]).not.toHaveProperty('permission');
  });

  test.each<readonly [string, readonly Partial<ObservedJob>[], Partial<ObservedResult>]>([
    ['a job that agrees', [{ result: 'agrees' }], {}],
    ['a job that was not compared', [{ result: 'not-compared' }], {}],
    ['a job that is not there any more', [{ job: ['gone'] }], {}],
    ['a job that no name fits', [{ job: null }], {}],
    ['a workflow that is not there any more', [{}], { run: { ...RUN, path: 'gone.yml' } }],
  ])('nothing of %s', (_, jobs, more) => {
    expect(found(jobs, more)).toEqual([]);
  });

  test('each job, each event and each actor is a finding of its own', () => {
    const runs = [RUN, { ...RUN, event: 'schedule' }].flatMap((run) =>
      ([null, 'fork'] as const).map((actor) => ({ run, actor, jobs: [DIFFERS, { ...DIFFERS, job: ['test'] }] })),
    );
    const observed = { runs: runs.slice(1), ownJob: runs[0]!, neverStarts: [], notes: [] };
    const { findings } = judgedWith(['differs-from-run'], { observed });
    const brief = ({ line, message }: Finding) => `${line} ${/on (.*) of 2026/.exec(message)?.[1]}`;
    expect(findings.map(brief).sort()).toEqual([
      '3 push',
      '3 push of a fork',
      '3 schedule',
      '3 schedule of a fork',
      '6 push',
      '6 push of a fork',
      '6 schedule',
      '6 schedule of a fork',
    ]);
  });

  test('it is excused when all of its permissions are, and told whole otherwise', () => {
    const differences = [
      { permission: 'contents', computed: 'write', logged: 'none' },
      { permission: 'issues', computed: 'none', logged: 'read' },
    ] as const;
    const result = { run: RUN, actor: null, jobs: [{ ...DIFFERS, differences }] };
    const text = TWO_JOBS.replace('  build:\n', '  build: # effective-permissions: ignore[differs-from-run] known\n');
    const { findings, suppressed } = judgedWith(
      ['differs-from-run'],
      { observed: { runs: [result], neverStarts: [], notes: [] } },
      text,
    );
    expect([findings.length, suppressed.length]).toEqual([0, 1]);
    expect(suppressed[0]?.subjects).toHaveLength(2);
  });

  test('what is excused in part is told whole', () => {
    const differences = [
      { permission: 'contents', computed: 'write', logged: 'none' },
      { permission: 'issues', computed: 'none', logged: 'read' },
    ] as const;
    const result = { run: RUN, actor: null, jobs: [{ ...DIFFERS, differences }] };
    const exception = 'exceptions: [{ rule: differs-from-run, permissions: [issues], reason: known }]';
    const { findings } = judgedWith(['differs-from-run'], {
      observed: { runs: [result], neverStarts: [], notes: [] },
      policy: [policyOf(`version: 1\n${exception}\n`)],
    });
    expect(findings.map(({ subjects }) => subjects.length)).toEqual([2]);
  });

  test('nothing where nobody looked', () => {
    expect(judgedWith(['differs-from-run', 'never-starts'], {}).findings).toEqual([]);
  });
});

describe('never-starts', () => {
  const NEVER: NeverStarting = {
    path: CI,
    runs: 3,
    since: RUN,
    last: { ...RUN, id: 9, url: 'https://github.com/o/r/actions/runs/9' },
    startedLast: null,
    why: [],
  };

  function found(more: Partial<NeverStarting>) {
    const observed = { runs: [], neverStarts: [{ ...NEVER, ...more }], notes: [] };
    return judgedWith(['never-starts'], { observed }).findings;
  }

  const ENDED = 'of this workflow ended as startup_failure, since 2026-11-20.';
  const LOOK =
    'The files of that commit do not tell why. Look at the page of the run, or run `explain https://github.com/o/r/actions/runs/9`.';

  test.each<readonly [string, Partial<NeverStarting>, string, string]>([
    ['nobody knows why', {}, `The last 3 runs ${ENDED} No run that started was found.`, LOOK],
    ['a single run', { runs: 1 }, `The last run ${ENDED} No run that started was found.`, LOOK],
    [
      'one that started before, and one reason',
      { startedLast: '2026-01-02', why: ['No.'] },
      `The last 3 runs ${ENDED} The last run that started is of 2026-01-02. GitHub refuses: No.`,
      'For all sentences and the blocks to write, run `explain https://github.com/o/r/actions/runs/9`.',
    ],
    [
      'several reasons, and a run without an address',
      { last: { ...RUN, url: '' }, why: ['No.', 'Never.', 'Not.'] },
      `The last 3 runs ${ENDED} No run that started was found. GitHub refuses: No. And 2 more.`,
      'For all sentences and the blocks to write, run `explain 7`.',
    ],
  ])('%s', (_, more, message, hint) => {
    expect(found(more)).toMatchObject([
      {
        rule: 'never-starts',
        level: 'error',
        path: CI,
        line: 1,
        column: 1,
        message,
        hint,
        subjects: [{ workflow: CI }],
      },
    ]);
  });

  test('a workflow that is not there any more', () => {
    expect(found({ path: 'gone.yml' })).toEqual([]);
  });
});
