import type { Position } from '../model/position.ts';
import type { Call, CallDefinition, PassedValue } from '../model/workflow.ts';

/** A value of a call that GitHub refuses. */
export interface ValueError extends Position {
  readonly message: string;
}

/**
 * What GitHub says about the inputs and secrets of a call: required ones that are missing, ones that the called workflow
 * does not declare, and literals of another type.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/WorkflowTemplateConverter.cs
 */
export function valueErrors(call: Call, definition: CallDefinition): readonly ValueError[] {
  return [...inputErrors(call, definition), ...secretErrors(call, definition)];
}

function inputErrors({ inputs, position }: Call, { inputs: defined }: CallDefinition): readonly ValueError[] {
  const missing = defined.flatMap(({ name, type, required }): readonly ValueError[] => {
    const passed = named(inputs, name);
    if (passed !== undefined) return typeErrors(passed, type);
    return required ? [{ message: `Input ${name} is required, but not provided while calling.`, ...position }] : [];
  });
  return [...missing, ...undefinedErrors(inputs, defined, 'input')];
}

function secretErrors({ secrets, position }: Call, { secrets: defined }: CallDefinition): readonly ValueError[] {
  if (secrets === 'inherit') return [];
  const missing = defined
    .filter(({ name, required }) => required && named(secrets, name) === undefined)
    .map(({ name }) => ({ message: `Secret ${name} is required, but not provided while calling.`, ...position }));
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
    .map(({ name, position }) => ({
      message: `Invalid ${kind}, ${name} is not defined in the referenced workflow.`,
      ...position,
    }));
}

/** Any literal is a text; the other types take only their own. */
function typeErrors({ literal }: PassedValue, type: string): readonly ValueError[] {
  if (literal === null || type === 'string' || literal.type === type) return [];
  const { text, line, column } = literal;
  return [{ message: `Unexpected value '${text}'`, line, column }];
}

/** GitHub ignores the case of names. */
function named(values: readonly PassedValue[], name: string): PassedValue | undefined {
  return values.find((value) => value.name.toUpperCase() === name.toUpperCase());
}
