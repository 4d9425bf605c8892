import { hostileName, withNames } from '../../__tests__/report/hostile.ts';
import type { Report } from '../../src/model/report.ts';
import type { Draw } from '../random.ts';
import { sampler } from './samples.ts';

/** Stands between two names. */
const BETWEEN = '\ue000';

const sample = sampler(hostileName);

/** Texts that hold names, to begin with. */
export const NAME_TEXTS: readonly string[] = [
  'build',
  `a${BETWEEN}b\nc${BETWEEN}<b>`,
  '::error::x',
  '[a](https://example.com)',
  '\u001b[31m',
  '##[error]',
];

/** A text that holds some hostile names. */
export function madeNames(draw: Draw): string {
  return Array.from({ length: draw.pick([1, 1, 2, 5]) }, () => sample(draw)).join(BETWEEN);
}

/** The names in a text. */
export function namesIn(text: string): readonly string[] {
  return text.split(BETWEEN);
}

/** Returns a function that gives a name of the list for each other text, in turn: what was one stays one. */
export function namer(names: readonly string[]): (original: string) => string {
  const known = new Map<string, string>();
  return (original) => {
    const name = known.get(original) ?? `${names[known.size % names.length]}${known.size}`;
    known.set(original, name);
    return name;
  };
}

/** A report in which all that strangers name has names of the list. */
export function reportWith(names: readonly string[]): Report {
  return withNames(namer(names));
}
