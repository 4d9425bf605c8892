import { describe, expect, test } from '@jest/globals';

import { indented, JOBS, problemsOf, problemsOfJob, problemsOfStep } from '../helpers/reading.ts';

const NO_EVENT = 'No event triggers defined in `on`';
const NO_FREE_JOB = 'The workflow must contain at least one job with no dependencies.';
const JOB_OF_NO_KIND =
  "There's not enough info to determine what you meant. Add one of these properties: cancel-timeout-minutes, container, continue-on-error, defaults, env, environment, outputs, runs-on, secrets, services, snapshot, steps, timeout-minutes, uses, with";

function onlyJobs(text: string): readonly string[] {
  return problemsOf(`on: push\njobs:\n${indented(text, 2)}`);
}

describe('on', () => {
  test.each([
    [JOBS, [`1:1 ${NO_EVENT}`]],
    [`on:\n${JOBS}`, ["1:4 Unexpected value ''"]],
    [`on: null\n${JOBS}`, ["1:5 Unexpected value ''"]],
    [`on: ''\n${JOBS}`, ["1:5 Unexpected value ''"]],
    [`on: {}\n${JOBS}`, [`1:1 ${NO_EVENT}`]],
    [`on: []\n${JOBS}`, [`1:1 ${NO_EVENT}`]],
    [`name: x\non: []\n${JOBS}`, [`2:1 ${NO_EVENT}`]],
    [`on: push\n${JOBS}`, []],
    [`on: [push, pull_request]\n${JOBS}`, []],
    [`on: [push, push]\n${JOBS}`, []],
    [`on: pushed\n${JOBS}`, ["1:5 Unexpected value 'pushed'"]],
    [`on: Push\n${JOBS}`, ["1:5 Unexpected value 'Push'"]],
    [`on: [push, pull-request]\n${JOBS}`, ["1:12 Unexpected value 'pull-request'"]],
    [`on:\n  push:\n  pull-request:\n${JOBS}`, ["3:3 Unexpected value 'pull-request'"]],
    [`on:\n  - push:\n${JOBS}`, ['2:5 A mapping was not expected']],
    [`on: true\n${JOBS}`, ["1:5 Unexpected value 'true'"]],
    [
      `on: \${{ github.event_name }}\n${JOBS}`,
      [
        "1:5 Unrecognized named-value: 'github'. Located at position 1 within expression: github.event_name",
        "1:5 Unexpected value '${{ github.event_name }}'",
      ],
    ],
    [`on:\n  push: main\n${JOBS}`, ["2:9 Unexpected value 'main'"]],
    [`on:\n  push: [main]\n${JOBS}`, ['2:9 A sequence was not expected']],
    [`on:\n  push:\n    branches:\n${JOBS}`, []],
    [`on:\n  push:\n    branches: ''\n${JOBS}`, ["3:15 Unexpected value ''"]],
    [`on:\n  push:\n    branches: { main: true }\n${JOBS}`, ['3:15 A mapping was not expected']],
    [`on:\n  push:\n    branches: [1, true]\n${JOBS}`, []],
    // GitHub's server takes keys that its editor does not know, and any type of activity.
    [`on:\n  push:\n    anything: [goes]\n${JOBS}`, []],
    [`on:\n  pull_request:\n    types: [nosuch]\n${JOBS}`, []],
    [`on:\n  schedule:\n    - cron: '0 0 * * *'\n${JOBS}`, []],
    [`on:\n  schedule:\n    - {}\n${JOBS}`, ['3:7 Required property is missing: cron']],
    [`on:\n  schedule:\n${JOBS}`, ["2:12 Unexpected value ''"]],
    [
      `on:\n  workflow_dispatch:\n    inputs:\n      a:\n      b: { required: maybe }\n${JOBS}`,
      ["5:22 Unexpected value 'maybe'"],
    ],
    [`on:\n  workflow_call:\n    inputs:\n      a: {}\n${JOBS}`, ['4:10 Required property is missing: type']],
    [`on:\n  workflow_call:\n    inputs:\n      a: { type: choice }\n${JOBS}`, ["4:18 Unexpected value 'choice'"]],
    [
      `on:\n  workflow_call:\n    secrets:\n      a:\n      b: { required: true }\n    outputs:\n      c: { value: x }\n${JOBS}`,
      [],
    ],
    [`on:\n  workflow_call:\n    permissions: {}\n${JOBS}`, ["3:5 Unexpected value 'permissions'"]],
    [`on:\n  workflow_call: true\n${JOBS}`, ["2:18 Unexpected value 'true'"]],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });
});

