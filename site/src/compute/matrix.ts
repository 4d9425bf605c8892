import type { Grant, Origin } from '../../../src/model/grant.ts';
import type { Report, ReportedJob, ReportedWorkflow } from '../../../src/model/report.ts';
import type { Cell as Level } from '../../../src/report/cells.ts';
import { missingOf, namesOf, unusedOf } from '../../../src/report/compared.ts';
import { byImportance } from '../../../src/report/levels.ts';
import type { Choices } from '../input/input.ts';
import type { CellRuns, Matrix, MatrixCell, MatrixFile, MatrixJob, Place } from './answer.ts';
import { canStart, chosenRuns } from './runs.ts';
import type { JobRun } from './runs.ts';

/** A job with its runs, before it is known which columns there are. */
interface Drawn {
  readonly job: ReportedJob;
  readonly words: string | null;
  readonly runs: readonly JobRun[];
  readonly levels: ReadonlyMap<string, Level>;
  readonly missing: ReadonlySet<string>;
  readonly unused: ReadonlySet<string>;
}

/** Takes a report and the runs that were chosen, and returns the matrix of jobs and permissions. */
export function matrixOf({ workflows, repository }: Report, choices: Choices): Matrix {
  const drawn = workflows.map((workflow) => {
    const words = fileWords(workflow, choices);
    const jobs = words === null ? workflow.jobs : [];
    return { workflow, words, jobs: jobs.map((job) => drawnJob(job, workflow, chosenRuns(job, choices, repository))) };
  });
  const named = drawn.flatMap(({ jobs }) => jobs.flatMap(({ levels, missing }) => [...levels.keys(), ...missing]));
  const columns = [...new Set(named)].sort(byImportance);
  return {
    columns,
    files: drawn.map(({ workflow, words, jobs }): MatrixFile => {
      const { path, name, events, outcome } = workflow;
      return { path, name, events, outcome, words, jobs: jobs.map((job) => jobOf(job, columns)) };
    }),
  };
}

const STARTERS = { fork: 'A pull request from a fork', dependabot: 'Dependabot' } as const;

function fileWords({ outcome, events, jobs }: ReportedWorkflow, { event, starter }: Choices): string | null {
  if (outcome === 'invalid') return 'GitHub refuses this file, so no job runs.';
  if (outcome === 'startup_failure') return 'This cannot start, so no job runs.';
  if (jobs.length === 0) return 'It has no jobs.';
  const isCalled = events.includes('workflow_call');
  if (event !== null && !events.includes(event)) return `It does not run on ${event}.`;
  const meant = event === null ? events : [event];
  if (starter === 'repository' || isCalled || meant.some((one) => canStart(starter, one))) return null;
  return `${STARTERS[starter]} cannot start it.`;
}

function drawnJob(job: ReportedJob, { events }: ReportedWorkflow, runs: readonly JobRun[]): Drawn {
  const levels = levelsOf(runs);
  const words = wordsFor(job, events, runs, levels);
  const { needs } = job;
  const missing = needs === null || words !== null ? [] : missingOf(needs, levels);
  // Under a default that is not known there is nothing to compare with.
  const isComparable = runs.every(({ grant }) => grant.defaultPermissions === undefined);
  const unused = words === null && isComparable ? unusedOf(job, levels) : [];
  return {
    job,
    words,
    runs,
    levels,
    missing: new Set(missing.map(({ permission }) => permission).filter((name) => !levels.has(name))),
    unused: new Set(unused.map(({ permission }) => permission)),
  };
}

function wordsFor(
  { uses, grants }: ReportedJob,
  events: readonly string[],
  runs: readonly JobRun[],
  levels: ReadonlyMap<string, Level>,
): string | null {
  if (uses !== null && grants.length === 0) return `calls ${uses}`;
  if (grants.length === 0) {
    return events.includes('workflow_call') ? 'gets what the calling workflow gives' : 'not known';
  }
  if (runs.length === 0) return 'does not run here';
  if (runs.every(({ grant }) => grant.status === 'not-run')) return 'does not run';
  return levels.size === 0 ? 'no permissions' : null;
}

/** The highest level that any run gets of each permission; with `?` where not every run gets it. */
function levelsOf(runs: readonly JobRun[]): ReadonlyMap<string, Level> {
  const running = runs.filter(({ grant }) => grant.status !== 'not-run');
  const names = new Set(running.flatMap(({ grant }) => Object.keys(grant.permissions)));
  names.delete('metadata');
  const levels = new Map<string, Level>();
  for (const name of [...names].sort(byImportance)) {
    const all = running.map(({ grant }) => grant.permissions[name] ?? 'none');
    const most = all.includes('write') ? 'write' : all.includes('read') ? 'read' : null;
    if (most !== null) levels.set(name, all.every((level) => level === most) ? most : `${most}?`);
  }
  return levels;
}

