import type { AccessLevel, Permissions } from './permission.ts';
import type { Location } from './position.ts';
import type { Change, Compared } from './change.ts';
import type { Grant } from './grant.ts';
import type { ImpossibleNeed, StepNeed, Uncertainty } from './needs.ts';
import type { Observation } from './observation.ts';
import type { ProblemCode } from './problem.ts';
import type { DefaultPermissions, ForkPullRequests, Settings, Visibility, WhatIf } from './settings.ts';

/** From worst to best. */
export type Outcome = 'invalid' | 'startup_failure' | 'unresolved' | 'ok';

export type FindingLevel = 'error' | 'warning' | 'note';

export type Result = 'pass' | 'fail' | 'error';

/** One way to mend a problem. */
export interface Advice {
  /** What to do, in one or two sentences. */
  readonly text: string;
  /** The file and the line where to do it. */
  readonly path: string;
  readonly line: number;
  /** The `permissions` block to write there. */
  readonly permissions?: Permissions;
}

export interface ReportedProblem extends Location {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  /** The calling job, for a problem of a call. */
  readonly job?: readonly string[];
  /** The block that asks for too much, where that is the problem. */
  readonly askedAt?: Location;
  /** Ways to mend it, the one in the caller first. */
  readonly advice?: readonly Advice[];
  readonly defaultPermissions?: DefaultPermissions;
  /** It rests on a called file that may not be the one of the ref that is called. */
  readonly anyRef?: true;
}

/** A job as written in a workflow file, and what its token may do. */
export interface ReportedJob {
  /** Job ids, from the calling job down. */
  readonly path: readonly string[];
  readonly name: string | null;
  readonly uses: string | null;
  readonly definedIn: string;
  readonly position: { readonly line: number; readonly column: number };
  readonly declared: Permissions | null;
  readonly declaredAt: Location | null;
  readonly grants: readonly Grant[];
  /** What its steps need; of a calling job, what the called workflow asks for; `null` when that was not worked out. */
  readonly needs: ReportedNeeds | null;
  /** The least block to write; `null` when it cannot be known. */
  readonly suggested: Permissions | null;
}

/** What a job needs, with the reasons step by step. */
export interface ReportedNeeds {
  /** Every step could be seen into. */
  readonly complete: boolean;
  /** The permissions that a step may use and that could not be seen; `[]` when the need is complete. */
  readonly uncertain: 'all' | readonly string[];
  readonly permissions: Permissions;
  readonly because: readonly StepNeed[];
  /** Why something is uncertain. */
  readonly unseen: readonly Uncertainty[];
  /** What no block can give. */
  readonly impossible: readonly ImpossibleNeed[];
}

export interface ReportedWorkflow {
  readonly path: string;
  readonly name: string | null;
  readonly events: readonly string[];
  readonly outcome: Outcome;
  readonly problems: readonly ReportedProblem[];
  readonly contract: {
    readonly permissions: Permissions;
    /** False when a called workflow further down, which was not read, may ask for more. */
    readonly complete: boolean;
    readonly unmetBy: readonly { readonly path: string; readonly job: readonly string[] }[];
  } | null;
  readonly jobs: readonly ReportedJob[];
}

/** A permission that a finding is about. */
export interface FoundPermission {
  readonly permission: string;
  readonly granted?: AccessLevel;
  readonly allowed?: AccessLevel;
}

/** One thing that a finding is about, named so that it stays the same when lines move. */
export interface FoundSubject extends Partial<FoundPermission> {
  /** The workflow file that starts the run. */
  readonly workflow: string;
  readonly job?: readonly string[];
  /** The file that defines the job, where it is another one. */
  readonly definedIn?: string;
  /** What else tells it from others of the rule: an action, a secret. */
  readonly about?: string;
}

/** Why a finding does not count. */
export type ExcusedBy = 'exception' | 'ignore' | 'baseline';

export type SuppressedFinding = Finding & { readonly by: ExcusedBy; readonly reason: string };

/** What a baseline remembers of a subject: who may do what, and never where that stands. */
export interface Identity {
  readonly rule: string;
  readonly workflow: string;
  /** The path of job ids joined with `/`; not given when it is about the file. */
  readonly job?: string;
  readonly permission?: string;
  readonly granted?: string;
  readonly about?: string;
}

/** A finding that a change of policy takes away or brings. `subjects` are those that it takes away or brings alone. */
export type PreviewedFinding = Pick<
  Finding,
  'id' | 'rule' | 'level' | 'message' | 'path' | 'line' | 'column' | 'subjects'
>;

/** What would become different if the policy, the baseline and the ignore comments of the head were in force. */
export interface PolicyChange {
  /** The files that change it. */
  readonly files: readonly string[];
  /** Findings that would go away. */
  readonly gone: readonly PreviewedFinding[];
  /** Findings that would come. */
  readonly come: readonly PreviewedFinding[];
}

