/**
 * Modules keep what they computed in maps. All mutants share one process, so what one of them put there must be gone before
 * the next: every `Map` and `WeakMap` that is made while `load` runs can be set back to what it held at its end.
 */
export async function resettable(load) {
  const { Map, WeakMap } = globalThis;
  const maps = [];
  const weakMaps = [];
  globalThis.Map = recording(Map, maps);
  globalThis.WeakMap = recording(WeakMap, weakMaps);
  await load();
  Object.assign(globalThis, { Map, WeakMap });

  const atFirst = maps.splice(0).map((map) => ({ map, entries: [...map] }));
  const emptied = weakMaps.splice(0).map(emptiable);
  return () => {
    for (const empty of emptied) empty();
    for (const { map, entries } of atFirst) {
      if (map.size === entries.length) continue;
      map.clear();
      for (const [key, value] of entries) map.set(key, value);
    }
  };
}

/** The class, and all that are made with it. */
function recording(real, made) {
  const recorder = new Proxy(real, {
    construct(target, values, by) {
      const one = Reflect.construct(target, values, by === recorder ? target : by);
      made.push(one);
      return one;
    },
  });
  return recorder;
}

/**
 * A `WeakMap` cannot be emptied, so another one answers for it. Code that is not mutated may have put something there while it
 * was loaded (packages keep private fields so): that stays.
 */
function emptiable(map) {
  let inner;
  const empty = () => (inner = new WeakMap());
  empty();
  const { has, get } = Object.getPrototypeOf(map);
  map.get = (key) => (inner.has(key) ? inner.get(key) : get.call(map, key));
  map.has = (key) => inner.has(key) || has.call(map, key);
  map.set = (key, value) => {
    inner.set(key, value);
    return map;
  };
  return empty;
}
