/** A list of different things, each once, which are named by their place in it. */
export interface Interned<Item> {
  readonly items: readonly Item[];
  /** Takes a thing and returns its place. */
  placeOf(item: Item): number;
}

/** Two things are the same when they are the same as JSON. */
export function interned<Item>(): Interned<Item> {
  const items: Item[] = [];
  const places = new Map<string, number>();
  return {
    items,
    placeOf(item) {
      const key = JSON.stringify(item);
      let place = places.get(key);
      if (place === undefined) {
        place = items.push(item) - 1;
        places.set(key, place);
      }
      return place;
    },
  };
}
