import type { Answer, Blocks, NotKnown } from '../compute/answer.ts';
import { chainList } from './chains.ts';
import { button, el, name, sentence } from './dom.ts';
import { matrixTable } from './matrix.ts';
import { shortPath } from './places.ts';
import type { Places } from './places.ts';
import { codeBlock, toDoList } from './to-do.ts';
import { verdictOf } from './verdict.ts';

/** What can be done with a result. */
export interface ResultActions extends Places {
  /** Writes the suggested blocks into the files. */
  readonly fix: () => void;
  /** Goes to a choice, by its name. */
  readonly choose: (name: string) => void;
}

/** Makes all that there is to see of an answer, what matters most first. */
export function resultOf(answer: Answer, actions: ResultActions): readonly HTMLElement[] {
  const { matrix, toDo, chains, blocks, notKnown, notes } = answer;
  const isAny = matrix.files.length > 0;
  return [
    verdictOf(answer),
    ...(isAny ? [section('What each job may do', matrixTable(matrix, actions))] : []),
    ...(toDo.length > 0 ? [section('What to look at', toDoList(toDo, actions))] : []),
    ...(blocks.length > 0 ? [section('What to write', blockList(blocks, actions))] : []),
    ...(chains.length > 0 ? [section('Chains of calls', chainList(chains, actions))] : []),
    ...(notKnown.length > 0 ? [section('Not known', unknownList(notKnown, actions))] : []),
    ...(isAny ? [el('p', { class: 'notes' }, sentence(notes.join(' ')))] : []),
  ];
}

function section(title: string, ...children: readonly Node[]): HTMLElement {
  return el('section', {}, el('h2', {}, title), ...children);
}

function blockList(blocks: readonly Blocks[], { fix }: ResultActions): HTMLElement {
  const jobs = blocks.flatMap(({ kept }) => kept);
  return el(
    'div',
    { class: 'blocks' },
    el('p', {}, 'The least that the steps need, as far as their code can be seen.'),
    ...blocks.map(({ path, lines }) =>
      el('div', {}, el('h3', {}, name(shortPath(path))), codeBlock(lines.join('\n'), `the blocks for ${path}`)),
    ),
    jobs.length === 0
      ? null
      : el('p', { class: 'quiet' }, 'Jobs with steps whose code cannot be seen keep what they have.'),
    el('p', {}, button('Write them into the files', fix, { class: 'main', id: 'fix' })),
  );
}

/** The fields of the choices, and how they are labelled. */
const CHOICES: Readonly<Record<string, readonly [id: string, label: string]>> = {
  'default-permissions': ['defaultPermissions', 'default permissions'],
  visibility: ['visibility', 'visibility'],
  'fork-pull-requests': ['forkPullRequests', 'fork pull requests'],
};

function unknownList(notKnown: readonly NotKnown[], { choose }: ResultActions): HTMLElement {
  const items = notKnown.map(({ text, choices }) => {
    const buttons = choices.flatMap((choice) => {
      const [id, label] = CHOICES[choice] ?? [];
      return id === undefined ? [] : [button(`Choose ${label ?? ''}`, () => choose(id), { class: 'small' })];
    });
    return el('li', {}, el('p', {}, sentence(text)), buttons.length > 0 ? el('p', {}, ...buttons) : null);
  });
  return el('ul', { class: 'unknown' }, ...items);
}