describe('jobs', () => {
  test.each([
    ['on: push\n', ['1:1 Required property is missing: jobs']],
    ['on: push\njobs:\n', ["2:6 Unexpected value ''"]],
    ['on: push\njobs: {}\n', [`2:7 ${NO_FREE_JOB}`]],
    ['on: push\njobs: []\n', ['2:7 A sequence was not expected']],
    ['on: push\njobs: build\n', ["2:7 Unexpected value 'build'"]],
    ['on: push\njobs:\n  build:\n', ["3:9 Unexpected value ''"]],
    ['on: push\njobs:\n  build: make\n', ["3:10 Unexpected value 'make'"]],
    ['on: push\njobs:\n  build: {}\n', [`3:10 ${JOB_OF_NO_KIND}`]],
    ['on: push\njobs:\n  build: { name: x }\n', [`3:10 ${JOB_OF_NO_KIND}`]],
    ['on: push\njobs:\n  build: { steps: [] }\n', ['3:10 Required property is missing: runs-on']],
    ['on: push\njobs:\n  build: { runs-on: x }\n', []],
    ['on: push\njobs:\n  build: { uses: ./.github/workflows/a.yml }\n', []],
    [
      'on: push\njobs:\n  build:\n    runs-on: x\n    uses: ./.github/workflows/a.yml\n',
      ["5:5 Unexpected value 'uses'"],
    ],
    [
      'on: push\njobs:\n  build:\n    uses: ./.github/workflows/a.yml\n    runs-on: x\n',
      ["5:5 Unexpected value 'runs-on'"],
    ],
    ['on: push\nworkflow: x\njobs: { a: { runs-on: x } }\n', ["2:1 Unexpected value 'workflow'"]],
    ['on: push\nsteps: []\njobs: { a: { runs-on: x } }\n', ["2:1 Unexpected value 'steps'"]],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });
});

