import { listed } from '../../words/in-words.ts';
import { didYouMean } from '../../words/nearest-word.ts';
import { command, type CommandEntry } from '../command.ts';
import { inQuotes } from '../in-quotes.ts';
import { HELP_OPTIONS } from '../option-table.ts';
import { ToolError } from '../tool-error.ts';

const PARTS: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  [
    'merge',
    {
      says: 'makes one report of what the shards of an audit found',
      load: async () => (await import('./merge-command.ts')).AUDIT_MERGE,
    },
  ],
]);

/** The command `audit`, whose next word says what is to be done. */
export const AUDIT = command({
  options: HELP_OPTIONS,
  parts: PARTS,
  help: {
    usage: `audit ${[...PARTS.keys()].join('|')} [options]`,
    introduction: 'Puts what is known of many repositories together.',
    words: [...PARTS].map(([name, { says }]) => [name, says] as const),
    status: [['2', 'the work could not be done']],
    environment: [],
  },
  run([word]) {
    const names = [...PARTS.keys()];
    const orders = listed(
      names.map((name) => `audit ${name}`),
      'or',
    );
    const given = word === undefined ? '' : `, not ${inQuotes(word)}`;
    throw new ToolError(`What is to be done? Write ${orders}${given}.${didYouMean(word ?? '', names)}`);
  },
});
