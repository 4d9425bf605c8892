import type { AccessLevel, Permissions } from './permission.ts';
import type { Location } from './position.ts';
import type { Grant } from './grant.ts';
import type { ProblemCode } from './problem.ts';
import type { DefaultPermissions, ForkPullRequests, Settings, Visibility } from './settings.ts';

/** From worst to best. */
export type Outcome = 'invalid' | 'startup_failure' | 'unresolved' | 'ok';

export type FindingLevel = 'error' | 'warning' | 'note';

export type Result = 'pass' | 'fail' | 'error';

export interface ReportedProblem extends Location {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly defaultPermissions?: DefaultPermissions;
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
}

/** The report of one repository, as `--format json` prints it. Every other output is a function of it. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly repository: {
    readonly name: string | null;
    readonly visibility: Visibility | 'unknown';
    readonly defaultPermissions: Settings['defaultPermissions'];
    readonly forkPullRequests: ForkPullRequests | 'unknown';
    /** `github.com`, or the GitHub Enterprise Server version that was computed for, such as `3.17`. */
    readonly platform: string;
  };
  /** The date of the table of permissions that was used, YYYY-MM-DD. */
  readonly permissionsTable: string;
  readonly workflows: readonly ReportedWorkflow[];
  readonly findings: readonly Finding[];
  readonly suppressed: readonly (Finding & { readonly by: string; readonly reason: string })[];
  readonly result: Result;
}
