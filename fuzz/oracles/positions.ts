import type { Position } from '../../src/model/position.ts';
import { must } from '../target.ts';

/** What ends a line: for all, for YAML 1.2, and for YAML 1.1, which GitHub's parser reads. */
const LINE_ENDS = [/\r?\n/, /\r\n|[\n\r]/, /\r\n|[\n\r\u0085\u2028\u2029]/];

/** Each problem stands in the text, or right behind the end of a line or of the text. */
export function checkPositions(text: string, problems: readonly (Position & { readonly message: string })[]): void {
  const readings = LINE_ENDS.map((end) => text.split(end));
  for (const { line, column, message } of problems) {
    const isInside = readings.some(
      (lines) => line >= 1 && line <= lines.length + 1 && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 2,
    );
    must(isInside && Number.isInteger(line + column), () => `no such place: ${line}:${column} ${message}`);
    must(message !== '', () => `nothing is said at ${line}:${column}`);
  }
}
