import fc from 'fast-check';
import type { Draw } from '../random.ts';

/** So many are made at a time, since starting takes longer than one more. */
const BATCH = 64;

/** Takes a generator of the tests, and returns a function that draws from it. */
export function sampler<Value>(arbitrary: fc.Arbitrary<Value>): (draw: Draw) => Value {
  let ready: Value[] = [];
  return (draw) => {
    if (ready.length === 0) ready = fc.sample(arbitrary, { numRuns: BATCH, seed: draw.below(2 ** 31) });
    return ready.pop() as Value;
  };
}
