import type { Location } from '../model/position.ts';
import type { ReportedJob, ReportedWorkflow } from '../model/report.ts';
import { differencesOf, type Difference } from './differences.ts';
import { forkTokenOf, type ForkToken } from './fork-token.ts';
import type { ForkSettings } from './forks.ts';
import { importance, levelsOf, type Levels } from './levels.ts';
import { outcomesOf, type Outcome } from './outcomes.ts';
import { once } from './words.ts';

/**
 * What is known about a job: its token; the most that a called workflow may have; that the callers decide; that it never
 * runs; or nothing.
 */
export type Knowledge = 'computed' | 'at-most' | 'callers-decide' | 'never-runs' | 'unknown';

/** What a job gives to the workflow that it calls: a token, what the repository's default gives, or what its own caller gives. */
export type PassedOn = Levels | 'default' | 'caller';

/** Jobs of one workflow whose tokens are the same in every run. */
export interface JobGroup {
  readonly jobs: readonly ReportedJob[];
  readonly knowledge: Knowledge;
  /** For each outcome, where the blocks of these jobs stand. */
  readonly outcomes: readonly (Outcome & { readonly places: readonly Location[] })[];
  readonly differences: readonly Difference[];
  /** Of jobs that call workflows which were not read. */
  readonly passedOn: PassedOn | null;
  readonly forkToken: ForkToken;
  /** Whether its token can write: always, under one value of the repository's default only, or never. */
  readonly writes: 'yes' | 'if-default' | 'no';
}

/** A workflow with its jobs folded, those that can write first. */
export interface FoldedWorkflow {
  readonly workflow: ReportedWorkflow;
  readonly groups: readonly JobGroup[];
}

/** Takes a workflow and what is known of its repository, and returns it with equal jobs folded. */
export function foldWorkflow(workflow: ReportedWorkflow, settings: ForkSettings): FoldedWorkflow {
  const folded = new Map<string, ReportedJob[]>();
  for (const [index, job] of workflow.jobs.entries()) {
    if (isResolvedCall(job, workflow.jobs[index + 1])) continue;
    const key = keyOf(job);
    const same = folded.get(key);
    if (same === undefined) folded.set(key, [job]);
    else same.push(job);
  }
  const groups = [...folded.values()].map((jobs) => groupOf(jobs, workflow, settings));
  return { workflow, groups: groups.sort(byRank) };
}

/** A job that calls a workflow which was read has no token itself: the jobs of that workflow follow it. */
function isResolvedCall(job: ReportedJob, next: ReportedJob | undefined): boolean {
  return (
    job.uses !== null &&
    next !== undefined &&
    next.path.length > job.path.length &&
    job.path.every((id, index) => id === next.path[index])
  );
}

function groupOf(jobs: readonly ReportedJob[], workflow: ReportedWorkflow, settings: ForkSettings): JobGroup {
  const [first] = jobs as readonly [ReportedJob, ...ReportedJob[]];
  const all = jobs.map(outcomesOf);
  const outcomes = (all[0] ?? []).map((outcome, index) => ({ ...outcome, places: placesOf(all, index) }));
  // What makes the token itself uncertain is told with it.
  const told = outcomes.flatMap(({ doubts }) => doubts);
  const differences = differencesOf(first, workflow.events, settings);
  const writing = outcomes.filter(({ levels }) => levels.write.length > 0);
  return {
    jobs,
    knowledge: knowledgeOf(first, outcomes, workflow),
    outcomes,
    differences: differences.map((each) => ({ ...each, doubts: each.doubts.filter((doubt) => !told.includes(doubt)) })),
    passedOn: first.uses === null ? null : passedOn(first, workflow),
    forkToken: forkTokenOf(first, settings),
    writes: writing.length === 0 ? 'no' : writing.length === outcomes.length ? 'yes' : 'if-default',
  };
}

function passedOn({ declared }: ReportedJob, { events }: ReportedWorkflow): PassedOn {
  if (declared !== null) return levelsOf(declared);
  return events.every((event) => event === 'workflow_call') ? 'caller' : 'default';
}

function placesOf(all: readonly (readonly Outcome[])[], index: number): readonly Location[] {
  const places = new Map<string, Location>();
  for (const outcomes of all) {
    const place = outcomes[index]?.place ?? null;
    if (place !== null) places.set(`${place.path}:${place.line}`, place);
  }
  return [...places.values()];
}

function knowledgeOf(job: ReportedJob, outcomes: readonly Outcome[], workflow: ReportedWorkflow): Knowledge {
  if (outcomes.length > 0) return outcomes.some(({ atMost }) => atMost) ? 'at-most' : 'computed';
  if (job.grants.length > 0) return 'never-runs';
  if (job.uses !== null || workflow.outcome === 'invalid' || workflow.outcome === 'startup_failure') return 'unknown';
  return workflow.events.includes('workflow_call') ? 'callers-decide' : 'unknown';
}

/** The same for jobs that a reader need not tell apart: everything but their ids and the lines of their own blocks. */
function keyOf(job: ReportedJob): string {
  return JSON.stringify([
    job.uses !== null,
    job.path.length > 1,
    job.uses === null || job.grants.length > 0 ? null : job.declared,
    job.grants.map(({ permissions, origins, ...row }) => [
      row,
      permissions,
      once(Object.values(origins).map(({ from, path }) => `${from} ${path ?? ''}`)),
    ]),
  ]);
}

function byRank(a: JobGroup, b: JobGroup): number {
  return rank(a) - rank(b) || strongest(a) - strongest(b);
}

function rank({ writes, knowledge, outcomes }: JobGroup): number {
  if (writes !== 'no') return writes === 'yes' ? 0 : 1;
  if (knowledge === 'unknown' || knowledge === 'at-most') return 2;
  if (knowledge === 'computed') return outcomes.some(({ levels }) => levels.read.length > 0) ? 3 : 4;
  return knowledge === 'callers-decide' ? 5 : 6;
}

/** Of the permissions that the token may write, the place of the most important one; more of them come first. */
function strongest({ outcomes }: JobGroup): number {
  const write = outcomes[0]?.levels.write ?? [];
  return importance(write[0] ?? '') - write.length / 100;
}
