/** What a worker is to do, as `watch.mjs` tells it. */
export interface Job {
  readonly target: string;
  readonly seed: number;
  /** How long to look for inputs, in seconds of the processor; `null`: try those that are sent. */
  readonly seconds: number | null;
  /** When to end at the latest, as `Date.now` tells it. */
  readonly end: number;
  /** Inputs of earlier runs that did something new. */
  readonly kept: readonly string[];
  /** The seeds that do something new, by their number; `null`: not known yet. */
  readonly seeds: readonly number[] | null;
  /** Which texts were tried before, for `Tried`. */
  readonly tried: SharedArrayBuffer;
  /** Where the input stands that is being tried, so that it is known when nothing else comes back. */
  readonly current: SharedArrayBuffer;
}

/** What a worker tells. */
export type Message =
  /** The input did what none before it did, or only longer ones. */
  | { readonly kind: 'kept'; readonly text: string }
  /** What the next run begins with: in place of all that was kept so far. */
  | { readonly kind: 'useful'; readonly kept: readonly string[]; readonly seeds: readonly number[] }
  | ({ readonly kind: 'finding'; readonly text: string } & Thrown)
  /** `inputs`: how many different ones were tried; `branches`: how many were taken first by an input of this worker. */
  | { readonly kind: 'progress'; readonly inputs: number; readonly branches: number }
  /** An input that was sent has been tried; `thrown` is `null` when all went well. */
  | { readonly kind: 'tried'; readonly thrown: Thrown | null };

/** What an input made the program throw. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** Shows an input to whoever watches. The first number is its length and one, or 0 between two inputs; the second counts. */
export class Shown {
  readonly #state: Int32Array;
  readonly #units: Uint16Array;

  constructor(current: SharedArrayBuffer) {
    this.#state = new Int32Array(current, 0, 2);
    this.#units = new Uint16Array(current, 8);
  }

  show(text: string): void {
    const length = Math.min(text.length, this.#units.length);
    for (let at = 0; at < length; at++) this.#units[at] = text.charCodeAt(at);
    Atomics.store(this.#state, 0, length + 1);
    Atomics.add(this.#state, 1, 1);
  }

  hide(): void {
    Atomics.store(this.#state, 0, 0);
  }
}
