import { byCodeUnit } from '../words/by-code-unit.ts';
import type { JobFacts, OrganizationFacts, OutcomeFacts, RepositoryFacts, WorkflowFacts } from './facts.ts';

/** A job, with all that it belongs to. */
export interface HoldingJob {
  readonly facts: RepositoryFacts;
  readonly workflow: WorkflowFacts;
  readonly job: JobFacts;
  /** The same list for the same outcomes. */
  readonly rows: readonly OutcomeFacts[];
}

/** How many jobs hold something. */
export interface Held {
  /** In some run, whatever unknown settings are. */
  readonly jobs: number;
  /** Under one value of an unknown setting only, or at most, as a called workflow could not be read. */
  readonly maybe: number;
  /** Of all these jobs. */
  readonly repositories: number;
}

/** What can be written, and by how many. */
export interface HeldWrite extends Held {
  readonly permission: string;
  /** Of the jobs, those that somebody without write access can start so that they get it. */
  readonly byOutsiders: number;
}

/** What runs of an event can write. */
export interface HeldByEvent extends Held {
  readonly event: string;
  /** Whether outsiders can cause such runs. */
  readonly byOutsiders: boolean;
  /** By how many jobs each is held, the most first. */
  readonly writes: readonly { readonly permission: string; readonly jobs: number }[];
}

/**
 * All jobs that get a token. What a file that is called gives by a block of its own is not counted here: it is told with
 * the workflows that call it.
 */
export function* holdingJobs({ repositories, outcomes }: OrganizationFacts): Generator<HoldingJob> {
  // Most jobs have the same outcomes as others.
  const known = new Map<string, readonly OutcomeFacts[]>();
  for (const facts of repositories) {
    for (const workflow of facts.workflows) {
      for (const job of workflow.jobs) {
        const key = job.outcomes.join();
        const rows = known.get(key) ?? rowsWithToken(job, outcomes);
        known.set(key, rows);
        if (rows.length > 0) yield { facts, workflow, job, rows };
      }
    }
  }
}

function rowsWithToken(job: JobFacts, outcomes: readonly OutcomeFacts[]): readonly OutcomeFacts[] {
  return job.outcomes.flatMap((place) => {
    const row = outcomes[place];
    return row === undefined || row.notRun === true || row.events.join() === 'workflow_call' ? [] : [row];
  });
}

/** By permission: who can write it. Those that most jobs can write come first. */
export function heldWrites(facts: OrganizationFacts): readonly HeldWrite[] {
  const counts = new Map<string, Count & { byOutsiders: number }>();
  const writesIn = ofRows((rows) =>
    [...writesOf(rows)].map((permission) => {
      const holding = rows.filter(({ permissions }) => permissions[permission] === 'write');
      const byOutsiders = holding.some((row) => row.byOutsiders !== undefined);
      return { permission, isMaybe: holding.every(isConditional), byOutsiders };
    }),
  );
  for (const { facts: repository, rows } of holdingJobs(facts)) {
    for (const { permission, isMaybe, byOutsiders } of writesIn(rows)) {
      const count = counts.get(permission) ?? { ...newCount(), byOutsiders: 0 };
      counts.set(permission, count);
      add(count, repository, isMaybe);
      if (byOutsiders) count.byOutsiders += 1;
    }
  }
  return [...counts]
    .map(([permission, count]) => ({ permission, ...held(count), byOutsiders: count.byOutsiders }))
    .sort((a, b) => b.jobs - a.jobs || b.maybe - a.maybe || byCodeUnit(a.permission, b.permission));
}

