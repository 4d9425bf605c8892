import type { Report } from '../../model/report.ts';
import { changesInShort } from '../change-counts.ts';
import { nameHtml, ownHtml, phraseHtml, sentenceHtml } from './escape-markdown.ts';
import { take } from './markdown-budget.ts';
import { kindName, toldChanges, type ToldChange } from '../told-changes.ts';
import { number, plural } from '../../words/in-words.ts';

/** Changes beyond these are folded away. */
const OPEN_CHANGES = 10;

/** What the list may take of the summary, in bytes. */
const ROOM = 200_000;

/** Takes a report and returns what is different from what it was compared with, to be shown first. */
export function changesSection(report: Report): string {
  const short = changesInShort(report);
  if (short === null) return '';
  const told = toldChanges(report.changes ?? []);
  const { texts, leftOut } = take(told, itemHtml, ROOM);
  const [open, folded] = [texts.slice(0, OPEN_CHANGES), texts.slice(OPEN_CHANGES)];
  const list = (items: readonly string[]) => `<ul>\n${items.join('')}</ul>\n`;
  const rest =
    folded.length === 0
      ? ''
      : `<details>\n<summary>and ${number(folded.length)} more</summary>\n${list(folded)}</details>\n`;
  const cut = leftOut === 0 ? '' : `<p>${ownHtml(plural(leftOut, 'more change'))} in the JSON report.</p>\n`;
  return `### ${sentenceHtml(short.title)}\n\n<p>${sentenceHtml(short.summary)}</p>\n${open.length === 0 ? '' : list(open)}${rest}${cut}\n`;
}

function itemHtml(change: ToldChange): string {
  const { kind, who, what, because } = change;
  const place = because.line === undefined ? because.path : `${because.path}:${because.line}`;
  return `<li>${signOf(change)}<b>${kindName(kind)}</b> ${phraseHtml(who)}: ${phraseHtml(what)}<br><sub>${nameHtml(place)} ${sentenceHtml(because.message)}</sub></li>\n`;
}

function signOf({ kind, isWrite }: ToldChange): string {
  if (kind === 'reachable-by-outsiders' || kind === 'starts-to-fail') return '❌ ';
  return isWrite ? '⚠️ ' : '';
}
