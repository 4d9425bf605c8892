/** Remembers which texts were tried, so that none is counted twice. A new text may take the place of an old one. */
export class Tried {
  readonly #prints: Uint32Array;

  constructor(memory: SharedArrayBuffer) {
    this.#prints = new Uint32Array(memory);
  }

  /** Whether a text was not tried yet. From now on it was. */
  isNew(text: string): boolean {
    let [slot, print] = [0x811c_9dc5, 0x9e37_79b9];
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      slot = Math.imul(slot ^ unit, 0x0100_0193);
      print = Math.imul(print ^ unit, 0x85eb_ca6b) ^ (print >>> 13);
    }
    // Zero is what an empty place holds.
    const own = print >>> 0 || 1;
    const place = ((slot ^ (slot >>> 15)) >>> 0) % this.#prints.length;
    if (this.#prints[place] === own) return false;
    this.#prints[place] = own;
    return true;
  }
}
