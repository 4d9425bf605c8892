import type { Matrix, MatrixCell, MatrixFile, MatrixJob, Place } from '../compute/answer.ts';
import { el, name, sentence, shown } from './dom.ts';
import { cellContent, cellDetails, chip } from './matrix-cell.ts';
import { moveInGrid } from './matrix-keys.ts';
import { shortPath } from './places.ts';
import type { Places } from './places.ts';
import { makeTooltip } from './tooltip.ts';

/** What is known of an element of the grid that can have the focus. */
interface Item {
  readonly place: Place | null;
  readonly details: (() => DocumentFragment) | null;
}

/** So many names of permissions fit beside each other. */
const FEW = 5;

/** Makes the table of jobs and permissions: one stop for Tab, in which arrows lead from cell to cell. */
export function matrixTable(matrix: Matrix, places: Places): HTMLElement {
  const items = new Map<Element, Item>();
  const head = el(
    'tr',
    {},
    el('th', { scope: 'col', class: 'jobs' }, 'Job'),
    ...matrix.columns.map((permission) =>
      el('th', { scope: 'col' }, el('span', { class: 'turned' }, shown(permission))),
    ),
  );
  const table = el(
    'table',
    { role: 'grid', 'aria-label': 'Permissions of each job', class: matrix.columns.length <= FEW ? 'few' : '' },
    el('thead', {}, head),
    ...matrix.files.map((file) => fileBody(file, matrix.columns.length, items)),
  );
  const scroller = el('div', { class: 'scroller' }, table);
  const whole = el('div', { class: 'matrix' }, scroller, legendOf(matrix));
  const tooltip = makeTooltip(whole);
  const [first] = items.keys();
  first?.setAttribute('tabindex', '0');

  const itemAt = (target: EventTarget | null): readonly [HTMLElement, Item] | null => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[tabindex]') : null;
    const item = element === null ? undefined : items.get(element);
    return element === null || item === undefined ? null : [element, item];
  };
  const showFor = (target: EventTarget | null): void => {
    const found = itemAt(target);
    if (found === null) return hide();
    const [element, { place, details }] = found;
    places.mark(place);
    if (details === null) tooltip.hide();
    else tooltip.show(element, details());
  };
  const hide = (): void => {
    tooltip.hide();
    places.mark(null);
  };
  const open = (target: EventTarget | null): void => {
    const place = itemAt(target)?.[1].place ?? null;
    if (place !== null) places.goTo(place);
  };
  table.addEventListener('mouseover', ({ target }) => showFor(target));
  whole.addEventListener('mouseleave', () => hide());
  table.addEventListener('focusin', ({ target }) => showFor(target));
  table.addEventListener('focusout', () => hide());
  // A finger cannot hover: its first touch shows what is said, and the next one goes there.
  let touched: Element | null = null;
  table.addEventListener('click', (event) => {
    const element = itemAt(event.target)?.[0] ?? null;
    const isFirst = event instanceof PointerEvent && event.pointerType === 'touch' && element !== touched;
    touched = element;
    if (isFirst) showFor(event.target);
    else open(event.target);
  });
  table.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') open(event.target);
    else moveInGrid(event, table);
  });
  return whole;
}

function fileBody(file: MatrixFile, columns: number, items: Map<Element, Item>): HTMLElement {
  const { path, name: title, events, outcome, words, jobs } = file;
  const heading = el(
    'th',
    { scope: 'rowgroup', colspan: columns + 1, class: 'file' },
    el(
      'div',
      {},
      name(shortPath(path)),
      title === null || title === path ? null : el('span', { class: 'title', dir: 'auto' }, shown(title)),
      el('span', { class: 'quiet' }, events.length === 0 ? '' : `on ${events.map(shown).join(', ')}`),
    ),
  );
  const said =
    words === null
      ? []
      : [el('tr', {}, el('td', { colspan: columns + 1, class: `words ${outcome}` }, sentence(words)))];
  return el('tbody', {}, el('tr', {}, heading), ...said, ...jobs.map((job) => jobRow(job, columns, items)));
}

function jobRow({ ids, place, words, cells }: MatrixJob, columns: number, items: Map<Element, Item>): HTMLElement {
  const heading = el(
    'th',
    { scope: 'row', tabindex: -1, class: `jobs depth-${Math.min(ids.length - 1, 4)}` },
    name(ids.at(-1) ?? ''),
  );
  items.set(heading, { place, details: null });
  if (words !== null) {
    return el('tr', {}, heading, el('td', { colspan: Math.max(1, columns), class: 'words' }, sentence(words)));
  }
  return el('tr', {}, heading, ...cells.map((cell) => cellFor(cell, items)));
}

function cellFor(cell: MatrixCell, items: Map<Element, Item>): HTMLElement {
  const made = el('td', { tabindex: -1 }, cellContent(cell));
  items.set(made, { place: cell.place, details: () => cellDetails(cell) });
  return made;
}

function legendOf({ files }: Matrix): HTMLElement {
  const cells = files.flatMap(({ jobs }) => jobs.flatMap((job) => job.cells));
  const levels = new Set(cells.filter(({ mark }) => mark === null).map(({ level }) => level));
  const unused = cells.find(({ mark }) => mark === 'unused')?.level ?? null;
  const maybe = levels.has('write?') ? 'write' : 'read';
  const isAlone = !levels.has(maybe);
  const entries = [
    { is: levels.has('write'), look: 'write', letter: 'W', words: 'write' },
    { is: levels.has('read'), look: 'read', letter: 'R', words: 'read' },
    {
      is: levels.has('write?') || levels.has('read?'),
      look: `${maybe} maybe`,
      letter: maybe === 'write' ? 'W?' : 'R?',
      words: isAlone ? `${maybe}, but not in every run` : 'not in every run',
    },
    {
      is: unused !== null,
      look: `${unused ?? ''} unused`,
      letter: unused === 'write' ? 'W' : 'R',
      words: 'more than the steps use',
    },
    { is: cells.some(({ mark }) => mark === 'missing'), look: 'missing', letter: '!', words: 'used, but not given' },
  ];
  return el(
    'p',
    { class: 'legend' },
    ...entries
      .filter(({ is }) => is)
      .map(({ look, letter, words }) => el('span', {}, chip(look, letter, ''), ' ', words)),
  );
}
