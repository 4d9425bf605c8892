/** One call of a program in a script. */
export interface Invocation {
  /** The program and its arguments, what is not known in them as marks. */
  readonly words: readonly string[];
  /** Counted from 0. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** Variables that the program finds besides the step's environment: exported ones and those before the command. */
  readonly env: Readonly<Record<string, string>>;
  /** What it reads on its standard input; `null` when nothing is handed to it. */
  readonly input: string | null;
  /** The files that it writes its output to. */
  readonly writes: readonly string[];
  /** The script goes on when it fails, by `||`, `if` or `!`. */
  readonly tolerated: boolean;
}

/** A script, read. */
export interface ReadScript {
  readonly invocations: readonly Invocation[];
  /** Functions that it defines: calls of them are no programs. */
  readonly functions: ReadonlySet<string>;
  /** It could be parsed without a mistake. */
  readonly whole: boolean;
}
