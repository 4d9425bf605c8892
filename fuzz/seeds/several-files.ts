/** Before each file of a text that holds several stands its path. */
const HEAD = /^=== (.+)\n/m;

export const CI = '.github/workflows/ci.yml';

/** Takes a text with several files apart. What stands before the first path is the usual workflow. */
export function filesIn(text: string): Readonly<Record<string, string>> {
  const [first = '', ...rest] = text.split(HEAD);
  const files: Record<string, string> = first === '' ? {} : { [CI]: first };
  for (let at = 0; at < rest.length; at += 2) {
    Object.defineProperty(files, rest[at] ?? '', { value: rest[at + 1] ?? '', enumerable: true, configurable: true });
  }
  return files;
}

/** Puts several files into one text. */
export function asOneText(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([path, text]) => `=== ${path}\n${text.endsWith('\n') ? text : `${text}\n`}`)
    .join('');
}
