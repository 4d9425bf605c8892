import type { Node } from '../../workflow/node.ts';
import { OWNER } from './names.ts';
import { textsOf } from './nodes.ts';
import type { Reading } from './reading.ts';

/** The owners under `trusted-owners`: of the same enterprise. */
export function trustedOwnersIn(reading: Reading, node: Node): readonly string[] {
  const texts = textsOf(reading, node, '`trusted-owners`', 'owners') ?? [];
  return texts.flatMap(({ text, node: place }) => {
    if (OWNER.test(text)) return [text];
    reading.problem(place, `'${text}' is no owner.`, 'Write the name of a user or an organization, such as octo-org.');
    return [];
  });
}
