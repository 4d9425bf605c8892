import type { Position } from './position.ts';

/** Which kind of mistake a problem is about; a closed list, so that tests and tools need not read prose. */
export type ProblemCode =
  | 'yaml-syntax'
  | 'yaml-limit'
  | 'encoding'
  | 'unexpected-value'
  | 'unknown-permission'
  | 'unexpected-sequence'
  | 'unexpected-mapping'
  | 'already-defined'
  | 'required-missing'
  | 'not-enough-info'
  | 'expression'
  | 'invalid-id'
  | 'needs'
  | 'uses-format'
  | 'trigger'
  | 'container'
  | 'matrix'
  | 'runs-on'
  | 'concurrency'
  | 'permission-not-on-server'
  | 'call-permissions'
  | 'call-broken'
  | 'call-not-found'
  | 'call-too-deep'
  | 'call-value'
  | 'call-concurrency'
  | 'call-not-read'
  | 'unreadable';

/** Something that is wrong with a workflow file. */
export interface Problem extends Position {
  readonly code: ProblemCode;
  /** The text that is wrong, where the problem is about one. */
  readonly value?: string;
  /** GitHub's own sentence where GitHub has one, never cut. */
  readonly message: string;
  /** What to write instead, in one sentence, where we can say it. */
  readonly hint?: string;
  /** Of a permission that is not known: what would be wrong if it were. */
  readonly ifKnown?: IfKnown;
}

/** What a line says beside the name of a permission that is not known. */
export interface IfKnown {
  /** What is wrong with the level of any permission. */
  readonly problems: readonly Problem[];
  /** The level; `null` when it is none. */
  readonly level: (Position & { readonly text: string }) | null;
}
