/**
 * The same function, which remembers what it gave for the texts that were asked for last: as many of them as have so many
 * characters together. So what comes again and again is made once, and what never comes again takes no memory for long.
 */
export function recently<Result>(characters: number, make: (text: string) => Result): (text: string) => Result {
  // The one that was asked for least lately is the first.
  const known = new Map<string, { readonly result: Result }>();
  let size = 0;
  return (text) => {
    const found = known.get(text) ?? { result: make(text) };
    if (!known.delete(text)) size += text.length;
    known.set(text, found);
    for (const oldest of known.keys()) {
      if (size <= characters) break;
      known.delete(oldest);
      size -= oldest.length;
    }
    return found.result;
  };
}
