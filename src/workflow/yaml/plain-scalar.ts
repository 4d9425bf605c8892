import type { ScalarNode } from '../node.ts';

/** The type and the text of a scalar. */
export type ScalarValue = Pick<ScalarNode, 'type' | 'text'>;

const NULL = /^(?:|null|Null|NULL|~)$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const OCTAL = /^0o[0-7]+$/;
const INFINITY = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/**
 * Types a plain scalar by the YAML 1.2 core schema, which is what GitHub uses.
 *
 * @see https://yaml.org/spec/1.2.2/#1032-tag-resolution
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/YamlObjectReader.cs
 */
export function plainScalar(text: string): ScalarValue {
  if (NULL.test(text)) return { type: 'null', text: '' };
  if (BOOLEAN.test(text)) return { type: 'boolean', text: text.toLowerCase() };
  const number = numberOf(text);
  return number === undefined ? { type: 'string', text } : { type: 'number', text: numberText(number) };
}

/** The core types that a tag may name explicitly; GitHub refuses every other tag on a scalar. */
export const CORE_TAGS: ReadonlyMap<string, ScalarNode['type']> = new Map([
  ['tag:yaml.org,2002:str', 'string'],
  ['tag:yaml.org,2002:bool', 'boolean'],
  ['tag:yaml.org,2002:int', 'number'],
  ['tag:yaml.org,2002:float', 'number'],
  ['tag:yaml.org,2002:null', 'null'],
]);

function numberOf(text: string): number | undefined {
  // Most scalars of a workflow are words: one look at the first character spares them the patterns.
  if (!'0123456789+-.'.includes(text.charAt(0))) return undefined;
  if (DECIMAL.test(text)) return Number(text);
  if (HEXADECIMAL.test(text)) return Number(text);
  if (OCTAL.test(text)) return Number(text);
  if (INFINITY.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(text)) return NaN;
  return undefined;
}

/** A number as GitHub writes it where it needs a text: at most 15 digits, so that `1.10` becomes `1.1`. */
function numberText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : String(value);
}
