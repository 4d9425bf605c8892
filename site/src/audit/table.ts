import { number, plural } from '../../../src/words/in-words.ts';
import { button, el } from '../page/dom.ts';
import type { Child } from '../page/dom.ts';
import { filterFields } from './filters.ts';
import type { Filter } from './filters.ts';
import { inOrder, rowsWith, wordsIn } from './rows.ts';
import type { Key } from './rows.ts';

/** So many rows are drawn at a time: more than anybody reads at once, and few enough to be drawn at once. */
const ROWS = 100;

/** A column without an order. */
export interface ShownColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => readonly Child[];
  /** Figures stand below each other. */
  readonly isCount?: true;
}

export interface Column<Row> extends ShownColumn<Row> {
  readonly id: string;
  readonly key: (row: Row) => Key;
  /** Asked for once, the greatest comes first. */
  readonly isGreatestFirst?: true;
}

export interface PlainTable<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly columns: readonly ShownColumn<Row>[];
  /** What is said when there are no rows. */
  readonly none: string;
}

export interface TableOf<Row> {
  readonly title: string;
  /** What a row is: `job`. */
  readonly noun: string;
  readonly nouns?: string;
  /** In the order in which they are shown until somebody asks for another. */
  readonly rows: readonly Row[];
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly filters: readonly Filter<Row>[];
  /** What the search looks into. */
  readonly text: (row: Row) => string;
}

/** What is chosen of a table by name: `q`, `sort`, `page` and its filters. */
export type Chosen = Readonly<Record<string, string>>;

/** Makes a table with search, filters and pages. What is chosen, and how many rows that leaves, is told. */
export function dataTable<Row>(
  table: TableOf<Row>,
  given: Chosen,
  onChosen: (chosen: Chosen, words: string) => void,
): HTMLElement {
  const { title, noun, nouns, rows, columns, filters, text } = table;
  let chosen = given;
  let texts: readonly string[] | null = null;
  let found: readonly Row[] = [];

  const fields = filterFields(`Search ${nouns ?? `${noun}s`}`, filters, given, (changed) =>
    choose({ page: '', ...changed }),
  );
  const headings = columns.map((column) => heading(column, () => sortBy(column)));
  const body = el('tbody');
  const count = el('p', { class: 'count' });
  const scroller = el(
    'div',
    { class: 'scroller', role: 'region', 'aria-label': title, tabindex: 0 },
    el('table', { 'aria-label': title }, el('thead', {}, el('tr', {}, ...headings)), body),
  );
  const back = button('Previous', () => turn(-1));
  const on = button('Next', () => turn(1));
  const place = el('span', {});
  const pages = el('span', { class: 'pages' }, back, place, on);
  find();
  draw();
  return el('div', { class: 'data' }, fields, el('div', { class: 'counts' }, count, pages), scroller);

  function choose(changed: Chosen): void {
    chosen = { ...chosen, ...changed };
    find();
    draw();
    onChosen(chosen, countWords());
  }

  function find(): void {
    const words = wordsIn(chosen.q ?? '');
    if (words.length > 0) texts ??= rows.map((row) => text(row).toLowerCase());
    const wanted = filters.flatMap(({ id, has }) => {
      const value = chosen[id] ?? '';
      return value === '' ? [] : [(row: Row) => has(row, value)];
    });
    const { column, isDescending } = order();
    found = rowsWith(rows, texts ?? [], words, wanted);
    if (column !== undefined) found = inOrder(found, column.key, isDescending);
  }

  function order(): { readonly column: Column<Row> | undefined; readonly isDescending: boolean } {
    const sort = chosen.sort ?? '';
    const isDescending = sort.startsWith('-');
    return { column: columns.find(({ id }) => id === sort.slice(isDescending ? 1 : 0)), isDescending };
  }

  function sortBy({ id, isGreatestFirst, isCount }: Column<Row>): void {
    const { column, isDescending } = order();
    const isNow = column?.id === id;
    choose({ sort: `${(isNow ? !isDescending : (isGreatestFirst ?? isCount ?? false)) ? '-' : ''}${id}`, page: '' });
  }

  function pageNow(): number {
    const wanted = Math.trunc(Number(chosen.page ?? 1)) || 1;
    return Math.min(Math.max(1, wanted), pageCount());
  }

  function pageCount(): number {
    return Math.max(1, Math.ceil(found.length / ROWS));
  }

  function turn(by: number): void {
    const page = Math.min(Math.max(1, pageNow() + by), pageCount());
    if (page === pageNow()) return;
    choose({ page: page === 1 ? '' : String(page) });
    fields.scrollIntoView({ block: 'nearest' });
  }

  function draw(): void {
    const { column, isDescending } = order();
    columns.forEach(({ id }, index) => {
      const sorted = id === column?.id ? (isDescending ? 'descending' : 'ascending') : 'none';
      headings[index]?.setAttribute('aria-sort', sorted);
    });
    const start = (pageNow() - 1) * ROWS;
    body.replaceChildren(...found.slice(start, start + ROWS).map((row) => rowOf(row, columns)));
    if (found.length === 0) {
      const none = rows.length === 0 ? `There are no ${nouns ?? `${noun}s`}.` : 'Nothing fits. Take a filter away.';
      body.append(el('tr', {}, el('td', { colspan: columns.length, class: 'none' }, none)));
    }
    count.textContent = countWords();
    place.textContent = `Page ${number(pageNow())} of ${number(pageCount())}`;
    // A button that is disabled would lose the focus to nowhere.
    back.setAttribute('aria-disabled', String(pageNow() === 1));
    on.setAttribute('aria-disabled', String(pageNow() === pageCount()));
    pages.hidden = pageCount() === 1;
  }

  function countWords(): string {
    const all = plural(rows.length, noun, nouns);
    const some = found.length === rows.length ? all : `${number(found.length)} of ${all}`;
    const start = (pageNow() - 1) * ROWS;
    if (pageCount() === 1) return some;
    return `${some}: ${number(start + 1)} to ${number(Math.min(start + ROWS, found.length))} are shown`;
  }
}

/** Makes a row. The first column names it. */
function rowOf<Row>(row: Row, [first, ...others]: readonly ShownColumn<Row>[]): HTMLElement {
  const cells = others.map((column) =>
    el('td', { class: column.isCount === true ? 'figure' : '' }, ...column.cell(row)),
  );
  return el('tr', {}, el('th', { scope: 'row' }, ...(first?.cell(row) ?? [])), ...cells);
}

/** Makes a table of few rows, as they are. */
export function plainTable<Row>({ title, rows, columns, none }: PlainTable<Row>): HTMLElement {
  if (rows.length === 0) return el('p', { class: 'none' }, none);
  const headings = columns.map((column) =>
    el('th', { scope: 'col', class: column.isCount === true ? 'figure' : '' }, column.title),
  );
  const table = el(
    'table',
    { 'aria-label': title },
    el('thead', {}, el('tr', {}, ...headings)),
    el('tbody', {}, ...rows.map((row) => rowOf(row, columns))),
  );
  return el('div', { class: 'scroller', role: 'region', 'aria-label': title, tabindex: 0 }, table);
}

function heading<Row>({ title, isCount }: Column<Row>, onClick: () => void): HTMLElement {
  const sign = el('span', { class: 'sorted', 'aria-hidden': 'true' });
  return el(
    'th',
    { scope: 'col', class: isCount === true ? 'figure' : '' },
    button([title, sign], onClick, { class: 'sort' }),
  );
}
