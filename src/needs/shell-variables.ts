import { ANYTHING, OTHER_SECRET, TOKEN } from './marked-text.ts';

/** The variables of a script with the values that they may have: what differs between branches is not known. */
export class ShellVariables {
  readonly #values = new Map<string, string>();
  readonly #exported = new Map<string, string>();
  readonly #environment: Readonly<Record<string, string>>;

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  /** `undefined` for one that has no value that we know of. */
  get(name: string): string | undefined {
    if (this.#values.has(name)) return this.#values.get(name);
    return Object.hasOwn(this.#environment, name) ? this.#environment[name] : undefined;
  }

  /** @param certain It is sure to run, and once: not in a branch, a loop or a function. */
  assign(name: string, value: string, certain: boolean): void {
    const before = this.get(name);
    const joined = certain || before === undefined || before === value ? value : eitherOf(before, value);
    this.#values.set(name, joined);
    if (this.#exported.has(name) || Object.hasOwn(this.#environment, name)) this.#exported.set(name, joined);
  }

  export(name: string): void {
    this.#exported.set(name, this.get(name) ?? ANYTHING);
  }

  /** What programs find besides the step's environment. */
  exported(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#exported);
  }
}

/** A value that is not known, with the credentials that it may hold. */
export function eitherOf(...values: readonly string[]): string {
  const held = [TOKEN, OTHER_SECRET].filter((mark) => values.some((value) => value.includes(mark)));
  return ANYTHING + held.join('');
}
