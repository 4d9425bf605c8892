import { isWrite, type Cell } from '../cells.ts';
import { nameHtml } from './escape-markdown.ts';
import { byteLength, take } from './markdown-budget.ts';
import type { Matrix, MatrixRow } from '../matrix.ts';
import { onlyForInWords } from '../origin-words.ts';
import { shortPath } from '../words.ts';
import { number, plural } from '../../words/in-words.ts';

/** Rows beyond these are folded away. */
const OPEN_ROWS = 25;
/** Names in one row; the details have all of them. */
const SHOWN_JOBS = 5;
const SHOWN_WORKFLOWS = 3;

/** A part of the summary, and how much of what belongs into it was left out. */
export interface Section {
  readonly text: string;
  readonly leftOut: number;
}

/** The columns of a matrix beside the one of the jobs. */
interface Columns {
  readonly names: readonly string[];
  readonly hasOthers: boolean;
  readonly hasForks: boolean;
}

/** Takes a matrix and the bytes there are for it, and returns it as tables of HTML, with what the words in them mean. */
export function matrixSection(matrix: Matrix, room: number): Section {
  if (matrix.rows.length === 0) return { text: '', leftOut: 0 };
  const columns = columnsOf(matrix);
  const head = tableHead(columns);
  const legend = legendOf(matrix, columns);
  const frame = byteLength(legend) + 2 * byteLength(head) + 300;
  const { texts, leftOut } = take(matrix.rows, (row) => tableRow(row, columns), room - frame);
  if (texts.length === 0) return { text: '', leftOut };
  const [open, folded] = [texts.slice(0, OPEN_ROWS), texts.slice(OPEN_ROWS)];
  const table = (rows: readonly string[]) => `<table>\n${head}<tbody>\n${rows.join('')}</tbody>\n</table>\n`;
  const summary = `<summary>${plural(folded.length, 'more row')}, with fewer permissions</summary>`;
  const rest = folded.length === 0 ? '' : `\n<details>\n${summary}\n${table(folded)}</details>\n`;
  return { text: `### What each job can do\n\n${table(open)}${rest}\n${legend}`, leftOut };
}

function columnsOf({ rows, columns }: Matrix): Columns {
  const cells = rows.flatMap(({ content }) => (content.kind === 'cells' ? [content.cells] : []));
  return {
    names: columns,
    hasOthers: cells.some((each) => [...each.keys()].some((name) => !columns.includes(name))),
    hasForks: rows.some(({ forkToken }) => forkToken !== null),
  };
}

function tableHead({ names, hasOthers, hasForks }: Columns): string {
  const titles = [
    ...(names.length > 0 ? names : ['permissions']),
    ...(hasForks ? ['fork'] : []),
    ...(hasOthers ? ['others'] : []),
  ];
  const cells = titles.map((title) => `<th scope="col"><small>${title}</small></th>`).join('');
  // On a narrow page the first column would get what the others leave, one word a line: these spaces keep it wide.
  return `<thead>\n<tr><th scope="col" align="left">Jobs${'&nbsp;'.repeat(24)}</th>${cells}</tr>\n</thead>\n`;
}

function tableRow(row: MatrixRow, { names, hasOthers, hasForks }: Columns): string {
  const cells = [contentHtml(row, names)];
  if (hasForks) cells.push(`<td align="center">${FORK_TOKENS[row.forkToken ?? 'none']}</td>`);
  if (hasOthers) cells.push(`<td align="center">${othersHtml(row, names)}</td>`);
  return `<tr><th scope="row" align="left">${membersHtml(row)}</th>${cells.join('')}</tr>\n`;
}

function contentHtml({ content }: MatrixRow, names: readonly string[]): string {
  if (content.kind === 'cells') {
    return names.map((name) => `<td align="center">${levelHtml(content.cells.get(name))}</td>`).join('');
  }
  const words =
    content.kind === 'words'
      ? `<em>${content.words}</em>`
      : `${levelHtml('write')} to ${plural(content.writes, 'permission')} if the default is write<br>` +
        `read of ${content.reads.join(', ')} if it is read`;
  return `<td colspan="${Math.max(1, names.length)}">${words}</td>`;
}

/** Writes stand out by weight, by a sign and, where GitHub colours it, by their background. */
export function levelHtml(level: Cell | undefined): string {
  if (level === undefined) return '';
  return isWrite(level) ? `<mark>✏️&nbsp;<b>${level}</b></mark>` : level;
}

const FORK_TOKENS = {
  write: levelHtml('write'),
  'write-if-default': levelHtml('write?'),
  read: 'read only',
  'not-run': 'no run',
  none: '',
} as const;

function othersHtml({ content }: MatrixRow, columns: readonly string[]): string {
  if (content.kind !== 'cells') return '';
  const others = [...content.cells].filter(([name]) => !columns.includes(name));
  const lines = (['write', 'write?', 'read', 'read?'] as const).flatMap((level) => {
    const names = others.filter(([, cell]) => cell === level).map(([name]) => name);
    if (names.length === 0) return [];
    const what = names.length > 2 ? `${number(names.length)}&nbsp;×&nbsp;` : `<small>${names.join(', ')}</small> `;
    return [what + levelHtml(level)];
  });
  return lines.join('<br>');
}

function membersHtml({ members, atMost, onlyFor }: MatrixRow): string {
  const lines: string[] = [];
  if (atMost) lines.push('<small>at most:</small>');
  if (onlyFor !== null) lines.push(`<small>only ${onlyForInWords(onlyFor)}:</small>`);
  let shown = 0;
  for (const { path, jobs } of members.slice(0, SHOWN_WORKFLOWS)) {
    const named = jobs.slice(0, SHOWN_JOBS - shown);
    if (named.length === 0) break;
    lines.push(`${nameHtml(shortPath(path))}: ${named.map(nameHtml).join(', ')}`);
    shown += named.length;
  }
  const rest = members.reduce((sum, { jobs }) => sum + jobs.length, 0) - shown;
  if (rest > 0) lines.push(`and ${plural(rest, 'more job')}`);
  return lines.join('<br>');
}

function legendOf({ rows }: Matrix, { hasForks }: Columns): string {
  const isUncertain = ({ content }: MatrixRow) =>
    content.kind === 'cells' && [...content.cells.values()].some((cell) => cell === 'write?' || cell === 'read?');
  const sentences = [
    ...(rows.some(({ content }) => content.kind === 'cells') ? ['Blank: no permission.'] : []),
    'Every token can also read <code>metadata</code>.',
    ...(rows.some(isUncertain) ? ['With ?: not in every run.'] : []),
    ...(rows.some(({ atMost }) => atMost) ? ['At most: the called workflow was not read.'] : []),
    ...(hasForks ? ['Fork: what is left of the writes when a pull request from a fork starts the run.'] : []),
  ];
  return `<p><small>${sentences.join(' ')}</small></p>\n`;
}
