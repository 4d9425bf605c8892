import type { DefaultPermissions } from '../../model/settings.ts';
import { mostRestrictive } from '../../permissions/default-setting.ts';
import type { Node } from '../../workflow/node.ts';
import { knownPairs, wordOf, wrongKind } from './nodes.ts';
import type { Reading } from './reading.ts';

const LEVELS = ['enterprise', 'organization', 'repository'] as const;
const SETTING = ['read', 'write'] as const;

/**
 * The setting "Workflow permissions": one word, or the levels that are known, of which the most restrictive applies.
 * `null` when these do not tell: a repository may be stricter than what is above it.
 */
export function defaultPermissionsIn(reading: Reading, node: Node): DefaultPermissions | null {
  if (node.kind === 'scalar' && node.type !== 'null') return wordOf(reading, node, '`default-permissions`', SETTING);
  if (node.kind !== 'mapping' || node.pairs.length === 0) {
    wrongKind(
      reading,
      node,
      '`default-permissions`',
      'read, write, or a mapping of levels such as `organization: read`',
    );
    return null;
  }
  const pairs = knownPairs(reading, node, '`default-permissions`', LEVELS);
  const known: Partial<Record<(typeof LEVELS)[number], DefaultPermissions>> = {};
  for (const level of LEVELS) {
    const value = pairs?.get(level)?.value;
    const setting = value === undefined ? null : wordOf(reading, value, `\`${level}\``, SETTING);
    if (setting !== null) known[level] = setting;
  }
  const setting = mostRestrictive(known);
  return setting === 'unknown' ? null : setting;
}
