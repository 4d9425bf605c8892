import { setTimeout as sleepFor } from 'node:timers/promises';

import { gaveUp } from './api.ts';

/** How often a server is asked the smallest question, and how long we wait before we ask again. */
const ATTEMPTS = 4;
const WAIT = 1_000;

/**
 * Asks for many things in one question. A server that gives up is asked for half of them, and so on, down to one: that is
 * asked for a few times.
 *
 * @throws what the last attempt for one thing threw, and at once what is no giving up.
 */
export async function inParts<Item, Result>(
  items: readonly Item[],
  ask: (items: readonly Item[]) => Promise<readonly Result[]>,
  wait = WAIT,
): Promise<readonly Result[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(items);
    } catch (error) {
      if (!gaveUp(error)) throw error;
      if (items.length === 1 && attempt >= ATTEMPTS) throw error;
    }
    if (items.length > 1) break;
    await sleepFor(wait * 2 ** (attempt - 1));
  }
  const middle = Math.ceil(items.length / 2);
  const first = await inParts(items.slice(0, middle), ask, wait);
  return [...first, ...(await inParts(items.slice(middle), ask, wait))];
}
