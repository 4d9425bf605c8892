import { describe, expect, test } from '@jest/globals';

import { jobOf, reportOf, rowsOf, workflow, workflowOf } from '../helpers/checking.ts';

const KNOWN = { default: 'read', visibility: 'public' } as const;

/** Which jobs have a row that says that they do not run, in pushes. */
function notRun(jobs: string): readonly string[] {
  const { jobs: reported, problems } = workflowOf(`on: push\npermissions: {}\njobs:\n${jobs}`, KNOWN);
  expect(problems).toEqual([]);
  return reported
    .filter(({ grants }) => grants.some(({ status }) => status === 'not-run'))
    .map(({ path }) => path.join());
}

function job(id: string, condition: string | null, needs?: string): string {
  return `  ${id}:\n    runs-on: x\n${condition === null ? '' : `    if: ${condition}\n`}${needs === undefined ? '' : `    needs: ${needs}\n`}`;
}

const NEVER = "github.event_name == 'schedule'";

describe('a job that needs one that does not run', () => {
  test.each([
    ['does not run either', job('a', NEVER) + job('b', null, 'a'), ['a', 'b']],
    ['nor does one that needs that', job('a', NEVER) + job('b', null, 'a') + job('c', null, 'b'), ['a', 'b', 'c']],
    ['nor one that needs another job too', job('a', NEVER) + job('x', null) + job('b', null, '[x, a]'), ['a', 'b']],
    ['in any order and case', job('c', null, 'B') + job('b', null, 'A') + job('a', NEVER), ['c', 'b', 'a']],
    ['with a condition of its own', job('a', NEVER) + job('b', "github.event_name == 'push'", 'a'), ['a', 'b']],
    ['with success()', job('a', NEVER) + job('b', 'success()', 'a'), ['a', 'b']],
    ['runs with always()', job('a', NEVER) + job('b', 'always()', 'a'), ['a']],
    // https://github.com/actions/runner/issues/2205
    ['but not what comes after it', job('a', NEVER) + job('b', 'always()', 'a') + job('c', null, 'b'), ['a', 'c']],
    [
      'nor what comes after that',
      job('a', NEVER) + job('b', 'always()', 'a') + job('c', 'always()', 'b') + job('d', 'success()', 'c'),
      ['a', 'd'],
    ],
    ['may run with !cancelled()', job('a', NEVER) + job('b', '"!cancelled()"', 'a'), ['a']],
    ['does not with failure(), as nothing ran', job('a', NEVER) + job('b', 'failure()', 'a'), ['a', 'b']],
    ['may run with failure() after another', job('a', NEVER) + job('x', null) + job('b', 'failure()', '[a, x]'), ['a']],
    [
      'may run with failure() after what was skipped by a failure',
      job('x', null) + job('a', NEVER, 'x') + job('b', 'failure()', 'a'),
      ['a'],
    ],
    ['has its result', job('a', NEVER) + job('b', "always() && needs.a.result == 'success'", 'a'), ['a', 'b']],
    ['has its result in any case', job('A', NEVER) + job('b', "always() && NEEDS.a.Result == 'Skipped'", 'a'), ['A']],
    [
      'has none of its outputs',
      job('a', NEVER) + job('b', "always() && needs.a.outputs.go == 'true'", 'a'),
      ['a', 'b'],
    ],
    ['knows no result of others', job('a', null) + job('b', "always() && needs.a.result == 'success'", 'a'), []],
    ['sees no job that it does not need', job('a', null) + job('b', "needs.a.result == 'success'"), ['b']],
    [
      'sees none that is needed by what it needs',
      job('a', null) + job('x', null, 'a') + job('b', "always() && needs.a.result == 'success'", 'x'),
      ['b'],
    ],
    ['may run with success() || …', job('a', NEVER) + job('b', 'success() || vars.A', 'a'), ['a']],
    ['may run with !success()', job('a', NEVER) + job('b', '"!success()"', 'a'), ['a']],
    [
      'may run where success() asks for another job',
      job('a', NEVER) + job('x', null) + job('b', "success('x')", '[a, x]'),
      ['a'],
    ],
    ['may run where always() stands in a text', job('a', NEVER) + job('b', '${{ always() }} && x', 'a'), ['a']],
    [
      'does not where always() stands in a string',
      job('a', NEVER) + job('b', "${{ 'always()' == 'always()' }}", 'a'),
      ['a', 'b'],
    ],
    ['does not where its own condition is false', job('a', null) + job('b', `always() && ${NEVER}`, 'a'), ['b']],
  ])('%s', (_, jobs, expected) => {
    expect(notRun(jobs)).toEqual(expected);
  });
});

