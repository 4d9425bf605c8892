/** Takes a number and returns it with commas: `1,000`. */
export function number(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Takes a count and a noun and returns both: `1 job`, `1,000 jobs`. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${number(count)} ${count === 1 ? noun : several}`;
}

/** Takes words and returns an English list: `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`;
}

/** The same without repetitions, and with a number in place of what comes after the first few. */
export function listedShort(words: readonly string[], most: number): string {
  const distinct = [...new Set(words)];
  if (distinct.length <= most) return listed(distinct);
  return `${distinct.slice(0, most - 1).join(', ')} and ${distinct.length - most + 1} more`;
}

/** Takes a text and returns it with a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
