import type { AccessLevel, PermissionEntry, PermissionsBlock } from '../model/permission.ts';
import { literalText, pairOf } from './node.ts';
import type { Node } from './node.ts';

const LEVELS: ReadonlySet<string> = new Set(['none', 'read', 'write']);

/**
 * The `permissions` block of a workflow or a job, or `null` when there is none or when it is no block at all. What the
 * grammar refuses is left out: GitHub runs no job of such a file.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export function permissionsBlock(parent: Node | undefined): PermissionsBlock | null {
  const pair = pairOf(parent, 'permissions');
  if (pair === undefined) return null;
  const { key, value } = pair;
  const position = { line: key.line, column: key.column };
  if (value.kind === 'mapping') {
    const entries = value.pairs.flatMap(({ key: name, value: level }): PermissionEntry[] => {
      const text = literalText(level);
      if (!isLevel(text)) return [];
      return [{ permission: name.text, level: text, position: { line: name.line, column: name.column } }];
    });
    return { position, shorthand: null, entries };
  }
  const text = literalText(value);
  if (text !== 'read-all' && text !== 'write-all') return null;
  return { position, shorthand: { value: text, position: { line: value.line, column: value.column } }, entries: [] };
}

function isLevel(text: string | undefined): text is AccessLevel {
  return text !== undefined && LEVELS.has(text);
}
