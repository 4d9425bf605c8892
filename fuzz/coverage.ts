declare global {
  /** How often each branch of the sources was taken; there in an instrumented build alone. */
  var fuzzCounters: Uint8Array<ArrayBuffer> | undefined;
  /** The words in the sources. */
  var fuzzWords: readonly string[] | undefined;
}

/** Once, twice, three times, four to seven times and so on: what differs within one of these is of no interest. */
const BUCKETS = Uint8Array.from({ length: 256 }, (_, times) =>
  [1, 2, 3, 7, 15, 31, 127, 255].findIndex((most) => times <= most),
);

/** How many buckets a branch has. */
export const BUCKET_COUNT = 8;

const NONE = 0xffff_ffff;

const NOTHING: readonly number[] = [];

/** Tells which inputs do what none did before them, or what only much longer ones did. */
export interface Coverage {
  /** Forgets what was counted since the last look. */
  readonly clear: () => void;
  /** What an input of this length is the shortest for: numbers of branches, each with how often it was taken. */
  readonly look: (length: number) => readonly number[];
  /** How many branches were taken so far. */
  readonly branches: () => number;
}

/** Looks at the counters; without an instrumented build nothing is ever new. */
export function coverageOf(counters = globalThis.fuzzCounters ?? new Uint8Array(0)): Coverage {
  const taken = new Uint8Array(counters.length);
  const shortest = new Uint32Array(counters.length * BUCKET_COUNT).fill(NONE);
  const words = new Uint32Array(counters.buffer, counters.byteOffset, counters.length / 4);
  let branches = 0;
  return {
    clear: () => counters.fill(0),
    look: (length) => {
      let gained: number[] | null = null;
      for (let word = 0; word < words.length; word++) {
        if (words[word] === 0) continue;
        for (let at = word * 4; at < word * 4 + 4; at++) {
          const times = counters[at] ?? 0;
          if (times === 0) continue;
          const feature = at * BUCKET_COUNT + (BUCKETS[times] ?? 0);
          const known = shortest[feature] ?? NONE;
          // A little shorter is not worth another input.
          if (known !== NONE && length >= known * 0.75) continue;
          if (taken[at] === 0) branches++;
          taken[at] = 1;
          shortest[feature] = length;
          (gained ??= []).push(feature);
        }
        words[word] = 0;
      }
      return gained ?? NOTHING;
    },
    branches: () => branches,
  };
}
