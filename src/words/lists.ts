/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  const [last = '', ...others] = [...items].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}

/** The same without repetitions, and with a number in place of what comes after the first few. */
export function listedShort(items: readonly string[], most: number): string {
  const distinct = [...new Set(items)];
  if (distinct.length <= most) return listed(distinct);
  return `${distinct.slice(0, most - 1).join(', ')} and ${distinct.length - most + 1} more`;
}
