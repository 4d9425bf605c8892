import { pairOf } from '../../workflow/node.ts';
import type { Node } from '../../workflow/node.ts';
import type { Reading } from './reading.ts';

const VERSION = 'Write `version: 1`.';

/** Whether a policy is of a version that can be read. One that names none is read, so that all its mistakes are told. */
export function isSupported(reading: Reading, root: Node): boolean {
  if (root.kind !== 'mapping') return true;
  const version = pairOf(root, 'version')?.value;
  if (version === undefined) {
    reading.problem(root, 'The policy does not say which version it is of.', VERSION);
    return true;
  }
  if (version.kind !== 'scalar' || version.type !== 'number') {
    const written = version.kind === 'scalar' && version.text === '1' ? 'a text' : 'that';
    reading.problem(version, `\`version\` is the number 1, not ${written}.`, VERSION);
    return true;
  }
  if (version.text === '1') return true;
  reading.problem(
    version,
    `A policy of version ${version.text} cannot be read: this version of effective-permissions reads version 1.`,
    VERSION,
  );
  return false;
}
