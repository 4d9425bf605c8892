/**
 * Calls an asynchronous function for each item, so many ahead of whoever takes the results, and gives them in the order of
 * the items. What is not taken is not begun.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  ahead: number,
  call: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, undefined> {
  const begun: Promise<Result>[] = [];
  for (const item of items) {
    const next = begun.length < ahead ? undefined : begun.shift();
    if (next !== undefined) yield await next;
    begun.push(call(item));
  }
  for (const next of begun) yield await next;
}
