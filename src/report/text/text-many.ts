import { listed, number, plural } from '../../words/in-words.ts';
import { visible } from '../escape-terminal.ts';
import type { RepositoryRow, RowCounts } from '../repository-row.ts';
import { linesToText, padded, paragraph, type Line, type Style } from './terminal-lines.ts';
import { displayWidth } from './terminal-width.ts';
import { withoutCommands } from '../workflow-command.ts';

/** Lines about many repositories, one each, to be written as the repositories are done. */
export interface TextOfMany {
  /** What the columns mean. */
  readonly head: () => string;
  /** The line of a repository, which the end counts. */
  readonly row: (row: RepositoryRow) => string;
  /** What all of them are together. */
  readonly end: () => string;
}

const NUMBERS = ['jobs', 'error', 'warning', 'note'] as const;
const TITLES: Readonly<Record<keyof RowCounts, string>> = {
  jobs: 'jobs',
  error: 'errors',
  warning: 'warnings',
  note: 'notes',
};

/** A longer name pushes the numbers of its line aside. */
const WIDEST_NAME = 60;
const RESULT_WIDTH = 7;
const NUMBER_WIDTH = 10;

const STYLES: Readonly<Record<RepositoryRow['result'], Style>> = { pass: 'quiet', fail: 'error', error: 'error' };

/** Makes the text about repositories of these names. Names and messages may be of strangers: no character of them is obeyed. */
export function textOfMany(
  names: readonly string[],
  style: { readonly width: number; readonly color: boolean },
): TextOfMany {
  const nameWidth = Math.min(WIDEST_NAME, Math.max(0, ...names.map((name) => displayWidth(visible(name)))));
  const results = { pass: 0, fail: 0, error: 0 };
  const sums = { jobs: 0, error: 0, warning: 0, note: 0 };
  let empty = 0;
  const text = (lines: readonly Line[]): string => withoutCommands(linesToText(lines, style.color));

  function row({ name, state, result, counts, said }: RepositoryRow): string {
    results[result] += 1;
    if (counts !== null) for (const key of NUMBERS) sums[key] += counts[key];
    if (state === 'no-workflows') empty += 1;
    return text([
      [
        { text: padded(result, RESULT_WIDTH), style: STYLES[result] },
        { text: padded(visible(name), nameWidth), style: 'path' },
        ...NUMBERS.map((key) => numberPiece(key, counts)),
        {
          text: said.length === 0 ? '' : `  ${visible(said.join(', '))}`,
          style: result === 'error' ? 'error' : 'plain',
        },
      ],
    ]);
  }

  return {
    head: () => {
      const titles = NUMBERS.map((key) => TITLES[key].padStart(NUMBER_WIDTH)).join('');
      return text([
        [{ text: `${' '.repeat(RESULT_WIDTH)}${padded('repository', nameWidth)}${titles}`, style: 'quiet' }],
      ]);
    },
    row,
    end: () => {
      const all = results.pass + results.fail + results.error;
      const parts = [
        ...(results.error > 0 ? [`${number(results.error)} could not be read`] : []),
        ...(results.fail > 0 ? [`${number(results.fail)} ${results.fail === 1 ? 'fails' : 'fail'}`] : []),
        ...(results.pass > 0 ? [`${number(results.pass)} ${results.pass === 1 ? 'passes' : 'pass'}`] : []),
      ];
      const found = (['error', 'warning', 'note'] as const).map((level) => plural(sums[level], level));
      const without = empty === 0 ? '' : ` ${number(empty)} without workflow files.`;
      const sentence =
        `${plural(all, 'repository', 'repositories')}: ${listed(parts)}. ` +
        `${plural(sums.jobs, 'job')}, ${listed(found)}.${without}`;
      const worst = results.error + results.fail > 0 ? 'error' : 'heading';
      return text([[], ...paragraph(sentence, worst, style.width)]);
    },
  };
}

function numberPiece(key: keyof RowCounts, counts: RowCounts | null): Line[number] {
  const count = counts === null ? null : counts[key];
  const shown = count === null ? '?' : number(count);
  const found = key === 'error' ? 'error' : key === 'warning' ? 'warning' : 'plain';
  return { text: shown.padStart(NUMBER_WIDTH), style: count === 0 ? 'quiet' : found };
}
