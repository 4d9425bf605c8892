import { expect, test } from '@jest/globals';

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
