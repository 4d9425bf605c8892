import type { Actor } from './grant.ts';
import type { AccessLevel } from './permission.ts';
import type { DefaultPermissions, ForkPullRequests } from './settings.ts';

/** What became of a job, or of what a file asks of its callers. */
export type ChangeKind =
  | 'raised'
  | 'lowered'
  | 'new'
  | 'removed'
  | 'reachable-by-outsiders'
  | 'no-longer-reachable'
  | 'starts-to-fail'
  | 'stops-failing'
  | 'becomes-unknown'
  | 'becomes-known'
  | 'contract-raised'
  | 'contract-lowered';

/** A permission whose level differs. */
export interface ChangedPermission {
  readonly permission: string;
  readonly before: AccessLevel;
  readonly after: AccessLevel;
}

/** Why something changed: the place in the head where to look, the base's where the head has none. */
export interface Because {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  /** One sentence: what was changed there. */
  readonly message: string;
}

/** One difference between two states of a repository, or between two values of a setting. */
export interface Change {
  readonly kind: ChangeKind;
  /** The file that starts the run, as the head names it; as the base does, where the head has none. */
  readonly workflow: string;
  /** Job ids, from the calling job down; not given when it is about the file. */
  readonly job?: readonly string[];
  /** Where it was in the base, when it moved. */
  readonly from?: { readonly workflow: string; readonly job?: readonly string[] };
  /** The events that it is about; `workflow_call` for a contract. */
  readonly events: readonly string[];
  /** Activity types, only where they differ. */
  readonly actions?: readonly string[];
  /** Where the change that starts the run comes from: the first of `actors`. */
  readonly actor: Actor;
  readonly actors: readonly Actor[];
  /** Only runs of `pull_request_target` on a base branch that Dependabot created. */
  readonly baseRefCreatedByDependabot?: true;
  /** The values of unknown settings under which alone it holds. */
  readonly defaultPermissions?: DefaultPermissions;
  readonly visibility?: 'public' | 'private';
  readonly forkPullRequests?: ForkPullRequests;
  /** The first of `permissions`, where there is one. */
  readonly permission?: string;
  readonly before?: AccessLevel;
  readonly after?: AccessLevel;
  /** All permissions whose level differs, by name; none where a run that gets nothing starts or fails. */
  readonly permissions: readonly ChangedPermission[];
  /** Somebody without write access can start these runs: in the head, or in the base where it is about less. */
  readonly byOutsiders?: true;
  /** A level is the most that it can be, since a called workflow could not be read. */
  readonly upperBound?: true;
  readonly because: Because;
}

/** What a report was compared with. */
export interface Compared {
  /** A ref and its commit, or a value of a setting; `null` when there is nothing to compare with. */
  readonly with: string | null;
  /** One sentence: how that was found, or why there is nothing. */
  readonly how: string;
}
