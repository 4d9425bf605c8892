import { expect, test } from '@jest/globals';

import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { JOBS, problemsOf } from '../helpers/reading.ts';

test('a workflow, an input and an output may have a description', () => {
  expect(
    problemsOf(`description: What this is for
on:
  workflow_dispatch:
    inputs:
      who:
        description: Whom to greet
        type: string
  workflow_call:
    inputs:
      who:
        description: Whom to greet
        type: string
    outputs:
      greeting:
        description: What was said
        value: \${{ jobs.build.outputs.greeting }}
${JOBS}`),
  ).toEqual([]);
});

test.each([
  [
    'a key that a calling job may not have',
    'timeout-minutes: 3\n    uses: ./.github/workflows/x.yml',
    'uses',
    "'timeout-minutes'",
  ],
  ['two of them', 'runs-on: x\n    env: {}\n    uses: ./.github/workflows/x.yml', 'uses', "'runs-on' or 'env'"],
  ['the same behind `uses`', 'name: a\n    uses: ./.github/workflows/x.yml\n    steps: []', 'steps', "'uses'"],
])('%s: the hint names it', (_, lines, key, others) => {
  const { problems } = readWorkflow(`on: push\njobs:\n  a:\n    ${lines}\n`);
  const found = problems.find(({ message }) => message === `Unexpected value '${key}'`);
  expect(found?.hint).toBe(`'${key}' does not go together with ${others}.`);
});
