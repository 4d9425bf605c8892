import type { Observed } from '../model/report.ts';
import { sentenceHtml } from './markdown/escape-markdown.ts';
import { visible } from './escape-terminal.ts';
import { observedWords } from './observed-words.ts';
import { entryLines, paragraph, type Entry, type Line } from './text/terminal-lines.ts';

/** Takes what earlier runs showed and returns it for a job summary; empty when nobody looked. */
export function observedSection(observed: Observed | undefined): string {
  if (observed === undefined) return '';
  const { sentence, items } = observedWords(observed);
  const list = items.map((item) => `<li>${sentenceHtml(item)}</li>\n`).join('');
  return `### Proven by runs\n\n<p>${sentenceHtml(sentence)}</p>${list === '' ? '' : `\n<ul>\n${list}</ul>`}\n\n`;
}

/** The same for a terminal. */
export function observedLines(observed: Observed | undefined, width: number): readonly Line[] {
  if (observed === undefined) return [];
  const { sentence, items } = observedWords(observed);
  const entries = items.map((item): Entry => ({ label: '-', text: visible(item), style: 'plain' }));
  return [
    ...paragraph('Proven by runs', 'heading', width),
    ...paragraph(visible(sentence), 'plain', width),
    ...entryLines(entries, 2, width, 0),
  ];
}
