import type { MappingNode, Node, ScalarNode } from '../node.ts';
import { blockScalar } from './block-scalar.ts';
import { CODE, Unsure } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { flowCollection } from './flow.ts';
import { keyOnLine } from './key.ts';
import { plainScalarLines } from './plain.ts';
import { quotedScalar } from './quoted.ts';
import { plainNode, textNode } from './scalar-nodes.ts';

/**
 * The node that begins here, on a line of its own or behind the dash of a list; goes to the line behind it. `parent` is how
 * far the collection is indented that holds it.
 */
export function blockNode(cursor: Cursor, parent: number, depth: number): Node {
  if (cursor.isAtDash()) return blockSequence(cursor, cursor.column() - 1, depth);
  const code = cursor.code();
  if (code !== CODE.openBracket && code !== CODE.openBrace && code !== CODE.bar && code !== CODE.greater) {
    const column = cursor.column();
    const key = keyOnLine(cursor);
    if (key !== null) return blockMapping(cursor, key, column - 1, depth);
  }
  return value(cursor, parent, depth);
}

/** The mapping whose first key was read. */
function blockMapping(cursor: Cursor, first: ScalarNode, indent: number, depth: number): Node {
  const { line, column } = first;
  cursor.count(2, depth + 1);
  const pairs: MappingNode['pairs'][number][] = [];
  for (let key: ScalarNode | null = first; key !== null; key = keyOnLine(cursor)) {
    cursor.count(1, depth + 1);
    pairs.push({ key, value: valueOfKey(cursor, indent, depth + 1) });
    if (cursor.indent > indent) throw new Unsure();
    if (cursor.indent < indent) return { kind: 'mapping', pairs, line, column };
    mindDocumentMarker(cursor);
  }
  throw new Unsure();
}

/** The value behind a colon: on its line, on the next ones, or none. */
function valueOfKey(cursor: Cursor, indent: number, depth: number): Node {
  const { line } = cursor;
  const column = cursor.column();
  const behindColon = cursor.at;
  cursor.skipSpaces();
  if (!cursor.isAtLineEnd()) return value(cursor, indent, depth);
  cursor.at = behindColon;
  cursor.endLine();
  if (cursor.indent > indent) return nodeBelow(cursor, line, indent, depth);
  if (cursor.indent === indent && cursor.isAtDash()) return blockSequence(cursor, indent, depth);
  cursor.count(1, depth);
  return { kind: 'scalar', type: 'null', text: '', line, column };
}

function blockSequence(cursor: Cursor, indent: number, depth: number): Node {
  const { line } = cursor;
  const column = cursor.column();
  cursor.count(2, depth + 1);
  const items: Node[] = [];
  while (cursor.isAtDash()) {
    items.push(itemOf(cursor, indent, depth + 1));
    if (cursor.indent > indent) throw new Unsure();
    if (cursor.indent < indent) break;
  }
  return { kind: 'sequence', items, line, column };
}

function itemOf(cursor: Cursor, indent: number, depth: number): Node {
  const { line } = cursor;
  cursor.at++;
  const behindDash = cursor.at;
  cursor.skipSpaces();
  if (!cursor.isAtLineEnd()) return blockNode(cursor, indent, depth);
  cursor.at = behindDash;
  cursor.endLine();
  if (cursor.indent <= indent) throw new Unsure();
  return nodeBelow(cursor, line, indent, depth);
}

/** What stands below a key or a dash. `yaml` takes less indentation for a scalar behind comments and empty lines. */
function nodeBelow(cursor: Cursor, lineAbove: number, indent: number, depth: number): Node {
  const isNextLine = cursor.line === lineAbove + 1;
  const code = cursor.code();
  if (code === CODE.bar || code === CODE.greater) throw new Unsure();
  const node = blockNode(cursor, indent, depth);
  const isBlock = node.kind !== 'scalar' && code !== CODE.openBracket && code !== CODE.openBrace;
  if (!isNextLine && !isBlock) throw new Unsure();
  return node;
}

/** A scalar or a flow collection. */
function value(cursor: Cursor, parent: number, depth: number): Node {
  const node = inlineValue(cursor, parent, depth);
  // More of the same scalar, or an error.
  if (cursor.indent > parent) throw new Unsure();
  return node;
}

function inlineValue(cursor: Cursor, parent: number, depth: number): Node {
  const code = cursor.code();
  if (code === CODE.openBracket || code === CODE.openBrace) {
    const node = flowCollection(cursor, parent, depth);
    cursor.endLine();
    return node;
  }
  cursor.count(1, depth);
  const position = cursor.position();
  if (code === CODE.bar || code === CODE.greater) return textNode(blockScalar(cursor, parent), position);
  if (code === CODE.doubleQuote || code === CODE.singleQuote) {
    const node = textNode(quotedScalar(cursor, parent), position);
    cursor.endLine();
    return node;
  }
  return plainNode(plainScalarLines(cursor, parent), position);
}

/** `---` and `...` at the beginning of a line begin and end documents. */
function mindDocumentMarker(cursor: Cursor): void {
  const code = cursor.code();
  if (cursor.indent === 0 && (code === CODE.dash || code === CODE.dot)) throw new Unsure();
}
