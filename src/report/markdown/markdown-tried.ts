import type { ReportedWhatIf } from '../../model/report.ts';
import { blockLines } from '../advice-block.ts';
import { nameHtml, ownHtml, phraseHtml, sentenceHtml } from './escape-markdown.ts';
import { take } from './markdown-budget.ts';
import { blocksToWrite, noticing, triedInShort } from '../tried-setting.ts';
import { plural } from '../../words/in-words.ts';

/** What the lists may take of the summary, in bytes. */
const ROOM = 100_000;

/** Takes what trying a value of a setting gave and returns who would notice, and the blocks to write first. */
export function triedSection(tried: ReportedWhatIf | undefined): string {
  if (tried === undefined) return '';
  const { title, summary } = triedInShort(tried);
  const who = take(noticing(tried), ({ label, text }) => `<li><b>${label}</b> ${phraseHtml(text)}</li>\n`, ROOM);
  const blocks = take(
    tried.blocks,
    ({ workflow, job, permissions }) =>
      `<li>${nameHtml(job.join(' / '))} of ${nameHtml(workflow)}<pre>${blockLines(permissions).join('\n')}</pre></li>\n`,
    ROOM,
  );
  const left = who.leftOut + blocks.leftOut;
  const cut = left === 0 ? '' : `<p>${ownHtml(plural(left, 'more entry', 'more entries'))} in the JSON report.</p>\n`;
  const list = who.texts.length === 0 ? '' : `<ul>\n${who.texts.join('')}</ul>\n`;
  const write =
    blocks.texts.length === 0
      ? ''
      : `<details>\n<summary>The blocks to write first</summary>\n<ul>\n${blocks.texts.join('')}</ul>\n<p>${sentenceHtml(blocksToWrite(tried))}</p>\n</details>\n`;
  return `### ${sentenceHtml(title)}\n\n<p>${sentenceHtml(summary)}</p>\n${list}${write}${cut}\n`;
}
