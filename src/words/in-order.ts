/**
 * Whether a text holds what these patterns find, one behind the other. One pattern with `.*` between them would take the
 * square of the length, or more.
 */
export function inOrder(text: string, ...patterns: readonly RegExp[]): boolean {
  let rest = text;
  for (const pattern of patterns) {
    const found = pattern.exec(rest);
    if (found === null) return false;
    rest = rest.slice(found.index + found[0].length);
  }
  return true;
}
