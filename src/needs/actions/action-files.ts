import type { ActionDefinition } from '../../model/action.ts';

export type { ActionDefinition, CompositeDefinition } from '../../model/action.ts';

/** An action that was looked for, and what was found. */
export type ActionFile =
  | {
      readonly kind: 'found';
      /** How a report names its file: its path, or `OWNER/NAME/path@REF`. */
      readonly path: string;
      readonly definition: ActionDefinition;
      /** It was read from a checkout that stands for any ref. */
      readonly anyRef: boolean;
    }
  | { readonly kind: 'not-found' | 'unavailable'; readonly reason: string };

/**
 * The actions that steps use and that had to be looked into, by `actionKey`. Those that the table of actions knows are not
 * among them.
 */
export type ActionFiles = ReadonlyMap<string, ActionFile>;

/** Where an action stands: in the checkout under test, or in a repository at a ref. `folder` is empty for its root. */
export type ActionPlace =
  | { readonly kind: 'checkout'; readonly folder: string }
  | {
      readonly kind: 'repository';
      readonly owner: string;
      readonly name: string;
      readonly folder: string;
      readonly ref: string;
    };

/** The same for every way to write the same place: GitHub ignores the case of owners and names. */
export function actionKey(place: ActionPlace): string {
  if (place.kind === 'checkout') return `./${place.folder}`;
  return `${place.owner.toLowerCase()}/${place.name.toLowerCase()}/${place.folder}@${place.ref}`;
}

/**
 * So many composite actions may use one another, the first one included; GitHub fails a job that goes deeper.
 *
 * @see https://github.com/actions/runner/blob/main/docs/adrs/1144-composite-actions.md#composite-recursion-limit
 */
export const MOST_NESTED_ACTIONS = 10;
