import { expect, test } from '@jest/globals';

import { problemsOfJob } from '../helpers/reading.ts';

const EMPTY = 'Container image cannot be empty';

test.each([
  ['container: node', []],
  ['container: ""', []],
  ['container: { image: "" }', ["5:25 Unexpected value ''"]],
  ['container: docker://', [`5:16 ${EMPTY}`]],
  ['container: { image: docker:// }', [`5:16 ${EMPTY}`]],
  ['container: { image: docker://, env: { A: "${{ github.ref }}" } }', []],
  ['container: ${{ matrix.image }}', []],
  ['container: { env: { A: b } }', []],
  ['services: { db: postgres }', []],
  ['services: { db: docker:// }', [`5:21 ${EMPTY}`]],
  ['services: { db: { image: docker:// } }', [`5:21 ${EMPTY}`]],
  ['services: { db: {} }', [`5:21 ${EMPTY}`]],
  ['services: { db: { ports: [5432] } }', [`5:21 ${EMPTY}`]],
  ['services: { db: "" }', ["5:21 Unexpected value ''"]],
  ['services: { db: docker://, cache: "${{ matrix.image }}" }', []],
])('%s', (lines, expected) => {
  expect(problemsOfJob(lines)).toEqual(expected);
});
