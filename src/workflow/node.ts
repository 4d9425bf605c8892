import type { Position } from '../model/position.ts';

/** A scalar of a YAML file, typed by the YAML 1.2 core schema. */
export interface ScalarNode extends Position {
  readonly kind: 'scalar';
  /** `expression`: a text with `${{ }}` that is not just one string literal. */
  readonly type: 'null' | 'boolean' | 'number' | 'string' | 'expression';
  /** As GitHub prints it: `''` for null, `true`, `1`, the text, or the expression without `${{ }}`. */
  readonly text: string;
  /** The whole text as written and each expression in it, when it has `${{ }}` that is not just one string literal. */
  readonly template?: { readonly written: string; readonly expressions: readonly string[] };
  /** GitHub's sentence about what comes after the expressions of the template and cannot be read. */
  readonly error?: string;
}

export interface SequenceNode extends Position {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
}

export interface MappingNode extends Position {
  readonly kind: 'mapping';
  readonly pairs: readonly { readonly key: ScalarNode; readonly value: Node }[];
}

/**
 * A YAML file as plain data, aliases resolved: an alias is the very node that its anchor marks, with the anchor's
 * position, as GitHub reports it.
 */
export type Node = ScalarNode | SequenceNode | MappingNode;

/** The value of a key, or `undefined`. Keys are case-sensitive. */
export function valueOf(node: Node | undefined, key: string): Node | undefined {
  return pairOf(node, key)?.value;
}

/** A key with its value, or `undefined`. */
export function pairOf(node: Node | undefined, key: string): { key: ScalarNode; value: Node } | undefined {
  if (node?.kind !== 'mapping') return undefined;
  for (const pair of node.pairs) if (pair.key.text === key && pair.key.type !== 'expression') return pair;
  return undefined;
}

/** The text of a scalar that is not an expression; `undefined` for everything else, null included. */
export function literalText(node: Node | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.type === 'expression' || node.type === 'null') return undefined;
  return node.text;
}

/** A list of texts, written as one text or as a sequence; `undefined` when it is neither. */
export function literalTexts(node: Node | undefined): readonly string[] | undefined {
  if (node?.kind === 'sequence') return node.items.map(literalText).filter((text) => text !== undefined);
  const text = literalText(node);
  return text === undefined ? undefined : [text];
}
