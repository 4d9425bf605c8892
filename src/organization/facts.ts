import type { AuditState } from '../model/audit.ts';
import type { SkippedRepository } from '../model/audit-plan.ts';
import type { ChangedPermission, ChangeKind } from '../model/change.ts';
import type { Actor, Grant } from '../model/grant.ts';
import type { AccessLevel, Permissions } from '../model/permission.ts';
import type { FindingLevel, Outcome, Report, Result } from '../model/report.ts';
import type { DefaultPermissions, WhatIf } from '../model/settings.ts';

/**
 * All that an audit knows of many repositories, small enough for 40,000 jobs. It is plain data: written as JSON and read
 * again it is the same. The same lines give the same facts, in whatever order they came.
 */
export interface OrganizationFacts {
  readonly tool: Report['tool'];
  /** The date of the table of permissions, YYYY-MM-DD; the newest one. `null` without any report. */
  readonly permissionsTable: string | null;
  /** Sorted by name in lower case, then by branch. */
  readonly repositories: readonly RepositoryFacts[];
  /** Each different outcome once: jobs name those that they have by their place in this list, from 0. */
  readonly outcomes: readonly OutcomeFacts[];
  /** Each different set of permissions that is passed on or asked for, once; calls and contracts name it by its place. */
  readonly sets: readonly Permissions[];
  /** The workflow files that are called. Sorted by name. */
  readonly called: readonly CalledFacts[];
  /** The repositories that the plan left out. */
  readonly skipped: readonly SkippedRepository[];
  /** What the organization would notice of another value of a setting; `null` when that was not asked. */
  readonly whatIf: TriedFacts | null;
  /** Who breaks when a called workflow asks for more; `null` when that was not asked. */
  readonly asked: AskedFacts | null;
  /** What is different since an earlier audit; `null` without one. */
  readonly since: SinceFacts | null;
}

/** A branch of a repository. */
export interface RepositoryFacts {
  /** `OWNER/NAME`. */
  readonly repository: string;
  readonly branch: string | null;
  readonly commit: string | null;
  /** Of `not-read` and `lost`, nothing is known: there are no workflows and no findings here, and that says nothing. */
  readonly state: AuditState;
  /** Why it could not be read, or is lost, in one sentence; not given for others. */
  readonly reason?: string;
  readonly archived?: true;
  readonly fork?: true;
  readonly reused?: true;
  readonly visibility: Report['repository']['visibility'];
  readonly defaultPermissions: DefaultPermissions | 'unknown';
  readonly forkPullRequests: Report['repository']['forkPullRequests'];
  /** Whether jobs may create and approve pull requests; not given when it is not known. */
  readonly mayApprove?: boolean;
  /** `github.com`, or the version of the server. */
  readonly platform: string;
  readonly result: Result;
  readonly workflows: readonly WorkflowFacts[];
  /** In the order of the report. */
  readonly findings: readonly FindingFacts[];
  /** How many findings a policy, a comment or a baseline excuses. */
  readonly suppressed: number;
}

export interface WorkflowFacts {
  readonly path: string;
  readonly name: string | null;
  readonly events: readonly string[];
  readonly outcome: Outcome;
  /** What is wrong with it, the first sentence; not given when nothing is. */
  readonly problem?: string;
  /** The value of the default under which its runs do not start; not given where that does not matter. */
  readonly failsIf?: DefaultPermissions;
  /** What it asks of its callers; not given for a file that cannot be called. */
  readonly contract?: ContractFacts;
  /** Jobs that have a token of their own, or may have; those of called workflows too. */
  readonly jobs: readonly JobFacts[];
  /** Jobs that call a workflow, at any depth. */
  readonly calls: readonly CallFacts[];
}

export interface JobFacts {
  /** Job ids from the calling job down, joined with `/`. */
  readonly job: string;
  /** Where it is written: the line, and the file where that is another one than the workflow's. */
  readonly line: number;
  readonly definedIn?: string;
  /** Places in `outcomes`. */
  readonly outcomes: readonly number[];
}

/**
 * A row of a job: a group of runs, and what the token may do in them, `metadata` left out. Forks and Dependabot have a row
 * only where it differs from the repository's.
 */
export type OutcomeFacts = Omit<Grant, 'origins' | 'doubts' | 'confidence' | 'ifAllowed' | 'status'> & {
  /** The most that it may be: a called workflow could not be read. */
  readonly upperBound?: true;
  /** The job certainly does not run in these. */
  readonly notRun?: true;
};

