import type { Digest } from '../counts.ts';
import type { DetailsContext } from './markdown-rows.ts';
import { codeBlockHtml, ownHtml, sentenceHtml } from './escape-markdown.ts';
import { levelsInWords } from '../levels.ts';
import { howComputed, unknownsOf } from '../notes.ts';
import { defaultInWords } from '../defaults.ts';
import { listed, number } from '../../words/in-words.ts';

/** Takes what details share and returns the long tokens that they refer to, folded away. */
export function defaultsSection({ defaults, doubts }: DetailsContext): string {
  if (defaults.size === 0) return '';
  const items = [...defaults.values()].map((token) => {
    const notes = token.doubts.map((doubt) => number(doubts.indexOf(doubt) + 1)).join(', ');
    const marks = notes === '' ? '' : ` (not certain: note ${notes})`;
    return `<li>${ownHtml(`${defaultInWords(token)} ${levelsInWords(token.levels)}${marks}.`)}</li>\n`;
  });
  return `<details>\n<summary>What the repository's default gives</summary>\n<ul>\n${items.join('')}</ul>\n</details>\n`;
}

/** Takes a digest and returns what is not known and how to make it known, what is not certain, and how it was computed. */
export function notesSection(digest: Digest, { doubts }: DetailsContext): string {
  const unknown = unknownsOf(digest).map(({ sentences, settings, reasons, policyLines }) => {
    const names = listed(settings.map((name) => `<code>${name}</code>`));
    const remedy = names === '' ? [] : [`Set ${names} to make it known.`];
    return `<li>${[...sentences.map(ownHtml), ...reasons.map(sentenceHtml), ...remedy].join(' ')}${policyHtml(policyLines)}</li>\n`;
  });
  const uncertain = doubts.map((doubt, index) => `<li>Note ${number(index + 1)}: ${sentenceHtml(doubt)}</li>\n`);
  const items = [...unknown, ...uncertain];
  const list = items.length === 0 ? '' : `### What is not known\n\n<ul>\n${items.join('')}</ul>\n\n`;
  return `${list}<p><sub>${ownHtml(howComputed(digest.report).join(' '))}</sub></p>\n`;
}

function policyHtml(lines: readonly string[] | undefined): string {
  if (lines === undefined) return '';
  const summary = '<summary>The lines for the policy, to fill in</summary>';
  return `<details>${summary}${codeBlockHtml(lines, 'yaml')}</details>`;
}
