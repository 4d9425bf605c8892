/** Numbers from a seed, the same in every run (https://en.wikipedia.org/wiki/Linear_congruential_generator). */
export interface Numbers {
  /** A whole number from 0 up to, and without, this one. */
  readonly below: (limit: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
}

/** Each text has numbers of its own, whatever else was drawn before. */
export function numbersFrom(text: string): Numbers {
  let state = 2_166_136_261;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, pick: (items) => items[below(items.length)]! };
}
