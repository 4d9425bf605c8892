import { describe, expect, test } from '@jest/globals';

import { batched } from '../../../src/edge/audit/batched.ts';
import { openBudget, type Clock } from '../../../src/edge/audit/budget.ts';
import { inParts } from '../../../src/edge/audit/in-parts.ts';
import { ApiError } from '../../../src/edge/github/github-api.ts';

/** A clock that runs as fast as somebody waits. */
function fastClock(): Clock & { readonly waits: number[] } {
  let time = 1_000_000;
  const waits: number[] = [];
  return {
    waits,
    now: () => time,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
  };
}

function headers(remaining: number, reset: number): Record<string, string> {
  return {
    'x-ratelimit-resource': 'core',
    'x-ratelimit-limit': '60',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
  };
}

describe('the budget', () => {
  test('asks no more than is left, and waits until the limit is whole again', async () => {
    const clock = fastClock();
    const told: number[] = [];
    const budget = openBudget(clock, (until) => told.push(until));
    budget.seen(headers(2, 1_600));
    await budget.ready('core');
    await budget.ready('core');
    expect(clock.waits).toEqual([]);
    await budget.ready('core');
    // A second more, as clocks differ.
    expect(clock.now()).toBe(1_601_000);
    expect(told).toEqual([1_601_000]);
    // The other API has a limit of its own.
    await budget.ready('graphql');
    expect(clock.now()).toBe(1_601_000);
  });

  test('takes the least that answers say, as they come in any order', () => {
    const budget = openBudget(fastClock(), () => {});
    budget.seen(headers(10, 1_600));
    budget.seen(headers(12, 1_600));
    expect(budget.left('core')).toMatchObject({ remaining: 10 });
    budget.seen(headers(60, 5_200));
    expect(budget.left('core')).toMatchObject({ remaining: 60 });
  });

  test('makes no more requests within a minute than GitHub allows', async () => {
    const clock = fastClock();
    const budget = openBudget(clock, () => {});
    for (let count = 0; count < 801; count += 1) await budget.ready('core');
    expect(clock.waits).toEqual([60_000]);
  });

  test('lets nobody ask while the server wants a pause', async () => {
    const clock = fastClock();
    const budget = openBudget(clock, () => {});
    budget.pause(30_000);
    await budget.ready('graphql');
    expect(clock.waits).toEqual([30_000]);
  });
});

test('what is asked for at about the same time goes together, so many at most', async () => {
  const sizes: number[] = [];
  const ask = batched(50, (items: readonly number[]) => {
    sizes.push(items.length);
    return Promise.resolve(items.map((item) => item * 2));
  });
  const results = await Promise.all(Array.from({ length: 120 }, (_, index) => ask(index)));
  expect(results[119]).toBe(238);
  expect(sizes).toEqual([50, 50, 20]);
});

describe('a question that is too much', () => {
  test('is asked in parts, and keeps the order', async () => {
    const asked: number[] = [];
    const results = await inParts([1, 2, 3, 4, 5, 6, 7], (items) => {
      asked.push(items.length);
      if (items.length > 2) return Promise.reject(new ApiError(502, 'Bad Gateway'));
      return Promise.resolve(items);
    });
    expect(results).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(asked).toEqual([7, 4, 2, 2, 3, 2, 1]);
  });

  test('about one thing is asked a few times, and no more', async () => {
    let count = 0;
    const ask = (): Promise<readonly number[]> => {
      count += 1;
      return Promise.reject(new ApiError(502, 'Bad Gateway'));
    };
    await expect(inParts([1], ask, 1)).rejects.toThrow('Bad Gateway');
    expect(count).toBe(4);
  });

  test('is not asked again when the server refuses it', async () => {
    let count = 0;
    const ask = (): Promise<readonly number[]> => {
      count += 1;
      return Promise.reject(new ApiError(401, 'Bad credentials'));
    };
    await expect(inParts([1, 2], ask, 1)).rejects.toThrow('Bad credentials');
    expect(count).toBe(1);
  });
});