/** What a repository was judged by, beside the levels that hold without a policy. */
export interface ReportedPolicy {
  /** The policy file; `null` when there is none. */
  readonly path: string | null;
  /**
   * `folder`: the repository as it was checked. `base`: the branch, or ref, that it is compared with. `file`: a file
   * outside of the repository.
   */
  readonly from: 'folder' | 'base' | 'file';
  /** The branch or ref that it was read at, and its commit, as far as they are known. */
  readonly ref: string | null;
  readonly commit: string | null;
  /**
   * The policies that it extends, the next one first: OWNER/NAME/path@REF. One that many repositories are judged by is
   * extended by all of them, as it was given; where a repository has none of its own, `path` is `null`.
   */
  readonly extends: readonly string[];
  /** `null` when there is none. */
  readonly baseline: {
    readonly path: string;
    /** How many findings it accepts. */
    readonly entries: number;
    /** Entries that match nothing any more. */
    readonly mended: readonly Identity[];
  } | null;
  readonly notices: readonly PolicyNotice[];
  /** `null` when the head changes nothing of it. */
  readonly change: PolicyChange | null;
}

/** Something about the policy that its owner should know, and that is no finding. */
export interface PolicyNotice extends Location {
  readonly message: string;
}

export interface Finding extends Location {
  /** The same when lines move. */
  readonly id: string;
  readonly rule: string;
  readonly level: FindingLevel;
  readonly message: string;
  readonly hint?: string;
  readonly job?: readonly string[];
  readonly jobs?: readonly (readonly string[])[];
  readonly permission?: string;
  readonly granted?: AccessLevel;
  readonly allowed?: AccessLevel;
  readonly permissions?: readonly FoundPermission[];
  /** All that it is about, one entry for each job and permission: by these it can be excused. */
  readonly subjects: readonly FoundSubject[];
  /** The values of unknown settings under which alone it holds. */
  readonly defaultPermissions?: DefaultPermissions;
  readonly visibility?: 'public' | 'private';
  readonly forkPullRequests?: ForkPullRequests;
  readonly askedAt?: Location;
  readonly advice?: readonly Advice[];
  /** With a base: the base has it too. */
  readonly existing?: true;
}

/** What the result goes by. */
export interface Gate {
  /** The least level of a finding that fails the run. */
  readonly failOn: FindingLevel | 'never';
  /** With a base: do findings that the base has too count? */
  readonly report: 'all' | 'new';
  /** What is checked is to be merged into what it is compared with. */
  readonly beforeMerge: boolean;
}

/** The report of one repository, as `--format json` prints it. Every other output is a function of it. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: {
    readonly name: string;
    readonly version: string;
    /** Where the files of this version are to be read, without a `/` at its end; only where it is known. */
    readonly home?: string;
  };
  readonly repository: {
    readonly name: string | null;
    readonly visibility: Visibility | 'unknown';
    readonly defaultPermissions: Settings['defaultPermissions'];
    readonly forkPullRequests: ForkPullRequests | 'unknown';
    /** Whether the settings let a job create and approve pull requests; not given when it is not known. */
    readonly canApprovePullRequestReviews?: boolean;
    /** `github.com`, or the GitHub Enterprise Server version that was computed for, such as `3.17`. */
    readonly platform: string;
  };
  /** The date of the table of permissions that was used, YYYY-MM-DD. */
  readonly permissionsTable: string;
  /** `null` without a policy, a baseline and a base. */
  readonly policy: ReportedPolicy | null;
  readonly workflows: readonly ReportedWorkflow[];
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly result: Result;
  readonly gate: Gate;
  /** What is different from a base, or under another value of a setting; only where that was asked for. */
  readonly changes?: readonly Change[];
  /** What another value of a setting would do; only where that was asked for. `changes` has what jobs would get. */
  readonly whatIf?: ReportedWhatIf;
  /** What `changes` were found against; only with them, or where there was nothing to compare with. */
  readonly compared?: Compared;
  /** What earlier runs showed; only when somebody asked for it. */
  readonly observed?: Observed;
  /** What `--fix` changed, or `--diff` would; only with one of them. */
  readonly fixes?: readonly ReportedFix[];
}

/** What earlier runs showed, and what that confirms. */
export interface Observed extends Observation {
  /** How many rows there are, of jobs that have a token, and how many of them a run has confirmed as they are now. */
  readonly rows: { readonly all: number; readonly confirmed: number };
}

/** The change of one file. */
export interface ReportedFix {
  readonly path: string;
  /** A unified diff, as `git apply` takes it. */
  readonly patch: string;
}

/** A job of a workflow that starts a run. */
export interface JobOfWorkflow {
  readonly workflow: string;
  readonly job: readonly string[];
}

/** What another value of a setting would do to a repository. */
export interface ReportedWhatIf {
  readonly setting: WhatIf['setting'];
  /** The value that is tried. */
  readonly value: WhatIf['value'];
  /** The value that there is now. */
  readonly before: WhatIf['value'];
  /** That value is not known: it is taken to be the other one. */
  readonly isAssumed: boolean;
  /** Jobs that would no longer get what their steps use. */
  readonly losing: readonly (JobOfWorkflow & {
    readonly permissions: readonly {
      readonly permission: string;
      readonly granted: AccessLevel;
      readonly needed: AccessLevel;
    }[];
  })[];
  /** Jobs that would lose something which steps may use that cannot be seen into. */
  readonly unclear: readonly JobOfWorkflow[];
  /** Workflows that would not start any more. */
  readonly failing: readonly string[];
  /** How many jobs would get the same as now. */
  readonly unaffected: number;
  /** The blocks to write first, so that nothing is lost and nothing is gained. */
  readonly blocks: readonly SuggestedBlock[];
}

/** A block to write into a job, or into its workflow. */
export interface SuggestedBlock extends JobOfWorkflow {
  readonly permissions: Permissions;
}
