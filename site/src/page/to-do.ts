import type { ToDo, Way } from '../compute/answer.ts';
import { copyButton } from './copy-button.ts';
import { el, sentence, shown } from './dom.ts';
import { placeButton, shortPath } from './places.ts';
import type { Places } from './places.ts';

/** More than these are folded away. */
const OPEN = 8;

/** Makes the list of what is to be acted on, the worst first. */
export function toDoList(toDo: readonly ToDo[], places: Places): HTMLElement {
  return foldedList(toDo.map((one) => itemFor(one, places)));
}

/** Makes a list of such items, of which those behind the first are folded away. */
export function foldedList(items: readonly HTMLElement[]): HTMLElement {
  const list = (part: readonly HTMLElement[]) => el('ol', { class: 'to-do' }, ...part);
  if (items.length <= OPEN + 1) return list(items);
  return el('div', {}, list(items.slice(0, OPEN)), folded(`${items.length - OPEN} more`, list(items.slice(OPEN))));
}

function itemFor(one: ToDo, places: Places): HTMLElement {
  const { level, rule, message, hint, ways, others, why, page } = one;
  const [first, ...more] = ways;
  return el(
    'li',
    { class: level },
    el(
      'p',
      { class: 'head' },
      el('span', { class: `level ${level}` }, level),
      placeButton(one, places),
      page === null
        ? el('span', { class: 'rule' }, shown(rule))
        : el('a', { class: 'rule', href: page, rel: 'noreferrer' }, shown(rule)),
    ),
    el('p', {}, sentence(message)),
    hint === null ? null : el('p', { class: 'hint' }, sentence(hint)),
    first === undefined ? null : wayFor(first, places),
    more.length === 0
      ? null
      : folded(
          more.length === 1 ? 'Another way' : `${more.length} other ways`,
          ...more.map((way) => wayFor(way, places)),
        ),
    others.length === 0
      ? null
      : folded(
          `The same in ${others.length} more files`,
          el('ul', {}, ...others.map((other) => el('li', {}, el('code', { dir: 'auto' }, shown(other))))),
        ),
    why === null ? null : el('p', { class: 'why' }, sentence(why)),
  );
}

/** One way to mend it. */
function wayFor({ text, place, also, lines }: Way, places: Places): HTMLElement {
  const others = also.map(shortPath).join(', ');
  return el(
    'div',
    { class: 'way' },
    el('p', {}, sentence(text), ' ', placeButton(place, places), sentence(others === '' ? '' : `, and ${others}`)),
    lines.length === 0 ? null : codeBlock(lines.join('\n'), 'the block'),
  );
}

/** Makes lines of YAML with a button that copies them. */
export function codeBlock(text: string, what: string): HTMLElement {
  return el('div', { class: 'block' }, el('pre', { tabindex: 0 }, shownLines(text)), copyButton(text, what));
}

/** Our own lines, in which names from the files may stand. */
function shownLines(text: string): string {
  return text.split('\n').map(shown).join('\n');
}

/** Makes what is shown when somebody opens it. */
export function folded(title: string, ...children: readonly Node[]): HTMLElement {
  return el('details', {}, el('summary', {}, title), ...children);
}
