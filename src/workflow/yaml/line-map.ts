import type { Position } from '../../model/position.ts';

/** Turns offsets of a text into positions. */
export interface LineMap {
  readonly position: (offset: number) => Position;
  readonly offset: (line: number) => number;
}

/**
 * Makes a line map. `inserted` says how many characters were put before the first character of a line that the file
 * itself does not have; they do not count.
 */
export function lineMap(text: string, inserted: ReadonlyMap<number, number> = new Map()): LineMap {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);

  // Nodes are mostly asked for in the order of the text: begin where the last question ended.
  let line = 0;
  const start = (index: number) => starts[index] ?? Infinity;
  return {
    position(offset) {
      if (offset < start(line)) line = 0;
      if (offset >= start(line + 64)) line = lastStartUpTo(starts, offset);
      while (start(line + 1) <= offset) line++;
      const column = offset - start(line) + 1;
      return { line: line + 1, column: Math.max(1, column - (inserted.get(line + 1) ?? 0)) };
    },
    offset: (wanted) => starts[wanted - 1] ?? text.length,
  };
}

function lastStartUpTo(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
