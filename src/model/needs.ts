import type { Grant } from './grant.ts';
import type { AccessLevel, Permissions } from './permission.ts';
import type { Location } from './position.ts';

/** When a need holds; what is not given does not matter. */
export interface NeedCondition {
  /** In runs of these events only. */
  readonly events?: readonly string[];
  /** `private` stands for internal repositories too. */
  readonly visibility?: 'public' | 'private';
}

/** A permission that a step uses. */
export interface StepNeed extends Location {
  /** The action or the command that uses it. */
  readonly by: string;
  readonly permission: string;
  readonly level: Exclude<AccessLevel, 'none'>;
  /** What it is used for, in a few words. */
  readonly because: string;
  readonly when?: NeedCondition;
  /** Any of these permissions at the same level does instead: a comment takes `issues` or `pull-requests`. */
  readonly instead?: readonly string[];
  /**
   * An issue takes `issues`, and a pull request `pull-requests`. `known`: `permission` is the one for it. `unknown`: it may
   * be an issue in one run and a pull request in another.
   */
  readonly subject?: 'known' | 'unknown';
  /** Reads what every token may read in a public repository: it fails in private and internal ones alone. */
  readonly publicRead?: true;
  /** The run goes on without it, as the step may fail. */
  readonly tolerated?: true;
  /** The step does its work without it: it is kept where it is granted, and not asked for. */
  readonly optional?: true;
}

/** What a step may use and we cannot see. */
export interface Uncertainty extends Location {
  readonly by: string;
  /** The permissions that it may use at most. */
  readonly permissions: 'all' | readonly string[];
  readonly because: string;
  /** The action, `owner/name` or `owner/name/path`, of which a policy could say under `actions` what it needs. */
  readonly action?: string;
}

/** Something that no block can give. */
export interface ImpossibleNeed extends Location {
  readonly by: string;
  /** Such as `administration: read`. */
  readonly what: string;
  readonly because: string;
}

/** What a step does with the job's token. */
export interface StepUse {
  readonly needs: readonly StepNeed[];
  readonly uncertain: readonly Uncertainty[];
  readonly impossible: readonly ImpossibleNeed[];
}

/** What a job's steps need in one kind of run. */
export interface RowNeeds {
  readonly row: Grant;
  readonly needs: readonly StepNeed[];
  readonly impossible: readonly ImpossibleNeed[];
  /** Those of the needs of which it is not known whether their step, or the job, ever runs there: a condition decides. */
  readonly unsure: readonly StepNeed[];
}

/** What a job's steps do with its token, in all runs together and run by run. */
export interface JobNeeds extends StepUse {
  /** Nothing is uncertain. */
  readonly complete: boolean;
  /** The permissions that a step may use and we cannot see; `[]` when the need is complete. */
  readonly open: 'all' | readonly string[];
  /** The least block for all that is needed in any run. */
  readonly permissions: Permissions;
  /** The least block to write: what is needed, and what is open as it is granted; `null` when all is open. */
  readonly suggested: Permissions | null;
  /**
   * One for each row of the job's grants in which it runs, in their order. Then those that forks or Dependabot share with
   * the repository, where a step runs for them alone.
   */
  readonly rows: readonly RowNeeds[];
}