/** A job that calls a workflow file. */
export interface CallFacts {
  /** Job ids from the calling job of the workflow down, joined with `/`. */
  readonly job: string;
  /** What it calls: the place in `called`. */
  readonly to: number;
  /** The ref at which that file is read; `null` for the same checkout. */
  readonly ref: string | null;
  /** It could not be read: what it calls in turn is not known. */
  readonly unread?: true;
  /**
   * What it passes on, by the place in `sets`; `null` where no block applies, so that the setting decides, or, in a file
   * that is only called, its callers.
   */
  readonly passes: number | null;
  /** Where to change that: the block, or the calling job where there is none. */
  readonly at: { readonly path: string; readonly line: number };
}

/** A workflow file that others call, at any ref. */
export interface CalledFacts {
  /** `OWNER/NAME/path`. */
  readonly file: string;
  /** What it asks of its callers on the branch that was audited: `main` or `master` of several, else the first. `null` when it is not known. */
  readonly contract: ContractFacts | null;
}

/** The least that a caller must grant. */
export interface ContractFacts {
  /** The place in `sets`. */
  readonly permissions: number;
  /** False when a called workflow further down, which was not read, may ask for more. */
  readonly complete: boolean;
}

export interface FindingFacts {
  readonly id: string;
  readonly rule: string;
  readonly level: FindingLevel;
  readonly message: string;
  readonly path: string;
  readonly line: number;
  /** The first job that it is about, its ids joined with `/`. */
  readonly job?: string;
  /** How many jobs and permissions it is about. */
  readonly subjects: number;
}

/** What all repositories together would notice of another value of a setting. */
export interface TriedFacts {
  readonly setting: WhatIf['setting'];
  readonly value: WhatIf['value'];
  /** The repositories that would notice it, or have something to write first; in the order of `repositories`. */
  readonly repositories: readonly TriedRepository[];
  /** Repositories of which it was computed. */
  readonly computed: number;
  /** Repositories that have a report without it: nothing is known of them here. */
  readonly notComputed: number;
  /** Jobs that would get the same as now, of all repositories. */
  readonly unaffected: number;
}

export interface TriedRepository {
  /** The place in `repositories`. */
  readonly repository: number;
  /** The value that it has now was not known. */
  readonly isAssumed: boolean;
  readonly losing: readonly {
    readonly workflow: string;
    readonly job: string;
    /** `contents: write`, in alphabetical order. */
    readonly permissions: readonly string[];
  }[];
  readonly unclear: readonly { readonly workflow: string; readonly job: string }[];
  readonly failing: readonly string[];
  /** How many blocks are to be written first. */
  readonly blocks: number;
  /** These blocks as one unified diff; `null` where the lines have none. */
  readonly patch: string | null;
}

/** What would become of the callers of a workflow that asks for more. */
export interface AskedFacts {
  /** `OWNER/NAME/path`. */
  readonly file: string;
  readonly permissions: Permissions;
  /** It asks for all of that already. */
  readonly isAskedAlready: boolean;
  readonly callers: readonly AskedCaller[];
  /** Calls whose file could not be read: what they lead to is not known. */
  readonly unreadCalls: number;
}

/** A call that leads to the workflow that asks for more. */
export interface AskedCaller {
  /** Places: of the repository, of its workflow, and of the call in it. */
  readonly repository: number;
  readonly workflow: number;
  readonly call: number;
  /**
   * `breaks`: runs do not start any more, whatever the setting is. `breaks-if-read`: only if the default, which is not
   * known, is read. `fits`: nothing happens. `fails-already`: its runs do not start as it is.
   * `by-callers`: the file is only called, and who calls it decides.
   */
  readonly effect: 'breaks' | 'breaks-if-read' | 'fits' | 'fails-already' | 'by-callers';
  /** It calls a commit: nothing happens until somebody changes that. */
  readonly isPinned: boolean;
  /** What it lacks, with the level that it has. */
  readonly lacks: readonly { readonly permission: string; readonly needed: AccessLevel; readonly has: AccessLevel }[];
}

/** What is different since an earlier audit. */
export interface SinceFacts {
  /** Repositories, each with its branch, of this audit and of the one before. */
  readonly new: readonly string[];
  readonly gone: readonly string[];
  /** Not compared, as one of the two audits could not read them. */
  readonly notCompared: readonly string[];
  readonly jobs: readonly SinceJob[];
  readonly findings: readonly SinceFinding[];
}

export interface SinceJob {
  readonly kind: ChangeKind;
  readonly repository: string;
  readonly branch: string | null;
  readonly workflow: string;
  /** Not given when it is about the file. */
  readonly job?: string;
  readonly events: readonly string[];
  /** Whose runs: `fork` and `dependabot` where theirs change too, or alone. */
  readonly actors: readonly Actor[];
  /** The most of all values that unknown settings may have. */
  readonly permissions: readonly ChangedPermission[];
}

export interface SinceFinding extends FindingFacts {
  readonly kind: 'new' | 'mended';
  readonly repository: string;
  readonly branch: string | null;
}
