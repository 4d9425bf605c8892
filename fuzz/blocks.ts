import type { Draw } from './random.ts';

/** Some lines of YAML that belong together: a line, and those below it that are indented further. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
}

/** The indentation of a line; `null` for an empty one. */
function indentOf(line: string): number | null {
  const at = line.search(/[^ ]/);
  return at === -1 ? null : at;
}

function blockAt(lines: readonly string[], start: number): Block {
  const indent = indentOf(lines[start] ?? '') ?? 0;
  let end = start + 1;
  while (end < lines.length && (indentOf(lines[end] ?? '') ?? Infinity) > indent) end++;
  return { start, end, indent };
}

function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => (by >= 0 ? ' '.repeat(by) + line : line.slice(Math.min(-by, indentOf(line) ?? 0))));
}

/** A YAML text of which one block is moved, doubled, left out, or taken from another text, indented for its new place. */
export function withBlocksMoved(text: string, other: string, draw: Draw): string {
  const lines = text.split('\n');
  const source = draw.oneIn(2) ? other.split('\n') : lines;
  const { start, end, indent } = blockAt(source, draw.below(source.length));
  const target = blockAt(lines, draw.below(lines.length));
  const moved = indented(source.slice(start, end), target.indent - indent + draw.pick([0, 0, 0, 0, 2, -2]));
  return draw
    .pick([
      () => lines.toSpliced(target.end, 0, ...moved),
      () => lines.toSpliced(target.start, 0, ...moved),
      () => lines.toSpliced(target.start, target.end - target.start, ...moved),
      () => lines.toSpliced(target.start, target.end - target.start),
    ])()
    .join('\n');
}
