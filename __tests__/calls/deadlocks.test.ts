import { describe, expect, test } from '@jest/globals';

import { call, job, problemsIn, reportOf, rowsOf, jobIn, workflow, workflowIn } from './report-of.ts';

const LEAF = job('leaf');

/** A root and a called workflow with lines at their top; `more` are jobs of the root beside the calling one. */
function files(root: string, called: string, calling: readonly string[] = [], more: readonly string[] = []) {
  return {
    'ci.yml': `${root}\n${workflow('push', '{contents: read}', call('use', 'leaf.yml', undefined, calling), ...more)}`,
    'leaf.yml': `${called}\n${workflow('workflow_call', undefined, LEAF)}`,
  };
}

async function deadlocks(of: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { outcome, problems } = workflowIn(await reportOf(of), 'ci.yml');
  return [outcome, ...problems.map(({ code }) => code)];
}

const REF = 'concurrency: ${{ github.workflow }}-${{ github.ref }}';

describe('the same concurrency group in caller and called workflow', () => {
  test('GitHub’s sentence, at the calling job', async () => {
    const report = await reportOf(files('concurrency: deploy', 'concurrency: deploy'));
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    expect(problemsIn(report, 'ci.yml')).toEqual([
      "ci.yml:5:3 Canceling since a deadlock for concurrency group 'deploy' was detected between 'top level workflow' and 'use'",
    ]);
    expect(report.findings).toMatchObject([
      { rule: 'startup-failure', level: 'error', line: 5, column: 3, job: ['use'] },
    ]);
    expect(workflowIn(report, 'leaf.yml').outcome).toBe('ok');
  });

  test.each([
    ['one text, in either form', 'concurrency: {group: x, cancel-in-progress: true}', "concurrency: 'x'"],
    ['a text in `${{ }}`', 'concurrency: x', "concurrency: ${{ 'x' }}"],
    ['one expression about the run', REF, REF.replace('}}-', ' }}-').replace('${{ github.ref', '${{github.ref')],
    ['with spaces', 'concurrency: ${{ github . ref }}', 'concurrency: ${{ github . ref }}'],
    [
      'functions of it',
      "concurrency: ${{ github.event.pull_request.number || format('github-{0}', github.sha) }}",
      "concurrency: ${{ github.event.pull_request.number || format('github-{0}', github.sha) }}",
    ],
  ])('%s', async (_, root, called) => {
    expect(await deadlocks(files(root, called))).toEqual(['startup_failure', 'call-concurrency']);
  });

  test.each([
    ['another text', 'concurrency: a', 'concurrency: b'],
    ['none below', 'concurrency: a', '# none'],
    ['none above', '# none', 'concurrency: a'],
    ['an expression and the same text', 'concurrency: ${{ github.ref }}', 'concurrency: github.ref'],
    ['another expression', 'concurrency: ${{ github.ref }}', 'concurrency: ${{ github.ref_name }}'],
    ['inputs, which differ', 'concurrency: ${{ inputs.a }}', 'concurrency: ${{ inputs.a }}'],
    ['a variable, which may differ', 'concurrency: ${{ vars.a }}', 'concurrency: ${{ vars.a }}'],
    ['what differs from job to job', 'concurrency: ${{ github.job }}', 'concurrency: ${{ github.job }}'],
    [
      'what differs in part from job to job',
      "concurrency: ${{ format('{0}{1}', github.ref, github.job) }}",
      "concurrency: ${{ format('{0}{1}', github.ref, github.job) }}",
    ],
    ['all of `github`', 'concurrency: ${{ toJSON(github) }}', 'concurrency: ${{ toJSON(github) }}'],
    ['a part named by a text', "concurrency: ${{ github['job'] }}", "concurrency: ${{ github['job'] }}"],
    ['an empty one', "concurrency: ''", "concurrency: ''"],
  ])('%s is none', async (_, root, called) => {
    expect(await deadlocks(files(root, called))).toEqual(['ok']);
  });

  test('at a job of the called workflow, which GitHub names', async () => {
    const text = workflow('workflow_call', undefined, `${LEAF}    concurrency: {group: deploy}\n`);
    const report = await reportOf({ ...files('concurrency: deploy', ''), 'leaf.yml': text });
    expect(problemsIn(report, 'ci.yml')).toEqual([
      "ci.yml:5:3 Canceling since a deadlock for concurrency group 'deploy' was detected between 'top level workflow' and 'leaf'",
    ]);
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
  });

  test('further down', async () => {
    const report = await reportOf({
      'ci.yml': `${REF}\n${workflow('push', undefined, call('use', 'mid.yml'))}`,
      'mid.yml': workflow('workflow_call', undefined, call('deep', 'leaf.yml')),
      'leaf.yml': `${REF}\n${workflow('workflow_call', undefined, LEAF)}`,
    });
    expect(workflowIn(report, 'ci.yml')).toMatchObject({
      outcome: 'startup_failure',
      problems: [{ code: 'call-concurrency', job: ['use', 'deep'], path: '.github/workflows/mid.yml', line: 3 }],
    });
    // Its own group is its caller's, not one that its own run holds.
    expect(workflowIn(report, 'mid.yml').outcome).toBe('ok');
  });

  test('a file that is only called holds no group before its callers do', async () => {
    const report = await reportOf({
      'mid.yml': `${REF}\n${workflow('workflow_call', undefined, call('deep', 'leaf.yml'))}`,
      'leaf.yml': `${REF}\n${workflow('workflow_call', undefined, LEAF)}`,
    });
    expect(workflowIn(report, 'mid.yml').outcome).toBe('ok');
  });

  test('in a called workflow of another repository', async () => {
    const uses = 'other/lib/.github/workflows/leaf.yml@v1';
    const report = await reportOf(
      { 'ci.yml': `concurrency: publish\n${workflow('push', undefined, call('use', uses))}` },
      { called: { [uses]: `concurrency: publish\n${workflow('workflow_call', undefined, LEAF)}` } },
    );
    expect(workflowIn(report, 'ci.yml').problems).toMatchObject([{ code: 'call-concurrency' }]);
  });

  test('a called file that GitHub refuses gives no further sentence', async () => {
    const broken = `concurrency: x\n${workflow('workflow_call', undefined, `${LEAF}    foo: 1\n`)}`;
    expect(await deadlocks({ ...files('concurrency: x', ''), 'leaf.yml': broken })).toEqual([
      'startup_failure',
      'call-broken',
    ]);
  });
});

