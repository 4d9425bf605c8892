import type { Grant } from '../model/grant.ts';
import type { DefaultPermissions, ForkPullRequests } from '../model/settings.ts';

/** The values of unknown settings under which alone a violation holds, or that it rests on an upper bound. */
export interface Guess {
  readonly defaultPermissions?: DefaultPermissions;
  readonly visibility?: 'public' | 'private';
  readonly forkPullRequests?: ForkPullRequests;
  readonly upperBound?: true;
}

/**
 * Whether a violation that holds in some rows of a job is a guess: `null` when there is a kind of run in which it holds
 * whatever the unknown settings are, and a run is granted that and not only at most that.
 */
export function guessOf(rows: readonly Grant[], violates: (row: Grant) => boolean): Guess | null {
  const kinds = new Map<string, Grant[]>();
  for (const row of rows) {
    for (const event of row.events) {
      for (const action of row.actions ?? ['']) {
        const kind = JSON.stringify([event, action, row.actor, row.baseRefCreatedByDependabot]);
        kinds.set(kind, [...(kinds.get(kind) ?? []), row]);
      }
    }
  }
  // Where a setting has one value in all rows, there is no run with the other one, or it is not listed.
  const isCertain = [...kinds.values()].some(
    (same) =>
      same.every((row) => row.status === 'granted' && violates(row)) &&
      Object.keys({
        ...only(same, 'defaultPermissions'),
        ...only(same, 'visibility'),
        ...only(same, 'forkPullRequests'),
      }).length === 0,
  );
  if (isCertain) return null;
  const held = rows.filter(violates);
  return {
    ...only(held, 'defaultPermissions'),
    ...only(held, 'visibility'),
    ...only(held, 'forkPullRequests'),
    ...(held.length > 0 && held.every(({ status }) => status === 'upper-bound') ? { upperBound: true } : {}),
  };
}

/** The one value that a setting has in all rows, if there is one. */
function only<Key extends 'defaultPermissions' | 'visibility' | 'forkPullRequests'>(
  rows: readonly Grant[],
  key: Key,
): { readonly [Name in Key]?: NonNullable<Grant[Name]> } {
  const value = rows[0]?.[key];
  const isOnly = value !== undefined && rows.every((row) => row[key] === value);
  return (isOnly ? { [key]: value } : {}) as { readonly [Name in Key]?: NonNullable<Grant[Name]> };
}