describe('keys of a job', () => {
  test.each([
    ['runs_on: x', ["5:5 Unexpected value 'runs_on'"]],
    ['timeout: 1', ["5:5 Unexpected value 'timeout'"]],
    ['timeout-minutes: "1"', ["5:22 Unexpected value '1'"]],
    ['timeout-minutes: 1.5', []],
    ['continue-on-error: "true"', ["5:24 Unexpected value 'true'"]],
    ['with: { a: b }', ["5:5 Unexpected value 'with'"]],
    ['secrets: inherit', ["5:5 Unexpected value 'secrets'"]],
    ['needs: []', []],
    ['needs:', ["5:11 Unexpected value ''"]],
    ['environment: prod', []],
    ['environment: { url: x }', ['5:18 Required property is missing: name']],
    ['environment: { name: prod, deployment: false }', []],
    ['defaults: { run: { shell: "" } }', ["5:31 Unexpected value ''"]],
    ['strategy: { fail-fast: yes }', ["5:28 Unexpected value 'yes'"]],
    ['outputs: { a: "${{ steps.b.outputs.c }}" }', []],
    ['cache-mode: read', []],
    ['cache-mode: all', ["5:17 Unexpected value 'all'"]],
    ['snapshot: { image-name: x }', []],
    ['concurrency: { cancel-in-progress: true }', ['5:18 Required property is missing: group']],
    ['concurrency: { group: a, queue: max }', []],
    [`concurrency: ${'g'.repeat(400)}`, []],
    [`concurrency: ${'g'.repeat(401)}`, ['5:18 Concurrency group name must be less than 400 characters']],
    [`concurrency: { group: ${'g'.repeat(401)} }`, ['5:18 Concurrency group name must be less than 400 characters']],
  ])('%s', (lines, expected) => {
    expect(problemsOfJob(lines)).toEqual(expected);
  });

  test.each([
    ['with: { a: 1, b: true }\n    secrets: inherit', []],
    ['secrets: all', ["5:14 Unexpected value 'all'"]],
    ['strategy: { matrix: { a: [1] } }\n    if: always()\n    needs: []\n    name: x\n    concurrency: g', []],
    ['env: { A: b }', ["5:5 Unexpected value 'env'"]],
    ['environment: prod', ["5:5 Unexpected value 'environment'"]],
    ['timeout-minutes: 1', ["5:5 Unexpected value 'timeout-minutes'"]],
    ['steps: []', ["5:5 Unexpected value 'steps'"]],
    ['defaults: {}', ["5:5 Unexpected value 'defaults'"]],
    ['continue-on-error: true', ["5:5 Unexpected value 'continue-on-error'"]],
    ['outputs: {}', ["5:5 Unexpected value 'outputs'"]],
    ['container: node', ["5:5 Unexpected value 'container'"]],
    [
      'with: { a: "${{ env.B }}" }',
      ["5:16 Unrecognized named-value: 'env'. Located at position 1 within expression: env.B"],
    ],
    [
      'with: { a: "${{ secrets.B }}" }',
      ["5:16 Unrecognized named-value: 'secrets'. Located at position 1 within expression: secrets.B"],
    ],
    ['secrets: { a: "${{ secrets.B }}" }', []],
  ])('that calls a workflow: %s', (line, expected) => {
    expect(problemsOf(`on: push\njobs:\n  call:\n    uses: ./.github/workflows/a.yml\n    ${line}\n`)).toEqual(
      expected,
    );
  });
});

describe('job ids', () => {
  const invalid = (id: string) =>
    `The identifier '${id}' is invalid. IDs may only contain alphanumeric characters, '_', and '-'. IDs must start with a letter or '_' and must be less than 100 characters.`;
  const reserved = (id: string) => `The identifier '${id}' is invalid. IDs starting with '__' are reserved.`;

  test.each([
    ['build', []],
    ['_', []],
    ['_build-1', []],
    ['B', []],
    ['1a', [`3:3 ${invalid('1a')}`]],
    ['-a', [`3:3 ${invalid('-a')}`]],
    ['a.b', [`3:3 ${invalid('a.b')}`]],
    ['a b', [`3:3 ${invalid('a b')}`]],
    ['ä', [`3:3 ${invalid('ä')}`]],
    ['1', [`3:3 ${invalid('1')}`]],
    ['""', ["3:3 Unexpected value ''"]],
    ['__x', [`3:3 ${reserved('__x')}`]],
    ['__proto__', [`3:3 ${reserved('__proto__')}`]],
    ['constructor', []],
    ['toString', []],
    ['hasOwnProperty', []],
    ['valueOf', []],
    ['a'.repeat(99), []],
    ['a'.repeat(100), [`3:3 ${invalid('a'.repeat(100))}`]],
    [
      '${{ github.ref }}',
      ["3:3 Unrecognized named-value: 'github'. Located at position 1 within expression: github.ref"],
    ],
    ["${{ 'build' }}", []],
  ])('%s', (id, expected) => {
    expect(onlyJobs(`${id}:\n  runs-on: x\n`)).toEqual(expected);
  });

  test('of steps follow the same rules, and stand once in a job', () => {
    const twice = "The identifier 'A' may not be used more than once within the same scope.";
    expect(problemsOfStep('id: a\nrun: x')).toEqual([]);
    expect(problemsOfStep('id: 1a\nrun: x')).toEqual([`6:13 ${invalid('1a')}`]);
    expect(problemsOfStep('id: __a\nrun: x')).toEqual([`6:13 ${reserved('__a')}`]);
    expect(problemsOfStep('id: ""\nrun: x')).toEqual(["6:13 Unexpected value ''"]);
    expect(problemsOfJob('steps:\n  - { id: a, run: x }\n  - { id: A, run: x }\n')).toEqual([`7:15 ${twice}`]);
  });

  test('of steps in different jobs may be the same', () => {
    const job = '  runs-on: x\n  steps: [{ id: a, run: x }]\n';
    expect(onlyJobs(`a:\n${job}b:\n${job}`)).toEqual([]);
  });
});

