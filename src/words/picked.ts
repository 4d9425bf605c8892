/** What an object has under these keys, in their order. What is not given stays so: no key has `undefined`. */
export function picked<Item extends object, Key extends keyof Item>(item: Item, keys: readonly Key[]): Pick<Item, Key> {
  const given = keys.filter((key) => item[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, item[key]])) as Pick<Item, Key>;
}
