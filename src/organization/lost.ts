import type { FailedAudit } from '../model/audit.ts';
import type { AuditPlan } from '../model/audit-plan.ts';
import type { Report } from '../model/report.ts';

/** A repository and its branch, the same however they are written. */
export function repositoryKey({
  repository,
  branch,
}: {
  readonly repository: string;
  readonly branch: string | null;
}): string {
  return `${repository.toLowerCase()}\n${branch ?? ''}`;
}

/** Takes a plan and the keys of the repositories that have a line, and returns the lines of those that have none. */
export function lostLines(
  { repositories }: AuditPlan,
  found: ReadonlySet<string>,
  tool: Report['tool'],
): readonly FailedAudit[] {
  return repositories
    .filter((planned) => !found.has(repositoryKey(planned)))
    .map(({ repository, branch, shard }) => ({
      schemaVersion: 1,
      tool,
      result: 'error',
      error: { message: `Shard ${shard} gave no result for it. Run that shard again.` },
      audit: {
        ...{ repository, branch, state: 'lost', commit: null },
        ...{ archived: false, fork: false, called: [], key: '' },
      },
    }));
}
