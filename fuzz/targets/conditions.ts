import { condition } from '../../__tests__/helpers/expressions.ts';
import { reportOf } from '../../__tests__/helpers/checking.ts';
import { sampler } from '../seeds/samples.ts';
import { checkPositions } from '../oracles/positions.ts';
import type { Target } from '../target.ts';

const sample = sampler(condition);

const KNOWN = { default: 'read', visibility: 'public', repository: 'octo/app' } as const;

const SEEDS = [
  'github.event_name',
  "github.ref == 'refs/heads/main' && !failure()",
  '${{ always() }}',
  'a ${{ b }} c',
  '!x',
];

/** A workflow that holds an expression where GitHub reads one. */
function workflowWith(expression: string): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const [condition, text] = [quoted(expression), quoted(`x \${{ ${expression} }}`)];
  return `on: [push, pull_request]
jobs:
  a:
    runs-on: x
    if: ${condition}
    steps:
      - run: x
        if: ${condition}
        env:
          A: ${text}
  b:
    runs-on: ${text}
    needs: a
    steps:
      - uses: actions/checkout@v6
`;
}

/** The readers of expressions and conditions, in every place that holds one. */
export const CONDITIONS: Target = {
  name: 'conditions',
  longest: 1000,
  seeds: () => SEEDS,
  generate: sample,
  // What YAML makes of odd characters is the matter of another target, and takes longer.
  shape: (text) => text.replaceAll(/[^\x20-\x7e\u00a0-\u2027]/g, ' '),
  run: (expression) => {
    const text = workflowWith(expression);
    for (const workflow of reportOf(text, KNOWN).workflows) checkPositions(text, workflow.problems);
  },
};
