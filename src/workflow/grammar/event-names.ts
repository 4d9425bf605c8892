import { alternatives, definitionOf } from './grammar.ts';

/** The events that a workflow file may name under `on`. */
export const EVENT_NAMES: readonly string[] = alternatives(definitionOf('on-event')).flatMap(
  (one) => one['allowed-values'] ?? [],
);
