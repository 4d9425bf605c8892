import { inQuotes } from '../output/in-quotes.ts';
import type { CommandLineValues } from './option-table.ts';
import { ToolError } from '../tool-error.ts';

/**
 * Refuses options of a check that do not go together, before anything is read.
 *
 * @throws ToolError that says which one to leave out or to add.
 */
export function refuseContradictions(values: CommandLineValues): void {
  const { fix, diff, at, writeBaseline, whatIf, base, report, format, all } = values;
  if (all !== undefined) refuseWithAll(values);
  if (fix && diff) {
    throw new ToolError('--fix writes the changes and --diff only shows them. Leave one of them out.');
  }
  if (fix && at !== undefined) {
    throw new ToolError(
      '--fix writes to the files of the folder, so it goes without --at. Write --diff to see what it would do.',
    );
  }
  if (writeBaseline && (fix || diff)) {
    throw new ToolError(
      `--write-baseline accepts what is there today, so it goes without ${fix ? '--fix' : '--diff'}. Run it afterwards.`,
    );
  }
  // Else findings of other files would be accepted for those of the folder.
  if (writeBaseline && at !== undefined) {
    throw new ToolError(
      `--write-baseline writes into the folder what its own files have, so it goes without --at. Check out ${inQuotes(at)} first, and leave --at out.`,
    );
  }
  if (writeBaseline && (base !== undefined || whatIf !== undefined)) {
    throw new ToolError(
      `--write-baseline accepts what is there today, so it goes without ${base === undefined ? '--what-if' : '--base'}. ` +
        'Leave one of them out.',
    );
  }
  if (diff && format === 'markdown') {
    throw new ToolError('Markdown shows no changes. Write --diff with --format text, json or sarif.');
  }
  // Else all would count, and whoever asks for the new ones only would not know why.
  if (report === 'new' && base === undefined) {
    throw new ToolError('--report new needs a base to tell what is new. Add --base REF, such as --base main.');
  }
}

/** What is about one repository, and why it says nothing of many. */
const OF_ONE = [
  ['repository', '--repository', 'the folders say which repositories they are of'],
  ['repositories', '--repositories', 'called files are read from its own folder'],
  ['baseline', '--baseline', 'each repository has its own baseline'],
  ['base', '--base', 'each repository has its own history'],
  ['report', '--report', 'each repository has its own history'],
  ['at', '--at', 'each repository has its own refs'],
  ['writeBaseline', '--write-baseline', 'it only reads'],
  ['fix', '--fix', 'it only reads'],
  ['diff', '--diff', 'it only reads'],
] as const;

function refuseWithAll(values: CommandLineValues): void {
  for (const [key, option, why] of OF_ONE) {
    if (values[key] !== undefined) {
      throw new ToolError(
        `--all checks many repositories, and ${why}. Leave ${option} out, or check one repository without --all.`,
      );
    }
  }
  const { format = 'text' } = values;
  if (format !== 'text' && format !== 'jsonl') {
    throw new ToolError(`With --all, --format takes text or jsonl (one report a line), not ${format}.`);
  }
}
