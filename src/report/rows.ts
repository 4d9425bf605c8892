import type { Grant } from '../model/grant.ts';
import type { ReportedJob } from '../model/report.ts';
import type { DefaultPermissions } from '../model/settings.ts';
import type { ForkCase } from './fork-cases.ts';
import { levelsKey, levelsOf, type Levels } from './levels.ts';
import { once } from './words.ts';

/** One row of a job with its permissions by level. */
export interface Row {
  readonly grant: Grant;
  readonly levels: Levels;
  /** The same for the same levels only. */
  readonly key: string;
}

/** An event, or one activity type of it where activity types differ. */
export interface Run {
  readonly event: string;
  readonly action: string | null;
}

/** The rows of a job, and all runs that they are about. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly runs: readonly Run[];
}

/** Takes a job and returns its rows and its runs, both in the order of the report. */
export function rowsOf(job: ReportedJob): Rows {
  const rows = job.grants.map((grant) => {
    const levels = levelsOf(grant.permissions);
    return { grant, levels, key: levelsKey(levels) };
  });
  return { rows, runs: runsOf(job.grants) };
}

function runsOf(grants: readonly Grant[]): readonly Run[] {
  const actions = new Map<string, Set<string>>();
  for (const grant of grants) {
    for (const event of grant.events) {
      const known = actions.get(event) ?? new Set();
      actions.set(event, known);
      for (const action of grant.actions ?? []) known.add(action);
    }
  }
  return [...actions].flatMap(([event, known]): readonly Run[] =>
    known.size === 0 ? [{ event, action: null }] : [...known].map((action) => ({ event, action })),
  );
}

/** Whether a row is about a run. */
export function isAbout({ grant }: Row, { event, action }: Run): boolean {
  return (
    grant.events.includes(event) && (grant.actions === undefined || action === null || grant.actions.includes(action))
  );
}

/** What may be given beside the run, to find the row of one outcome. */
export interface Given {
  readonly actor: Grant['actor'];
  readonly defaultPermissions: DefaultPermissions | null;
  readonly forkCase: ForkCase | null;
}

/** Takes rows of one job and returns the one that holds for a run, or `undefined` where there is none. */
export function findRow(rows: readonly Row[], run: Run, given: Given): Row | undefined {
  const { actor, defaultPermissions, forkCase } = given;
  return rows.find(
    (row) =>
      row.grant.actor === actor &&
      row.grant.baseRefCreatedByDependabot !== true &&
      isAbout(row, run) &&
      agrees(row.grant.defaultPermissions, defaultPermissions) &&
      agrees(row.grant.visibility, forkCase?.visibility ?? null) &&
      agrees(row.grant.forkPullRequests, forkCase?.forkPullRequests ?? null),
  );
}

function agrees(own: string | undefined, given: string | null): boolean {
  return own === undefined || given === null || own === given;
}

/** Takes rows of one job and a run, and returns the values of the default that matter in it; one `null` where none does. */
export function defaultsIn(rows: readonly Row[], run: Run): readonly (DefaultPermissions | null)[] {
  const values = rows.filter((row) => isAbout(row, run)).flatMap(({ grant }) => grant.defaultPermissions ?? []);
  return values.length === 0 ? [null] : once(values).toSorted();
}

/** Takes a row and returns the names of the runs that it is about. */
export function rowNames({ events, actions = [] }: Grant): readonly string[] {
  return actions.length === 0 ? events : events.map((event) => `${event} (${actions.join(', ')})`);
}

/**
 * Takes some runs and all runs of the same job, and returns their names: `push`, or `issues (opened)` where other
 * activity types of the event are not meant.
 */
export function runNames(runs: readonly Run[], all: readonly Run[]): readonly string[] {
  return once(runs.map(({ event }) => event)).map((event) => {
    const meant = once(runs.filter((run) => run.event === event).map(({ action }) => action));
    const isWhole = meant.length === all.filter((run) => run.event === event).length;
    return isWhole ? event : `${event} (${meant.join(', ')})`;
  });
}
