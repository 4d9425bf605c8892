import type { WhatIf } from '../../model/settings.ts';
import type { Node } from '../../workflow/node.ts';
import { knownPairs, wordOf, wrongKind } from './nodes.ts';
import type { Reading } from './reading.ts';

const SETTINGS = ['default-permissions', 'visibility'] as const;

/** A mapping of one setting to the value that is to be tried. */
export function whatIfIn(reading: Reading, node: Node): WhatIf | null {
  if (node.kind !== 'mapping' || node.pairs.length !== 1) {
    wrongKind(reading, node, '`what-if`', 'one setting with its value, such as `default-permissions: read`');
    return null;
  }
  const pairs = knownPairs(reading, node, '`what-if`', SETTINGS);
  const setting = pairs?.get('default-permissions')?.value;
  if (setting !== undefined) {
    const value = wordOf(reading, setting, '`default-permissions`', ['read', 'write'] as const);
    return value === null ? null : { setting: 'default-permissions', value };
  }
  const visibility = pairs?.get('visibility')?.value;
  if (visibility === undefined) return null;
  const value = wordOf(reading, visibility, '`visibility`', ['public', 'private', 'internal'] as const);
  return value === null ? null : { setting: 'visibility', value };
}
