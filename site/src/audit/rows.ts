import { byCodeUnit } from '../../../src/words/by-code-unit.ts';

/** What rows are put in order by. */
export type Key = string | number;

/** Takes rows and their texts in lower case, and returns the rows that have all words and pass all filters. */
export function rowsWith<Row>(
  rows: readonly Row[],
  texts: readonly string[],
  words: readonly string[],
  filters: readonly ((row: Row) => boolean)[],
): readonly Row[] {
  return rows.filter(
    (row, index) => words.every((word) => texts[index]?.includes(word)) && filters.every((filter) => filter(row)),
  );
}

/** Takes rows and returns them by their keys. Those with the same key stay in the order in which they were. */
export function inOrder<Row>(rows: readonly Row[], key: (row: Row) => Key, isDescending: boolean): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: key(row) }));
  const sign = isDescending ? -1 : 1;
  keyed.sort((a, b) => sign * compare(a.key, b.key));
  return keyed.map(({ row }) => row);
}

function compare(a: Key, b: Key): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : byCodeUnit(String(a), String(b));
}

/** Takes what somebody searches for and returns its words. */
export function wordsIn(search: string): readonly string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Takes values and returns each once, the most frequent first, with how often it is there. */
export function tally(values: readonly string[]): ReadonlyMap<string, number> {
  return tallyOf(values, (value) => [value]);
}

/** The same of what items have. `valuesOf` is asked once for those that are the very same. */
export function tallyOf<Item>(
  items: readonly Item[],
  valuesOf: (item: Item) => readonly string[],
): ReadonlyMap<string, number> {
  const same = new Map<Item, number>();
  for (const item of items) same.set(item, (same.get(item) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [item, count] of same) {
    for (const value of valuesOf(item)) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || byCodeUnit(a, b)));
}
