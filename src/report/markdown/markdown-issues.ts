import { adviceSentence, blockLines, foldAdvice, type FoldedAdvice } from '../advice-block.ts';
import { alikeLine, foldAlike, type AlikeIssues } from '../alike-issues.ts';
import { codeBlockHtml, linkHtml, nameHtml, sentenceHtml } from './escape-markdown.ts';
import type { Issue } from '../issues.ts';
import { ruleFacts, rulePage } from '../../policy/rule-table.ts';
import { exceptionEntries } from '../exception-entry.ts';
import { take } from './markdown-budget.ts';
import type { Section } from './markdown-matrix.ts';
import { number, plural } from '../../words/in-words.ts';

/** Things beyond these are folded away: the matrix must not be far below. */
const OPEN_ISSUES = 10;
/** A message that is longer than GitHub itself ever writes one is cut here; the JSON report has all of it. */
const MESSAGE_LIMIT = 4000;

/** How many files of which the same is said are named. */
const MOST_ALIKE = 200;

/** A finding about many workflows has an entry for each set of jobs. */
const MOST_ENTRIES = 10;

const SIGNS: Readonly<Record<Issue['level'], string>> = { error: '❌', warning: '⚠️', note: 'ℹ️' };

/** Where to go on reading and writing. */
interface Places {
  /** The address of this tool's files; `null` when it is not known. */
  readonly home: string | null;
  /** The path of the policy. */
  readonly policy: string;
}

/** Takes what to act on, and the bytes there are for it, and returns it as a list of HTML. */
export function issuesSection(issues: readonly Issue[], places: Places, room: number): Section {
  if (issues.length === 0) return { text: '', leftOut: 0 };
  const alike = foldAlike(issues);
  const counts = new Map<string, number>();
  const { texts } = take(alike, (one) => counted(one, places, counts), room - 300);
  const countOf = (htmls: readonly string[]) => htmls.reduce((sum, html) => sum + (counts.get(html) ?? 0), 0);
  const leftOut = issues.length - countOf(texts);
  const list = (items: readonly string[]) => `<ul>\n${items.join('')}</ul>\n`;
  const [open, folded] = [texts.slice(0, OPEN_ISSUES), texts.slice(OPEN_ISSUES)];
  const rest =
    folded.length === 0
      ? ''
      : `\n<details>\n<summary>and ${number(countOf(folded))} more</summary>\n${list(folded)}</details>\n`;
  const title = `### ${plural(issues.length, 'thing')} to look at\n\n`;
  return { text: texts.length === 0 ? '' : `${title}${list(open)}${rest}`, leftOut };
}

function counted(alike: AlikeIssues, places: Places, counts: Map<string, number>): string {
  const html = itemHtml(alike, places);
  counts.set(html, 1 + alike.others.length);
  return html;
}

function itemHtml({ issue, others: same }: AlikeIssues, places: Places): string {
  const { level, rule, message, hint, advice, subjects, path, line, column } = issue;
  const lines = [
    `${SIGNS[level]} <b>${level}</b> ${nameHtml(`${path}:${line}:${column}`)} ${sentenceHtml(rule)}`,
    sentenceHtml(cut(message)),
    ...(hint === null ? [] : [`<b>${sentenceHtml(cut(hint))}</b>`]),
  ];
  const [first, ...others] = foldAdvice(advice);
  const ways = others.map((one) => `<li>${adviceHtml(one)}</li>`).join('');
  const rest = ways === '' ? '' : `<details><summary>Other ways</summary><ul>${ways}</ul></details>`;
  const more = rest + alikeHtml(same) + moreHtml(rule, subjects, places);
  return `<li>${lines.join('<br>')}${first === undefined ? '' : `<br>${adviceHtml(first)}`}${more}</li>\n`;
}

/** The other files of which the same is said. */
function alikeHtml(same: readonly Issue[]): string {
  if (same.length === 0) return '';
  const lines = same.slice(0, MOST_ALIKE).map((one) => `<li>${nameHtml(cut(alikeLine(one)))}</li>`);
  const left = same.length > MOST_ALIKE ? `<li>and ${number(same.length - MOST_ALIKE)} more</li>` : '';
  return `<details><summary>The same in ${number(same.length)} more files</summary><ul>${lines.join('')}${left}</ul></details>`;
}

/** Why it matters, where to read more, and how to accept it. */
function moreHtml(rule: string, subjects: Issue['subjects'], { home, policy }: Places): string {
  const facts = ruleFacts(rule);
  if (facts === undefined || subjects.length === 0) return '';
  const entries = exceptionEntries(rule, subjects);
  const shown = entries.slice(0, MOST_ENTRIES).map(cut);
  const left = entries.length > MOST_ENTRIES ? `<br>and ${number(entries.length - MOST_ENTRIES)} more entries` : '';
  const page = rulePage(rule);
  const link = home === null ? `${nameHtml(page)} of this tool` : linkHtml(`${home}/${page}`, nameHtml(rule));
  const why = `${sentenceHtml(facts.why)} See ${link}.`;
  if (entries.length === 0) return `<details><summary>Why</summary>${why}</details>`;
  const accept = `To accept it, write this under <code>exceptions</code> in ${nameHtml(policy)}:${codeBlockHtml(shown)}${left}`;
  return `<details><summary>Why, and how to accept it</summary>${why}<br>${accept}</details>`;
}

/** One way to mend a problem, with the block to paste. The names of permissions in it are our own. */
function adviceHtml(advice: FoldedAdvice): string {
  const block = advice.permissions === undefined ? '' : `<pre>${blockLines(advice.permissions).join('\n')}</pre>`;
  return sentenceHtml(cut(adviceSentence(advice))) + block;
}

function cut(text: string): string {
  return text.length > MESSAGE_LIMIT ? `${text.slice(0, MESSAGE_LIMIT)} …` : text;
}
