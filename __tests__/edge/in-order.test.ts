import { expect, test } from '@jest/globals';

import { inOrder } from '../../src/edge/in-order.ts';

test('results come in the order of the items, and no more is begun than is ahead', async () => {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const call = (item: number): Promise<number> => {
    begun.push(item);
    return new Promise((resolve) => ends.set(item, () => resolve(item)));
  };
  const results = inOrder([1, 2, 3, 4], 2, call);
  const first = results.next();
  await Promise.resolve();
  expect(begun).toEqual([1, 2]);
  ends.get(2)?.();
  ends.get(1)?.();
  expect((await first).value).toBe(1);
  // The third waits until somebody asks for the second.
  expect(begun).toEqual([1, 2]);
  expect((await results.next()).value).toBe(2);
  expect(begun).toEqual([1, 2, 3]);
  const third = results.next();
  await Promise.resolve();
  ends.get(3)?.();
  expect((await third).value).toBe(3);
  expect(begun).toEqual([1, 2, 3, 4]);
  ends.get(4)?.();
  expect((await results.next()).value).toBe(4);
  expect((await results.next()).done).toBe(true);
});