describe('needs', () => {
  const job = (id: string, needs?: string) =>
    `${id}:\n  runs-on: x\n${needs === undefined ? '' : `  needs: ${needs}\n`}`;
  test.each([
    ['one', job('a') + job('b', 'a'), []],
    ['many', job('a') + job('b', 'a') + job('c', '[a, b]'), []],
    ['in any order', job('c', '[b, a]') + job('b', 'a') + job('a'), []],
    ['in any case', job('Build') + job('b', 'BUILD'), []],
    ['the same twice', job('a') + job('b', '[a, a]'), []],
    ['unknown', job('a') + job('b', 'nosuch'), ["7:12 Job 'b' depends on unknown job 'nosuch'."]],
    ['one of them unknown', job('a') + job('b', '[a, nosuch]'), ["7:16 Job 'b' depends on unknown job 'nosuch'."]],
    [
      'what needs something unknown',
      job('a') + job('b', 'nosuch') + job('c', 'b'),
      [
        "7:12 Job 'b' depends on unknown job 'nosuch'.",
        "10:12 Job 'c' depends on job 'b' which creates a cycle in the dependency graph.",
      ],
    ],
    [
      'itself',
      job('a') + job('b', 'b'),
      ["7:12 Job 'b' depends on job 'b' which creates a cycle in the dependency graph."],
    ],
    [
      'each other',
      job('a') + job('b', 'c') + job('c', '[a, b]'),
      [
        "7:12 Job 'b' depends on job 'c' which creates a cycle in the dependency graph.",
        "10:16 Job 'c' depends on job 'b' which creates a cycle in the dependency graph.",
      ],
    ],
    ['no job is free', job('a', 'b') + job('b', 'a'), [`3:3 ${NO_FREE_JOB}`]],
    ['the only job needs itself', job('a', 'a'), [`3:3 ${NO_FREE_JOB}`]],
    ['constructor', job('constructor') + job('a', 'constructor'), []],
    ['toString is no job', job('a') + job('b', 'toString'), ["7:12 Job 'b' depends on unknown job 'toString'."]],
    ['an empty id', job('a') + job('b', '""'), ["7:12 Unexpected value ''"]],
    [
      'an expression',
      job('a') + job('b', '${{ github.ref }}'),
      ["7:12 Unrecognized named-value: 'github'. Located at position 1 within expression: github.ref"],
    ],
  ])('%s', (_, jobs, expected) => {
    expect(onlyJobs(jobs)).toEqual(expected);
  });

  test('are only looked at once the jobs themselves are fine', () => {
    expect(onlyJobs(`${job('1a')}${job('b', 'nosuch')}`)).toHaveLength(1);
  });
});

