import type { Call, CallDefinition, Literal, PassedValue } from '../model/workflow.ts';
import { literalText, literalTexts, pairOf, valueOf } from './node.ts';
import type { Node } from './node.ts';

/**
 * The call of a job that calls a workflow, `null` for a job with steps.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_iduses
 */
export function callOf(job: Node): Call | null {
  const uses = valueOf(job, 'uses');
  const reference = literalText(uses);
  if (uses === undefined || reference === undefined) return null;
  const secrets = valueOf(job, 'secrets');
  return {
    reference,
    position: { line: uses.line, column: uses.column },
    inputs: passedValues(valueOf(job, 'with')),
    secrets: literalText(secrets) === 'inherit' ? 'inherit' : passedValues(secrets),
  };
}

/**
 * What a workflow takes from a caller, `null` when it cannot be called.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_call
 */
export function callDefinition(on: Node | undefined): CallDefinition | null {
  const called = valueOf(on, 'workflow_call');
  if (pairOf(on, 'workflow_call') === undefined && literalTexts(on)?.includes('workflow_call') !== true) return null;
  return {
    inputs: definitions(valueOf(called, 'inputs')).map(({ name, definition }) => ({
      name,
      type: literalText(valueOf(definition, 'type')) ?? 'string',
      required: isTrue(valueOf(definition, 'required')),
      default: defaultOf(valueOf(definition, 'default')),
    })),
    secrets: definitions(valueOf(called, 'secrets')).map(({ name, definition }) => ({
      name,
      required: isTrue(valueOf(definition, 'required')),
    })),
  };
}

function definitions(node: Node | undefined): readonly { name: string; definition: Node }[] {
  return node?.kind === 'mapping' ? node.pairs.map(({ key, value }) => ({ name: key.text, definition: value })) : [];
}

function passedValues(node: Node | undefined): readonly PassedValue[] {
  if (node?.kind !== 'mapping') return [];
  return node.pairs
    .filter(({ key }) => key.type !== 'expression')
    .map(({ key, value }) => ({
      name: key.text,
      position: { line: value.line, column: value.column },
      literal: literalOf(value),
      ...expressionOf(value),
    }));
}

function defaultOf(node: Node | undefined): CallDefinition['inputs'][number]['default'] {
  if (node === undefined) return null;
  const literal = literalOf(node);
  return literal === null ? 'expression' : { ...literal, line: node.line, column: node.column };
}

function literalOf(node: Node | undefined): Literal | null {
  return node?.kind === 'scalar' && node.type !== 'expression' ? { type: node.type, text: node.text } : null;
}

function expressionOf(node: Node): { readonly expression?: string } {
  return node.kind === 'scalar' && node.type === 'expression'
    ? { expression: node.template?.written ?? node.text }
    : {};
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.type === 'boolean' && node.text === 'true';
}
