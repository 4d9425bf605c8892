import { number } from '../../../src/words/in-words.ts';
import { el, shown } from '../page/dom.ts';
import type { Chosen } from './table.ts';

/** A field that lets only some rows through. */
export interface Filter<Row> {
  readonly id: string;
  readonly label: string;
  /** What stands there when all rows pass. */
  readonly all: string;
  readonly options: readonly Option[];
  readonly has: (row: Row, value: string) => boolean;
}

type Option = readonly [value: string, label: string];

/** Takes how often each value is there and returns them as options, the most frequent first or as they are ordered. */
export function countedOptions(
  counts: ReadonlyMap<string, number>,
  order: readonly string[] = [...counts.keys()],
  words: (value: string) => string = (value) => value,
): readonly Option[] {
  return order.flatMap((value): readonly Option[] => {
    const count = counts.get(value);
    return count === undefined ? [] : [[value, `${words(value)} (${number(count)})`]];
  });
}

/** Makes the search field, whose value is `q`, and a field for each filter. Each change is told. */
export function filterFields<Row>(
  label: string,
  filters: readonly Filter<Row>[],
  chosen: Chosen,
  onChange: (changed: Chosen) => void,
): HTMLElement {
  const search = el('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', value: chosen.q ?? '' });
  search.addEventListener('input', () => onChange({ q: search.value }));
  return el(
    'div',
    { class: 'filters', role: 'search' },
    labelled(label, search),
    ...filters.map((filter) => labelled(filter.label, selectFor(filter, chosen[filter.id] ?? '', onChange))),
  );
}

function selectFor<Row>(
  { id, all, options }: Filter<Row>,
  value: string,
  onChange: (changed: Chosen) => void,
): HTMLSelectElement {
  // A link may ask for what is not there any more. That it is chosen has to be seen.
  const missing: readonly Option[] = value === '' || options.some(([one]) => one === value) ? [] : [[value, value]];
  const select = el(
    'select',
    { autocomplete: 'off' },
    ...[['', all] as const, ...options, ...missing].map(([one, words]) =>
      el('option', { value: one, selected: one === value }, shown(words)),
    ),
  );
  select.addEventListener('change', () => onChange({ [id]: select.value }));
  return select;
}

/** Makes a field with its label. */
export function labelled(words: string, field: HTMLElement): HTMLElement {
  return el('label', {}, el('span', {}, words), field);
}
