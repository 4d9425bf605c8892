import type { ScalarNode } from '../node.ts';
import { CODE, isBlank, Unsure } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { startsPlain, withoutSpaceAtEnd } from './plain.ts';
import { closingQuote, unquoted } from './quoted.ts';
import { plainNode, textNode } from './scalar-nodes.ts';

/** No key of a workflow is nearly as long; `yaml` refuses those above 1,024 characters. */
const LONGEST = 500;

/** The key of a pair that begins here; goes behind its colon. `null`, without moving, when no key ends on this line. */
export function keyOnLine(cursor: Cursor): ScalarNode | null {
  const code = cursor.code();
  return code === CODE.doubleQuote || code === CODE.singleQuote ? quotedKey(cursor) : plainKey(cursor);
}

function quotedKey(cursor: Cursor): ScalarNode | null {
  const { text, at } = cursor;
  const position = cursor.position();
  const quote = text.charAt(at);
  cursor.at++;
  const close = closingQuote(cursor, quote);
  cursor.at = close + 1;
  cursor.skipSpaces();
  if (close < 0 || !isAtColon(cursor)) {
    cursor.at = at;
    return null;
  }
  if (close - at > LONGEST) throw new Unsure();
  cursor.at++;
  return textNode(unquoted(text.slice(at + 1, close), quote), position);
}

function plainKey(cursor: Cursor): ScalarNode | null {
  const { text, at } = cursor;
  const rest = text.slice(at, cursor.lineEnd());
  let colon = rest.indexOf(':');
  while (colon >= 0 && !isBlank(text.charCodeAt(at + colon + 1))) colon = rest.indexOf(':', colon + 1);
  if (colon < 0) return null;
  const written = withoutSpaceAtEnd(rest.slice(0, colon));
  if (written.includes(' #')) return null;
  if (colon > LONGEST || !startsPlain(text.charCodeAt(at), text.charCodeAt(at + 1))) throw new Unsure();
  const position = cursor.position();
  cursor.at = at + colon + 1;
  return plainNode(written, position);
}

function isAtColon({ text, at }: Cursor): boolean {
  return text.charCodeAt(at) === CODE.colon && isBlank(text.charCodeAt(at + 1));
}
