import { ANYTHING, OTHER_SECRET, TOKEN } from '../marked-text.ts';

/** The variables of a script with the values that they may have: what differs between branches is not known. */
export class ShellVariables {
  readonly #values = new Map<string, string>();
  readonly #exported = new Map<string, string>();
  readonly #environment: Readonly<Record<string, string>>;
  /** How much text may still be put in. */
  #left = MOST_PUT_IN;
  /** What programs were told to find last; `null` when that has changed. */
  #given: Readonly<Record<string, string>> | null = null;
  #isComplete = true;

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  /** `undefined` for one that has no value that we know of. */
  get(name: string): string | undefined {
    const value = this.#valueOf(name);
    this.#left -= value?.length ?? 0;
    return value !== undefined && this.#left < 0 ? eitherOf(value) : value;
  }

  #valueOf(name: string): string | undefined {
    if (this.#values.has(name)) return this.#values.get(name);
    return Object.hasOwn(this.#environment, name) ? this.#environment[name] : undefined;
  }

  /** @param certain It is sure to run, and once: not in a branch, a loop or a function. */
  assign(name: string, value: string, certain: boolean): void {
    const before = this.#valueOf(name);
    const joined = certain || before === undefined || before === value ? value : eitherOf(before, value);
    const known = bounded(joined);
    this.#values.set(name, known);
    if (this.#exported.has(name) || Object.hasOwn(this.#environment, name)) this.#give(name, known);
  }

  export(name: string): void {
    this.#give(name, this.get(name) ?? ANYTHING);
  }

  #give(name: string, value: string): void {
    if (this.#exported.size >= MOST_EXPORTED && !this.#exported.has(name)) {
      this.#isComplete = false;
      return;
    }
    this.#exported.set(name, value);
    this.#given = null;
  }

  /** What programs find besides the step's environment. */
  exported(): Readonly<Record<string, string>> {
    this.#given ??= Object.fromEntries(this.#exported);
    return this.#given;
  }

  /** Whether programs find nothing more than what `exported` told. */
  get isComplete(): boolean {
    return this.#isComplete;
  }
}

/** No script exports so many in earnest. Each command has all that were exported before it. */
const MOST_EXPORTED = 200;

/** Longer values say no more. `A=$A$A` doubles one with every line. */
const LONGEST_VALUE = 4096;

/** A value as it is, unless it is too long to be of use: then it is not known, but for the credentials in it. */
export function bounded(value: string): string {
  return value.length > LONGEST_VALUE ? eitherOf(value) : value;
}

/** Some values in a row, which may be none that is known when they are too long together. */
export function inARow(values: readonly string[]): string {
  const length = values.reduce((sum, value) => sum + value.length, 0);
  return length > LONGEST_VALUE && values.length > 1 ? eitherOf(...values) : values.join('');
}

/** No script puts in so much text in earnest. A few variables, named again and again, would take all memory. */
const MOST_PUT_IN = 1_000_000;

/** Returns a function for one script, which returns a text with values in place of what a pattern finds. */
export function valuesPutIn(): (
  text: string,
  pattern: RegExp,
  valueOf: (...found: readonly (string | undefined)[]) => string,
) => string {
  let left = MOST_PUT_IN;
  return (text, pattern, valueOf) =>
    text.replace(pattern, (...found: (string | undefined)[]) => {
      const value = valueOf(...found);
      left -= value.length;
      return left < 0 ? eitherOf(value) : value;
    });
}

/** A value that is not known, with the credentials that it may hold. */
export function eitherOf(...values: readonly string[]): string {
  const held = [TOKEN, OTHER_SECRET].filter((mark) => values.some((value) => value.includes(mark)));
  return ANYTHING + held.join('');
}
