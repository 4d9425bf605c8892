import { didYouMean } from '../../words/nearest-word.ts';
import { OTHER_COMMANDS } from './commands.ts';
import { inQuotes } from '../output/in-quotes.ts';
import {
  COMMAND_LINE_OPTIONS,
  type CommandLineValues,
  type OptionEntry,
  type OptionTable,
  type OptionValues,
} from './option-table.ts';
import { ToolError } from '../tool-error.ts';
import { listed } from '../../words/in-words.ts';

/** What the arguments of a command ask for. */
export type Arguments<Values> =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      /** What is no option, without the name of the command. */
      readonly words: readonly string[];
      readonly values: Values;
    };

/** What a command line without another command asks for. */
export type CheckArguments =
  | Exclude<Arguments<CommandLineValues>, { readonly kind: 'run' }>
  | { readonly kind: 'check'; readonly directory: string; readonly values: CommandLineValues };

/** By its name on the command line: an option's key in the table, and its row. */
type Entries = ReadonlyMap<string, readonly [key: string, entry: OptionEntry<unknown>]>;

function entriesOf(table: OptionTable): Entries {
  return new Map(Object.entries(table).map(([key, entry]) => [`--${entry.option ?? key}`, [key, entry]]));
}

const CHECK_ENTRIES = entriesOf(COMMAND_LINE_OPTIONS);

type Token =
  | { readonly kind: 'word'; readonly text: string; readonly afterEndOfOptions: boolean }
  | { readonly kind: 'option'; readonly name: string; readonly value: string | null };

/** Splits the arguments: `--name=value` and `--name value` are the same, and `--` ends the options. */
function* tokens(args: readonly string[], entries: Entries): Generator<Token> {
  const rest = [...args];
  for (let text = rest.shift(); text !== undefined; text = rest.shift()) {
    if (text === '--') {
      for (const word of rest) yield { kind: 'word', text: word, afterEndOfOptions: true };
      return;
    }
    if (!text.startsWith('-') || text === '-') {
      yield { kind: 'word', text, afterEndOfOptions: false };
      continue;
    }
    const equals = text.indexOf('=');
    const written = equals === -1 ? text : text.slice(0, equals);
    // The one short form, since people try it before they have read anything.
    const name = written === '-h' ? '--help' : written;
    const entry = entries.get(name)?.[1];
    if (equals !== -1) {
      yield { kind: 'option', name, value: text.slice(equals + 1) };
    } else if (entry !== undefined && entry.takes !== '' && rest[0] !== undefined && !rest[0].startsWith('-')) {
      yield { kind: 'option', name, value: rest.shift() ?? null };
    } else {
      yield { kind: 'option', name, value: null };
    }
  }
}

function unknownOption(name: string, command: string, entries: Entries): ToolError {
  if (CHECK_ENTRIES.has(name)) {
    return new ToolError(
      `${name} is an option of check. ${command} does not have it; ${command} --help lists what it has.`,
    );
  }
  const names = [...entries.keys()];
  const meant = didYouMean(
    name.replace(/^-+/, ''),
    names.map((known) => known.slice(2)),
    '--',
  );
  // All of them fill a screen, so they are named only to whom nothing better can be said.
  const more = meant === '' ? ` The options are ${listed(names, 'or')}.` : ' --help lists them all.';
  return new ToolError(`There is no option ${inQuotes(name)}.${meant}${more}`);
}

function parseOption(name: string, value: string | null, entry: OptionEntry<unknown>): unknown {
  if (entry.takes === '') {
    if (value !== null) throw new ToolError(`${name} takes no value; write ${name} alone.`);
    return true;
  }
  if (value === null || value === '') {
    throw new ToolError(`${name} needs a value: ${name} ${entry.takes}.`);
  }
  return entry.parse(value, name);
}

type Word = Extract<Token, { kind: 'word' }>;

function isWord(token: Token): token is Word {
  return token.kind === 'word';
}

/** `verify` names the command, `-- verify` a folder. */
function isName({ text, afterEndOfOptions }: Word, name: string): boolean {
  return text === name && !afterEndOfOptions;
}

function directoryOf([directory, second]: readonly string[]): string {
  if (second !== undefined) {
    if (OTHER_COMMANDS.has(second)) {
      throw new ToolError(`The name of a command comes first. Write ${second} ahead of ${inQuotes(directory ?? '')}.`);
    }
    const meant = didYouMean(directory ?? '', [...OTHER_COMMANDS.keys()]);
    throw new ToolError(`One folder can be checked at a time; ${inQuotes(second)} is one too many.${meant}`);
  }
  // An unset variable in a script must not silently become the current folder.
  if (directory === '') {
    throw new ToolError('The name of the folder is empty; leave it out to check the current folder.');
  }
  return directory ?? '.';
}

/** What stands behind the name of a command, which may be two words. */
function withoutName(words: readonly Word[], name: string): readonly Word[] {
  const parts = name.split(' ');
  const isNamed = parts.every((part, index) => words[index] !== undefined && isName(words[index], part));
  return isNamed ? words.slice(parts.length) : words;
}

/**
 * Reads the arguments of a command, without `node` and the script. Its name, as the first words, belongs to none of them.
 * `--help` and `--version` win over everything else, mistakes too.
 *
 * @throws ToolError that says what is wrong and lists what is allowed.
 */
export function parseArguments<Table extends OptionTable>(
  args: readonly string[],
  name: string,
  options: Table,
): Arguments<OptionValues<Table>> {
  const entries = entriesOf(options);
  const all = [...tokens(args, entries)];
  for (const kind of ['help', 'version'] as const) {
    if (all.some((token) => token.kind === 'option' && token.name === `--${kind}`)) return { kind };
  }
  const values: Record<string, unknown> = {};
  for (const token of all) {
    if (token.kind === 'word') continue;
    const [key, entry] = entries.get(token.name) ?? [];
    if (key === undefined || entry === undefined) throw unknownOption(token.name, name, entries);
    if (key in values) throw new ToolError(`${token.name} stands there twice; give it once.`);
    values[key] = parseOption(token.name, token.value, entry);
  }
  const own = withoutName(all.filter(isWord), name);
  // Each key was read by the parser of its own row.
  return { kind: 'run', words: own.map(({ text }) => text), values: values as OptionValues<Table> };
}

/** The same for a check, which is what runs when no other command is named. */
export function parseCommandLine(args: readonly string[]): CheckArguments {
  const read = parseArguments(args, 'check', COMMAND_LINE_OPTIONS);
  if (read.kind !== 'run') return read;
  const [word] = read.words;
  if (read.values.all !== undefined && word !== undefined) {
    throw new ToolError(`--all names the folder to check. Leave ${inQuotes(word)} out.`);
  }
  return { kind: 'check', directory: directoryOf(read.words), values: read.values };
}

/** The command beside `check` that the first word names; `null` for none. */
export function otherCommand(args: readonly string[]): string | null {
  for (const token of tokens(args, CHECK_ENTRIES)) {
    if (isWord(token)) return OTHER_COMMANDS.has(token.text) && isName(token, token.text) ? token.text : null;
  }
  return null;
}

/** Whether the output is to be of a format, as far as a command line that may be malformed tells. */
export function wantsFormat(args: readonly string[], format: 'json' | 'jsonl' | 'sarif'): boolean {
  return [...tokens(args, CHECK_ENTRIES)].some(
    (token) => token.kind === 'option' && token.name === '--format' && token.value === format,
  );
}
