import type { IgnoreComment } from '../model/workflow.ts';
import type { Comment } from './comments.ts';

const NAME = 'effective-permissions:';

/** What stands behind the name: the word, the rules in brackets, the reason. */
const IGNORE = /^#+\s*effective-permissions:\s*ignore\b\s*(?:\[(?<rules>[^\]]*)\])?\s*(?<reason>[^]*)/;

/**
 * The comments `# effective-permissions: ignore[rule, rule] reason` of a file. Beside a line such a comment is about that
 * line, on a line of its own about the next line that is no comment; in both cases with the block that begins there.
 */
export function ignoreComments(text: string, all: () => readonly Comment[]): readonly IgnoreComment[] {
  if (!text.includes(NAME)) return [];
  const lines = text.split('\n');
  const comments = all();
  const alone = new Set(comments.filter((comment) => isAlone(comment, lines)).map(({ line }) => line));
  // What begins with `#` in a script is content.
  const isContent = (line: number) => !alone.has(line) && (lines[line - 1] ?? '').trim() !== '';
  const next = nextContent(lines.length, isContent);
  const ends = new Map<number, number>();
  return comments.flatMap(({ line, column, text: comment }) => {
    const match = IGNORE.exec(comment);
    if (match === null) return [];
    const rules = (match.groups?.rules ?? '').split(',').map((rule) => rule.trim());
    const firstLine = alone.has(line) ? (next[line] ?? line) : line;
    const lastLine = ends.get(firstLine) ?? endOfBlock(lines, firstLine, isContent);
    ends.set(firstLine, lastLine);
    return {
      line,
      column,
      rules: rules.filter((rule) => rule !== ''),
      reason: (match.groups?.reason ?? '').trim(),
      firstLine,
      lastLine,
    };
  });
}

/** Whether nothing else is on the line of a comment. */
function isAlone({ line, column }: Comment, lines: readonly string[]): boolean {
  return (lines[line - 1] ?? '').slice(0, column - 1).trim() === '';
}

type IsContent = (line: number) => boolean;

/** By line: the first one after it that is neither empty nor a comment, or none at the end of the file. */
function nextContent(last: number, isContent: IsContent): readonly (number | undefined)[] {
  const next: (number | undefined)[] = [];
  for (let line = last, following: number | undefined; line > 0; line--) {
    next[line] = following;
    if (isContent(line)) following = line;
  }
  return next;
}

/** The last line of the block that begins at a line: those that are indented more, or list items of its key. */
function endOfBlock(lines: readonly string[], firstLine: number, isContent: IsContent): number {
  const first = lines[firstLine - 1] ?? '';
  const isItem = /^\s*- /.test(first);
  let last = firstLine;
  for (let line = firstLine + 1; line <= lines.length; line++) {
    if (!isContent(line)) continue;
    const text = lines[line - 1] ?? '';
    const inner = indentation(text) - indentation(first);
    if (inner < 0 || (inner === 0 && (isItem || !/^\s*-(\s|$)/.test(text)))) break;
    last = line;
  }
  return last;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}