describe('steps', () => {
  const kinds = 'cancel, run, shell, uses, wait, wait-all, with, working-directory';
  test.each([
    ['run: make', []],
    ['uses: actions/checkout@v4', []],
    ['uses: ./action', []],
    ['uses: $/action', []],
    ['uses: docker://alpine', []],
    ['uses: owner/repo/path@v1', []],
    ['uses: owner/repo', ["6:15 Expected format {org}/{repo}[/path]@ref. Actual 'owner/repo'"]],
    ['uses: owner@v1', ["6:15 Expected format {org}/{repo}[/path]@ref. Actual 'owner@v1'"]],
    ['uses: owner/repo@', ["6:15 Expected format {org}/{repo}[/path]@ref. Actual 'owner/repo@'"]],
    ['uses: owner/repo@v1@v2', ["6:15 Expected format {org}/{repo}[/path]@ref. Actual 'owner/repo@v1@v2'"]],
    ['uses: checkout', ["6:15 Expected format {org}/{repo}[/path]@ref. Actual 'checkout'"]],
    ['uses: ""', ["6:15 Unexpected value ''"]],
    ['run: make\nuses: owner/repo@v1', ["7:9 Unexpected value 'uses'"]],
    ['uses: owner/repo@v1\nrun: make', ["7:9 Unexpected value 'run'"]],
    ['uses: owner/repo@v1\nshell: bash', ["7:9 Unexpected value 'shell'"]],
    ['run: make\nwith: { a: b }', ["7:9 Unexpected value 'with'"]],
    ['name: x', [`6:9 There's not enough info to determine what you meant. Add one of these properties: ${kinds}`]],
    ['run: make\nRun: make', ["7:9 'Run' is already defined"]],
    ['run: make\nneeds: a', ["7:9 Unexpected value 'needs'"]],
    ['run: make\nbackground: true', []],
    ['wait-all:', []],
    ['wait: a', []],
    ['parallel: [{ run: a }, { uses: b/c@d }]', []],
    ['run: make\nif: env.A', []],
    [
      'run: make\nif: nosuch.A',
      ["7:13 Unrecognized named-value: 'nosuch'. Located at position 1 within expression: nosuch.A"],
    ],
    ['run: make\nif: a b', ["7:13 Unrecognized named-value: 'a'. Located at position 1 within expression: a b"]],
  ])('%j', (lines, expected) => {
    expect(problemsOfStep(lines)).toEqual(expected);
  });

  test('are a list of mappings', () => {
    expect(problemsOfJob('steps: make')).toEqual(["5:12 Unexpected value 'make'"]);
    expect(problemsOfJob('steps: { run: make }')).toEqual(['5:12 A mapping was not expected']);
    expect(problemsOfJob('steps: [make]')).toEqual(["5:13 Unexpected value 'make'"]);
    expect(problemsOfJob('steps:\n  -\n')).toEqual(["6:8 Unexpected value ''"]);
    expect(problemsOfJob('steps: []')).toEqual([]);
    expect(problemsOfJob('steps:')).toEqual(["5:11 Unexpected value ''"]);
  });
});

describe('matrices', () => {
  test.each([
    ['{ a: [1] }', []],
    ['{ a: [] }', ["5:30 Matrix vector 'a' does not contain any values"]],
    ['{ a: [ ], b: [1] }', ["5:30 Matrix vector 'a' does not contain any values"]],
    ['{ a: 1 }', ["5:30 Unexpected value '1'"]],
    ['{ a: "${{ fromJSON(inputs.a) }}" }', []],
    ['{ include: [{ a: 1 }] }', []],
    ['{ include: [] }', ['5:25 Matrix must define at least one vector']],
    ['{ exclude: [{ a: 1 }] }', ['5:25 Matrix must define at least one vector']],
    ['{ include: "${{ fromJSON(inputs.a) }}" }', []],
    ['{}', ['5:25 Matrix must define at least one vector']],
    ['${{ fromJSON(inputs.a) }}', []],
    ['[1]', ['5:25 A sequence was not expected']],
  ])('%s', (matrix, expected) => {
    expect(problemsOfJob(`strategy: { matrix: ${matrix.startsWith('$') ? `"${matrix}"` : matrix} }`)).toEqual(expected);
  });
});

describe('groups of runners', () => {
  const name = (group: string) => `Invalid runs-on group name '${group}'.`;
  const advice = `Please use 'organization/' or 'enterprise/' prefix to target a single runner group.`;
  test.each([
    ['big', []],
    ['org/big', []],
    ['organization/big', []],
    ['ent/big', []],
    ['enterprise/big', []],
    ['mine/big', [`4:23 ${name('mine/big')} ${advice}`]],
    ['org/', [`4:23 ${name('org/')}`]],
    ['org/a/b', [`4:23 ${name('org/a/b')} ${advice}`]],
    ['"${{ vars.GROUP }}/x"', []],
  ])('%s', (group, expected) => {
    expect(onlyJobs(`build:\n  runs-on: { group: ${group} }\n`)).toEqual(expected);
  });
});
