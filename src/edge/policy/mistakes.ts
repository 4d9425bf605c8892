import type { PolicyProblem } from '../../model/policy.ts';
import { ToolError } from '../tool-error.ts';

/** An error that names every mistake with its place and what to write instead. Its own place is that of the first. */
export function mistakesIn(message: string, problems: readonly PolicyProblem[]): ToolError {
  const [first] = problems;
  const place = first === undefined ? {} : { path: first.path, line: first.line, column: first.column };
  const lines = problems.map(
    ({ path, line, column, message: what, hint }) =>
      `${path}:${line}:${column}: ${what}${hint === undefined ? '' : ` ${hint}`}`,
  );
  return new ToolError(message, place, lines);
}
