import type { Comment } from '../comments.ts';
import type { Node } from '../node.ts';
import type { YamlTree } from '../yaml/yaml-tree.ts';
import { blockNode } from './block.ts';
import { CODE, Cursor, Unsure } from './cursor.ts';

/** Texts up to this length surely have fewer tokens than our limit, and few files are longer. */
const LONGEST = 200 * 1024;

/** Tabs, carriage returns that are alone, what cannot be printed, and what some take for the end of a line. */
const ODD = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\uffff]/;

/**
 * Reads the part of YAML of which nearly all workflow files are made: block collections, scalars that end on their line,
 * block scalars, flow collections and comments. The tree is that of `yamlTree`, which takes many times as long, without
 * problems. `null` for every other text, and for those that may be wrong in any way.
 */
export function fastTree(written: string): YamlTree | null {
  if (written.length > LONGEST) return null;
  const text = written.includes('\r') ? written.replaceAll('\r\n', '\n') : written;
  if (ODD.test(text)) return null;
  const cursor = new Cursor(text);
  try {
    const root = rootNode(cursor);
    return { root, problems: [], comments: () => commentsAt(cursor) };
  } catch (thrown) {
    if (thrown instanceof Unsure) return null;
    throw thrown;
  }
}

function commentsAt({ text, comments }: Cursor): readonly Comment[] {
  return comments.map(({ line, column, at }) => ({
    line,
    column,
    text: (/.*/y.exec(text.slice(at))?.[0] ?? '').trimEnd(),
  }));
}

function rootNode(cursor: Cursor): Node {
  skipBefore(cursor);
  if (cursor.indent === 0 && cursor.text.startsWith('---\n', cursor.at)) {
    cursor.at += 3;
    cursor.endLine();
  }
  const code = cursor.code();
  const mayBeMarker = code === CODE.dot || (code === CODE.dash && !cursor.isAtDash());
  const isFlow = code === CODE.openBracket || code === CODE.openBrace;
  if (cursor.indent !== 0 || mayBeMarker || isFlow) throw new Unsure();
  const root = blockNode(cursor, -1, 0);
  if (root.kind === 'scalar' || cursor.at < cursor.text.length) throw new Unsure();
  return root;
}

/** Skips comments and empty lines at the beginning. */
function skipBefore(cursor: Cursor): void {
  const code = cursor.code();
  if (code === CODE.hash) cursor.skipComment();
  if (code === CODE.hash || code === CODE.lineFeed) cursor.endLine();
  else cursor.indent = 0;
}
