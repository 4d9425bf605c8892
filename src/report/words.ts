/** Takes the reference of a called workflow and returns it with the name of a commit shortened. */
export function shortReference(uses: string): string {
  return uses.replace(/(?<=@[0-9a-f]{10})[0-9a-f]{30}$/, '…');
}

/** Takes texts and returns each once, in the order in which they came. */
export function once<T>(values: Iterable<T>): readonly T[] {
  return [...new Set(values)];
}
