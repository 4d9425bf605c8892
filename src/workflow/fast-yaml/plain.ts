import { CODE, Unsure } from './cursor.ts';
import type { Cursor } from './cursor.ts';

/** Whether a plain scalar surely begins with these two characters. */
export function startsPlain(code: number, next: number): boolean {
  if (code >= 128) return true;
  if (code === CODE.dash) return startsWord(next) || next === CODE.dash;
  return startsWord(code);
}

/** Letters, digits and `$().+/<=;\^_~`. */
function startsWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 46 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    '$()+<=;\\^_~'.includes(String.fromCharCode(code))
  );
}

/**
 * A plain scalar in a block collection that is indented as far as `parent`; goes to the line behind it. Its lines are
 * joined by a space, or by the line feeds of the empty lines between them.
 */
export function plainScalarLines(cursor: Cursor, parent: number): string {
  const { text, at, comments } = cursor;
  if (!startsPlain(text.charCodeAt(at), text.charCodeAt(at + 1))) throw new Unsure();
  const before = comments.length;
  let written = '';
  for (let separator = ''; ;) {
    const { line } = cursor;
    written += separator + plainOnLine(cursor);
    cursor.endLine();
    // What is indented as a part of the scalar behind a comment is an error.
    if (cursor.indent <= parent || comments.length > before) return written;
    separator = '\n'.repeat(cursor.line - line - 1) || ' ';
  }
}

function plainOnLine(cursor: Cursor): string {
  const line = cursor.text.slice(cursor.at, cursor.lineEnd());
  const comment = line.indexOf(' #');
  const written = withoutSpaceAtEnd(comment < 0 ? line : line.slice(0, comment));
  // A key, where none can be.
  if (written.includes(': ') || written.endsWith(':')) throw new Unsure();
  cursor.at += written.length;
  return written;
}

/** Spaces alone: other white space is content. */
export function withoutSpaceAtEnd(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === CODE.space) end--;
  return end === text.length ? text : text.slice(0, end);
}
