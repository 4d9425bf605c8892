import type { CommandEntry } from '../command-line/command.ts';
import { OTHER_COMMANDS } from '../command-line/commands.ts';
import { COMMAND_LINE_OPTIONS, type OptionEntry, type OptionTable } from '../command-line/option-table.ts';
import { SHELLS } from './shells.ts';

/** An option as a shell completes it. */
export interface CompletedOption {
  /** Without its dashes. */
  readonly name: string;
  /** What it means, in a few words without markup. */
  readonly says: string;
  /** `none`: it takes no value. `words`: one of these. `file`: a path. `other`: what cannot be completed. */
  readonly value: 'none' | 'words' | 'file' | 'other';
  readonly words: readonly string[];
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  readonly name: string;
  readonly says: string;
  readonly options: readonly CompletedOption[];
  /** What comes right behind its name and is no option: one of these words. */
  readonly words: readonly string[];
  /** Whether paths come behind that. */
  readonly takesPaths: boolean;
}

/** All commands with their options, `check` first: from the tables that read them. */
export async function completedCommands(): Promise<readonly CompletedCommand[]> {
  const others = [...OTHER_COMMANDS].map(async ([name, { says, load }]) => {
    const { options, parts = new Map<string, CommandEntry>() } = await load();
    const words = name === 'completion' ? SHELLS : [...parts.keys()];
    const tables = await Promise.all([...parts.values()].map(async (part) => (await part.load()).options));
    const table = Object.assign({}, options, ...tables) as OptionTable;
    return { name, says, options: optionsOf(table), words, takesPaths: name !== 'completion' };
  });
  const says = 'computes what the token of every job may do';
  const check = { name: 'check', says, options: optionsOf(COMMAND_LINE_OPTIONS), words: [], takesPaths: true };
  return [check, ...(await Promise.all(others))];
}

function optionsOf(table: OptionTable): readonly CompletedOption[] {
  return Object.entries(table).map(([key, entry]) => {
    const says = (/^.*?(?=[.:](?: |$)| \()/.exec(entry.help)?.[0] ?? entry.help).replaceAll('`', '');
    return { name: entry.option ?? key, says, ...valueOf(entry) };
  });
}

const PATHS = new Set(['FILE', 'FOLDER', 'DIRECTORY']);

function valueOf({ takes, offers }: OptionEntry<unknown>): Pick<CompletedOption, 'value' | 'words'> {
  if (offers !== undefined) return { value: 'words', words: offers };
  if (takes === '') return { value: 'none', words: [] };
  if (/^[a-z-]+(?:\|[a-z-]+)+$/.test(takes)) return { value: 'words', words: takes.split('|') };
  return { value: PATHS.has(takes) ? 'file' : 'other', words: [] };
}