function jobOf({ job, words, runs, levels, missing, unused }: Drawn, columns: readonly string[]): MatrixJob {
  const cells = columns.map((permission): MatrixCell => {
    const places = runs.flatMap(({ grant }) => placeOf(grant.origins[permission]) ?? []);
    return {
      permission,
      level: levels.get(permission) ?? null,
      runs: cellRuns(runs, permission, job.definedIn),
      uses: usesOf(job, permission),
      mark: missing.has(permission) ? 'missing' : unused.has(permission) ? 'unused' : null,
      place: places[0] ?? job.declaredAt,
    };
  });
  return { ids: job.path, place: { path: job.definedIn, ...job.position }, words, cells: words === null ? cells : [] };
}

function placeOf(origin: Origin | undefined): Place | null {
  const { path, line, column } = origin ?? {};
  return path === undefined || line === undefined || column === undefined ? null : { path, line, column };
}

/** Runs that get the same for the same reason are one. */
function cellRuns(runs: readonly JobRun[], permission: string, own: string): readonly CellRuns[] {
  const folded = new Map<string, { readonly one: Omit<CellRuns, 'runs'>; readonly names: Map<string, Set<string>> }>();
  for (const { grant, event, condition } of runs) {
    const level = grant.status === 'not-run' ? 'does not run' : (grant.permissions[permission] ?? 'none');
    const origin = level === 'does not run' ? '' : originWords(grant, grant.origins[permission], level, own);
    const one = { level, origin } as const;
    const key = JSON.stringify([level, origin]);
    const same = folded.get(key) ?? { one, names: new Map<string, Set<string>>() };
    folded.set(key, same);
    const events = same.names.get(condition) ?? new Set();
    same.names.set(condition, events.add(event));
  }
  return [...folded.values()].map(({ one, names }) => ({ ...one, runs: runWords(names) }));
}

/** More names than these are counted. */
const MOST_NAMES = 6;

function runWords(names: ReadonlyMap<string, ReadonlySet<string>>): string {
  return [...names]
    .map(([condition, events]) => {
      const all = [...events];
      const rest = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : '';
      return `${all.slice(0, MOST_NAMES).join(', ')}${rest}${condition === '' ? '' : ` ${condition}`}`;
    })
    .join('; ');
}

const BLOCKS: Readonly<Record<Exclude<Origin['from'], 'default' | 'always'>, string>> = {
  job: "the job's block",
  workflow: "the workflow's block",
  caller: "the calling job's block",
};

const REDUCED = { fork: 'reduced, as it comes from a fork', dependabot: 'reduced, as Dependabot starts it' } as const;

function originWords(grant: Grant, origin: Origin | undefined, level: string, own: string): string {
  const most = grant.status === 'upper-bound' ? 'at most: the called workflow was not read' : null;
  const allowed = grant.ifAllowed === true ? 'if the run is allowed' : null;
  const parts = [origin === undefined ? null : fromWords(origin, own), most, level === 'none' ? null : allowed];
  return parts.filter((part) => part !== null).join('; ');
}

function fromWords({ from, path, line, reducedBy }: Origin, own: string): string {
  const source = from === 'default' ? "the repository's default" : from === 'always' ? 'always' : BLOCKS[from];
  const place = path === undefined || line === undefined ? '' : path === own ? `, line ${line}` : `, ${path}:${line}`;
  return `${source}${place}${reducedBy === undefined ? '' : `; ${REDUCED[reducedBy]}`}`;
}

/** More reasons than these are counted. */
const MOST_USES = 4;

function usesOf({ needs, definedIn }: ReportedJob, permission: string): readonly string[] {
  if (needs === null) return [];
  const place = ({ path, line }: Place) => (path === definedIn ? `line ${line}` : `${path}:${line}`);
  const using = needs.because
    .filter((need) => namesOf(need).includes(permission))
    .map((need) => `${need.by} (${place(need)}) uses it to ${need.level}: ${need.because}.`);
  const unseen = needs.unseen
    .filter(({ permissions }) => permissions === 'all' || permissions.includes(permission))
    .map((one) => `${one.by} (${place(one)}) may use it: ${one.because}.`);
  const all = [...new Set([...using, ...unseen])];
  const rest = all.length - MOST_USES;
  return rest > 1 ? [...all.slice(0, MOST_USES), `And ${rest} more steps.`] : all;
}
