import type { Headers } from '../github/github-api.ts';

/** GitHub counts the requests of its two APIs apart (https://docs.github.com/en/rest/rate-limit/rate-limit). */
export type Resource = 'core' | 'graphql';

/** What a server says of a limit. */
export interface Left {
  readonly limit: number;
  readonly remaining: number;
  /** When the limit is whole again, in milliseconds. */
  readonly reset: number;
}

/** The time, and a way to let it pass. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Keeps the requests within the limits of the server. */
export interface Budget {
  /** Resolves when one more request may be made. */
  readonly ready: (resource: Resource) => Promise<void>;
  /** Takes what an answer says of the limits. */
  readonly seen: (headers: Headers) => void;
  /** Nobody asks anything for so long: the server wants it so. */
  readonly pause: (milliseconds: number) => void;
  /** `null` where the server says nothing, as one without limits does. */
  readonly left: (resource: Resource) => Left | null;
  /** How many requests were made. */
  readonly made: (resource: Resource) => number;
}

/**
 * Somewhat less than what GitHub allows within a minute, beside the limit of an hour
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits).
 */
const IN_A_MINUTE = { core: 800, graphql: 1800 } as const;
const MINUTE = 60_000;

/** Clocks differ a little. */
const SLACK = 1_000;

function whole(value: string | number | undefined): number | null {
  const number = value === undefined ? Number.NaN : Number(value);
  return Number.isSafeInteger(number) ? number : null;
}

/** @param waits is told until when nobody asks, whenever that is for more than a few seconds. */
export function openBudget(clock: Clock, waits: (until: number) => void): Budget {
  const left = new Map<Resource, Left>();
  const lately: Record<Resource, number[]> = { core: [], graphql: [] };
  const made: Record<Resource, number> = { core: 0, graphql: 0 };
  let pausedUntil = 0;

  /** How long nothing may be asked; 0 when one may ask. */
  function waitFor(resource: Resource): number {
    const now = clock.now();
    const known = left.get(resource);
    const reset = known !== undefined && known.remaining <= 0 ? known.reset + SLACK : 0;
    const times = lately[resource];
    while (times[0] !== undefined && times[0] <= now - MINUTE) times.shift();
    const first = times.length >= IN_A_MINUTE[resource] ? (times[0] ?? 0) + MINUTE : 0;
    return Math.max(0, pausedUntil - now, reset - now, first - now);
  }

  return {
    ready: async (resource) => {
      for (let wait = waitFor(resource); wait > 0; wait = waitFor(resource)) {
        if (wait > 3 * SLACK) waits(clock.now() + wait);
        await clock.sleep(wait);
        const known = left.get(resource);
        // The limit is whole again: the next answer says what it is now.
        if (known !== undefined && known.remaining <= 0 && known.reset <= clock.now()) left.delete(resource);
      }
      const known = left.get(resource);
      if (known !== undefined) left.set(resource, { ...known, remaining: known.remaining - 1 });
      lately[resource].push(clock.now());
      made[resource] += 1;
    },
    seen: (headers) => {
      const resource = headers['x-ratelimit-resource'];
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
        whole(headers[`x-ratelimit-${name}`]),
      );
      if (resource !== 'core' && resource !== 'graphql') return;
      if (limit == null || remaining == null || reset == null) return;
      const known = left.get(resource);
      // Answers come in any order: within one hour less is left each time.
      const least = known?.reset === reset * 1000 ? Math.min(known.remaining, remaining) : remaining;
      left.set(resource, { limit, remaining: least, reset: reset * 1000 });
    },
    pause: (milliseconds) => {
      pausedUntil = Math.max(pausedUntil, clock.now() + milliseconds);
      if (milliseconds > 3 * SLACK) waits(pausedUntil);
    },
    left: (resource) => left.get(resource) ?? null,
    made: (resource) => made[resource],
  };
}
