import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { chain, policy, render, sharedChain } from '../../__tests__/calls/random-chains.ts';
import { workflowIn } from '../../__tests__/calls/report-of.ts';
import { reportOn, toldByLiteral, toldByUs } from '../../__tests__/calls/told-by-literal.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';

const any = fc.tuple(fc.oneof(chain, sharedChain), policy);

/** Starting to draw takes longer than drawing. */
const AT_ONCE = 4;

/** Chains of calls, drawn from a number: ours against GitHub's algorithm, written down literally. */
export const CHAINS: Target = {
  name: 'chains',
  longest: 10,
  seeds: () => ['1', '2'],
  generate: (draw) => String(draw.below(2 ** 31)),
  shape: (text) => String(Number.parseInt(text.replaceAll(/\D/g, ''), 10) || 0),
  run: async (text) => {
    const seed = Number(text);
    for (const [root, setting] of fc.sample(any, { seed, numRuns: AT_ONCE })) {
      const rendered = render(root);
      const ours = toldByUs(workflowIn(await reportOn(rendered, setting), 'root.yml'));
      must(
        isDeepStrictEqual(ours, toldByLiteral(rendered, setting)),
        () => `another answer:\n${JSON.stringify(rendered.files)}`,
      );
    }
  },
};