/** By event: what its runs can write. Those that outsiders cause come first. */
export function heldByEvent(facts: OrganizationFacts): readonly HeldByEvent[] {
  const events = new Map<string, Count & { byOutsiders: boolean; writes: Map<string, number> }>();
  const eventsIn = ofRows((rows) => {
    // What a fork can do as well stands in the repository's row, and what it alone can do in its own.
    const counted = rows.filter((row) => row.actor === 'repository' || row.byOutsiders !== undefined);
    const writing = counted.filter((row) => writesOf([row]).size > 0);
    return [...new Set(writing.flatMap((row) => row.events))].map((event) => {
      const own = writing.filter((row) => row.events.includes(event));
      const byOutsiders = own.some((row) => row.byOutsiders?.includes(event));
      return { event, isMaybe: own.every(isConditional), byOutsiders, writes: writesOf(own) };
    });
  });
  for (const { facts: repository, rows } of holdingJobs(facts)) {
    for (const { event, isMaybe, byOutsiders, writes } of eventsIn(rows)) {
      const count = events.get(event) ?? { ...newCount(), byOutsiders: false, writes: new Map<string, number>() };
      events.set(event, count);
      add(count, repository, isMaybe);
      count.byOutsiders ||= byOutsiders;
      for (const name of writes) count.writes.set(name, (count.writes.get(name) ?? 0) + 1);
    }
  }
  return [...events]
    .map(([event, { writes, byOutsiders, ...count }]) => ({
      event,
      byOutsiders,
      ...held(count),
      writes: mostFirst(writes),
    }))
    .sort((a, b) => Number(b.byOutsiders) - Number(a.byOutsiders) || b.jobs - a.jobs || byCodeUnit(a.event, b.event));
}

/** The same list of rows, which most jobs share with others, is looked at once. */
function ofRows<Value>(look: (rows: HoldingJob['rows']) => Value): (rows: HoldingJob['rows']) => Value {
  const known = new Map<HoldingJob['rows'], Value>();
  return (rows) => {
    const value = known.get(rows) ?? look(rows);
    known.set(rows, value);
    return value;
  };
}

/** A job that outsiders can start so that it can write. */
export interface Reached extends HoldingJob {
  readonly events: readonly string[];
  readonly writes: readonly string[];
  /** Under one value of an unknown setting only, or at most. */
  readonly isMaybe: boolean;
}

/** The jobs that somebody without write access can start so that they can write something. */
export function reachedByOutsiders(facts: OrganizationFacts): readonly Reached[] {
  const reached: Reached[] = [];
  for (const holding of holdingJobs(facts)) {
    const rows = holding.rows.filter((row) => row.byOutsiders !== undefined);
    const writes = [...writesOf(rows)].sort(byCodeUnit);
    if (writes.length === 0) continue;
    const events = [...new Set(rows.flatMap((row) => row.byOutsiders ?? row.events))];
    const writing = rows.filter((row) => writesOf([row]).size > 0);
    reached.push({ ...holding, events, writes, isMaybe: writing.every(isConditional) });
  }
  return reached;
}

/** It holds under one value of an unknown setting only, or is a bound. */
export function isConditional({ defaultPermissions, visibility, forkPullRequests, upperBound }: OutcomeFacts): boolean {
  return [defaultPermissions, visibility, forkPullRequests, upperBound].some((one) => one !== undefined);
}

interface Count {
  jobs: number;
  maybe: number;
  readonly repositories: Set<string>;
}

function newCount(): Count {
  return { jobs: 0, maybe: 0, repositories: new Set() };
}

function add(count: Count, { repository }: RepositoryFacts, isMaybe: boolean): void {
  if (isMaybe) count.maybe += 1;
  else count.jobs += 1;
  count.repositories.add(repository);
}

function held({ jobs, maybe, repositories }: Count): Held {
  return { jobs, maybe, repositories: repositories.size };
}

function writesOf(rows: readonly OutcomeFacts[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { permissions } of rows) {
    for (const [name, level] of Object.entries(permissions)) if (level === 'write') names.add(name);
  }
  return names;
}

function mostFirst(counts: ReadonlyMap<string, number>): HeldByEvent['writes'] {
  return [...counts]
    .map(([permission, jobs]) => ({ permission, jobs }))
    .sort((a, b) => b.jobs - a.jobs || byCodeUnit(a.permission, b.permission));
}
