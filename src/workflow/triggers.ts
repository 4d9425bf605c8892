import type { Trigger } from '../model/workflow.ts';
import { literalText, literalTexts, valueOf } from './node.ts';
import type { Node } from './node.ts';

/**
 * The events under `on`, as written, in any of its three forms: one event, a list, a mapping.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#on
 */
export function triggersOf(on: Node | undefined): readonly Trigger[] {
  if (on === undefined) return [];
  if (on.kind === 'mapping') return on.pairs.map(({ key, value }) => trigger(key.text, key, value));
  const items = on.kind === 'sequence' ? on.items : [on];
  return items.flatMap((item) => {
    const event = literalText(item);
    return event === undefined ? [] : [trigger(event, item, undefined)];
  });
}

function trigger(event: string, { line, column }: Node, filters: Node | undefined): Trigger {
  const texts = (key: string) => literalTexts(valueOf(filters, key)) ?? null;
  return {
    event,
    position: { line, column },
    types: texts('types'),
    branches: texts('branches'),
    branchesIgnore: texts('branches-ignore'),
    tags: texts('tags'),
    tagsIgnore: texts('tags-ignore'),
    workflows: texts('workflows'),
  };
}
