import type { RepositoryFacts } from '../../../src/organization/facts.ts';
import { el } from '../page/dom.ts';

/** What became of a repository in words, the worst first. */
export const STATES = {
  lost: 'lost',
  'not-read': 'not read',
  error: 'error',
  fail: 'fails',
  pass: 'passes',
  'no-workflows': 'no workflows',
} as const;

export type State = keyof typeof STATES;

const LOOKS: Readonly<Record<State, string>> = {
  lost: 'error',
  'not-read': 'error',
  error: 'error',
  fail: 'error',
  pass: 'good',
  'no-workflows': 'note',
};

/** Takes a repository and returns what became of it. */
export function stateOf({ state, result }: RepositoryFacts): State {
  return state === 'read' ? result : state;
}

/** Makes the word for it. */
export function stateMark(state: State): HTMLElement {
  return el('span', { class: `level ${LOOKS[state]}` }, STATES[state]);
}