describe('a job that needs no other', () => {
  test.each([
    ['success()', []],
    ['failure()', ['a']],
    ['failure() || cancelled()', []],
    ['cancelled()', []],
    ['"!success()"', []],
    ['"!failure()"', []],
    ["failure('b')", []],
    ['false', ['a']],
    ['${{ false }}', ['a']],
    ['null', []],
    ['""', []],
    ["'${{ false }} '", []],
    ['vars.A', []],
  ])('if: %s', (condition, expected) => {
    expect(notRun(job('a', condition))).toEqual(expected);
  });
});

describe('the rows of a job that does not run', () => {
  test('know the visibility where one condition of the file asks for it', () => {
    const text = `on: push\npermissions: {}\njobs:\n${job('a', null)}${job('b', 'github.event.repository.private')}`;
    expect(rowsOf(jobOf(text, {}, 'b'))).toEqual(['push repository public: not-run', 'push repository private: ']);
    expect(rowsOf(jobOf(text, {}, 'a'))).toEqual(['push repository: ']);
  });

  test('are none under a default by which no run of the workflow starts', () => {
    const { workflows } = reportOf({
      '.github/workflows/ci.yml': `on: push\njobs:\n${job('never', NEVER)}  call:\n    uses: ./.github/workflows/leaf.yml\n`,
      '.github/workflows/leaf.yml': `on: workflow_call\npermissions: { issues: write }\njobs:\n${job('a', null)}`,
    });
    const [never] = workflows[0]!.jobs;
    expect(rowsOf(never!)).toEqual(['push repository default=write: not-run']);
  });

  test('have no permissions, and nothing that they came from', () => {
    const { grants } = jobOf(workflow('push', 'write-all', `    if: ${NEVER}\n`), KNOWN);
    expect(grants).toEqual([
      { events: ['push'], actor: 'repository', status: 'not-run', confidence: 'high', permissions: {}, origins: {} },
    ]);
  });

  test('stand for the events in which it does not', () => {
    const text = workflow(
      '[push, pull_request, schedule]',
      '{ contents: write }',
      "    if: github.event_name == 'push'\n",
    );
    // `schedule` in a list is no valid event without a time, and a valid name all the same.
    expect(rowsOf(jobOf(text, KNOWN))).toEqual([
      'push repository: contents:write',
      'pull_request+schedule repository: not-run',
    ]);
  });

  test('stand for the activities in which it does not', () => {
    const text = workflow(
      '{ pull_request: { types: [opened, closed, labeled] } }',
      '{ contents: write }',
      "    if: github.event.action != 'closed'\n",
    );
    expect(rowsOf(jobOf(text, KNOWN))).toEqual([
      'pull_request [opened,labeled] repository: contents:write',
      'pull_request [closed] repository: not-run',
      'pull_request [opened,labeled] fork: contents:read',
    ]);
  });

  test('stand for those who cannot start it', () => {
    const own = 'github.event.pull_request.head.repo.full_name == github.repository';
    expect(rowsOf(jobOf(workflow('pull_request', '{ contents: write }', `    if: ${own}\n`), KNOWN))).toEqual([
      'pull_request repository: contents:write',
      'pull_request fork: not-run',
    ]);
    const people = "github.actor != 'dependabot[bot]'";
    expect(rowsOf(jobOf(workflow('push', '{ contents: write }', `    if: ${people}\n`), KNOWN))).toEqual([
      'push repository: contents:write',
      'push dependabot: not-run',
    ]);
  });

  test('and for those who alone can', () => {
    const bot = "github.actor == 'dependabot[bot]'";
    expect(rowsOf(jobOf(workflow('pull_request', '{ contents: write }', `    if: ${bot}\n`), KNOWN))).toEqual([
      'pull_request repository: not-run',
      // Whoever opens a pull request from a fork may be called anything.
      'pull_request fork: contents:read',
      'pull_request dependabot: contents:write',
    ]);
  });

  test('name the visibility where that decides', () => {
    const text = workflow('push', '{ contents: write }', '    if: github.event.repository.private\n');
    expect(rowsOf(jobOf(text, { default: 'read' }))).toEqual([
      'push repository public: not-run',
      'push repository private: contents:write',
    ]);
    expect(rowsOf(jobOf(text, { default: 'read', visibility: 'internal' }))).toEqual([
      'push repository: contents:write',
    ]);
  });
});

