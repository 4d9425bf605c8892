import { describe, expect, test } from '@jest/globals';

import { workflowReference } from '../../src/workflow/workflow-reference.ts';
import { problemsOf } from '../helpers/reading.ts';

const FILE = '.github/workflows/ci.yml';

describe('a reference that can be read', () => {
  test.each([
    [`./${FILE}`, { kind: 'local', path: FILE }],
    [`$/${FILE}`, { kind: 'local', path: FILE }],
    ['./.github/workflows/ci.yaml', { kind: 'local', path: '.github/workflows/ci.yaml' }],
    [
      `octo-org/octo-repo/${FILE}@v1`,
      { kind: 'remote', owner: 'octo-org', repository: 'octo-repo', path: FILE, ref: 'v1' },
    ],
    [
      `octo-org/.github/${FILE}@main`,
      { kind: 'remote', owner: 'octo-org', repository: '.github', path: FILE, ref: 'main' },
    ],
    [`a/b/${FILE}@feature/x`, { kind: 'remote', owner: 'a', repository: 'b', path: FILE, ref: 'feature/x' }],
    [
      `a/b/${FILE}@refs/tags/v1.0.0`,
      { kind: 'remote', owner: 'a', repository: 'b', path: FILE, ref: 'refs/tags/v1.0.0' },
    ],
    [
      `a/b/${FILE}@${'0a'.repeat(20)}`,
      { kind: 'remote', owner: 'a', repository: 'b', path: FILE, ref: '0a'.repeat(20) },
    ],
    [
      'a/b/.github/workflows-lab/ci.yml@v1',
      { kind: 'remote', owner: 'a', repository: 'b', path: '.github/workflows-lab/ci.yml', ref: 'v1' },
    ],
  ])('%s', (written, expected) => {
    expect(workflowReference(written)).toEqual(expected);
  });
});

describe('a reference that makes its file invalid', () => {
  test.each([
    'ci.yml',
    'ci.yml@v1',
    FILE,
    `/${FILE}`,
    `../${FILE}`,
    `.//${FILE}`,
    `./x/${FILE}`,
    `./${FILE}@v1`,
    `$/${FILE}@v1`,
    `octo-org/${FILE}@v1`,
    `octo-org/octo-repo/${FILE}`,
    `octo-org/octo-repo/${FILE}@`,
    `octo-org/octo-repo/${FILE}@a@b`,
    `octo-org/octo-repo/deeper/${FILE}@v1`,
    `octo org/octo-repo/${FILE}@v1`,
    `octo-org/octo~repo/${FILE}@v1`,
    './.github/workflows/ci.txt',
    './.github/workflows/ci',
    './.github/workflows/.yml',
    './.github/workflows/deeper/ci.yml',
    './.github/ci.yml',
    'octo-org/octo-repo/action@v1',
    'actions/checkout@v4',
    `a/b/${FILE}@a..b`,
    `a/b/${FILE}@a b`,
    `a/b/${FILE}@.a`,
    `a/b/${FILE}@a/`,
    `a/b/${FILE}@a~1`,
    `a/b/${FILE}@a:b`,
    `a/b/${FILE}@a//b`,
    `a/b/${FILE}@x.lock/y`,
    '',
    '@',
    './',
    '$/',
  ])('%j', (written) => {
    expect(workflowReference(written)).toEqual({
      error: expect.stringMatching(/^invalid value workflow reference: ./),
    });
    if (written === '') return;
    const [first, ...others] = problemsOf(`on: push\njobs:\n  call:\n    uses: "${written}"\n`);
    expect(first).toMatch(/^4:11 invalid value workflow reference: /);
    expect(others).toEqual([]);
  });

  test('an expression is none either', () => {
    expect(problemsOf('on: push\njobs:\n  call:\n    uses: ${{ inputs.workflow }}\n')).toEqual([
      "4:11 Unrecognized named-value: 'inputs'. Located at position 1 within expression: inputs.workflow",
    ]);
  });
});
