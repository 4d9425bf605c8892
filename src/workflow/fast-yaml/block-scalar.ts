import { CODE, Unsure } from './cursor.ts';
import type { Cursor } from './cursor.ts';

/**
 * The text of a literal or folded block scalar whose indicator is next; goes to the line behind it. `parent` is how far the
 * collection is indented that holds it.
 */
export function blockScalar(cursor: Cursor, parent: number): string {
  const isFolded = cursor.code() === CODE.greater;
  cursor.at++;
  // `+` and an indentation of its own are rare.
  const isStripped = cursor.code() === CODE.dash;
  if (isStripped) cursor.at++;
  endHeader(cursor);

  const lines = contentLines(cursor, parent);
  const text = isFolded ? folded(lines) : lines.join('\n');
  return isStripped ? text : `${text}\n`;
}

/** Goes to the line feed behind the header. */
function endHeader(cursor: Cursor): void {
  const before = cursor.at;
  cursor.skipSpaces();
  if (cursor.code() === CODE.hash && cursor.at > before) cursor.skipComment();
  if (cursor.code() !== CODE.lineFeed) throw new Unsure();
}

/** The lines without their common indentation, and without the empty ones at the end. */
function contentLines(cursor: Cursor, parent: number): readonly string[] {
  const { text } = cursor;
  const lines: string[] = [];
  let indent = -1;
  let mostBefore = 0;
  let last = 0;
  // Where the line feed is behind the last line that is surely content, and what number that line has.
  let end = cursor.at;
  let endLine = cursor.line;
  for (let start = cursor.at + 1, line = cursor.line + 1; start < text.length; line++) {
    let content = start;
    while (text.charCodeAt(content) === CODE.space) content++;
    const lineEnd = endOfLine(text, content);
    // A last line of spaces alone, without a line feed.
    if (content === text.length) throw new Unsure();
    if (content === lineEnd) {
      if (indent < 0) mostBefore = Math.max(mostBefore, content - start);
    } else if (indent < 0) {
      indent = content - start;
      if (indent <= parent || indent < mostBefore) throw new Unsure();
    } else if (content - start < indent) break;
    const hasContent = indent >= 0 && lineEnd - start > indent;
    lines.push(hasContent ? text.slice(start + indent, lineEnd) : '');
    if (hasContent) {
      last = lines.length;
      end = lineEnd;
      endLine = line;
    }
    start = lineEnd + 1;
  }
  if (last === 0) throw new Unsure();
  lines.length = last;
  cursor.at = end;
  cursor.line = endLine;
  cursor.endLine();
  return lines;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Joins lines as a folded scalar does: those that are indented more, and empty ones, keep their line feeds. */
function folded(lines: readonly string[]): string {
  let text = '';
  let separator = '';
  let isAfterIndented = false;
  let hasContent = false;
  for (const line of lines) {
    if (!hasContent && line === '') {
      text += '\n';
      continue;
    }
    hasContent = true;
    if (line.startsWith(' ')) {
      if (separator === ' ') separator = '\n';
      else if (!isAfterIndented && separator === '\n') separator = '\n\n';
      text += separator + line;
      separator = '\n';
      isAfterIndented = true;
    } else if (line === '') {
      if (separator === '\n') text += '\n';
      else separator = '\n';
    } else {
      text += separator + line;
      separator = ' ';
      isAfterIndented = false;
    }
  }
  return text;
}