describe('when other jobs may run before GitHub cancels', () => {
  test.each([
    ['a condition', files('concurrency: x', 'concurrency: x', ['if: github.ref_name == vars.X'])],
    [
      'a condition of the calling job, and the group at the called one',
      {
        ...files('concurrency: x', '', ['if: github.ref_name == vars.X']),
        'leaf.yml': workflow('workflow_call', undefined, `${LEAF}    concurrency: x\n`),
      },
    ],
    ['a job before it', files('concurrency: x', 'concurrency: x', ['needs: lint'], [job('lint')])],
    ['a job beside it', files('concurrency: x', 'concurrency: x', [], [job('lint')])],
    [
      'one job of two in the called workflow',
      {
        ...files('concurrency: x', ''),
        'leaf.yml': workflow('workflow_call', undefined, `${LEAF}    concurrency: x\n`, job('other')),
      },
    ],
    [
      'a job after it that always runs',
      files('concurrency: x', 'concurrency: x', [], [`${job('last')}    needs: use\n    if: always()\n`]),
    ],
  ])('%s: a warning, and the jobs keep their rows', async (_, of) => {
    const report = await reportOf(of);
    expect(workflowIn(report, 'ci.yml')).toMatchObject({ outcome: 'ok', problems: [{ code: 'call-concurrency' }] });
    expect(report.findings).toMatchObject([{ level: 'warning', rule: 'startup-failure' }]);
    expect(report.findings[0]?.hint).toMatch(/other jobs may run before that/);
    for (const { path, uses } of workflowIn(report, 'ci.yml').jobs) {
      if (uses === null) expect(rowsOf(jobIn(report, 'ci.yml', ...path))).toHaveLength(1);
    }
  });

  test('what needs the waiting job waits, too: nothing runs', async () => {
    const of = files('concurrency: x', 'concurrency: x', [], [`${job('last')}    needs: [use]\n`]);
    expect(await deadlocks(of)).toEqual(['startup_failure', 'call-concurrency']);
  });

  test('a second call that waits after the first changes nothing', async () => {
    const two = call('two', 'leaf.yml', undefined, ['needs: use']);
    const of = files('concurrency: x', 'concurrency: x', [], [two]);
    expect(await deadlocks(of)).toEqual(['startup_failure', 'call-concurrency', 'call-concurrency']);
    const conditional = files('concurrency: x', 'concurrency: x', ['if: github.ref_name == vars.X'], [two]);
    expect(await deadlocks(conditional)).toEqual(['ok', 'call-concurrency', 'call-concurrency']);
  });

  test('another failure makes it certain', async () => {
    const of = files('concurrency: x', 'concurrency: x', ['permissions: {}', 'needs: lint'], [job('lint')]);
    const asks = `concurrency: x\n${workflow('workflow_call', '{contents: read}', LEAF)}`;
    expect(await deadlocks({ ...of, 'leaf.yml': asks })).toEqual([
      'startup_failure',
      'call-permissions',
      'call-concurrency',
    ]);
  });
});
