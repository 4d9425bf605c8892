import { Lexer } from 'yaml';
import type { IgnoreComment } from '../model/workflow.ts';
import type { Position } from '../model/position.ts';
import { lineMap } from './line-map.ts';

const NAME = 'effective-permissions:';

/** What stands behind the name: the word, the rules in brackets, the reason. */
const IGNORE = /^#+\s*effective-permissions:\s*ignore\b\s*(?:\[(?<rules>[^\]]*)\])?\s*(?<reason>.*)$/;

/** Marks of the lexer of `yaml` that are not in the text. The second stands in front of a scalar's text. */
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);
const SCALAR = '\u001f';

/**
 * The comments `# effective-permissions: ignore[rule, rule] reason` of a file. Beside a line such a comment is about that
 * line, on a line of its own about the next line that is no comment; in both cases with the block that begins there.
 */
export function ignoreComments(text: string): readonly IgnoreComment[] {
  if (!text.includes(NAME)) return [];
  const lines = text.split('\n');
  return commentsIn(text).flatMap(({ line, column, comment }) => {
    const match = IGNORE.exec(comment);
    if (match === null) return [];
    const rules = (match.groups?.rules ?? '').split(',').map((rule) => rule.trim());
    const isAlone = (lines[line - 1] ?? '').slice(0, column - 1).trim() === '';
    const firstLine = isAlone ? nextContent(lines, line) : line;
    return {
      line,
      column,
      rules: rules.filter((rule) => rule !== ''),
      reason: (match.groups?.reason ?? '').trim(),
      firstLine,
      lastLine: endOfBlock(lines, firstLine),
    };
  });
}

/** The comments of a text. What looks like one inside of a scalar is none: the lexer knows. */
function commentsIn(text: string): readonly (Position & { readonly comment: string })[] {
  const { position } = lineMap(text);
  const comments: (Position & { readonly comment: string })[] = [];
  let offset = text.startsWith('\ufeff') ? 1 : 0;
  let before = '';
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '\ufeff') continue;
    if (lexeme.startsWith('#') && before !== SCALAR) {
      comments.push({ ...position(offset), comment: lexeme.trimEnd() });
    }
    if (!MARKS.has(lexeme)) offset += lexeme.length;
    before = lexeme;
  }
  return comments;
}

/** The first line after a comment that is neither empty nor a comment; the comment's own at the end of the file. */
function nextContent(lines: readonly string[], comment: number): number {
  const index = lines.findIndex((line, at) => at >= comment && isContent(line));
  return index < 0 ? comment : index + 1;
}

/** The last line of the block that begins at a line: those that are indented more, or list items of its key. */
function endOfBlock(lines: readonly string[], firstLine: number): number {
  const first = lines[firstLine - 1] ?? '';
  const isItem = /^\s*- /.test(first);
  let last = firstLine;
  for (let at = firstLine; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (!isContent(line)) continue;
    const inner = indentation(line) - indentation(first);
    if (inner < 0 || (inner === 0 && (isItem || !/^\s*-(\s|$)/.test(line)))) break;
    last = at + 1;
  }
  return last;
}

function isContent(line: string): boolean {
  return /^\s*[^\s#]/.test(line);
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}
