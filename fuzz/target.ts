import type { Draw } from './random.ts';

/** Something of the program that takes texts from strangers. */
export interface Target {
  readonly name: string;
  /** No longer text is tried. */
  readonly longest: number;
  /** Texts to begin with. */
  readonly seeds: () => readonly string[];
  /** A new text, made by a grammar. */
  readonly generate?: (draw: Draw) => string;
  /** What is tried of a text, where different texts would come to the same. */
  readonly shape?: (text: string) => string;
  /** Hands the text to a whole reader, or to all of the program. Whatever it throws is a finding. */
  readonly run: (text: string) => void | Promise<void>;
}

/** Something came out that must not. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** Throws a finding unless the condition holds. */
export function must(condition: boolean, message: () => string): asserts condition {
  if (!condition) throw new Finding(message());
}
