/** Calls an asynchronous function for each item, so many at a time, and keeps the order. The first error ends it. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  call: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let failed = false;
  async function work(): Promise<void> {
    // The workers share one iterator, so each takes the next item that nobody has.
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results[index] = await call(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
