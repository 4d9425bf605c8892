import type { AccessLevel, PermissionEntry, PermissionsBlock } from '../model/permission.ts';
import { literalText, pairOf } from './node.ts';
import type { Node } from './node.ts';

const LEVELS: ReadonlySet<string> = new Set(['none', 'read', 'write']);

/**
 * The `permissions` block of a workflow or a job, or `null` when there is none or when it is no block at all. What the
 * grammar refuses is left out: GitHub runs no job of such a file. `lines` are those of the file, for the comments.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export function permissionsBlock(parent: Node | undefined, lines: readonly string[]): PermissionsBlock | null {
  const pair = pairOf(parent, 'permissions');
  if (pair === undefined) return null;
  const { key, value } = pair;
  const position = { line: key.line, column: key.column };
  if (value.kind === 'mapping') {
    const entries = value.pairs.flatMap(({ key: name, value: level }): PermissionEntry[] => {
      const text = literalText(level);
      if (!isLevel(text)) return [];
      const entry = { line: name.line, column: name.column };
      return [{ permission: name.text, level: text, position: entry, comment: commentAt(lines, level) }];
    });
    return { position, shorthand: null, entries };
  }
  const text = literalText(value);
  if (text !== 'read-all' && text !== 'write-all') return null;
  const shorthand = {
    value: text,
    position: { line: value.line, column: value.column },
    comment: commentAt(lines, value),
  } as const;
  return { position, shorthand, entries: [] };
}

function isLevel(text: string | undefined): text is AccessLevel {
  return text !== undefined && LEVELS.has(text);
}

/** The comment behind a value on its line, or on the lines right above it. */
function commentAt(lines: readonly string[], { line, column }: Node): string | null {
  const [, beside] = /^[^\n]*?\s#+\s*(.*?)\s*$/.exec((lines[line - 1] ?? '').slice(column - 1)) ?? [];
  if (beside !== undefined && beside !== '') return beside;
  const above: string[] = [];
  for (let at = line - 2; /^\s*#/.test(lines[at] ?? ''); at--) above.unshift((lines[at] ?? '').replace(/^[\s#]+/, ''));
  const text = above.join(' ').trim();
  return text === '' ? null : text;
}
