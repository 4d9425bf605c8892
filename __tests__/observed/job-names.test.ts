import { expect, test } from '@jest/globals';

import { fitOf, jobNames } from '../../src/observed/job-names.ts';

/** `id`, or `id: name`. */
function chain(written: readonly string[]): ReturnType<typeof jobNames> {
  return jobNames(
    written.map((one) => {
      const [, id = one, name = null] = /^(.*?): (.*)$/.exec(one) ?? [];
      return { id, name };
    }),
  );
}

const LONG = 'a'.repeat(120);

test.each<readonly [jobs: readonly string[], name: string, fit: number | null]>([
  [['build'], 'build', 0],
  [['build'], 'build (ubuntu, 20)', 1],
  [['build'], 'build2', null],
  [['build'], 'Build', null],
  [['build'], 'build (ubuntu', null],
  [['build: Build it'], 'Build it', 0],
  [['build: Build it'], 'build', null],
  [['build: Build ${{ matrix.os }}'], 'Build ubuntu', 1],
  [['build: Build ${{ matrix.os }} on ${{ matrix.node }}'], 'Build x on y', 2],
  [['build: Build ${{ matrix.os }} on ${{ matrix.node }}'], 'Build x of y', null],
  [['build: ${{ matrix.a }}-${{ matrix.a }}'], 'aa', null],
  [['build: ab${{ x }}b'], 'ab', null],
  [['call', 'build'], 'call / build', 0],
  [['call', 'build'], 'call (1) / build (2)', 2],
  [['call', 'build'], 'build', null],
  [['call', 'build'], 'call', null],
  [['call: Deploy ${{ inputs.to }}', 'build: B'], 'Deploy prod / B', 1],
  [['a', 'b', 'c', 'd', 'e'], 'a / b (1) / c / d / e (2)', 5],
  [['a', 'b', 'c', 'd', 'e'], 'a / b / x / d / e', null],
  [[`x: ${LONG}`], `${'a'.repeat(97)}...`, 0],
  [[`x: ${LONG}`], `${'b'.repeat(97)}...`, null],
  [['x'], `x (${'a'.repeat(94)}...`, 1],
])('%j and %s', (jobs, name, fit) => {
  expect(fitOf(chain(jobs), name, false)).toBe(fit);
});

test.each<readonly [jobs: readonly string[], name: string, fit: number | null]>([
  [['call', 'build'], 'call  build', 0],
  [['build: a: b/c'], 'a bc', 0],
  [['build'], 'build (ubuntu)', 1],
  [[`x: ${LONG}`], 'a'.repeat(90), 0],
  [['call', 'build'], 'call / build', 0],
  [['call', 'build'], 'call build', null],
])('%j and the file %s of a zip', (jobs, name, fit) => {
  expect(fitOf(chain(jobs), name, true)).toBe(fit);
});
