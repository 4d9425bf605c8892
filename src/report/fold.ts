import type { Location } from '../model/position.ts';
import type { ReportedJob, ReportedWorkflow } from '../model/report.ts';
import { differencesOf, type Difference } from './differences.ts';
import type { ForkSettings } from './fork-cases.ts';
import { forkTokenOf, type ForkToken } from './fork-token.ts';
import { jobKeys } from './job-key.ts';
import { importance, levelsOf, type Levels } from './levels.ts';
import { outcomesOf, placeOf, type Outcome } from './outcomes.ts';
import { rowsOf } from './rows.ts';

/**
 * What is known about a job: its token; the most that a called workflow may have; that the callers decide; that it never
 * runs; or nothing.
 */
export type Knowledge = 'computed' | 'at-most' | 'callers-decide' | 'never-runs' | 'unknown';

/** What a job gives to the workflow it calls: a token, what the repository's default gives, or what its own caller does. */
export type PassedOn = Levels | 'default' | 'caller';

/** What there is to say of a job but its id and the place of its block: the same for all jobs with the same rows. */
interface Signature {
  readonly outcomes: readonly Outcome[];
  readonly differences: readonly Difference[];
  readonly forkToken: ForkToken;
  /** Whether its token can write: always, under one value of the repository's default only, or never. */
  readonly writes: 'yes' | 'if-default' | 'no';
}

/** Jobs of one workflow whose tokens are the same in every run. */
export interface JobGroup extends Signature {
  readonly jobs: readonly ReportedJob[];
  readonly knowledge: Knowledge;
  /** For each outcome, where the blocks of these jobs stand. */
  readonly outcomes: readonly (Outcome & { readonly places: readonly Location[] })[];
  /** Of jobs that call workflows which were not read. */
  readonly passedOn: PassedOn | null;
}

/** A workflow with its jobs folded, those that can write first. */
export interface FoldedWorkflow {
  readonly workflow: ReportedWorkflow;
  readonly groups: readonly JobGroup[];
}

/** Takes workflows and what is known of their repository, and returns them with equal jobs folded. */
export function foldWorkflows(
  workflows: readonly ReportedWorkflow[],
  settings: ForkSettings,
): readonly FoldedWorkflow[] {
  // In a large repository most jobs are like many others, in other workflows, too.
  const signatures = new Map<string, Signature>();
  const keyOf = jobKeys();
  return workflows.map((workflow) => {
    const folded = new Map<string, [ReportedJob, ...ReportedJob[]]>();
    // Nothing of it runs: what is wrong is said instead.
    if (workflow.outcome === 'invalid' || workflow.outcome === 'startup_failure') return { workflow, groups: [] };
    for (const [index, job] of workflow.jobs.entries()) {
      if (isResolvedCall(job, workflow.jobs[index + 1])) continue;
      const key = keyOf(job, workflow);
      const same = folded.get(key);
      if (same === undefined) folded.set(key, [job]);
      else same.push(job);
    }
    const groups = [...folded].map(([key, jobs]) => {
      const signature = signatures.get(key) ?? signatureOf(jobs[0], workflow, settings);
      signatures.set(key, signature);
      return groupOf(jobs, workflow, signature);
    });
    return { workflow, groups: groups.sort(byRank) };
  });
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

function signatureOf(job: ReportedJob, { events }: ReportedWorkflow, settings: ForkSettings): Signature {
  const rows = rowsOf(job);
  const outcomes = outcomesOf(job, rows, settings);
  // What makes the token itself uncertain is told with it.
  const told = outcomes.flatMap(({ doubts }) => doubts);
  const differences = differencesOf(job, events, { ...rows, outcomes, settings });
  const writing = outcomes.filter(({ levels }) => levels.write.length > 0);
  const isConditional = outcomes.some(({ defaultPermissions }) => defaultPermissions !== null);
  return {
    outcomes,
    differences: differences.map((each) => ({ ...each, doubts: each.doubts.filter((doubt) => !told.includes(doubt)) })),
    forkToken: forkTokenOf(rows, settings),
    writes: writing.length === 0 ? 'no' : isConditional && writing.length < outcomes.length ? 'if-default' : 'yes',
  };
}

function groupOf(
  jobs: readonly [ReportedJob, ...ReportedJob[]],
  workflow: ReportedWorkflow,
  signature: Signature,
): JobGroup {
  const [first] = jobs;
  return {
    ...signature,
    jobs,
    knowledge: knowledgeOf(first, signature.outcomes, workflow),
    outcomes: signature.outcomes.map((outcome) => ({ ...outcome, places: placesOf(jobs, outcome) })),
    passedOn: first.uses === null ? null : passedOn(first, workflow),
  };
}

function passedOn({ declared }: ReportedJob, { events }: ReportedWorkflow): PassedOn {
  if (declared !== null) return levelsOf(declared);
  return events.every((event) => event === 'workflow_call') ? 'caller' : 'default';
}

/** Equal jobs have the same rows in the same order, so that the places of all are in the same rows. */
function placesOf(jobs: readonly ReportedJob[], { grants }: Outcome): readonly Location[] {
  const places = new Map<string, Location>();
  for (const job of jobs) {
    for (const grant of grants.flatMap((index) => job.grants[index] ?? [])) {
      const place = placeOf(grant, job);
      if (place !== null) places.set(`${place.path}:${place.line}`, place);
    }
  }
  return [...places.values()];
}

function knowledgeOf(job: ReportedJob, outcomes: readonly Outcome[], workflow: ReportedWorkflow): Knowledge {
  if (outcomes.length > 0) return outcomes.some(({ atMost }) => atMost) ? 'at-most' : 'computed';
  if (job.grants.length > 0) return 'never-runs';
  if (job.uses !== null) return 'unknown';
  return workflow.events.includes('workflow_call') ? 'callers-decide' : 'unknown';
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
