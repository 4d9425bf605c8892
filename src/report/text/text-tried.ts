import type { ReportedWhatIf } from '../../model/report.ts';
import { visible } from '../escape-terminal.ts';
import { renderPhrase } from '../phrase.ts';
import { entryLines, paragraph } from './terminal-lines.ts';
import type { Entry, Line } from './terminal-lines.ts';
import { blocksToWrite, noticing, triedInShort } from '../tried-setting.ts';
import { plural } from '../../words/in-words.ts';

/** More lines than these are counted; the JSON report has all of them. */
const MOST = 40;

/** The widest label, and two spaces. */
const LABEL_WIDTH = 10;

/** Takes what trying a value of a setting gave and returns who would notice. */
export function triedLines(tried: ReportedWhatIf | undefined, width: number): readonly Line[] {
  if (tried === undefined) return [];
  const { title, summary } = triedInShort(tried);
  const all = noticing(tried);
  const entries = all.slice(0, MOST).map(({ label, text }): Entry => {
    return { label, text: renderPhrase(text, visible), style: label === 'fails' ? 'error' : 'plain' };
  });
  const left = all.length - entries.length;
  return [
    ...paragraph(visible(title), 'heading', width),
    ...paragraph(visible(summary), 'plain', width),
    ...entryLines(entries, LABEL_WIDTH, width, 0),
    ...(left > 0 ? paragraph(`and ${plural(left, 'more')}, which the JSON report has`, 'quiet', width) : []),
    ...paragraph(blocksToWrite(tried), 'plain', width),
  ];
}
