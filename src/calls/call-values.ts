import type { Position } from '../model/position.ts';
import type { Call, CallDefinition, InputDefinition, Literal, PassedValue } from '../model/workflow.ts';

/** A value of a call that GitHub refuses. */
export interface ValueError extends Position {
  readonly message: string;
  /** The file that `line` and `column` are of. */
  readonly file: 'caller' | 'called';
}

/**
 * What GitHub says about the inputs and secrets of a call, in its order: defaults and passed literals of another type,
 * required ones that are missing, and ones that the called workflow does not declare.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/WorkflowTemplateConverter.cs
 */
export function valueErrors(call: Call, definition: CallDefinition): readonly ValueError[] {
  return [...inputErrors(call, definition), ...secretErrors(call, definition)];
}

function inputErrors({ inputs, position }: Call, { inputs: defined }: CallDefinition): readonly ValueError[] {
  const declared = defined.flatMap((definition): readonly ValueError[] => {
    const { name, type, required } = definition;
    const passed = named(inputs, name);
    if (passed !== undefined) return [...defaultErrors(definition), ...typeErrors(passed, type)];
    const missing = `Input ${name} is required, but not provided while calling.`;
    return [...defaultErrors(definition), ...(required ? [inCaller(missing, position)] : [])];
  });
  return [...declared, ...undefinedErrors(inputs, defined, 'input')];
}

function secretErrors({ secrets, position }: Call, { secrets: defined }: CallDefinition): readonly ValueError[] {
  if (secrets === 'inherit') return [];
  const missing = defined
    .filter(({ name, required }) => required && named(secrets, name) === undefined)
    .map(({ name }) => inCaller(`Secret ${name} is required, but not provided while calling.`, position));
  return [...missing, ...undefinedErrors(secrets, defined, 'secret')];
}

function undefinedErrors(
  passed: readonly PassedValue[],
  defined: readonly { readonly name: string }[],
  kind: 'input' | 'secret',
): readonly ValueError[] {
  const known = new Set(defined.map(({ name }) => name.toUpperCase()));
  return passed
    .filter(({ name }) => !known.has(name.toUpperCase()))
    .map(({ name, position }) =>
      inCaller(`Invalid ${kind}, ${name} is not defined in the referenced workflow.`, position),
    );
}

/** GitHub looks at a default only when the workflow is called, whether the caller passes the input or not. */
function defaultErrors({ default: value, type }: InputDefinition): readonly ValueError[] {
  if (value === null || value === 'expression' || takes(type, value)) return [];
  const { text, line, column } = value;
  return [{ message: `Unexpected value '${text}'`, file: 'called', line, column }];
}

function typeErrors({ literal, position }: PassedValue, type: string): readonly ValueError[] {
  return literal === null || takes(type, literal) ? [] : [inCaller(`Unexpected value '${literal.text}'`, position)];
}

/** Any literal is a text; the other types take only their own. */
function takes(type: string, literal: Literal): boolean {
  return type === 'string' || literal.type === type;
}

function inCaller(message: string, { line, column }: Position): ValueError {
  return { message, file: 'caller', line, column };
}

/** GitHub ignores the case of names. */
function named(values: readonly PassedValue[], name: string): PassedValue | undefined {
  return values.find((value) => value.name.toUpperCase() === name.toUpperCase());
}
