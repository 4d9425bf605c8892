import { visible } from '../escape-terminal.ts';
import { renderPhrase, type Phrase } from '../phrase.ts';

/**
 * How strangers' text gets into Markdown: always inside a block of HTML, where GitHub reads no Markdown, and inside
 * `<code>`, where it makes no links, mentions, references to issues or commits, emoji or formulas. All that could end
 * either is written as an entity.
 */

/** Takes a name from a stranger and returns HTML that shows it as it is. Safe in a cell of a Markdown table, too. */
export function nameHtml(name: string): string {
  const shown = visible(name);
  const html = entities(shown.trim() === '' ? '(empty)' : shown);
  return `<code${RIGHT_TO_LEFT.test(shown) ? ' dir="auto"' : ''}>${shown.length > LONG_NAME ? breakable(html) : html}</code>`;
}

/** Longer names may be broken behind `_`, `.` and `/`, so that a column need not be as wide as they are. */
const LONG_NAME = 16;

function breakable(html: string): string {
  return html.replace(/(?<=[^./&;]{3})(?:&#95;|[./])(?=[^./&]{5})/g, '$&<wbr>');
}

/** Letters of scripts that run from right to left: without a direction of its own such a name turns what follows it. */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Words that GitHub leaves alone: letters or short numbers, with the punctuation of sentences around them. */
const PLAIN_WORD = /^["'(]*(?:[A-Za-z]+(?:['-][A-Za-z]+)*|\d{1,5})?[)"']*[.,;:?!]?["']?$/;

/** No plain word is longer; a limit also bounds how long the test takes. */
const LONGEST_WORD = 40;

/** Words like these are names of commits where there is such a commit, or begin an address. */
const LINKED = /^["'(]*(?:[0-9a-f]{7,}|www\.)/i;

/**
 * Takes a sentence in which a stranger's words may stand, such as an error message, and returns HTML: plain words stay
 * plain, all others are shown as names. What stands between backticks is shown as a name without them.
 */
export function sentenceHtml(sentence: string): string {
  return visible(sentence)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? nameHtml(part.slice(1, -1)) : wordsHtml(part)))
    .join('');
}

function wordsHtml(text: string): string {
  // Neighbours that need it share one element: a quoted name with spaces in it stays whole.
  const runs: { readonly isName: boolean; words: string[] }[] = [];
  for (const word of text.split(' ')) {
    const isName = word !== '' && !isPlain(word);
    const last = runs.at(-1);
    if (last?.isName === isName) last.words.push(word);
    else runs.push({ isName, words: [word] });
  }
  return runs.map(({ isName, words }) => (isName ? markedHtml : ownHtml)(words.join(' '))).join(' ');
}

/** A name of one word, and the marks of a sentence around it. */
const MARKED = /^(["'(]?)([^"'()\s]*[^"'()\s.,:;])([)"']{0,2}[.,:;]?["']?)$/;

/** What marks a name in a sentence is no part of it. */
function markedHtml(text: string): string {
  const [, before = '', name = text, after = ''] = MARKED.exec(text) ?? [];
  return ownHtml(before) + nameHtml(name) + ownHtml(after);
}

function isPlain(word: string): boolean {
  return word.length <= LONGEST_WORD && PLAIN_WORD.test(word) && !LINKED.test(word);
}

/** Takes lines that hold names from strangers and returns a block of code. GitHub colours one of a known language. */
export function codeBlockHtml(lines: readonly string[], language: 'yaml' | null = null): string {
  return `<pre${language === null ? '' : ` lang="${language}"`}><code>${lines.map((line) => entities(visible(line))).join('\n')}</code></pre>`;
}

/** Takes an address and HTML and returns a link. */
export function linkHtml(address: string, html: string): string {
  return `<a href="${entities(address)}">${html}</a>`;
}

/** Takes our own words and returns them as HTML. */
export function ownHtml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Takes a phrase and returns it as HTML. */
export function phraseHtml(phrase: Phrase): string {
  return renderPhrase(phrase, nameHtml, ownHtml);
}

/**
 * Every character of ASCII that means something to HTML or Markdown; the dot only in what could be a link. In a cell of a
 * Markdown table only an element keeps an address apart that an entity does not.
 */
function entities(text: string): string {
  return text
    .replace(/[!"#$%&'()*+,:;<=>?@[\\\]^_`{|}~]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replaceAll('&#64;', '<wbr>&#64;')
    .replace(/www\./gi, (match) => `${match.slice(0, 3)}&#46;`);
}
