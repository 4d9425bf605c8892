import { Lexer } from 'yaml';

/** A text whose quoted scalars are indented enough for `yaml`, and what was inserted to get there, by line. */
export interface IndentedText {
  readonly text: string;
  readonly inserted: ReadonlyMap<number, number>;
}

/** Marks that the lexer puts between the pieces of the text: byte order mark aside, they are not in the text. */
const LEXER_MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/**
 * GitHub's YAML reader accepts continuation lines of a quoted scalar that are indented too little; `yaml` ends the
 * scalar there. Their indentation means nothing, so this function makes it larger. `offset` is where `yaml` misses the
 * closing quote. Returns `null` when no such scalar is there or it is never closed.
 */
export function indentQuotedLines(before: IndentedText, offset: number): IndentedText | null {
  const open = openingQuote(before.text, offset);
  if (open === null) return null;
  const close = closingQuote(before.text, open);
  if (close === null) return null;

  const { text } = before;
  const column = open - text.lastIndexOf('\n', open);
  const indentation = ' '.repeat(column);
  const inserted = new Map(before.inserted);
  const [first = '', ...others] = text.slice(open, close + 1).split('\n');
  let line = text.slice(0, open).split('\n').length;
  const lines = others.map((content) => {
    line++;
    if (content.trim() === '') return content;
    inserted.set(line, (inserted.get(line) ?? 0) + column);
    return indentation + content;
  });
  return { text: text.slice(0, open) + [first, ...lines].join('\n') + text.slice(close + 1), inserted };
}

/** Where the quoted scalar begins that is cut off at an offset. */
function openingQuote(text: string, offset: number): number | null {
  let start = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (LEXER_MARKS.has(lexeme)) continue;
    const end = start + lexeme.length;
    if (end >= offset && (lexeme.startsWith('"') || lexeme.startsWith("'"))) return start;
    if (start > offset) return null;
    start = end;
  }
  return null;
}

function closingQuote(text: string, open: number): number | null {
  const quote = text[open];
  for (let index = open + 1; index < text.length; index++) {
    if (quote === '"' && text[index] === '\\') index++;
    else if (text[index] === quote) {
      if (quote === "'" && text[index + 1] === "'") index++;
      else return index;
    }
  }
  return null;
}
