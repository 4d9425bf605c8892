import type { ConcurrencyGroup } from '../model/workflow.ts';
import { valueOf } from './node.ts';
import type { Node } from './node.ts';

/**
 * The concurrency group of a workflow or of a job, as a field of it; none without a group.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#concurrency
 */
export function concurrencyOf(parent: Node | undefined): { readonly concurrency?: ConcurrencyGroup } {
  const value = valueOf(parent, 'concurrency');
  const group = value?.kind === 'mapping' ? valueOf(value, 'group') : value;
  if (group?.kind !== 'scalar' || group.text === '') return {};
  const { text, line, column } = group;
  return { concurrency: { text, isExpression: group.type === 'expression', line, column } };
}
