import { describe, expect, test } from '@jest/globals';

import { foundBy } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';
import { needing, needingMaybe, needsById } from '../helpers/needs.ts';
import { call, CALLED, ci, CI, file, run } from '../helpers/workflow-texts.ts';

const DEEP = '.github/workflows/deep.yml';
const ISSUES = '{ issues: write }';
const ALL = 'Write this block instead. It holds what the steps use.';
const PARTLY =
  'Write this block instead. It holds what the steps use, and keeps what a step may use whose code this tool cannot see.';
const CALLED_ONE = 'the called workflow neither asks for nor uses';

const leaf = (block = '') => file('workflow_call', block, run('leaf'));

function found(texts: Parameters<typeof foundBy>[1], needsOf: NonNullable<Judging['needsOf']> = () => needing({})) {
  return foundBy('excessive-permission', texts, { needsOf });
}

describe('what it says', () => {
  test.each<readonly [string, Parameters<typeof foundBy>[1], readonly string[]]>([
    ['of a job', ci('', run('a', ISSUES)), ["The block of the job 'a' gives `issues: write`, which no step uses."]],
    [
      'of a calling job',
      { [CI]: ci('', call('x', ISSUES)), [CALLED]: leaf() },
      [`The block of the job 'x' passes on \`issues: write\`, which ${CALLED_ONE}.`],
    ],
    [
      'of a workflow with one calling job',
      { [CI]: ci(ISSUES, call('x')), [CALLED]: leaf() },
      [`The block of the workflow passes on to the job 'x' \`issues: write\`, which ${CALLED_ONE}.`],
    ],
    [
      'of a workflow with two of them',
      { [CI]: ci(ISSUES, call('x'), call('y')), [CALLED]: leaf() },
      [
        "The block of the workflow passes on to the jobs 'x' and 'y' `issues: write`, which the called workflows neither ask for nor use.",
      ],
    ],
    [
      'of a workflow with both',
      { [CI]: ci(ISSUES, call('x'), run('b')), [CALLED]: leaf() },
      [
        `The block of the workflow gives the jobs 'x' and 'b' \`issues: write\`, which no step uses, and ${CALLED_ONE}.`,
      ],
    ],
    [
      'of a called workflow, by the jobs in its file, whoever calls it',
      {
        [CI]: ci('', call('x', ISSUES)),
        '.github/workflows/outer.yml': ci('', call('outer', ISSUES, `./${DEEP}`)),
        [DEEP]: file('workflow_call', '', call('on')),
        [CALLED]: file('workflow_call', ISSUES, run('a'), run('b')),
      },
      [
        "The block of the workflow gives the jobs 'a' and 'b' `issues: write`, which no step uses.",
        `The block of the job 'x' passes on \`issues: write\`, which ${CALLED_ONE}.`,
        `The block of the job 'outer' passes on \`issues: write\`, which ${CALLED_ONE}.`,
      ],
    ],
    [
      'of an identity token nothing, beside a job that another rule tells of',
      { [CI]: ci('{ id-token: write, issues: write }', call('x'), run('b')), [CALLED]: leaf() },
      [
        `The block of the workflow gives the jobs 'x' and 'b' \`issues: write\`, which no step uses, and ${CALLED_ONE}.`,
      ],
    ],
    [
      'nor beside one that runs by some events alone',
      {
        [CI]: file(
          '[push, pull_request]',
          '{ id-token: write }',
          run('a', '', "    if: github.event_name == 'push'\n"),
          call('x'),
        ),
        [CALLED]: leaf('{}'),
      },
      [],
    ],
    [
      'but one beside a job that never runs',
      { [CI]: ci('{ id-token: write }', call('x'), run('b', '', '    if: false\n')), [CALLED]: leaf('{}') },
      [`The block of the workflow passes on to the job 'x' \`id-token: write\`, which ${CALLED_ONE}.`],
    ],
    [
      'of a job that does not run by each event',
      file('[push, pull_request]', '', run('a', ISSUES, "    if: github.event_name == 'push'\n")),
      ["The block of the job 'a' gives `issues: write`, which no step uses."],
    ],
    [
      'of a job beside a call that was not read',
      ci('', run('a', ISSUES), call('z', '{}', 'octo/else/.github/workflows/x.yml@v1')),
      ["The block of the job 'a' gives `issues: write`, which no step uses."],
    ],
    [
      'nothing of a workflow that does not start, be it of a job or of a call',
      {
        [CI]: ci('', run('a', ISSUES), call('y', '{ contents: read, issues: write }'), call('z', '{}')),
        [CALLED]: leaf('{ contents: read }'),
      },
      ["The block of the workflow gives the job 'leaf' `contents: read`, which no step uses."],
    ],
  ])('%s', (_, texts, expected) => {
    expect(found(texts).map(({ message }) => message)).toEqual(expected);
  });

  test('of what is enough', () => {
    const text = ci('', run('a', '{ issues: write, pages: write }'));
    const [finding, ...others] = found(text, () => needing({ issues: 'read', pages: 'read' }));
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      "The block of the job 'a' gives `issues: write` where `issues: read` is enough, and `pages: write` where `pages: read` is enough.",
    );
  });

  test('of what cannot be seen', () => {
    const unseen = needsById({ a: needing({}), b: needingMaybe({}, 'pages', 'checks'), c: needingMaybe({}, 'pages') });
    const [finding] = found(ci(ISSUES, run('a'), run('b'), run('c')), unseen);
    expect(finding?.message).toBe(
      "The block of the workflow gives the jobs 'a', 'b' and 'c' `issues: write`, which no step uses. This tool cannot see the code of every step, but what it cannot see could only use `pages` and `checks`.",
    );
  });
});

describe('what to write', () => {
  test.each<readonly [string, string, NonNullable<Judging['needsOf']>, number, string, object]>([
    ['what the steps use', ci('', run('a', ISSUES)), () => needing({}), 4, ALL, {}],
    [
      'what all jobs use',
      ci('{ issues: write, pages: write }', run('a'), run('b')),
      needsById({ a: needing({ issues: 'read' }), b: needing({ pages: 'read' }) }),
      2,
      ALL,
      { issues: 'read', pages: 'read' },
    ],
    [
      'and what one of them may use',
      ci(ISSUES, run('a'), run('b')),
      needsById({ a: needing({}), b: { ...needingMaybe({}, 'pages'), suggested: { pages: 'read' } } }),
      2,
      PARTLY,
      { pages: 'read' },
    ],
  ])('%s', (_, text, needsOf, line, words, permissions) => {
    expect(found(text, needsOf).flatMap(({ advice = [] }) => advice)).toEqual([
      { text: words, path: CI, line, permissions },
    ]);
  });
});
