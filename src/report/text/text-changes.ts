import type { Report } from '../../model/report.ts';
import { changesInShort } from '../change-counts.ts';
import { visible } from '../escape-terminal.ts';
import { renderPhrase } from '../phrase.ts';
import { entryLines, paragraph } from './terminal-lines.ts';
import type { Entry, Line, Style } from './terminal-lines.ts';
import { kindName, toldChanges, type ToldChange } from '../told-changes.ts';
import { plural } from '../../words/in-words.ts';

/** More entries than these are counted; the JSON report has all of them. */
const MOST = 40;

/** The widest name of a kind, and two spaces. */
const LABEL_WIDTH = 14;

/** Takes a report and returns what is different from what it was compared with. */
export function changeLines(report: Report, width: number): readonly Line[] {
  const short = changesInShort(report);
  if (short === null) return [];
  const told = toldChanges(report.changes ?? []);
  const left = told.length - MOST;
  return [
    ...paragraph(visible(short.title), 'heading', width),
    ...paragraph(visible(short.summary), 'plain', width),
    ...entryLines(told.slice(0, MOST).flatMap(entriesOf), LABEL_WIDTH, width, 0),
    ...(left > 0 ? paragraph(`and ${plural(left, 'more change')}, which the JSON report has`, 'quiet', width) : []),
  ];
}

function entriesOf(change: ToldChange): readonly Entry[] {
  const { because } = change;
  const place = because.line === undefined ? because.path : `${because.path}:${because.line}`;
  return [
    {
      label: kindName(change.kind),
      text: `${renderPhrase(change.who, visible)}: ${renderPhrase(change.what, visible)}`,
      style: styleOf(change),
    },
    { label: '', text: visible(`${place}: ${because.message}`), style: 'quiet' },
  ];
}

function styleOf({ kind, isWrite }: ToldChange): Style {
  if (kind === 'reachable-by-outsiders' || kind === 'starts-to-fail') return 'error';
  return isWrite ? 'write' : 'plain';
}
