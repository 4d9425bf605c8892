import { describe, expect, test } from '@jest/globals';

import type { Step } from '../../src/model/workflow.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';

function stepsOf(lines: string): readonly Step[] {
  const text = `on: push\njobs:\n  build:\n    runs-on: x\n    steps:${lines}\n`;
  return readWorkflow(text).workflow.jobs[0]!.steps;
}

describe('steps', () => {
  test('are read as written, with their places', () => {
    expect(
      stepsOf(`
      - uses: actions/checkout@v4
        if: \${{ always() }}
        with:
          ref: \${{ github.head_ref }}
          depth: 1
          nothing:
        env: { A: "x # y" }
      - run: |
          make
          # all
        if: success()`),
    ).toEqual([
      {
        position: { line: 6, column: 9 },
        condition: 'always()',
        uses: { text: 'actions/checkout@v4', position: { line: 6, column: 15 } },
        run: null,
        with: [
          { name: 'ref', text: '${{ github.head_ref }}', position: { line: 9, column: 16 } },
          { name: 'depth', text: '1', position: { line: 10, column: 18 } },
          { name: 'nothing', text: '', position: { line: 11, column: 19 } },
        ],
        env: [{ name: 'A', text: 'x # y', position: { line: 12, column: 19 } }],
      },
      {
        position: { line: 13, column: 9 },
        condition: 'success()',
        uses: null,
        run: { text: 'make\n# all\n', position: { line: 13, column: 14 } },
        with: [],
        env: [],
      },
    ]);
  });

  test('keep the text around an expression', () => {
    const [step] = stepsOf('\n      - run: echo ${{ github.actor }} and ${{ github.event.issue.title }}');
    expect(step?.run?.text).toBe('echo ${{ github.actor }} and ${{ github.event.issue.title }}');
  });

  test('are none where there are none, or where they are no list', () => {
    expect(stepsOf('')).toEqual([]);
    expect(stepsOf(' []')).toEqual([]);
    expect(stepsOf(' { run: make }')).toEqual([]);
    expect(
      readWorkflow('on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n').workflow.jobs[0]?.steps,
    ).toEqual([]);
  });

  test('that run at the same time stand among the others', () => {
    const steps = stepsOf(`
      - run: a
      - parallel:
          - run: b
          - uses: c/d@v1
      - run: e
        background: true
      - wait-all:`);
    expect(steps.map(({ run, uses, position }) => [run?.text ?? uses?.text, position.line])).toEqual([
      ['a', 6],
      ['b', 8],
      ['c/d@v1', 9],
      ['e', 10],
      [undefined, 12],
    ]);
  });

  test('that are broken leave the others', () => {
    expect(stepsOf('\n      - make\n      - run: [a]\n      - run: b').map(({ run }) => run?.text)).toEqual([
      undefined,
      undefined,
      'b',
    ]);
  });

  test('an empty condition is none', () => {
    expect(
      stepsOf('\n      - run: a\n        if:\n      - run: b\n        if: ""').map(({ condition }) => condition),
    ).toEqual([null, null]);
  });
});
