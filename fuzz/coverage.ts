declare global {
  /** How often each branch of the sources was taken; there in an instrumented build alone. */
  var fuzzCounters: Uint8Array<ArrayBuffer> | undefined;
  /** The words in the sources. */
  var fuzzWords: readonly string[] | undefined;
}

/** Once, twice, three times, four to seven times and so on: what differs within one of these is of no interest. */
const BUCKETS = Uint8Array.from({ length: 256 }, (_, times) => {
  const bucket = [1, 2, 3, 7, 15, 31, 127, 255].findIndex((most) => times <= most);
  return times === 0 ? 0 : 1 << bucket;
});

/** Tells which inputs do what none did before them. */
export interface Coverage {
  /** Forgets what was counted since the last look. */
  readonly clear: () => void;
  /** Whether something new was counted. */
  readonly look: () => boolean;
  /** How many branches were taken so far. */
  readonly branches: () => number;
}

/** Looks at the counters; without an instrumented build nothing is ever new. */
export function coverageOf(counters = globalThis.fuzzCounters ?? new Uint8Array(0)): Coverage {
  const seen = new Uint8Array(counters.length);
  const words = new Uint32Array(counters.buffer, counters.byteOffset, counters.length / 4);
  let branches = 0;
  return {
    clear: () => counters.fill(0),
    look: () => {
      let isNew = false;
      for (let word = 0; word < words.length; word++) {
        if (words[word] === 0) continue;
        for (let at = word * 4; at < word * 4 + 4; at++) {
          const bucket = BUCKETS[counters[at] ?? 0] ?? 0;
          const known = seen[at] ?? 0;
          if ((bucket & ~known) === 0) continue;
          if (known === 0) branches++;
          seen[at] = known | bucket;
          isNew = true;
        }
        words[word] = 0;
      }
      return isNew;
    },
    branches: () => branches,
  };
}
