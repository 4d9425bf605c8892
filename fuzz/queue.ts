import type { Draw } from './random.ts';

/** An input that is the shortest for something. */
interface Entry {
  readonly text: string;
  /** Its number when it is a seed. */
  readonly seed: number | null;
  /** For how much it is the shortest. */
  owned: number;
}

/** The inputs that are worth changing: each is the shortest of all for some branch. */
export class Queue {
  readonly #owners = new Map<number, Entry>();
  #entries: Entry[] = [];
  #dead = 0;

  /** Takes an input that is the shortest for these from now on. Those that are it for nothing any more are dropped. */
  add(text: string, features: readonly number[], seed: number | null = null): void {
    const entry = { text, seed, owned: features.length };
    for (const feature of features) {
      const before = this.#owners.get(feature);
      if (before !== undefined && --before.owned === 0) this.#dead++;
      this.#owners.set(feature, entry);
    }
    this.#entries.push(entry);
    if (this.#dead * 4 < this.#entries.length) return;
    this.#entries = this.#live();
    this.#dead = 0;
  }

  /** One of the inputs, half of the time one of those that came last; `''` when there is none. */
  draw(draw: Draw): string {
    const first = draw.oneIn(2) ? 0 : Math.floor(this.#entries.length * 0.9);
    return this.#entries[first + draw.below(this.#entries.length - first)]?.text ?? '';
  }

  /** What the next run begins with: the texts, and the numbers of seeds. */
  useful(): { readonly kept: readonly string[]; readonly seeds: readonly number[] } {
    const live = this.#live();
    return {
      kept: live.filter(({ seed }) => seed === null).map(({ text }) => text),
      seeds: live.flatMap(({ seed }) => seed ?? []),
    };
  }

  #live(): Entry[] {
    return this.#entries.filter(({ owned }) => owned > 0);
  }
}
