import type { Actor, Grant, Origin } from './grant.ts';
import type { AccessLevel, Permissions } from './permission.ts';
import type { DefaultPermissions } from './settings.ts';

/** A job whose computed rows are compared with logs. */
export interface ComparableJob {
  /** Job ids, from the calling job down. */
  readonly path: readonly string[];
  readonly grants: readonly Grant[];
  /** The block that applies is `read-all` or `write-all`, whose meaning grows. */
  readonly isShorthand: boolean;
}

/** What is known of the run that a log is of; `null` for what is not. */
export interface KnownRun {
  readonly event: string | null;
  readonly actor: Actor | null;
  /** YYYY-MM-DD. */
  readonly date: string | null;
}

/** One permission as computed and as logged. */
export interface ComparedPermission {
  readonly permission: string;
  readonly computed: AccessLevel;
  readonly logged: AccessLevel;
  /** Where the computed level comes from; `null` for `none`. */
  readonly origin: Origin | null;
}

/** A name in a log that our table does not have. */
export interface NewInLog {
  /** As GitHub prints it. */
  readonly logName: string;
  readonly level: AccessLevel;
}

/** Why a log cannot be compared, or why nothing was computed to compare it with. */
export type NotComparedBecause =
  'no-group' | 'empty-group' | 'cut-group' | 'unreadable-group' | 'no-rows' | 'called-file-not-read' | 'too-old';

/** What comparing the rows of one job with one log gave. */
export type Comparison =
  | {
      readonly result: 'agrees' | 'differs';
      /** Rows that the log agrees with; of a difference, the row that is nearest. */
      readonly rows: readonly Grant[];
      /** By `rows[0]`, sorted: what is `none` in both is left out. */
      readonly compared: readonly ComparedPermission[];
      /** What the log says, in the names of workflow files. */
      readonly granted: Permissions;
      readonly newPermissions: readonly NewInLog[];
      /** Permissions that were introduced about the day of the log, so that nobody knows whether it should have them. */
      readonly uncertain: readonly string[];
      /** Which value the setting has, when the log tells. */
      readonly defaultPermissions: DefaultPermissions | null;
    }
  | {
      readonly result: 'not-compared';
      readonly because: NotComparedBecause;
    };
