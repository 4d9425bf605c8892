import type { Step } from '../model/workflow.ts';
import type { ActionDefinition } from './action-files.ts';

/** The steps of a composite action as one of its callers makes them. */
export interface CompositeSteps {
  readonly steps: readonly Step[];
  /** Expressions in them that give the job's token, such as `inputs.token`. */
  readonly tokenExpressions: readonly string[];
}

export function compositeSteps(
  { steps }: ActionDefinition & { kind: 'composite' },
  _given: ReadonlyMap<string, string>,
): CompositeSteps {
  return { steps, tokenExpressions: [] };
}
