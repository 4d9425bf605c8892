import type { Position } from './position.ts';

/** What a token may do with one permission. GitHub's order: none < read < write. */
export type AccessLevel = 'none' | 'read' | 'write';

/**
 * Access levels by permission, in GitHub's YAML spelling (`pull-requests`). A permission that is not named is `none`.
 * Keys come from our own table of permissions only, never from a file.
 */
export type Permissions = Readonly<Record<string, AccessLevel>>;

/** A permission that GitHub added after our table was made. */
export interface NewPermission {
  readonly name: string;
  /** The levels that a workflow file may give it, `none` aside. */
  readonly levels: readonly AccessLevel[];
}

/** One line of a `permissions` mapping, as written. */
export interface PermissionEntry {
  readonly permission: string;
  readonly level: AccessLevel;
  /** Where the name of the permission stands. */
  readonly position: Position;
  /** The comment beside it, or on the lines right above it; `null` without one. */
  readonly comment: string | null;
}

/** All permissions at once, as written. */
export interface Shorthand {
  readonly value: 'read-all' | 'write-all';
  readonly position: Position;
  /** As for an entry. */
  readonly comment: string | null;
}

/**
 * A `permissions` block as written. No block is `null` wherever a block may stand; `permissions: {}` is a block without
 * entries. GitHub keeps these apart, so do we.
 */
export interface PermissionsBlock {
  /** Where the key `permissions` stands. */
  readonly position: Position;
  readonly shorthand: Shorthand | null;
  readonly entries: readonly PermissionEntry[];
}