describe('a called workflow', () => {
  const call = (condition: string, needs = '') =>
    `on: push\npermissions: {}\njobs:\n  first:\n    runs-on: x\n  call:\n    if: ${condition}\n${needs}    uses: ./.github/workflows/called.yml\n`;
  const called = (condition: string) =>
    `on: { workflow_call: { inputs: { go: { type: boolean } } } }\njobs:\n  inner:\n    runs-on: x\n    if: ${condition}\n`;

  function innerRows(root: string, callee: string): readonly string[] {
    const { workflows } = reportOf({ '.github/workflows/ci.yml': root, '.github/workflows/called.yml': callee }, KNOWN);
    const job = workflows.flatMap(({ jobs }) => jobs).find(({ path }) => path.join('/') === 'call/inner');
    return rowsOf(job!);
  }

  const declared = (definition: string, condition: string) =>
    `on: { workflow_call: { inputs: { go: ${definition} } } }\njobs:\n  inner:\n    runs-on: x\n    if: ${condition}\n`;
  const RUNS = 'push repository: ';
  const DOES_NOT = 'push repository: not-run';

  test.each([
    ['a literal', '{ type: boolean }', 'true', 'inputs.go', RUNS],
    ['a literal', '{ type: boolean }', 'false', 'inputs.go', DOES_NOT],
    ['a literal', '{ type: boolean, default: true }', 'false', '"!inputs.go"', RUNS],
    ['another one', '{ type: string }', 'staging', "inputs.go == 'production'", DOES_NOT],
    ['another one, in any case', '{ type: string }', 'staging', "Inputs.GO == 'Staging'", RUNS],
    ['a number', '{ type: number }', '3', 'inputs.go > 3', DOES_NOT],
    ['an expression', '{ type: boolean }', '"${{ vars.GO }}"', 'inputs.go', RUNS],
    ['nothing', '{ type: boolean }', null, 'inputs.go', DOES_NOT],
    ['nothing', '{ type: string }', null, "inputs.go == ''", RUNS],
    ['nothing', '{ type: number }', null, 'inputs.go != 0', DOES_NOT],
    ['nothing, with a default', '{ type: boolean, default: true }', null, '"!inputs.go"', DOES_NOT],
    ['nothing, with an expression as default', '{ type: boolean, default: "${{ vars.GO }}" }', null, 'inputs.go', RUNS],
    ['nothing, and is asked for another one', '{ type: boolean }', null, 'inputs.stop', RUNS],
  ])('is called with %s: %s %s, if %s', (_, definition, passed, condition, expected) => {
    const root = call('true') + (passed === null ? '' : `    with: { go: ${passed} }\n`);
    expect(innerRows(root, declared(definition, condition))).toEqual([expected]);
  });

  test('is looked at for each of its calls', () => {
    const root = `on: push\npermissions: {}\njobs:\n${['true', 'false']
      .map((go) => `  ${go}:\n    uses: ./.github/workflows/called.yml\n    with: { go: ${go} }\n`)
      .join('')}`;
    const { workflows } = reportOf(
      { '.github/workflows/ci.yml': root, '.github/workflows/called.yml': called('inputs.go') },
      KNOWN,
    );
    expect(workflows.flatMap(({ jobs }) => jobs.map((job) => `${job.path.join('/')}: ${rowsOf(job).join()}`))).toEqual(
      expect.arrayContaining([`true/inner: ${RUNS}`, `false/inner: ${DOES_NOT}`]),
    );
  });

  test.each([
    ['is not run when its call is not', NEVER, 'always()', 'push repository: not-run'],
    ['is not run when its own condition says so', 'true', NEVER, 'push repository: not-run'],
    ['sees the event of the run', 'true', "github.event_name == 'push'", 'push repository: '],
    ['is not run on workflow_call', 'true', "github.event_name == 'workflow_call'", 'push repository: not-run'],
    // What the call needs may have failed: nobody says whether the called jobs see that.
    ['may follow a failure', 'always()', 'failure()', 'push repository: '],
  ])('%s', (_, condition, inner, expected) => {
    expect(innerRows(call(condition, '    needs: first\n'), called(inner))).toEqual([expected]);
  });
});
