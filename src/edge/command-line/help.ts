import type { OptionEntry, OptionTable } from './option-table.ts';
import { TOOL } from '../tool.ts';

/** A word and what it means. */
export type HelpRow = readonly [word: string, meaning: string];

/** What the help of one command says. */
export interface HelpPage {
  /** How the command is written, without the name of the tool. */
  readonly usage: string;
  readonly introduction: string;
  /** What is no option. */
  readonly words: readonly HelpRow[];
  readonly options: OptionTable;
  readonly status: readonly HelpRow[];
  readonly environment: readonly HelpRow[];
  /** The other commands, where there are some to name. */
  readonly commands?: readonly HelpRow[];
}

/** Breaks a text into lines of at most this many characters, where a word allows it. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function optionHelp(entry: OptionEntry<unknown>, width: number): string[] {
  const head = `  --${entry.option}${entry.takes === '' ? '' : ` ${entry.takes}`}`;
  const fallback = entry.takes === '' ? '' : ` Default: ${entry.default}.`;
  return [head, ...wrap(`${entry.help}${fallback}`, width - 6).map((line) => `      ${line}`)];
}

/** What every command looks up in the environment to write its text. */
export const LOOK_ROWS: readonly HelpRow[] = [
  [
    'NO_COLOR',
    'no colours; FORCE_COLOR: colours although the output is no terminal; FORCE_HYPERLINK=1: links on any terminal, 0: none',
  ],
  ['COLUMNS', "the width to write for. Default: the terminal's own, 80 where there is none."],
];

/** The help text of a command, with the options of the table that reads them. Ends with a line break. */
export function helpText(page: HelpPage, width: number): string {
  const columns = Math.min(width, 100);
  const row = ([word, meaning]: HelpRow): string[] => {
    const [first = '', ...more] = wrap(meaning, columns - 14);
    return [`  ${word.padEnd(12)}${first}`, ...more.map((line) => ' '.repeat(14) + line)];
  };
  const part = (title: string, rows: readonly HelpRow[]): string[] =>
    rows.length === 0 ? [] : ['', ...(title === '' ? [] : [title]), ...rows.flatMap(row)];
  const lines = [
    `Usage: ${TOOL.name} ${page.usage}`,
    '',
    ...wrap(page.introduction, columns),
    ...part('', page.words),
    '',
    'Options (--name VALUE or --name=VALUE; -- ends them):',
    ...Object.values(page.options).flatMap((entry) => optionHelp(entry, columns)),
    ...part('Other commands (--help behind one says more):', page.commands ?? []),
    ...part('Exit status:', page.status),
    ...part('Environment:', page.environment),
  ];
  return `${lines.join('\n')}\n`;
}
