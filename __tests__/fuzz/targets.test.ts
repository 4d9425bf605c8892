import { describe, expect, test } from '@jest/globals';

import { nextInput, shaped } from '../../fuzz/loop.ts';
import { Queue } from '../../fuzz/queue.ts';
import { drawFrom } from '../../fuzz/random.ts';
import { TARGETS } from '../../fuzz/targets.ts';

/** As much as takes a moment: `npm run fuzz` looks for longer, and at what was reached. */
const INPUTS = 8;

describe('every target of the fuzzer takes some inputs, and nothing is found', () => {
  test.each(TARGETS.map((target) => [target.name, target] as const))('%s', async (_, target) => {
    const draw = drawFrom(20_261_121);
    const seeds = target.seeds().map((text) => shaped(target, text));
    expect(seeds.length).toBeGreaterThan(1);
    const queue = new Queue();
    for (const [number, text] of seeds.entries()) queue.add(text, [number]);
    for (const text of [draw.pick(seeds), seeds[0] ?? '']) await target.run(text);
    for (let count = 0; count < INPUTS; count++) await target.run(shaped(target, nextInput(target, queue, draw)));
  });
});
