/** Runs what it is given, so many at a time; the others wait in line. */
export type AtMost = <Result>(call: () => Promise<Result>) => Promise<Result>;

/** Returns a runner that lets so many calls run at a time, in the order in which they came. */
export function atMost(count: number): AtMost {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (call) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await call();
    } finally {
      // Whoever is next takes over this place, so that nobody can slip in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
