import type { AuditPlan, PlannedRepository, SkippedRepository } from '../../model/audit-plan.ts';
import type { Settings, WhatIf } from '../../model/settings.ts';
import { repositoryKey } from '../../organization/lost.ts';
import { byCodeUnit } from '../../words/by-code-unit.ts';
import type { ManyOptions } from '../many/many-options.ts';
import type { OwnerSettings } from './audit-settings.ts';
import type { ListedRepository } from './listed.ts';

/** So many jobs a matrix may have (https://docs.github.com/en/actions/reference/limits). */
export const MOST_SHARDS = 256;

/** A shard of so many repositories takes some minutes. */
const IN_A_SHARD = 250;

/** What is the same for all repositories of an audit. */
export interface AuditFacts {
  /** The API that was asked. */
  readonly server: string;
  /** YYYY-MM-DD, in UTC: all shards judge by the same day. */
  readonly today: string;
  readonly options: ManyOptions & { readonly whatIf?: WhatIf };
  readonly platform: Settings['platform'];
  /** What was given; `null` where the API is asked. */
  readonly given: {
    readonly defaultPermissions: Settings['defaultPermissions']['value'] | null;
    readonly forkPullRequests: Settings['forkPullRequests'] | null;
  };
  /** The policy for all, as it was given, and what it holds: a shard need not have the file. */
  readonly policy: { readonly given: string; readonly text: string } | null;
  readonly settings: OwnerSettings;
}

/** A plan with all that a shard needs, so that none lists anything again. */
export interface WholePlan extends AuditPlan {
  readonly audit: AuditFacts;
  readonly repositories: readonly (PlannedRepository & ListedRepository)[];
}

/** About how long a repository takes: what is read, asked for and computed grows with the files and their sizes. */
function workOf({ workflows }: ListedRepository): number {
  if ('linked' in workflows) return 1;
  return workflows.reduce((sum, { size }) => sum + 1 + Math.min(size, 65_536) / 4096, 1);
}

/** How many shards: as many as were asked for, never more than a matrix may have, or than there are repositories. */
export function shardsFor(wanted: number | undefined, repositories: number): number {
  return Math.min(wanted ?? Math.ceil(repositories / IN_A_SHARD), MOST_SHARDS, repositories);
}

/** Splits repositories into shards of equal work: each, the biggest first, goes to the shard that has least to do. */
export function split(
  repositories: readonly ListedRepository[],
  shards: number,
): readonly (PlannedRepository & ListedRepository)[] {
  const sorted = repositories
    .map((listed) => ({ listed, place: repositoryKey(listed), work: workOf(listed) }))
    .sort((a, b) => byCodeUnit(a.place, b.place));
  const load = new Array<number>(shards).fill(0);
  const shardOf = new Map<ListedRepository, number>();
  for (const { listed, work } of sorted.toSorted((a, b) => b.work - a.work)) {
    const least = load.indexOf(Math.min(...load));
    load[least] = (load[least] ?? 0) + work;
    shardOf.set(listed, least + 1);
  }
  return sorted.map(({ listed }) => ({ ...listed, shard: shardOf.get(listed) ?? 1 }));
}

/** What is left of the listed repositories, and what is left out as somebody asked. */
export function withoutSkipped(
  repositories: readonly ListedRepository[],
  skip: readonly SkippedRepository['why'][],
): { readonly kept: readonly ListedRepository[]; readonly skipped: readonly SkippedRepository[] } {
  const why = ({ archived, fork }: ListedRepository): SkippedRepository['why'] | null => {
    if (archived && skip.includes('archived')) return 'archived';
    return fork && skip.includes('fork') ? 'fork' : null;
  };
  const skipped = repositories.flatMap((listed) => {
    const reason = why(listed);
    return reason === null ? [] : [{ repository: listed.repository, why: reason }];
  });
  return {
    kept: repositories.filter((listed) => why(listed) === null),
    skipped: skipped.sort((a, b) => byCodeUnit(a.repository.toLowerCase(), b.repository.toLowerCase())),
  };
}

/** The matrix of GitHub Actions that runs the shards. */
export function matrixOf({ shards }: Pick<AuditPlan, 'shards'>): string {
  return `${JSON.stringify({ include: Array.from({ length: shards }, (_, index) => ({ shard: index + 1 })) })}\n`;
}
