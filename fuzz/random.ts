/** Draws by chance, always alike from the same seed. */
export interface Draw {
  /** A number from 0 on, below the limit. */
  readonly below: (limit: number) => number;
  readonly pick: <Value>(values: readonly Value[]) => Value;
  /** Is true once in so many times. */
  readonly oneIn: (times: number) => boolean;
}

/** Mulberry32: small, fast, and good enough to choose what to try. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
  return {
    below,
    pick: (values) => values[below(values.length)] as (typeof values)[number],
    oneIn: (times) => below(times) === 0,
  };
}
