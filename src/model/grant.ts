import type { Permissions } from './permission.ts';
import type { Location } from './position.ts';
import type { DefaultPermissions, ForkPullRequests } from './settings.ts';

/** Where the change that starts a run comes from. `fork`: a pull request from a fork. */
export type Actor = 'repository' | 'fork' | 'dependabot';

/** Where a permission comes from, and what reduced it. */
export interface Origin extends Partial<Location> {
  readonly from: 'job' | 'workflow' | 'caller' | 'default' | 'always';
  readonly reducedBy?: 'fork' | 'dependabot';
}

/** One outcome of a job: which runs it stands for, and what the token may do in them. */
export interface Grant {
  readonly events: readonly string[];
  /** Activity types, only where they differ. */
  readonly actions?: readonly string[];
  readonly actor: Actor;
  /**
   * Those of the events that somebody without write access can cause, so that the job runs; not given where there is none.
   * A fork's own pull
   * request counts where the settings send it a token that can write.
   */
  readonly byOutsiders?: readonly string[];
  /** On `pull_request_target`: the outcome when Dependabot created the pull request's base branch. */
  readonly baseRefCreatedByDependabot?: true;
  /** The value of a setting that is unknown and changes the outcome. */
  readonly defaultPermissions?: DefaultPermissions;
  /** `private` stands for internal repositories too. */
  readonly visibility?: 'public' | 'private';
  readonly forkPullRequests?: ForkPullRequests;
  readonly status: 'granted' | 'not-run' | 'upper-bound';
  /** On `pull_request_target`, which execution protections may stop. */
  readonly ifAllowed?: true;
  readonly confidence: 'high' | 'medium';
  /** Why the confidence is not high, one sentence each. */
  readonly doubts?: readonly string[];
  /** What is not named is none; `{}` when not run. */
  readonly permissions: Permissions;
  readonly origins: Readonly<Record<string, Origin>>;
}
