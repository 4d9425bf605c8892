import { BooleanData } from '@actions/expressions/data/boolean';
import type { ExpressionData } from '@actions/expressions/data/expressiondata';
import { NumberData } from '@actions/expressions/data/number';
import { StringData } from '@actions/expressions/data/string';
import type { JobInChain } from '../calls/call-tree.ts';
import type { Literal } from '../model/workflow.ts';
import { UNKNOWN } from '../token/abstract-value.ts';
import type { Value } from '../token/abstract-value.ts';

/** What an input is that is not passed and has no default. */
const EMPTY: Readonly<Record<string, ExpressionData>> = {
  boolean: new BooleanData(false),
  number: new NumberData(0),
  string: new StringData(''),
};

/**
 * What is known of the context `inputs` in a called workflow: the literals that its caller passes, and the defaults of what
 * it does not pass. `null` for a workflow that nobody calls here.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#inputs-context
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_callinputs
 */
export function givenInputs({ caller, file }: JobInChain): Value | null {
  const call = caller?.job.uses;
  if (call === null || call === undefined) return null;
  const passed = new Map(call.inputs.map((input) => [input.name.toLowerCase(), input]));
  const defined = new Map((file.read.workflow.call?.inputs ?? []).map((input) => [input.name.toLowerCase(), input]));
  return {
    kind: 'object',
    get: (name) => {
      const input = defined.get(name);
      if (input === undefined) return UNKNOWN;
      const given = passed.get(name);
      if (given !== undefined) return given.literal === null ? UNKNOWN : valueOf(given.literal, input.type);
      if (input.default !== null) return input.default === 'expression' ? UNKNOWN : valueOf(input.default, input.type);
      const data = Object.hasOwn(EMPTY, input.type) ? EMPTY[input.type] : undefined;
      return data === undefined ? UNKNOWN : { kind: 'known', data };
    },
  };
}

/** What a job is called with, as a key: the same for calls that pass the same literals. */
export function givenKey({ caller }: JobInChain): string {
  return JSON.stringify(caller?.job.uses?.inputs.map(({ name, literal }) => [name, literal]) ?? null);
}

function valueOf({ type, text }: Literal, wanted: string): Value {
  switch (wanted) {
    case 'boolean':
      return type === 'boolean' ? { kind: 'known', data: new BooleanData(text === 'true') } : UNKNOWN;
    case 'number':
      return type === 'number' ? { kind: 'known', data: new NumberData(Number(text)) } : UNKNOWN;
    case 'string':
      return type === 'null' ? UNKNOWN : { kind: 'known', data: new StringData(text) };
    default:
      return UNKNOWN;
  }
}
