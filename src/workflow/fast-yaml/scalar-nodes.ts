import type { Position } from '../../model/position.ts';
import type { ScalarNode } from '../node.ts';
import { plainScalar } from '../yaml/plain-scalar.ts';
import { templateText } from '../template-text.ts';

/** A scalar that was quoted or a block, so that it is no number, boolean or null. */
export function textNode(written: string, { line, column }: Position): ScalarNode {
  const { type, text, template, error } = templateText(written);
  if (template === undefined) return { kind: 'scalar', type, text, line, column };
  return { kind: 'scalar', type, text, template, ...(error === undefined ? {} : { error }), line, column };
}

/** A scalar that was written without quotes. */
export function plainNode(written: string, position: Position): ScalarNode {
  const { type, text } = plainScalar(written);
  return type === 'string' ? textNode(written, position) : { kind: 'scalar', type, text, ...position };
}
