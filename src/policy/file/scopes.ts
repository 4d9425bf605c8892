import type { NewPermission } from '../../model/permission.ts';
import type { Platform } from '../../model/settings.ts';
import { TABLE_DATE } from '../../permissions/permission-table.ts';
import { permissionsOn } from '../../permissions/platform.ts';
import type { Node } from '../../workflow/node.ts';
import { PERMISSION } from './names.ts';
import { pairsOf, textsOf, wordOf } from './nodes.ts';
import type { Reading } from './reading.ts';

const NEW_LEVELS = ['read', 'write'] as const;

/** The permissions under `scopes`. What our table knows by now is among them, and the table goes first. */
export function scopesIn(reading: Reading, node: Node, platform: Platform): readonly NewPermission[] {
  const pairs = pairsOf(reading, node, '`scopes`', 'new permissions and their levels') ?? new Map<string, never>();
  return [...pairs].flatMap(([name, { key, value }]): readonly NewPermission[] => {
    const texts = textsOf(reading, value, `the levels of '${name}'`, 'read and write') ?? [];
    const levels = texts.flatMap(({ node: place }) => wordOf(reading, place, `a level of '${name}'`, NEW_LEVELS) ?? []);
    if (permissionsOn(platform).some((facts) => facts.name === name)) {
      // No mistake: a newer table must not break the run of somebody who changed nothing.
      reading.notice(
        key,
        `'${name}' under \`scopes\` does not count: the table of ${TABLE_DATE} knows this permission. Remove it.`,
      );
    } else if (!PERMISSION.test(name)) {
      reading.problem(
        key,
        `'${name}' cannot be the name of a permission.`,
        'Write it as GitHub does, such as pull-requests.',
      );
      return [];
    }
    return [{ name, levels: NEW_LEVELS.filter((level) => levels.includes(level)) }];
  });
}
