import { Lexer } from 'yaml';
import type { Comment } from '../comments.ts';
import { lineMap } from './line-map.ts';
import { MAX_CHARACTERS } from './yaml-limits.ts';

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
