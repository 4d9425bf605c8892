import type { Cell as Level } from '../../../src/report/cells.ts';

// What the page shows, as plain data: it comes from a worker.

/** A place in one of the files that were given, or in none of them. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** What some runs get of one permission, and why. */
export interface CellRuns {
  /** `push, pull_request from a fork`. */
  readonly runs: string;
  readonly level: 'write' | 'read' | 'none' | 'does not run';
  /** `job block, line 12`; empty when the run gets nothing. */
  readonly origin: string;
}

/** One job, one permission. */
export interface MatrixCell {
  readonly permission: string;
  /** `null`: no run gets it. */
  readonly level: Level | null;
  readonly runs: readonly CellRuns[];
  /** What the steps do with it, one sentence each. */
  readonly uses: readonly string[];
  /** It is more than the steps use, or a step uses it and no run gets it. */
  readonly mark: 'unused' | 'missing' | null;
  /** Where it is written. */
  readonly place: Place | null;
}

export interface MatrixJob {
  /** Job ids, from the calling job down. */
  readonly ids: readonly string[];
  readonly place: Place;
  /** What stands in place of cells, such as `does not run`; `null` where there are cells. */
  readonly words: string | null;
  /** By the columns of the matrix. */
  readonly cells: readonly MatrixCell[];
}

export interface MatrixFile {
  readonly path: string;
  readonly name: string | null;
  readonly events: readonly string[];
  readonly outcome: 'invalid' | 'startup_failure' | 'unresolved' | 'ok';
  /** What stands in place of jobs; `null` where there are jobs. */
  readonly words: string | null;
  readonly jobs: readonly MatrixJob[];
}

export interface Matrix {
  /** Permissions that a job has or uses, the most important first. */
  readonly columns: readonly string[];
  readonly files: readonly MatrixFile[];
}

/** One way to mend something. */
export interface Way {
  /** What to do. */
  readonly text: string;
  readonly place: Place;
  /** Other places where to do the very same, as `path:line`. */
  readonly also: readonly string[];
  /** The block to write there; none when there is none. */
  readonly lines: readonly string[];
}

/** Something to act on. */
export interface ToDo extends Place {
  readonly level: 'error' | 'warning' | 'note';
  readonly rule: string;
  readonly message: string;
  readonly hint: string | null;
  readonly ways: readonly Way[];
  /** Other files of which the same is said, one a line. */
  readonly others: readonly string[];
  /** Why it matters; `null` where no rule says it. */
  readonly why: string | null;
  /** The address of the rule's page; `null` when it is not known. */
  readonly page: string | null;
}

/** A job in a chain of calls. */
export interface ChainJob {
  readonly id: string;
  readonly place: Place;
  /** What it calls; `null` for a job with steps. */
  readonly uses: string | null;
  /** What it has, or passes on, in words. */
  readonly has: string;
  /** GitHub's sentence where the call is refused, or why it was not read. */
  readonly problems: readonly string[];
  readonly jobs: readonly ChainJob[];
}

/** A file whose jobs call others. */
export interface Chain {
  readonly path: string;
  readonly outcome: MatrixFile['outcome'];
  readonly jobs: readonly ChainJob[];
  /** What a caller has to give; `null` when the file cannot be called or asks for nothing. */
  readonly contract: string | null;
}

/** The blocks that a file should have. */
export interface Blocks {
  readonly path: string;
  readonly lines: readonly string[];
  /** Jobs that keep what they have, as not all of their steps can be seen into. */
  readonly kept: readonly string[];
}

/** Something that is not known. */
export interface NotKnown {
  readonly text: string;
  /** The names of choices that would make it known. */
  readonly choices: readonly string[];
}

export interface Answer {
  readonly state: 'complete' | 'incomplete' | 'failed';
  readonly coverage: string;
  readonly sentences: readonly string[];
  /** All events of the files. */
  readonly events: readonly string[];
  readonly matrix: Matrix;
  readonly toDo: readonly ToDo[];
  readonly chains: readonly Chain[];
  readonly blocks: readonly Blocks[];
  readonly notKnown: readonly NotKnown[];
  /** How it was computed, and what is true of every token. */
  readonly notes: readonly string[];
}
