/** A line of a text: from `start` to `end`, and then its line break. */
export interface Line {
  readonly start: number;
  readonly end: number;
  /** Where the next line starts; the end of the text behind the last one. */
  readonly next: number;
  /** How it ends: `''` for a last line without a line break. */
  readonly eol: string;
}

/** The lines of a text, by any line break that YAML knows. A text that ends with one has no empty line behind it. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const { index, 0: whole, 1: eol = '' } of text.matchAll(/[^\r\n]*(\r\n?|\n)?/g)) {
    if (whole === '' && index === text.length && index > 0) break;
    lines.push({ start: index, end: index + whole.length - eol.length, next: index + whole.length, eol });
  }
  return lines;
}

/** The number of the line, from 0, that holds an offset. */
export function lineAt(lines: readonly Line[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.start ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
