import type { Report } from './report.ts';

/** A branch of a repository that an audit reads, and the shard that does it. */
export interface PlannedRepository {
  /** `OWNER/NAME`, as GitHub writes it. */
  readonly repository: string;
  /** `null` for a repository without a commit. */
  readonly branch: string | null;
  /** From 1 to the number of shards. */
  readonly shard: number;
}

/** A repository that an audit leaves out, as it was asked to. */
export interface SkippedRepository {
  readonly repository: string;
  readonly why: 'archived' | 'fork';
}

/** What an audit is split into. Whoever writes it may say more. */
export interface AuditPlan {
  readonly schemaVersion: 1;
  readonly tool: Report['tool'];
  /** The organization or user; `null` for a list of repositories. */
  readonly owner: string | null;
  readonly shards: number;
  /** Sorted by repository in lower case, then by branch. */
  readonly repositories: readonly PlannedRepository[];
  /** Sorted by repository in lower case. */
  readonly skipped: readonly SkippedRepository[];
}
