import { describe, expect, test } from '@jest/globals';

import type { ChangedPart, GateChange } from '../../../src/policy/gate/gate-change.ts';
import { CI, judgedWith } from '../judging.ts';

const CHANGE: GateChange = { place: { path: CI, line: 5, column: 9 }, job: ['build'], isMoved: false, parts: [] };
const HINT =
  'Leave the step as the base branch has it. To change it, let somebody who may bypass the required check merge it, or except it in the policy of the base branch first.';

function found(change: Partial<GateChange>) {
  return judgedWith(['gate-changed'], { gateChange: { ...CHANGE, ...change } }).findings;
}

describe('gate-changed', () => {
  test.each<readonly [string, ChangedPart, string]>([
    ['a value', { name: 'with fail-on', before: 'error', after: 'never' }, "`with fail-on` ('error', now 'never')"],
    ['one more', { name: 'with base', before: null, after: 'main' }, "`with base` ('main', not given before)"],
    ['one less', { name: 'if', before: 'always()', after: null }, "`if` ('always()', removed)"],
    ['what is not shown', { name: 'env A', before: null, after: null }, '`env A`'],
    [
      'long values',
      { name: 'if', before: 'b'.repeat(60), after: 'a'.repeat(61) },
      `\`if\` ('${'b'.repeat(60)}', now '${'a'.repeat(60)}…')`,
    ],
  ])('%s', (_, part, words) => {
    expect(found({ parts: [part] })).toMatchObject([
      {
        rule: 'gate-changed',
        level: 'error',
        path: CI,
        line: 5,
        column: 9,
        message: `This pull request changes the step that runs this check: ${words}. The inputs of the base branch count.`,
        hint: HINT,
        subjects: [{ workflow: CI, job: ['build'], about: part.name }],
      },
    ]);
  });

  test('several parts are one finding', () => {
    const parts = ['with a', 'env B'].map((name) => ({ name, before: null, after: null }));
    const [finding, ...others] = found({ parts });
    expect(others).toEqual([]);
    expect(finding?.message).toContain('this check: `with a`, `env B`. The');
    expect(finding?.subjects).toMatchObject([{ about: 'with a,env B' }]);
  });

  test('a step that is not there any more, of no job', () => {
    expect(found({ isMoved: true, job: null, parts: [{ name: 'x', before: null, after: null }] })).toMatchObject([
      {
        message:
          'This pull request moves or copies the step that runs this check: the base branch has it, but not at this place. None of its inputs counts.',
        hint: HINT,
        subjects: [{ workflow: CI, about: 'moved' }],
      },
    ]);
  });

  test('nothing without a change', () => {
    expect(judgedWith(['gate-changed'], {}).findings).toEqual([]);
  });
});
