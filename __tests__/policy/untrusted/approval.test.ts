import { describe, expect, test } from '@jest/globals';

import type { Known } from '../../helpers/checking.ts';
import { findingsOf, jobWith } from '../rule-findings.ts';

const FETCH = 'run: gh pr checkout 1';

/** The last sentences of the findings, which say what stands before the job. */
function reserves(files: Parameters<typeof findingsOf>[1], known: Known = {}): readonly string[] {
  return findingsOf('write-on-untrusted-trigger', files, known).map(({ level, message }) =>
    `${level} ${/`contents: write`\. ?(.*)$/.exec(message)?.[1] ?? message}`.trim(),
  );
}

describe('a step that seems to ask who it is', () => {
  const ASKS = 'warning A step seems to ask who started the run. Whether that stops the job was not checked.';
  const of = (...steps: readonly string[]) => reserves(jobWith('issue_comment', '{ contents: write }', steps));

  test.each([
    'uses: actions-cool/check-user-permission@v2',
    'uses: anthropics/claude-code-action@v1',
    'run: gh api repos/o/r/collaborators/$WHO/permission',
    'run: "true"\nenv: { A: x, ASSOCIATION: "${{ github.event.comment.author_association }}" }',
    'uses: actions/github-script@v8\nwith: { script: "await github.rest.repos.checkCollaborator({})" }',
  ])('%s', (step) => {
    expect(of('run: echo', step, FETCH)).toEqual([ASKS]);
  });

  test.each([
    'uses: actions/cache@v4',
    'run: date\nenv: { A: x }',
    'uses: o/r@v1\nwith: { script: date }',
    'wait-all:',
  ])('not %s', (step) => {
    expect(of(step, FETCH)).toEqual(['error']);
  });
});

const two = (first: string, second: string) => `on: pull_request_target
jobs:
  first:
    runs-on: x
    permissions: {}
${first}  other: { runs-on: x, permissions: {} }
  second:
    needs: first
    runs-on: x
    permissions: { contents: write }
${second}    steps:
      - ${FETCH}
`;

test('an environment, of the job or of one that it needs', () => {
  const asks = "warning The environment 'release' may ask for a review first. Its settings say whether it does.";
  expect(reserves(two('    environment: release\n', ''))).toEqual([asks]);
  expect(reserves(two('', '    environment: release\n'))).toEqual([asks]);
  // GitHub makes this one.
  expect(reserves(two('', '    environment: github-pages\n'))).toEqual(['error']);
  expect(reserves(two('', ''))).toEqual(['error']);
});

test('a step of a job that it needs', () => {
  const [said] = reserves(two('    steps: [{ uses: actions-cool/check-user-permission@v2 }]\n', ''));
  expect(said).toMatch(/^warning A step seems to ask who started the run\./);
});

test('a label, of the job or of one that it needs', () => {
  const asks = 'warning A condition asks for a label, which stays when new commits are pushed.';
  const labelled = "    if: contains(github.event.pull_request.labels.*.name, 'safe')\n";
  expect(reserves(two(labelled, ''))).toEqual([asks]);
  expect(reserves(two('', labelled))).toEqual([asks]);
  expect(reserves(two('', '    if: vars.IS_NULL\n'))).toEqual(['error']);
  // Nobody waits for that job.
  expect(reserves(two('', '').replace('  other: {', '  other: { environment: release,'))).toEqual(['error']);
});

test.each(['private', 'internal'] as const)('a repository that is %s', (visibility) => {
  expect(reserves(two('', ''), { visibility })).toEqual([
    `warning The repository is ${visibility}, so the outsider is somebody who can read it.`,
  ]);
  expect(reserves(two('', ''), { visibility: 'public' })).toEqual(['error']);
});
