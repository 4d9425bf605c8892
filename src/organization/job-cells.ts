import type { Actor } from '../model/grant.ts';
import type { Permissions } from '../model/permission.ts';
import { union } from '../calls/passed-on.ts';
import type { JobFacts, OutcomeFacts } from './facts.ts';

/** What a job gets in one kind of run: the most of all activity types and of all values that settings may have. */
export interface JobCell {
  readonly permissions: Permissions;
  /** Somebody without write access can start such a run. */
  readonly byOutsiders: boolean;
}

/** A kind of run. */
export interface RunKind {
  readonly event: string;
  readonly actor: Actor;
}

/** Looks up what a job gets; `null` where it does not run. */
export interface JobCells {
  readonly kinds: readonly RunKind[];
  readonly at: (kind: RunKind) => JobCell | null;
}

/** Takes a job and the list of outcomes, and returns what it gets in each kind of run. */
export function jobCells(job: JobFacts, outcomes: readonly OutcomeFacts[]): JobCells {
  const cells = new Map<string, RunKind & { readonly cell: JobCell | null }>();
  for (const place of job.outcomes) {
    const row = outcomes[place];
    if (row === undefined) continue;
    for (const event of row.events) {
      const kind = { event, actor: row.actor };
      const known = cells.get(keyOf(kind))?.cell ?? null;
      const own = row.notRun === true ? null : cellOf(row, event);
      cells.set(keyOf(kind), { ...kind, cell: known === null || own === null ? (known ?? own) : both(known, own) });
    }
  }
  return {
    kinds: [...cells.values()].map(({ event, actor }) => ({ event, actor })),
    // Forks and Dependabot get what the repository gets where they have no row of their own.
    at: ({ event, actor }) =>
      (cells.get(keyOf({ event, actor })) ?? cells.get(keyOf({ event, actor: 'repository' })))?.cell ?? null,
  };
}

function cellOf({ permissions, byOutsiders }: OutcomeFacts, event: string): JobCell {
  return { permissions, byOutsiders: byOutsiders?.includes(event) === true };
}

function both(a: JobCell, b: JobCell): JobCell {
  return { permissions: union(a.permissions, b.permissions), byOutsiders: a.byOutsiders || b.byOutsiders };
}

function keyOf({ event, actor }: RunKind): string {
  return `${event} ${actor}`;
}
