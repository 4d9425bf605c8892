import { terminalLink } from './terminal-links.ts';
import { displayWidth, wrapped } from './terminal-width.ts';

/** How a piece of a line looks where there is colour. */
export type Style = 'plain' | 'heading' | 'path' | 'write' | 'error' | 'warning' | 'quiet';

/** A piece of a line. The text is safe to show, and in one line. */
export interface Piece {
  readonly text: string;
  readonly style: Style;
  /** Where the text leads, on a terminal that has links. */
  readonly link?: string | undefined;
}

export type Line = readonly Piece[];

/** A label and what it says, which may take several lines. */
export interface Entry {
  readonly label: string;
  readonly text: string;
  readonly style: Style;
  /** Said quietly behind the text. */
  readonly aside?: string;
}

const CODES: Readonly<Record<Style, string | null>> = {
  plain: null,
  heading: '1',
  path: '1;36',
  write: '1;33',
  error: '1;31',
  warning: '1;33',
  quiet: '2',
};

/** Takes lines and returns them as text, with the colour codes of terminals if so wished. */
export function linesToText(lines: readonly Line[], color: boolean): string {
  return lines
    .map(
      (line) =>
        `${line
          .map((piece) => paint(piece, color))
          .join('')
          .trimEnd()}\n`,
    )
    .join('');
}

function paint({ text: shown, style, link }: Piece, color: boolean): string {
  const text = link === undefined ? shown : terminalLink(shown, link);
  const code = CODES[style];
  if (!color || code === null || text.trim() === '') return text;
  return `\u001b[${code}m${text}\u001b[0m`;
}

/** Takes a text and returns it as lines of a width, each after the same indent. */
export function paragraph(text: string, style: Style, width: number, indent = 0): readonly Line[] {
  return wrapped(text, Math.max(1, width - indent)).map((line) => [spaces(indent), { text: line, style }]);
}

/**
 * Takes entries and returns their lines: labels in a column of their own, as wide as `labelWidth` says, texts wrapped
 * beside them. Each line begins with the indent.
 */
export function entryLines(
  entries: readonly Entry[],
  labelWidth: number,
  width: number,
  indent: number,
): readonly Line[] {
  const room = Math.max(1, width - indent - labelWidth);
  return entries.flatMap(({ label, text, style, aside = '' }) => {
    const texts = wrapped(text, room);
    const fits = aside !== '' && displayWidth(texts.at(-1) ?? '') + 2 + displayWidth(aside) <= room;
    const pieces: Line[] = texts.map((line, index) =>
      fits && index === texts.length - 1 ? [{ text: line, style }, quiet(`  ${aside}`)] : [{ text: line, style }],
    );
    if (!fits) pieces.push(...wrapped(aside, room).map((line) => [quiet(line)]));
    const labelStyle = style === 'plain' ? 'quiet' : style;
    return pieces.map((line, index) => [
      spaces(indent),
      { text: padded(index === 0 ? label : '', labelWidth), style: labelStyle },
      ...line,
    ]);
  });
}

/** Takes text and a width, and returns the text with spaces up to that width. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function quiet(text: string): Piece {
  return { text, style: 'quiet' };
}

function spaces(count: number): Piece {
  return { text: ' '.repeat(count), style: 'plain' };
}
