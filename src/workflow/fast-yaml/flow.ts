import type { MappingNode, Node, ScalarNode } from '../node.ts';
import { CODE, Unsure } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { startsPlain } from './plain.ts';
import { quotedScalar } from './quoted.ts';
import { plainNode, textNode } from './scalar-nodes.ts';

/**
 * The flow collection whose bracket is next; goes behind it. `parent` is how far the block collection is indented that
 * holds it.
 */
export function flowCollection(cursor: Cursor, parent: number, depth: number, level = 1): Node {
  const { line } = cursor;
  const column = cursor.column();
  const isMapping = cursor.code() === CODE.openBrace;
  const close = isMapping ? CODE.closeBrace : CODE.closeBracket;
  cursor.count(2, depth + 1);
  cursor.at++;
  const pairs: MappingNode['pairs'][number][] = [];
  const items: Node[] = [];
  skipBlank(cursor, parent, level);
  while (cursor.code() !== close) {
    if (isMapping) pairs.push(flowPair(cursor, parent, depth + 1, level));
    else items.push(flowNode(cursor, parent, depth + 1, level));
    skipBlank(cursor, parent, level);
    if (cursor.code() === CODE.comma) {
      cursor.at++;
      skipBlank(cursor, parent, level);
    } else if (cursor.code() !== close) throw new Unsure();
  }
  cursor.at++;
  return isMapping ? { kind: 'mapping', pairs, line, column } : { kind: 'sequence', items, line, column };
}

/** A key with a value on the same line, both written out. */
function flowPair(cursor: Cursor, parent: number, depth: number, level: number): MappingNode['pairs'][number] {
  const { line } = cursor;
  const key = flowScalar(cursor, parent, depth);
  if (cursor.line !== line) throw new Unsure();
  if (cursor.code() !== CODE.colon || cursor.text.charCodeAt(cursor.at + 1) !== CODE.space) throw new Unsure();
  cursor.at++;
  cursor.skipSpaces();
  return { key, value: flowNode(cursor, parent, depth, level) };
}

function flowNode(cursor: Cursor, parent: number, depth: number, level: number): Node {
  const code = cursor.code();
  if (code === CODE.openBracket || code === CODE.openBrace) return flowCollection(cursor, parent, depth, level + 1);
  return flowScalar(cursor, parent, depth);
}

function flowScalar(cursor: Cursor, parent: number, depth: number): ScalarNode {
  cursor.count(1, depth);
  const position = cursor.position();
  const code = cursor.code();
  const isQuoted = code === CODE.doubleQuote || code === CODE.singleQuote;
  return isQuoted ? textNode(quotedScalar(cursor, parent), position) : plainNode(flowPlain(cursor), position);
}

/** A plain scalar that ends on its line. */
function flowPlain(cursor: Cursor): string {
  const { text, at } = cursor;
  if (!startsPlain(text.charCodeAt(at), text.charCodeAt(at + 1))) throw new Unsure();
  let end = at;
  for (let index = at; ; index++) {
    const code = text.charCodeAt(index);
    if (code === CODE.openBracket || code === CODE.openBrace) throw new Unsure();
    if (code === CODE.hash && text.charCodeAt(index - 1) === CODE.space) break;
    if (code === CODE.colon && endsWord(text.charCodeAt(index + 1))) break;
    if (code !== CODE.space && endsWord(code)) break;
    if (code !== CODE.space) end = index + 1;
  }
  cursor.at = end;
  return text.slice(at, end);
}

function endsWord(code: number): boolean {
  switch (code) {
    case CODE.space:
    case CODE.lineFeed:
    case CODE.comma:
    case CODE.openBracket:
    case CODE.closeBracket:
    case CODE.openBrace:
    case CODE.closeBrace:
      return true;
  }
  return Number.isNaN(code);
}

/** Skips what means nothing between the parts of a flow collection: spaces, line feeds and comments. */
function skipBlank(cursor: Cursor, parent: number, level: number): void {
  const { line } = cursor;
  for (;;) {
    const before = cursor.at;
    cursor.skipSpaces();
    const code = cursor.code();
    if (code === CODE.lineFeed) cursor.startLine();
    else if (code === CODE.hash) {
      if (before === cursor.at && before !== cursor.lineStart) throw new Unsure();
      cursor.skipComment();
    } else break;
  }
  if (cursor.line === line) return;
  const indent = cursor.at - cursor.lineStart;
  const code = cursor.code();
  const isClosing = level === 1 && (code === CODE.closeBracket || code === CODE.closeBrace);
  if (indent <= parent && !(indent === parent && isClosing)) throw new Unsure();
}
