import type { ComparedPermission, NewInLog } from './comparison.ts';
import type { Grant } from './grant.ts';
import type { Permissions } from './permission.ts';
import type { Report } from './report.ts';
import type { DefaultPermissions } from './settings.ts';

export type VerifiedResult = 'agrees' | 'differs' | 'not-compared';

/** The runs that a log agrees with, or is nearest to. */
export type ComparedRun = Pick<
  Grant,
  | 'events'
  | 'actions'
  | 'actor'
  | 'baseRefCreatedByDependabot'
  | 'defaultPermissions'
  | 'visibility'
  | 'forkPullRequests'
  | 'status'
>;

/** What comparing one log gave. */
export interface VerifiedLog {
  /** The file that the log is in, as it was given, and the file in it where it is a zip. */
  readonly log: string;
  /** The job's name in the log. */
  readonly logName: string | null;
  /** The day of the run, YYYY-MM-DD. */
  readonly date: string | null;
  /** Job ids, from the calling job down; `null` when the log fits no job or several. */
  readonly job: readonly string[] | null;
  readonly result: VerifiedResult;
  /** One or two sentences. */
  readonly reason: string;
  /** What the log says, in the names of workflow files; `null` when it says nothing that counts. */
  readonly granted: Permissions | null;
  readonly compared: readonly ComparedPermission[];
  readonly runs: readonly ComparedRun[];
  /** Why they can differ, the likeliest cause first, one or two sentences each. */
  readonly causes: readonly string[];
  /** The value of the setting "Workflow permissions" that the log shows; `null` when it shows none. */
  readonly defaultPermissions: DefaultPermissions | null;
  /** Names that the table of this tool does not have. */
  readonly newPermissions: readonly NewInLog[];
  /** `id-token`, which GitHub never prints, and what was introduced about the day of the log. */
  readonly notCompared: readonly string[];
}

/** What `verify` prints as JSON. The fields of the log that decides stand at the top, too. */
export interface Verification extends VerifiedLog {
  readonly schemaVersion: 1;
  readonly tool: Report['tool'];
  readonly workflow: string;
  /** The date of the table of permissions that was used, YYYY-MM-DD. */
  readonly permissionsTable: string;
  /** Every log that was compared or should have been. */
  readonly logs: readonly VerifiedLog[];
  /** Names of jobs in the logs that no job of the file has. */
  readonly unmatched: readonly string[];
}
