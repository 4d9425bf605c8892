import { describe, expect, test } from '@jest/globals';

import { jobWith } from '../rule-findings.ts';
import { comingInBy, comingInto } from './coming-in.ts';

const TITLE = '${{ github.event.issue.title }}';

function puts(line: number, value: string): string {
  return `line ${line} puts \`${value}\` into a script`;
}

describe('what a step hands on', () => {
  test.each<readonly [string, readonly string[], number]>([
    [
      'the step of that id',
      [
        `id: a\nrun: echo "t=${TITLE.replace('title', 'number')}"`,
        `id: b\nrun: echo "t=$T"\nenv: { T: "${TITLE}" }`,
        'run: echo ${{ steps.b.outputs.t }}',
      ],
      12,
    ],
    [
      'its id in another case',
      [`id: B\nrun: echo "T=$T"\nenv: { T: "${TITLE}" }`, 'run: echo ${{ steps.b.outputs.t }}'],
      10,
    ],
    [
      'a variable for later steps',
      [`run: echo "T=$X" >> $GITHUB_ENV\nenv: { X: "${TITLE}" }`, 'run: echo ${{ env.T }}'],
      9,
    ],
  ])('%s', (_, steps, line) => {
    expect(comingInBy('issues', ...steps)).toEqual([puts(line, 'github.event.issue.title')]);
  });

  test.each<readonly [string, readonly string[]]>([
    [
      'what another step hands on',
      [
        `id: a\nrun: echo "t=1"`,
        `id: b\nrun: echo "t=$T"\nenv: { T: "${TITLE}" }`,
        'run: echo ${{ steps.a.outputs.t }}',
      ],
    ],
    ['another output', [`id: b\nrun: echo "t=$T"\nenv: { T: "${TITLE}" }`, 'run: echo ${{ steps.b.outputs.u }}']],
    ['what an action hands on', [`id: a\nuses: o/r@v1\nwith: { t: "${TITLE}" }`, 'run: echo ${{ steps.a.outputs.t }}']],
    [
      'what a script does not name',
      [`id: a\nrun: echo "t=1"\nenv: { T: "${TITLE}" }`, 'run: echo ${{ steps.a.outputs.t }}'],
    ],
    [
      'what the step keeps in a variable',
      ['id: a\nrun: echo "t=$T"\nenv: { T: "a title" }', 'run: echo ${{ steps.a.outputs.t }}'],
    ],
    ['all variables, of which there are none', ['run: echo ${{ toJSON(env) }} ${{ toJSON(steps) }}']],
    ['an input of a workflow that nobody calls', ['run: echo ${{ inputs.title }}']],
  ])('not %s', (_, steps) => {
    expect(comingInBy('issues', ...steps)).toEqual([]);
  });

  test('the nearest variable of a name counts', () => {
    const env = (text: string) => `    env: { OTHER: "${TITLE}", It: "${text}" }\n`;
    const of = (step: string, more: string) => comingInto(jobWith('issues', '{ contents: write }', [step], more));
    expect(of('run: echo ${{ env.it }}', env(TITLE))).toEqual([puts(8, 'github.event.issue.title')]);
    expect(of('run: echo ${{ env.it }}', env('x'))).toEqual([]);
    expect(of('run: echo ${{ env.it }}\nenv: { it: x }', env(TITLE))).toEqual([]);
    expect(of(`run: echo \${{ env.it }}\nenv: { it: "${TITLE}" }`, env('x'))).toEqual([
      puts(8, 'github.event.issue.title'),
    ]);
  });

  test('a variable that is made of itself is followed once', () => {
    expect(comingInBy('issues', 'run: echo ${{ env.A }}\nenv: { A: "${{ env.B }}", B: "${{ env.A }}" }')).toEqual([]);
  });
});

