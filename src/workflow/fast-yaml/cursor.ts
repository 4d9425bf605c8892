import type { Position } from '../../model/position.ts';

/** Thrown where a text is not, or not surely, of the kind that the fast reader knows. */
export class Unsure extends Error {}

/** Some characters of YAML, by their codes. */
export const CODE = {
  lineFeed: 10,
  space: 32,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  comma: 44,
  dash: 45,
  dot: 46,
  colon: 58,
  greater: 62,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  bar: 124,
  closeBrace: 125,
} as const;

/** Far below the limits of GitHub on nodes and their depth, and ours on tokens: the full reader minds them. */
const MOST_EVENTS = 20_000;
const MOST_LEVELS = 40;

/** Where the fast reader is in a text. */
export class Cursor {
  readonly text: string;
  /** The offset of the next character. */
  at = 0;
  line = 1;
  /** The offset of the first character of the line. */
  lineStart = 0;
  /** How far the line is indented that `endLine` found; -1 at the end of the text. */
  indent = -1;
  /** Where the comments before this place begin. */
  readonly comments: (Position & { readonly at: number })[] = [];
  private events = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The code of the next character; `NaN` at the end of the text. */
  code(): number {
    return this.text.charCodeAt(this.at);
  }

  column(): number {
    return this.at - this.lineStart + 1;
  }

  position(): Position {
    return { line: this.line, column: this.column() };
  }

  /** Where the line ends. */
  lineEnd(): number {
    const end = this.text.indexOf('\n', this.at);
    return end < 0 ? this.text.length : end;
  }

  skipSpaces(): void {
    while (this.code() === CODE.space) this.at++;
  }

  /** Whether nothing but a comment is left on the line, which must not begin right here. */
  isAtLineEnd(): boolean {
    const code = this.code();
    return code === CODE.lineFeed || code === CODE.hash || this.at >= this.text.length;
  }

  /** Whether the indicator of a list's item is next. */
  isAtDash(): boolean {
    return this.code() === CODE.dash && isBlank(this.text.charCodeAt(this.at + 1));
  }

  /** Notes the comment that begins here and goes to its end. */
  skipComment(): void {
    const { line, at } = this;
    this.comments.push({ line, column: this.column(), at });
    this.at = this.lineEnd();
  }

  /** Goes behind a line feed. */
  startLine(): void {
    this.at++;
    this.line++;
    this.lineStart = this.at;
  }

  /** Leaves a line on which at most a comment is left, and goes to the next one that holds more than that. */
  endLine(): void {
    const before = this.at;
    this.skipSpaces();
    if (this.code() === CODE.hash) {
      if (this.at === before) throw new Unsure();
      this.skipComment();
    }
    while (this.at < this.text.length) {
      if (this.code() !== CODE.lineFeed) throw new Unsure();
      this.startLine();
      this.skipSpaces();
      const code = this.code();
      if (code === CODE.hash) this.skipComment();
      else if (code !== CODE.lineFeed && this.at < this.text.length) {
        this.indent = this.at - this.lineStart;
        return;
      }
    }
    this.indent = -1;
  }

  /** Counts a node as GitHub does: a collection is two events. */
  count(events: 1 | 2, depth: number): void {
    this.events += events;
    if (this.events > MOST_EVENTS || depth > MOST_LEVELS) throw new Unsure();
  }
}

/** Whether a character ends a word: a space, a line feed or the end of the text. */
export function isBlank(code: number): boolean {
  return code === CODE.space || code === CODE.lineFeed || Number.isNaN(code);
}
