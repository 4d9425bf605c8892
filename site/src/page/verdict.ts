import type { Answer } from '../compute/answer.ts';
import { el, sentence } from './dom.ts';

const SIGNS = { good: '✓', warning: '!', failed: '×' } as const;

/** Makes the verdict: what was computed, and what it says. */
export function verdictOf({ state, coverage, sentences, toDo }: Answer): HTMLElement {
  const worst = toDo.some(({ level }) => level === 'error') ? 'failed' : toDo.length > 0 ? 'warning' : 'good';
  const look = state === 'failed' ? 'failed' : state === 'incomplete' && worst === 'good' ? 'warning' : worst;
  const [first = '', ...others] = sentences;
  return el(
    'div',
    { class: `verdict ${look}` },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[look]),
    el(
      'div',
      {},
      el('p', { class: 'first' }, sentence(first === '' ? coverage : first)),
      el('p', { class: 'rest' }, sentence([...others, ...(first === '' ? [] : [coverage])].join(' '))),
    ),
  );
}