describe('what another job hands on', () => {
  const text = (needs: string, value: string) => `on: issues
permissions: { contents: write }
jobs:
  none: { runs-on: x, permissions: {} }
  other:
    runs-on: x
    permissions: {}
    outputs: { it: "${TITLE}", other: x }
  First:
    runs-on: x
    permissions: {}
    outputs: { other: x, It: "${TITLE}" }
  second:
    needs: ${needs}
    runs-on: x
    steps:
      - run: echo \${{ needs.${value} }}
`;

  test.each(['[first]', '[none, First]', '[FIRST, none]'])('that it needs as %s', (needs) => {
    expect(comingInto(text(needs, 'first.outputs.it'))).toEqual([puts(17, 'github.event.issue.title')]);
  });

  test.each<readonly [string, string, string]>([
    ['of another name', '[first]', 'first.outputs.other'],
    ['of a name that it does not have', '[first]', 'first.outputs.nothing'],
    ['of a job without any', '[none]', 'none.outputs.it'],
    ['of a job that it does not need', '[none]', 'other.outputs.it'],
    ['of a job that there is not', '[none]', 'nobody.outputs.it'],
    ['and how it ended', '[first]', 'first.result'],
  ])('not %s', (_, needs, value) => {
    expect(comingInto(text(needs, value))).toEqual([]);
  });
});

describe('what a caller hands to a called workflow', () => {
  const files = (given: string, value: string) => ({
    '.github/workflows/a.yml': `on: issues
permissions: { contents: write }
jobs:
  call:
    uses: ./.github/workflows/b.yml
    with: { ${given} }
`,
    '.github/workflows/b.yml': `on:
  workflow_call:
    inputs: { other: { type: string }, it: { type: string } }
jobs:
  build:
    runs-on: x
    steps:
      - run: echo \${{ inputs.${value} }}
`,
  });

  test.each<readonly [string, string, boolean]>([
    [`other: x, IT: "${TITLE}"`, 'it', true],
    [`it: x, other: "${TITLE}"`, 'it', false],
    [`other: "${TITLE}", it: "\${{ github.sha }}"`, 'it', false],
    [`other: "${TITLE}"`, 'it', false],
  ])('%s', (given, value, comes) => {
    const said = 'line 8 puts `github.event.issue.title` into a script';
    expect(comingInto(files(given, value))).toEqual(comes ? [said] : []);
  });
});

describe('values that an event has', () => {
  test.each<readonly [string, string, boolean]>([
    ['pull_request_target', 'github.head_ref', true],
    ['pull_request_target', 'github.event.pull_request.head.label', true],
    ['pull_request_target', 'github.event.pull_request.head.repo.description', true],
    ['pull_request_target', 'github.event.issue.title', false],
    ['pull_request_target', 'github.ref_name', false],
    ['issues', 'github.head_ref', false],
    ['issues', 'github.event.issue.title.more', true],
    ['issues', 'env.head_ref', false],
    ['fork', 'github.event.forkee.description', true],
    ['issue_comment', 'github.event.comment.body', true],
    ['issue_comment', 'github.event.comment.id', false],
  ])('%s: %s', (on, value, has) => {
    expect(comingInBy(on, `run: echo \${{ ${value} }}`)).toEqual(has ? [puts(7, value)] : []);
  });

  test.each([
    ['issues', 'github.event'],
    ['issues', 'github.event.issue'],
    ['discussion', 'github'],
  ])('%s: all of %s', (on, value) => {
    expect(comingInBy(on, `run: echo '\${{ toJSON(${value}) }}'`)).toEqual([puts(7, value)]);
  });

  test('of a pull request that gets a token that can write', () => {
    const of = (step: string) =>
      comingInto(jobWith('pull_request', '{ contents: write }', [step]), { visibility: 'private', forks: 'write' });
    expect(of('run: echo ${{ github.head_ref }}')).toEqual([puts(7, 'github.head_ref')]);
    expect(of('run: echo ${{ github.event.number }}')).toEqual([]);
  });
});
