import { describe, expect, test } from '@jest/globals';

import { instrument } from '../../fuzz/instrument.mjs';
import { coverageOf } from '../../fuzz/coverage.ts';

/** Runs a function of this text with some arguments, and returns what it gave and how often each branch was taken. */
function ran(source: string, ...args: readonly unknown[]): { result: unknown; counts: readonly number[] } {
  const { code, count } = instrument(`const ran = ${source};`, 0);
  const counters = new Uint8Array(count);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function('fuzzCounters', `${code}\nreturn ran;`) as (
    counters: Uint8Array,
  ) => (...all: unknown[]) => unknown;
  return { result: make(counters)(...args), counts: [...counters] };
}

describe('counters', () => {
  test.each<[what: string, source: string, args: readonly unknown[], result: unknown, counts: readonly number[]]>([
    ['a function', '(a) => a', [1], 1, [1]],
    ['an object that is returned', '(a) => ({ a })', [1], { a: 1 }, [1]],
    ['a branch', '(a) => { if (a) return 1; return 2; }', [true], 1, [1, 1, 0]],
    ['a branch that is not there', '(a) => { if (a) return 1; return 2; }', [false], 2, [1, 0, 1]],
    [
      'branches in branches',
      '(a, b) => { if (a) if (b) return 1; else return 2; return 3; }',
      [1, 0],
      2,
      [1, 1, 0, 0, 1],
    ],
    ['a loop', '(a) => { let s = 0; for (const x of a) s += x; return s; }', [[1, 2, 3]], 6, [1, 3]],
    ['cases', '(a) => { switch (a) { case 1: case 2: return 3; default: return 4; } }', [1], 3, [1, 1, 1, 0]],
    ['conditions', '(a, b) => a ? b : a ?? 5', [null], 5, [1, 0, 1, 1]],
    ['operands', '(a, b) => a && b || 7', [1, 0], 7, [1, 1, 1]],
    ['defaults', '(a = 3) => { a ??= 4; return a; }', [], 3, [1, 1, 0]],
    ['what is caught', '() => { try { throw 1; } catch (e) { return e; } }', [], 1, [1, 1]],
    [
      'a class',
      '() => { class A { #a = () => 1; get a() { return this.#a(); } } return new A().a; }',
      [],
      1,
      [1, 1, 1],
    ],
  ])('%s', (_, source, args, result, counts) => {
    const found = ran(source, ...args);
    expect(found.result).toEqual(result);
    expect([...found.counts].sort()).toEqual([...counts].sort());
  });

  test('the words of a text', () => {
    expect(instrument("f('contents', `a ${b} write`, 'x', 1)", 0).words).toEqual(['contents', 'a ', ' write']);
  });
});

test('what is counted is news the first time, when it is many times more, and when a much shorter text does it', () => {
  const counters = new Uint8Array(8);
  const coverage = coverageOf(counters);
  const count = (times: number, length: number) => {
    counters[3] = times;
    return coverage.look(length).length > 0;
  };
  expect([count(1, 100), count(1, 90), count(2, 100), count(5, 100), count(6, 100), count(0, 1)]).toEqual([
    true,
    false,
    true,
    true,
    false,
    false,
  ]);
  expect([count(1, 50), count(1, 50), count(5, 10)]).toEqual([true, false, true]);
  expect(coverage.branches()).toBe(1);
});
