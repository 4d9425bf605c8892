/** Moves the focus in a grid by arrow keys, Home and End. Rows without cells are passed. */
export function moveInGrid(event: KeyboardEvent, table: HTMLTableElement): void {
  const from = event.target instanceof Element ? event.target.closest<HTMLElement>('[tabindex]') : null;
  if (from === null) return;
  const to = destination(event, from, table);
  if (to === null) return;
  event.preventDefault();
  for (const other of table.querySelectorAll('[tabindex="0"]')) other.setAttribute('tabindex', '-1');
  to.setAttribute('tabindex', '0');
  to.focus();
}

function destination({ key, ctrlKey }: KeyboardEvent, from: HTMLElement, table: HTMLTableElement): HTMLElement | null {
  const rows = [...table.rows].map(itemsOf).filter(({ length }) => length > 0);
  const row = rows.findIndex((items) => items.includes(from));
  const items = rows[row] ?? [];
  const column = items.indexOf(from);
  const inRow = (at: number): HTMLElement | null => {
    const target = rows[at];
    return target?.[Math.min(column, target.length - 1)] ?? null;
  };
  switch (key) {
    case 'ArrowRight':
      return items[column + 1] ?? null;
    case 'ArrowLeft':
      return items[column - 1] ?? null;
    case 'ArrowDown':
      return inRow(row + 1);
    case 'ArrowUp':
      return inRow(row - 1);
    case 'Home':
      return (ctrlKey ? rows[0]?.[0] : items[0]) ?? null;
    case 'End':
      return (ctrlKey ? rows.at(-1)?.at(-1) : items.at(-1)) ?? null;
    default:
      return null;
  }
}

function itemsOf(row: HTMLTableRowElement): readonly HTMLElement[] {
  return [...row.cells].filter((cell) => cell.hasAttribute('tabindex'));
}
