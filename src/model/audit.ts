import type { Position } from './position.ts';
import type { Report } from './report.ts';

/**
 * What became of one repository of an audit.
 *
 * - `read`: its workflow files were read, and there is at least one.
 * - `no-workflows`: it has none, or no commit at all.
 * - `not-read`: it could not be read, so nothing is known of it.
 * - `lost`: the shard that it was in gave no result, so nothing is known of it.
 */
export type AuditState = 'read' | 'no-workflows' | 'not-read' | 'lost';

/**
 * A file beside the workflow files that a report rests on: of another repository, of another ref or, where a branch was
 * read, of that branch (policy, baseline, actions), which then is the ref.
 */
export interface AuditedCall {
  /** `OWNER/NAME/path@REF`. */
  readonly file: string;
  /** Git's id of what the file held; `null` when it is not there or could not be read. */
  readonly id: string | null;
  /** The commit that the ref meant; not given where the ref is a commit itself, or it is not known. */
  readonly commit?: string;
}

/** What an audit says of a repository beside its report, so that a later one can tell whether all is still the same. */
export interface Audited {
  /** `OWNER/NAME`, as GitHub writes it. */
  readonly repository: string;
  /** The branch that was read; `null` for a checkout, and where there is none. */
  readonly branch: string | null;
  readonly state: AuditState;
  /** The commit that was read; `null` where it is not known. */
  readonly commit: string | null;
  readonly archived: boolean;
  readonly fork: boolean;
  /** Sorted by file. */
  readonly called: readonly AuditedCall[];
  /**
   * The same for the same report: a digest of the files' ids, the settings, the policy, the options and this tool. Empty
   * where there is no report, or a file was asked for and there was no answer.
   */
  readonly key: string;
  /** The report is that of an earlier audit, whose key is the same. */
  readonly reused?: true;
}

/** In place of a report, when there is none. */
export interface FailedAudit {
  readonly schemaVersion: 1;
  readonly tool: Report['tool'];
  readonly result: 'error';
  readonly error: Partial<Position> & { readonly path?: string; readonly message: string };
  readonly audit: Audited;
}

/** A line of `--format jsonl`: the report of one repository. */
export type AuditLine = (Report & { readonly audit: Audited }) | FailedAudit;
