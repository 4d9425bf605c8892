import type { AccessLevel, PermissionEntry, PermissionsBlock } from '../model/permission.ts';
import { wordsOf } from './comments.ts';
import type { Comment, CommentLines } from './comments.ts';
import { literalText, pairOf } from './node.ts';
import type { Node } from './node.ts';

const LEVELS: ReadonlySet<string> = new Set(['none', 'read', 'write']);

/**
 * The `permissions` block of a workflow or a job, or `null` when there is none or when it is no block at all. What the
 * grammar refuses is left out: GitHub runs no job of such a file. `comments` are those of the file.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export function permissionsBlock(parent: Node | undefined, comments: CommentLines): PermissionsBlock | null {
  const pair = pairOf(parent, 'permissions');
  if (pair === undefined) return null;
  const { key, value } = pair;
  const position = { line: key.line, column: key.column };
  if (value.kind === 'mapping') {
    const entries = value.pairs.flatMap(({ key: name, value: level }): PermissionEntry[] => {
      const text = literalText(level);
      if (!isLevel(text)) return [];
      const entry = { line: name.line, column: name.column };
      return [{ permission: name.text, level: text, position: entry, comment: commentAt(comments, name, level) }];
    });
    return { position, shorthand: null, entries };
  }
  const text = literalText(value);
  if (text !== 'read-all' && text !== 'write-all') return null;
  const shorthand = {
    value: text,
    position: { line: value.line, column: value.column },
    comment: commentAt(comments, key, value),
  } as const;
  return { position, shorthand, entries: [] };
}

function isLevel(text: string | undefined): text is AccessLevel {
  return text !== undefined && LEVELS.has(text);
}

/** The comment behind a key or its value, or on the lines right above the key; `null` without one that says something. */
function commentAt(comments: CommentLines, key: Node, value: Node): string | null {
  // What an alias stands for is further up, and has a comment for itself.
  const lines = value.line > key.line ? [key.line, value.line] : [key.line];
  const quick = value.kind === 'scalar' && value.line === key.line ? comments.behind(value) : null;
  // Most are told at a glance, without reading all of the text for its comments.
  const told = quick === null ? null : /^[ \t]+#+([^]*)/.exec(quick)?.[1]?.trim();
  if (told !== undefined && told !== null && told !== '') return told;
  const beside = lines.map((line) => comments.on(line)).filter((comment) => comment !== null);
  const above: Comment[] = [];
  for (let line = key.line - 1, comment = comments.alone(line); comment !== null; comment = comments.alone(--line)) {
    above.unshift(comment);
  }
  const [text] = [beside, above].map((found) => found.map(wordsOf).join(' ').trim()).filter((found) => found !== '');
  return text ?? null;
}
