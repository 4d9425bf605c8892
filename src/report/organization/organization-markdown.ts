import type { OrganizationFacts } from '../../organization/facts.ts';
import { number, plural } from '../../words/in-words.ts';
import { nameHtml, ownHtml, phraseHtml } from '../markdown/escape-markdown.ts';
import { byteLength, take } from '../markdown/markdown-budget.ts';
import { organizationSections } from './organization-sections.ts';
import type { Section, Table } from './organization-table.ts';
import { organizationVerdict } from './organization-verdict.ts';
import { renderPhrase, type Phrase } from '../phrase.ts';

/** GitHub shows nothing of a summary that is larger than 1 MiB. */
const LIMIT = 1_048_576 - 4096;

/** A summary is read by people: of a longer table they look at the page, or at the CSV. */
const MOST_ROWS = 200;

const SIGNS = { yes: '✅', no: '❌' } as const;

/**
 * Takes facts and a limit in bytes of UTF-8, and returns a job summary for GitHub. It is never larger than the limit;
 * every table says what was left out of it. Nothing that a stranger wrote becomes Markdown or HTML.
 */
export function organizationMarkdown(facts: OrganizationFacts, limit = LIMIT): string {
  const { kind, text, sentences } = organizationVerdict(facts);
  const says = sentences.map((sentence) => `- ${sentence}\n`).join('');
  let markdown = `## Permissions of \`GITHUB_TOKEN\` in all repositories\n\n### ${SIGNS[kind]} ${text}\n\n${says}\n`;
  const sections = organizationSections(facts);
  const tables = sections.reduce((count, section) => count + section.tables.length, 0);
  const heads = sections.map(headOf);
  let room = limit - byteLength(markdown) - heads.reduce((sum, head) => sum + byteLength(head), 0);
  let left = tables;
  for (const [index, section] of sections.entries()) {
    markdown += heads[index] ?? '';
    for (const table of section.tables) {
      const printed = tableText(table, Math.floor(room / left));
      markdown += printed;
      room -= byteLength(printed);
      left -= 1;
    }
  }
  return markdown;
}

function headOf({ title, says }: Section): string {
  const sentences = says.map((one) => `<p>${renderPhrase(one, nameHtml, wordsHtml)}</p>\n\n`).join('');
  return `### ${phraseHtml(title)}\n\n${sentences}`;
}

/** Our own words: what stands between backticks is code. */
function wordsHtml(words: string): string {
  return words
    .split('`')
    .map((part, index) => (index % 2 === 1 ? nameHtml(part) : ownHtml(part)))
    .join('');
}

/** What is said beside the rows: the heads of two tables, and what was left out. */
const BESIDE = 1500;

function tableText({ columns, rows, open, csv }: Table, room: number): string {
  if (rows.length === 0) return '';
  const head = `| ${columns.map(({ title }) => title).join(' | ')} |\n|${columns.map((one) => (one.isNumber === true ? ' ---: |' : ' --- |')).join('')}\n`;
  const { texts } = take(rows.slice(0, MOST_ROWS), rowText, Math.max(0, room - BESIDE));
  const [shown, folded] = [texts.slice(0, open), texts.slice(open)];
  const leftOut = rows.length - texts.length;
  const where = csv === undefined ? '' : `: <code>--format csv --table ${csv}</code> has all`;
  const cut = leftOut === 0 ? '' : `<p>${ownHtml(plural(leftOut, 'more row'))} left out here${where}.</p>\n\n`;
  const more =
    folded.length === 0
      ? ''
      : `<details>\n<summary>and ${number(folded.length)} more</summary>\n\n${head}${folded.join('')}\n</details>\n\n`;
  return `${shown.length === 0 ? '' : `${head}${shown.join('')}\n`}${more}${cut}`;
}

function rowText(cells: readonly Phrase[]): string {
  return `| ${cells.map(phraseHtml).join(' | ')} |\n`;
}
