import type { Input, InputFile } from '../input/input.ts';
import type { Answer } from './answer.ts';

/** What the page asks of the worker. */
export interface Question {
  readonly kind: 'check' | 'fix';
  readonly id: number;
  readonly input: Input;
}

/** The files with the suggested blocks: only those that change. */
export interface Fixed {
  readonly files: readonly InputFile[];
  /** What stays as it is although it should not, one sentence each. */
  readonly refused: readonly string[];
}

/** What comes back, with the id of the question. */
export type Reply =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'fixed'; readonly id: number; readonly fixed: Fixed }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
