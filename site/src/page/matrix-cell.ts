import type { CellRuns, MatrixCell } from '../compute/answer.ts';
import { el, sentence, unseen } from './dom.ts';

const LETTERS = { write: 'W', 'write?': 'W?', read: 'R', 'read?': 'R?' } as const;

const WORDS = {
  write: 'write',
  'write?': 'write, not in every run',
  read: 'read',
  'read?': 'read, not in every run',
} as const;

/** Makes what stands in a cell: a letter to see, and words to hear. */
export function cellContent({ level, mark }: MatrixCell): HTMLElement | null {
  if (mark === 'missing') return chip('missing', '!', 'none, and a step uses it');
  if (level === null) return unseen('none');
  const look = level.replace('?', ' maybe') + (mark === 'unused' ? ' unused' : '');
  return chip(look, LETTERS[level], WORDS[level] + (mark === 'unused' ? ', more than the steps use' : ''));
}

/** The same for the legend. */
export function chip(look: string, letter: string, words: string): HTMLElement {
  return el(
    'span',
    { class: `chip ${look}` },
    el('span', { 'aria-hidden': 'true' }, letter),
    ...(words === '' ? [] : [unseen(words)]),
  );
}

const MARKS = {
  unused: 'This is more than the steps use.',
  missing: 'A step uses it, and no run gets it.',
} as const;

/** Makes what is said about a cell: where it comes from in which runs, and what uses it. */
export function cellDetails({ permission, runs, uses, mark, place }: MatrixCell): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(
    el('p', { class: 'title' }, el('code', {}, permission)),
    el('ul', {}, ...runs.map(runFor)),
    ...(mark === null ? [] : [el('p', { class: `mark ${mark}` }, MARKS[mark])]),
    ...uses.map((use) => el('p', {}, sentence(use))),
    ...(place === null ? [] : [el('p', { class: 'keys' }, 'Enter or click: show the line')]),
  );
  return fragment;
}

function runFor({ runs, level, origin }: CellRuns): HTMLElement {
  return el('li', {}, el('b', {}, level), ' on ', sentence(runs), origin === '' ? '' : ': ', sentence(origin));
}
