import { capital } from '../../../src/words/in-words.ts';
import type { Chain, ChainJob } from '../compute/answer.ts';
import { el, name, sentence } from './dom.ts';
import { placeButton, shortPath } from './places.ts';
import type { Places } from './places.ts';

/** Makes the chains of calls, each as a tree of jobs. */
export function chainList(chains: readonly Chain[], places: Places): HTMLElement {
  return el('ul', { class: 'chains' }, ...chains.map((chain) => chainFor(chain, places)));
}

function chainFor({ path, outcome, jobs, contract }: Chain, places: Places): HTMLElement {
  return el(
    'li',
    {},
    el(
      'p',
      {},
      name(shortPath(path), { class: 'file' }),
      outcome === 'startup_failure' ? el('span', { class: 'level error' }, 'cannot start') : null,
    ),
    contract === null ? null : el('p', { class: 'quiet' }, sentence(`${capital(contract)}.`)),
    jobs.length === 0 ? null : el('ul', {}, ...jobs.map((job) => jobFor(job, places))),
  );
}

function jobFor({ id, place, uses, has, problems, jobs }: ChainJob, places: Places): HTMLElement {
  return el(
    'li',
    { class: problems.length > 0 ? 'wrong' : '' },
    el(
      'p',
      {},
      name(id, { class: 'job' }),
      ' ',
      placeButton(place, places),
      ' ',
      sentence(has),
      ...(uses === null ? [] : [' to ', name(uses)]),
    ),
    ...problems.map((problem) => el('p', { class: 'problem' }, sentence(problem))),
    jobs.length === 0 ? null : el('ul', {}, ...jobs.map((job) => jobFor(job, places))),
  );
}
