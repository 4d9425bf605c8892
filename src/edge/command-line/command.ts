import type { ProgressLine } from '../called/progress-line.ts';
import type { HelpPage } from './help.ts';
import type { OptionTable, OptionValues } from './option-table.ts';

/** How the text is to look. */
export interface Look {
  readonly width: number;
  readonly color: boolean;
  /** Somebody looks at it as it is written. */
  readonly isTerminal: boolean;
  /** Whether it may have links. */
  readonly links: boolean;
}

/** What a command runs in. */
export interface CommandWorld {
  readonly env: NodeJS.ProcessEnv;
  readonly look: Look;
  readonly progress: ProgressLine;
  /** Writes a line to standard error at once, for what takes long. It must be safe to show. */
  readonly say: (line: string) => void;
  /** The program that a second thread would run; `null` for none. */
  readonly script: string | null;
  /** Standard input, which only who asks for it opens. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
}

/** What a command gave: what goes to standard output and standard error, and the exit status. */
export interface CommandOutput {
  /** What is made while it is written is asked for when what came before is written. */
  readonly output: Iterable<string> | AsyncIterable<string>;
  readonly diagnostics: string;
  /** Asked for after the output. */
  readonly status: number | (() => number);
  /** What else goes to standard error, after the output. */
  readonly afterwards?: () => string;
}

/** A command, before it is loaded. */
export interface CommandEntry {
  /** For the help. */
  readonly says: string;
  /** Loads it, so that the start of a check does not wait for what only other commands need. */
  readonly load: () => Promise<Command>;
}

/** A command beside `check`. */
export interface Command {
  readonly options: OptionTable;
  /** All but the options, which are taken from the table. */
  readonly help: Omit<HelpPage, 'options'>;
  /** Commands of its own, which the word right behind its name tells apart. */
  readonly parts?: ReadonlyMap<string, CommandEntry>;
  /**
   * @param words what stands on the command line behind the name of the command and is no option.
   * @throws ToolError when the work cannot be done.
   */
  run(words: readonly string[], values: object, world: CommandWorld): Promise<CommandOutput>;
}

/** Takes a command with the types that its own options have. */
export function command<const Table extends OptionTable>(
  own: Omit<Command, 'options' | 'run'> & {
    readonly options: Table;
    run(words: readonly string[], values: OptionValues<Table>, world: CommandWorld): Promise<CommandOutput>;
  },
): Command {
  return own;
}
