/** A name that a stranger chose, such as a job id or a path: every output shows it as a name and nothing else. */
export interface Quoted {
  readonly quoted: string;
}

/** Our own words, with strangers' names in between. */
export type Phrase = readonly (string | Quoted)[];

/** Marks a stranger's name. */
export function quoted(name: string): Quoted {
  return { quoted: name };
}

/** Makes a phrase of a template: what is put in as a plain string must be our own words. */
export function phrase(words: TemplateStringsArray, ...values: readonly (string | Quoted | Phrase)[]): Phrase {
  return words.flatMap((word, index) => {
    const value = values[index];
    return value === undefined
      ? [word]
      : [word, ...(Array.isArray(value) ? (value as Phrase) : [value as string | Quoted])];
  });
}

/** Joins phrases as an English list: `a, b and c`. */
export function listedPhrases(phrases: readonly Phrase[], conjunction: 'and' | 'or' = 'and'): Phrase {
  return phrases.flatMap((part, index) => {
    if (index === 0) return part;
    return [index === phrases.length - 1 ? ` ${conjunction} ` : ', ', ...part];
  });
}

/** Takes a phrase and returns its text, names through `show` and our own words through `say`. */
export function renderPhrase(
  parts: Phrase,
  show: (name: string) => string,
  say = (words: string): string => words,
): string {
  return parts.map((part) => (typeof part === 'string' ? say(part) : show(part.quoted))).join('');
}
