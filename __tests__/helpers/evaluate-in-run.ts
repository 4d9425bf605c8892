import { BooleanData } from '@actions/expressions/data/boolean';
import { Dictionary } from '@actions/expressions/data/dictionary';
import type { ExpressionData } from '@actions/expressions/data/expressiondata';
import { StringData } from '@actions/expressions/data/string';
import { Evaluator } from '@actions/expressions/evaluator';
import { wellKnownFunctions } from '@actions/expressions/funcs';
import { truthy } from '@actions/expressions/result';

import { readExpression } from '../../src/workflow/expression.ts';
import { definitionOf } from '../../src/workflow/grammar/grammar.ts';

/** What a condition of a job may look at, in the grammar's words. */
export const CONDITION_CONTEXTS: readonly string[] = definitionOf('job-if').context ?? [];

/** What the status functions say; `always()` is always true. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

function dataOf(json: unknown): ExpressionData {
  return wellKnownFunctions.fromjson!.call(new StringData(JSON.stringify(json)));
}

/** What GitHub's own evaluator says of a condition in a run; `error` where it cannot read or evaluate it. */
export function evaluateInRun(
  expression: string,
  contexts: Readonly<Record<string, unknown>>,
  status: Status,
): boolean | 'error' {
  const read = readExpression(expression, CONDITION_CONTEXTS);
  if ('error' in read || read.tree === null) return 'error';
  const values = new Dictionary(...Object.entries(contexts).map(([key, json]) => ({ key, value: dataOf(json) })));
  const functions = new Map(
    Object.entries({ ...status, always: true }).map(([name, value]) => [
      name,
      // With arguments it asks about the jobs that they name: let them have been what is asked.
      { name, minArgs: 0, maxArgs: 9, call: (...names: unknown[]) => new BooleanData(names.length > 0 || value) },
    ]),
  );
  try {
    return truthy(new Evaluator(read.tree, values, functions).evaluate());
  } catch {
    return 'error';
  }
}
