/** Returns a function that calls the given one once for each key, and gives its answer to all who ask. */
export function once<Arguments extends readonly unknown[], Result>(
  keyOf: (...args: Arguments) => string,
  call: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (...args) => {
    const key = keyOf(...args);
    let found = known.get(key);
    if (found === undefined) {
      found = { result: call(...args) };
      known.set(key, found);
    }
    return found.result;
  };
}
