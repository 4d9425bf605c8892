import { describe, expect, test } from '@jest/globals';

import { nextInput } from '../../fuzz/loop.ts';
import { drawFrom } from '../../fuzz/random.ts';
import { TARGETS } from '../../fuzz/targets.ts';

/** As much as takes a moment: `npm run fuzz` looks for longer, and at what was reached. */
const INPUTS = 8;

describe('every target of the fuzzer takes some inputs, and nothing is found', () => {
  test.each(TARGETS.map((target) => [target.name, target] as const))('%s', async (_, target) => {
    const draw = drawFrom(20_261_121);
    const seeds = target.seeds().map((text) => text.slice(0, target.longest));
    expect(seeds.length).toBeGreaterThan(1);
    for (const text of [draw.pick(seeds), seeds[0] ?? '']) await target.run(text);
    for (let count = 0; count < INPUTS; count++)
      await target.run(nextInput(target, seeds, draw).slice(0, target.longest));
  });
});
