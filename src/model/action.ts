import type { NamedText, Step } from './workflow.ts';

/** What an action is made of, as its `action.yml` says. */
export type ActionDefinition =
  | CompositeDefinition
  /** What it does stands in code that is not read. */
  | { readonly kind: 'program' };

/** An action that is made of steps. */
export interface CompositeDefinition {
  readonly kind: 'composite';
  /** Defaults as written; an input without one has the empty text. */
  readonly inputs: readonly NamedText[];
  /** Their positions are those of the action's file. */
  readonly steps: readonly Step[];
}
