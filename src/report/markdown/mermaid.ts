import type { Call, CallState } from './call-graph.ts';
import { visible } from '../escape-terminal.ts';
import { truncated } from '../text/terminal-width.ts';
import { once, shortReference } from '../words.ts';
import { number } from '../../words/in-words.ts';

/** The widest label, in columns of a terminal. */
const WIDEST = 40;

/** More jobs than these are counted. */
const MOST_JOBS = 2;

/** The sign of a call that is not as it should be. */
export const CALL_SIGNS: Readonly<Record<CallState, string>> = {
  fails: '❌ ',
  'may-fail': '⚠️ ',
  unread: '❔ ',
  ok: '',
};

/**
 * Takes calls and returns the lines of a Mermaid flowchart of them. The ids are ours, and of a name nothing but letters
 * and digits of ASCII and spaces is written as it is, so that no name is syntax. Both themes show the only colour well.
 */
export function flowchart(calls: readonly Call[]): readonly string[] {
  const files = once(calls.flatMap(({ from, to }) => [from, to]));
  const ids = new Map(files.map((file, index) => [file, `w${index}`]));
  return [
    'flowchart LR',
    ...files.map((file, index) => `  w${index}["${labelText(fileLabel(file))}"]`),
    ...calls.map(({ from, to, jobs, state }) => {
      const arrow = state === 'unread' ? '-.->' : '-->';
      return `  ${ids.get(from)} ${arrow}|"${CALL_SIGNS[state]}${jobsLabel(jobs)}"| ${ids.get(to)}`;
    }),
    ...calls.flatMap(({ state }, index) => (state === 'fails' ? [`  linkStyle ${index} stroke:#d1242f`] : [])),
  ];
}

/** All workflow files lie in folders of the same name. */
function fileLabel(file: string): string {
  return shortReference(file).replace(/(^|\/)\.github\/workflows\//, '$1');
}

function jobsLabel(jobs: readonly string[]): string {
  const named = jobs.slice(0, MOST_JOBS).map(labelText).join(', ');
  return jobs.length > MOST_JOBS ? `${named} and ${number(jobs.length - MOST_JOBS)} more` : named;
}

/** A name as Mermaid shows it: `#46;` is a dot. */
function labelText(name: string): string {
  const shown = truncated(visible(name), WIDEST);
  const text = shown.replaceAll(/[^A-Za-z0-9 ]/gu, (char) => `#${char.codePointAt(0)};`);
  return text.trim() === '' ? '#40;empty#41;' : text;
}
