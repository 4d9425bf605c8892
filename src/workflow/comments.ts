import type { Position } from '../model/position.ts';

/** A comment of a YAML file, from its first `#` to the end of its line. */
export interface Comment extends Position {
  readonly text: string;
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

/** The comments of a text by line. `all` finds them; it is only asked when a comment is where a `#` stands. */
export function commentLines(text: string, all: () => readonly Comment[]): CommentLines {
  let split: readonly string[] | undefined;
  const textOf = (line: number): string => (split ??= text.split('\n'))[line - 1] ?? '';
  let known: ReadonlyMap<number, Comment> | null = null;
  const on = (line: number): Comment | null => {
    if (!textOf(line).includes('#')) return null;
    known ??= new Map(all().map((comment) => [comment.line, comment]));
    return known.get(line) ?? null;
  };
  const alone = (line: number): Comment | null => {
    const comment = on(line);
    return comment === null ||
      textOf(line)
        .slice(0, comment.column - 1)
        .trim() !== ''
      ? null
      : comment;
  };
  const behind = ({ line, column, text: scalar }: Position & { readonly text: string }): string | null => {
    const rest = textOf(line).slice(column - 1);
    return rest.startsWith(scalar) ? rest.slice(scalar.length) : null;
  };
  return { behind, on, alone };
}

/** What a comment says, without its signs. */
export function wordsOf({ text }: Comment): string {
  return text.replace(/^#+/, '').trim();
}
