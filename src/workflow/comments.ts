import { Lexer } from 'yaml';
import type { Position } from '../model/position.ts';
import { lineMap } from './line-map.ts';
import { MAX_CHARACTERS } from './yaml-limits.ts';

/** A comment of a YAML file, from its first `#` to the end of its line. */
export interface Comment extends Position {
  readonly text: string;
}

/** Marks of the lexer of `yaml` that are not in the text. The second stands in front of a scalar's text. */
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);
const SCALAR = '\u001f';

/** The comments of a text, in their order. What looks like one inside of a scalar is none: the lexer knows. */
export function commentsIn(text: string): readonly Comment[] {
  // GitHub does not read a longer file either.
  if (text.length > MAX_CHARACTERS) return [];
  const { position } = lineMap(text);
  const comments: Comment[] = [];
  let offset = text.startsWith('\ufeff') ? 1 : 0;
  let before = '';
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '\ufeff') continue;
    if (lexeme.startsWith('#') && before !== SCALAR) comments.push({ ...position(offset), text: lexeme.trimEnd() });
    if (!MARKS.has(lexeme)) offset += lexeme.length;
    before = lexeme;
  }
  return comments;
}

/** Finds the comments beside and above what stands in a file. */
export interface CommentLines {
  /** What follows a one-line scalar on its line, once the scalar is found there as it reads; else `null`. */
  readonly behind: (scalar: Position & { readonly text: string }) => string | null;
  /** The comment that ends a line, however much stands in front of it; `null` without one. */
  readonly on: (line: number) => Comment | null;
  /** The same for a line that holds nothing else. */
  readonly alone: (line: number) => Comment | null;
}

/** The comments of a text by line. The text is only read for them when one is asked for where a `#` stands. */
export function commentLines(text: string): CommentLines {
  const lines = text.split('\n');
  let known: ReadonlyMap<number, Comment> | null = null;
  const on = (line: number): Comment | null => {
    if (lines[line - 1]?.includes('#') !== true) return null;
    known ??= new Map(commentsIn(text).map((comment) => [comment.line, comment]));
    return known.get(line) ?? null;
  };
  const alone = (line: number): Comment | null => {
    const comment = on(line);
    return comment === null || (lines[line - 1] ?? '').slice(0, comment.column - 1).trim() !== '' ? null : comment;
  };
  const behind = ({ line, column, text: scalar }: Position & { readonly text: string }): string | null => {
    const rest = lines[line - 1]?.slice(column - 1) ?? '';
    return rest.startsWith(scalar) ? rest.slice(scalar.length) : null;
  };
  return { behind, on, alone };
}

/** What a comment says, without its signs. */
export function wordsOf({ text }: Comment): string {
  return text.replace(/^#+/, '').trim();
}
