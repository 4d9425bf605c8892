import { CODE, Unsure } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { withoutSpaceAtEnd } from './plain.ts';

/** What one letter means behind a backslash in double quotes; the full reader knows more of them. */
const ESCAPED: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', n: '\n', t: '\t', r: '\r' };

const ESCAPE = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([^]?))/g;

/**
 * The text of the quoted scalar whose quote is next; goes behind it. `parent` is how far the block collection is indented
 * that holds it. Its lines are joined as those of a plain scalar.
 */
export function quotedScalar(cursor: Cursor, parent: number): string {
  const { text } = cursor;
  const quote = text.charAt(cursor.at);
  cursor.at++;
  let written = '';
  for (let separator = ''; ;) {
    const close = closingQuote(cursor, quote);
    if (close >= 0) {
      written += separator + unquoted(text.slice(cursor.at, close), quote);
      cursor.at = close + 1;
      return written;
    }
    const lineEnd = cursor.lineEnd();
    written += separator + unquoted(withoutSpaceAtEnd(text.slice(cursor.at, lineEnd)), quote);
    cursor.at = lineEnd;
    separator = toNextPart(cursor, parent);
  }
}

/** Where the quote closes on this line, -1 when it does not. The cursor is inside of the quotes. */
export function closingQuote(cursor: Cursor, quote: string): number {
  const { text } = cursor;
  const lineEnd = cursor.lineEnd();
  for (let index = cursor.at; index < lineEnd; index++) {
    const code = text.charCodeAt(index);
    if (code === CODE.backslash && quote === '"') index++;
    else if (code === quote.charCodeAt(0)) {
      if (quote === '"' || text.charCodeAt(index + 1) !== code) return index;
      index++;
    }
  }
  return -1;
}

/** Goes to the first character of the next line that is not empty; returns what the line feeds before it stand for. */
function toNextPart(cursor: Cursor, parent: number): string {
  const { line } = cursor;
  do {
    if (cursor.code() !== CODE.lineFeed) throw new Unsure();
    cursor.startLine();
    cursor.skipSpaces();
  } while (cursor.code() === CODE.lineFeed);
  if (cursor.at - cursor.lineStart <= parent) throw new Unsure();
  return '\n'.repeat(cursor.line - line - 1) || ' ';
}

/** Takes what stands between quotes. */
export function unquoted(written: string, quote: string): string {
  if (quote === "'") return written.includes("'") ? written.replaceAll("''", "'") : written;
  return written.includes('\\') ? written.replaceAll(ESCAPE, unescaped) : written;
}

function unescaped(_: string, short?: string, long?: string, byte?: string, character = ''): string {
  const hexadecimal = short ?? long ?? byte;
  const code = Number.parseInt(hexadecimal ?? '0', 16);
  const meant =
    hexadecimal === undefined ? ESCAPED[character] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  if (meant === undefined) throw new Unsure();
  return meant;
}
