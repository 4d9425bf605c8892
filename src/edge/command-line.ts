import { didYouMean } from '../words/nearest-word.ts';
import { inQuotes } from './in-quotes.ts';
import { COMMAND_LINE_OPTIONS, type CommandLineValues, type OptionEntry } from './option-table.ts';
import { ToolError } from './tool-error.ts';
import { listed } from '../words/in-words.ts';

/** What a command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'check'; readonly directory: string; readonly values: CommandLineValues };

const ENTRIES: ReadonlyMap<string, readonly [key: string, entry: OptionEntry<unknown>]> = new Map(
  Object.entries(COMMAND_LINE_OPTIONS).map(([key, entry]) => [entry.option ?? key, [key, entry]]),
);
const NAMES = [...ENTRIES.keys()];

function entryOf(name: string): readonly [key: string, entry: OptionEntry<unknown>] | undefined {
  return name.startsWith('--') ? ENTRIES.get(name.slice(2)) : undefined;
}

type Token =
  | { readonly kind: 'word'; readonly text: string; readonly afterEndOfOptions: boolean }
  | { readonly kind: 'option'; readonly name: string; readonly value: string | null };

/** Splits the arguments: `--name=value` and `--name value` are the same, and `--` ends the options. */
function* tokens(args: readonly string[]): Generator<Token> {
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
    const entry = entryOf(name)?.[1];
    if (equals !== -1) {
      yield { kind: 'option', name, value: text.slice(equals + 1) };
    } else if (entry !== undefined && entry.takes !== '' && rest[0] !== undefined && !rest[0].startsWith('-')) {
      yield { kind: 'option', name, value: rest.shift() ?? null };
    } else {
      yield { kind: 'option', name, value: null };
    }
  }
}

function unknownOption(name: string): ToolError {
  const options = listed(
    NAMES.map((known) => `--${known}`),
    'or',
  );
  const meant = didYouMean(name.replace(/^-+/, ''), NAMES, '--');
  return new ToolError(`There is no option ${inQuotes(name)}.${meant} The options are ${options}.`);
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

function directoryOf(words: readonly Extract<Token, { kind: 'word' }>[]): string {
  // `check` names the command, `-- check` a folder.
  const isCommand = words[0]?.text === 'check' && !words[0].afterEndOfOptions;
  const [directory, second] = isCommand ? words.slice(1) : words;
  if (second !== undefined) {
    throw new ToolError(`One folder can be checked at a time; ${inQuotes(second.text)} is one too many.`);
  }
  // An unset variable in a script must not silently become the current folder.
  if (directory?.text === '') {
    throw new ToolError('The name of the folder is empty; leave it out to check the current folder.');
  }
  return directory?.text ?? '.';
}

/**
 * Reads the arguments of the command line, without `node` and the script. `--help` and `--version` win over everything
 * else, mistakes too.
 *
 * @throws ToolError that says what is wrong and lists what is allowed.
 */
export function parseCommandLine(args: readonly string[]): Command {
  const all = [...tokens(args)];
  for (const kind of ['help', 'version'] as const) {
    if (all.some((token) => token.kind === 'option' && token.name === `--${kind}`)) return { kind };
  }
  const values: Record<string, unknown> = {};
  for (const token of all) {
    if (token.kind === 'word') continue;
    const [key, entry] = entryOf(token.name) ?? [];
    if (key === undefined || entry === undefined) throw unknownOption(token.name);
    if (key in values) throw new ToolError(`${token.name} stands there twice; give it once.`);
    values[key] = parseOption(token.name, token.value, entry);
  }
  return { kind: 'check', directory: directoryOf(all.filter((token) => token.kind === 'word')), values };
}

/** Whether the output is to be JSON, as far as a command line that may be malformed tells. */
export function wantsJson(args: readonly string[]): boolean {
  return [...tokens(args)].some(
    (token) => token.kind === 'option' && token.name === '--format' && token.value === 'json',
  );
}
