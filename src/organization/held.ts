import { byCodeUnit } from '../words/by-code-unit.ts';
import type { JobFacts, OrganizationFacts, OutcomeFacts, RepositoryFacts, WorkflowFacts } from './facts.ts';

/** A job, with all that it belongs to. */
export interface HoldingJob {
  readonly facts: RepositoryFacts;
  readonly workflow: WorkflowFacts;
  readonly job: JobFacts;
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
  for (const facts of repositories) {
    for (const workflow of facts.workflows) {
      for (const job of workflow.jobs) {
        const rows = job.outcomes.flatMap((place) => {
          const row = outcomes[place];
          return row === undefined || row.notRun === true || row.events.join() === 'workflow_call' ? [] : [row];
        });
        if (rows.length > 0) yield { facts, workflow, job, rows };
      }
    }
  }
}

/** By permission: who can write it. Those that most jobs can write come first. */
export function heldWrites(facts: OrganizationFacts): readonly HeldWrite[] {
  const counts = new Map<string, Count & { byOutsiders: number }>();
  for (const { facts: repository, rows } of holdingJobs(facts)) {
    for (const permission of writesOf(rows)) {
      const count = counts.get(permission) ?? { ...newCount(), byOutsiders: 0 };
      counts.set(permission, count);
      const holding = rows.filter(({ permissions }) => permissions[permission] === 'write');
      add(count, repository, holding);
      if (holding.some(({ byOutsiders }) => byOutsiders !== undefined)) count.byOutsiders += 1;
    }
  }
  return [...counts]
    .map(([permission, count]) => ({ permission, ...held(count), byOutsiders: count.byOutsiders }))
    .sort((a, b) => b.jobs - a.jobs || b.maybe - a.maybe || byCodeUnit(a.permission, b.permission));
}

/** By event: what its runs can write. Those that outsiders cause come first. */
export function heldByEvent(facts: OrganizationFacts): readonly HeldByEvent[] {
  const events = new Map<string, Count & { byOutsiders: boolean; writes: Map<string, number> }>();
  for (const { facts: repository, rows } of holdingJobs(facts)) {
    const writing = rows.filter((row) => row.actor === 'repository' && writesOf([row]).size > 0);
    for (const event of new Set(writing.flatMap((row) => row.events))) {
      const count = events.get(event) ?? { ...newCount(), byOutsiders: false, writes: new Map<string, number>() };
      events.set(event, count);
      const own = writing.filter((row) => row.events.includes(event));
      add(count, repository, own);
      count.byOutsiders ||= own.some(({ byOutsiders }) => byOutsiders?.includes(event));
      for (const name of writesOf(own)) count.writes.set(name, (count.writes.get(name) ?? 0) + 1);
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

function add(count: Count, { repository }: RepositoryFacts, rows: readonly OutcomeFacts[]): void {
  if (rows.every(isConditional)) count.maybe += 1;
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
