import type { PolicyProblem } from '../../model/policy.ts';
import type { Location, Position } from '../../model/position.ts';
import type { PolicyNotice } from '../../model/report.ts';
import type { Node } from '../../workflow/node.ts';

/** Reading one policy file: collects what is wrong with it. */
export interface Reading {
  readonly path: string;
  /** Notes a mistake. `hint` says what to write instead. */
  readonly problem: (at: Position, message: string, hint?: string) => void;
  /** Notes something that is no mistake, and that the owner of the file should know. */
  readonly notice: (at: Position, message: string) => void;
  /** Where a node stands, as a place in the file. */
  readonly locate: (at: Position) => Location;
  /** Whether a node was written with `${{ }}`. */
  readonly isExpression: (node: Node) => boolean;
  /** By line, column and message, each once. */
  readonly problems: () => readonly PolicyProblem[];
  readonly notices: () => readonly PolicyNotice[];
}

/** Begins to read the file at `path`, of which `text` is the content. */
export function startReading(text: string, path: string): Reading {
  const lines = text.split(/\r\n|\r|\n/);
  const found = new Map<string, PolicyProblem>();
  const notices: PolicyNotice[] = [];
  return {
    path,
    problem({ line, column }, message, hint) {
      const problem = { path, line, column, message, ...(hint ? { hint } : {}) };
      // What an alias repeats is wrong at one place only.
      found.set(JSON.stringify(problem), problem);
    },
    notice({ line, column }, message) {
      notices.push({ message, path, line, column });
    },
    locate: ({ line, column }) => ({ path, line, column }),
    isExpression: (node) => isExpression(node, lines),
    problems: () => [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column),
    notices: () => notices,
  };
}

/** An expression that is just one string literal is read as that literal: only the text of the file still shows it. */
function isExpression(node: Node, lines: readonly string[]): boolean {
  if (node.kind !== 'scalar') return false;
  if (node.type === 'expression' || node.template !== undefined) return true;
  const [first = '', second = ''] = lines.slice(node.line - 1, node.line + 1);
  const written = first.slice(node.column - 1).replace(/^(?:[&!]\S*\s+)*/, '');
  return /^["']?\$\{\{/.test(written) || (/^[|>]/.test(written) && second.trimStart().startsWith('${{'));
}
