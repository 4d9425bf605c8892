import type { AccessLevel } from './permission.ts';

/**
 * The group "GITHUB_TOKEN Permissions" of a job's log, by the names that GitHub prints. `none`: the log has no such
 * group. `empty`: GitHub printed no line in it. `cut`: the log ends before it does. `unreadable`: it has other lines than
 * GitHub prints, or lacks one that GitHub always prints.
 */
export type LoggedGroup =
  | { readonly kind: 'found'; readonly levels: ReadonlyMap<string, AccessLevel> }
  | { readonly kind: 'none' | 'empty' | 'cut' | 'unreadable' };

/** What the log of one job tells, and nothing else of it. */
export interface LoggedJob {
  /** The job's name as GitHub shows it; `null` when nothing tells it. */
  readonly name: string | null;
  /** The name is that of a file in a zip of logs, which lacks some characters and may be cut. */
  readonly isFileName: boolean;
  /** The day of the run, YYYY-MM-DD; `null` for a log without times. */
  readonly date: string | null;
  readonly group: LoggedGroup;
  /** Where its secrets came from: `None` for a fork, `Dependabot`, `Actions`; `null` when nothing tells. */
  readonly secretSource: string | null;
}

/** A log, and where it comes from. */
export interface LogOfFile {
  /** The file as it was given, and the file in it where that is a zip. */
  readonly log: string;
  readonly job: LoggedJob;
}
