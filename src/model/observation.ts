import type { Actor } from './grant.ts';
import type { ObservedRun } from './observed-run.ts';
import type { AccessLevel, Permissions } from './permission.ts';

/** One permission of a job that a run's log shows at another level than was computed for that run's commit. */
export interface ObservedDifference {
  readonly permission: string;
  readonly computed: AccessLevel;
  readonly logged: AccessLevel;
}

/** What the log of one job of a run showed. */
export interface ObservedJob {
  /** The job's name as GitHub shows it. */
  readonly name: string;
  /** Job ids, from the calling job down; `null` when the name fits no job, or several. */
  readonly job: readonly string[] | null;
  readonly result: 'agrees' | 'differs' | 'not-compared';
  /** One or two sentences. */
  readonly reason: string;
  /** Why it may differ, the likeliest cause first. */
  readonly causes: readonly string[];
  /** What the log says; `null` when it says nothing that counts. */
  readonly granted: Permissions | null;
  readonly differences: readonly ObservedDifference[];
}

/** A finished run whose logs were compared with what is computed for its commit. */
export interface ObservedResult {
  readonly run: ObservedRun;
  /** Who started it; `null` when that is not known. */
  readonly actor: Actor | null;
  readonly jobs: readonly ObservedJob[];
}

/** A workflow none of whose runs starts any more. */
export interface NeverStarting {
  readonly path: string;
  /** How many runs ended so, one after another, as far as was looked. */
  readonly runs: number;
  /** The first and the last of them. */
  readonly since: ObservedRun;
  readonly last: ObservedRun;
  /** When a run last started, YYYY-MM-DD; `null` when none was seen. */
  readonly startedLast: string | null;
  /** What GitHub refuses at the commit of the last run; empty when the files do not tell. */
  readonly why: readonly string[];
}

/** What earlier runs showed. */
export interface Observation {
  readonly runs: readonly ObservedResult[];
  readonly neverStarts: readonly NeverStarting[];
  /** The job that this tool runs in, alone in its run; not given when nobody looked. */
  readonly ownJob?: ObservedResult;
  /** What was not looked at and why, one sentence each. */
  readonly notes: readonly string[];
}
