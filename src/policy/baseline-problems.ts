import { LineCounter, parseDocument } from 'yaml';

import type { PolicyProblem } from '../model/policy.ts';
import type { BaselineMistake } from './baseline.ts';

const WRITE_ANEW = 'Mend it, or write it anew with `--write-baseline`.';

/** Takes the text of a baseline and its mistakes, and returns them with their places. `path` is how messages name it. */
export function baselineProblems(
  text: string,
  path: string,
  mistakes: readonly BaselineMistake[],
): readonly PolicyProblem[] {
  return mistakes.map(({ at, message }) => ({
    path,
    ...(at === null ? syntaxError(text) : positionOf(text, at)),
    message,
    hint: WRITE_ANEW,
  }));
}

/** Where something stands. JSON is YAML, whose parser tells positions. */
function positionOf(text: string, at: readonly (string | number)[]): { line: number; column: number } {
  const lines = new LineCounter();
  const node = parseDocument(text, { lineCounter: lines }).getIn(at, true);
  const offset = (node as { range: readonly number[] } | undefined)?.range[0];
  const { line, col } = lines.linePos(offset ?? 0);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function syntaxError(text: string): { line: number; column: number } {
  const lines = new LineCounter();
  const [error] = parseDocument(text, { lineCounter: lines, schema: 'json' }).errors;
  const { line, col } = lines.linePos(error?.pos[0] ?? 0);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
