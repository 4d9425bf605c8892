import { setTimeout as sleepFor } from 'node:timers/promises';

import { atMost } from '../called/at-most.ts';

/** What is asked for within so many milliseconds goes together. */
const DELAY = 40;

/** So many questions are under way at a time; what is asked for meanwhile waits and fills the next one. */
const AT_ONCE = 4;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Takes a function that answers for many at once, and returns one that asks for one: what is asked for at about the same
 * time goes into one question, which has so many at most. When the question fails, each of them fails.
 */
export function batched<Item, Result>(
  most: number,
  answer: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  const inLine = atMost(AT_ONCE);
  const waiting: Waiting<Item, Result>[] = [];
  let isTimed = false;

  async function send(): Promise<void> {
    const batch = waiting.splice(0, most);
    if (batch.length === 0) return;
    try {
      const results = await answer(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length % most === 0) void inLine(send);
      else if (!isTimed) {
        isTimed = true;
        void sleepFor(DELAY).then(() => {
          isTimed = false;
          return inLine(send);
        });
      }
    });
}
