import type { Answer } from '../compute/answer.ts';
import { el, sentence } from './dom.ts';

const SIGNS = { good: '✓', warning: '!', failed: '×' } as const;

/** Makes the verdict: what was computed, and what it says. */
export function verdictOf({ state, coverage, sentences, toDo }: Answer): HTMLElement {
  const worst = toDo.some(({ level }) => level === 'error') ? 'failed' : toDo.length > 0 ? 'warning' : 'good';
  const look = state === 'failed' ? 'failed' : state === 'incomplete' && worst === 'good' ? 'warning' : worst;
  const [first = '', ...others] = sentences;
  return verdictBox(look, first === '' ? coverage : first, [...others, ...(first === '' ? [] : [coverage])].join(' '));
}

/** Makes a verdict with its most important sentence, and the others. */
export function verdictBox(look: keyof typeof SIGNS, first: string, rest: string): HTMLElement {
  return el(
    'div',
    { class: `verdict ${look}` },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[look]),
    el(
      'div',
      {},
      el('p', { class: 'first' }, sentence(first)),
      rest === '' ? null : el('p', { class: 'rest' }, sentence(rest)),
    ),
  );
}
