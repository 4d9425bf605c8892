import type { AccessLevel, PermissionEntry, Permissions, PermissionsBlock } from '../../model/permission.ts';
import type { Platform } from '../../model/settings.ts';
import { unknownPermissionHint } from '../../permissions/check-permissions.ts';
import { declaredPermissions } from '../../permissions/declared.ts';
import { PERMISSION_TABLE } from '../../permissions/permission-table.ts';
import type { PermissionLevels } from '../../permissions/permission-table.ts';
import { permissionsOn } from '../../permissions/platform.ts';
import { didYouMean } from '../../words/nearest-word.ts';
import type { Node } from '../../workflow/node.ts';
import { noExpression, pairsOf, wordOf, wrongKind } from './nodes.ts';
import type { Reading } from './reading.ts';
import { listed } from '../../words/in-words.ts';

export const ACCESS_LEVELS = ['none', 'read', 'write'] as const satisfies readonly AccessLevel[];
const SHORTHANDS = ['read-all', 'write-all'] as const;

/**
 * A block of permissions, read like GitHub's own: a mapping, `read-all`, `write-all` or `{}`. Shorthands are spelled out
 * by the table of the platform; a permission that the platform lacks is left out, since no job can have it there.
 */
export function permissionsIn(reading: Reading, node: Node, platform: Platform): Permissions {
  const position = { line: node.line, column: node.column };
  const block = (rest: Pick<PermissionsBlock, 'shorthand' | 'entries'>) =>
    declaredPermissions({ position, ...rest }, platform);
  if (node.kind === 'mapping') return block({ shorthand: null, entries: entriesIn(reading, node, platform) });
  if (node.kind !== 'scalar' || node.type === 'null' || reading.isExpression(node)) {
    wrongKind(reading, node, '`permissions`', 'a mapping of permissions, read-all, write-all or {}');
    return {};
  }
  if (node.text === 'none') {
    reading.problem(
      node,
      "`permissions` is a mapping of permissions, read-all, write-all or {}, not 'none'.",
      'Write {}.',
    );
    return {};
  }
  const value = wordOf(reading, node, '`permissions`', SHORTHANDS);
  return value === null ? {} : block({ shorthand: { value, position, comment: null }, entries: [] });
}

/** The lines of a mapping of permissions. */
export function entriesIn(reading: Reading, node: Node, platform: Platform): readonly PermissionEntry[] {
  const pairs = pairsOf(reading, node, '`permissions`', 'permissions and their levels') ?? new Map<string, never>();
  return [...pairs.values()].flatMap(({ key, value }): readonly PermissionEntry[] => {
    const facts = permissionNamed(reading, key, platform);
    const level = facts === null ? null : levelIn(reading, value, facts);
    if (level === null) return [];
    return [{ permission: key.text, level, position: { line: key.line, column: key.column }, comment: null }];
  });
}

/** What is known of the permission that a scalar names; says so when it is none that a workflow file can write. */
export function permissionNamed(
  reading: Reading,
  node: Node & { readonly kind: 'scalar' },
  platform: Platform,
): PermissionLevels | null {
  const { text } = node;
  const facts = factsOf(text, platform);
  if (facts !== undefined && facts.levels.length > 0) return facts;
  reading.problem(node, `There is no permission '${text}'.`, unknownPermissionHint(text, platform));
  return null;
}

/** A policy may be for several servers, so what only some of them have can be named. */
function factsOf(name: string, platform: Platform): PermissionLevels | undefined {
  const all: readonly PermissionLevels[] = [...permissionsOn(platform), ...PERMISSION_TABLE];
  const facts = all.find((one) => one.name === name);
  // What an older table took from `scopes` may be a level that the permission turned out not to have.
  const added = platform.newPermissions?.find((one) => one.name === name)?.levels ?? [];
  return facts === undefined || added.length === 0 || facts.levels.length === 0
    ? facts
    : { ...facts, levels: [...new Set([...facts.levels, ...added])] };
}

function levelIn(reading: Reading, node: Node, { name, levels }: PermissionLevels): AccessLevel | null {
  if (reading.isExpression(node)) {
    noExpression(reading, node);
    return null;
  }
  const words = ACCESS_LEVELS.filter((level) => levels.includes(level));
  const level = node.kind === 'scalar' ? words.find((word) => word === node.text) : undefined;
  if (level !== undefined) return level;
  if (node.kind !== 'scalar' || node.type === 'null')
    wrongKind(reading, node, `the level of '${name}'`, listed(words, 'or'));
  else
    reading.problem(
      node,
      `The level of '${name}' is ${listed(words, 'or')}, not '${node.text}'.`,
      didYouMean(node.text, words).trim(),
    );
  return null;
}
