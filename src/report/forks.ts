import type { Grant } from '../model/grant.ts';
import type { ReportedJob } from '../model/report.ts';
import type { DefaultPermissions, ForkPullRequests, Visibility } from '../model/settings.ts';
import { levelsKey, levelsOf, type Levels } from './levels.ts';
import { runsOf } from './outcomes.ts';

/** The two settings that decide what a pull request from a fork gets, as far as they are known. */
export interface ForkSettings {
  readonly visibility: Visibility | 'unknown';
  readonly forkPullRequests: ForkPullRequests | 'unknown';
}

/** One value of these settings. In a public repository `forkPullRequests` has no meaning. */
export interface ForkCase {
  readonly visibility: 'public' | 'private';
  readonly forkPullRequests: ForkPullRequests | null;
}

/** What a run gets: the same as in the repository itself, nothing as it does not run, or a token of its own. */
export type RunResult =
  | { readonly kind: 'same' }
  | { readonly kind: 'not-run' }
  | { readonly kind: 'token'; readonly levels: Levels; readonly doubts: readonly string[] };

/** What a job does in one run, under one value of the repository's default. */
export interface Run {
  readonly run: string;
  readonly defaultPermissions: DefaultPermissions | null;
}

/** Takes what is known and returns every value that the two settings may have, the public repository first. */
export function forkCases(settings: ForkSettings): readonly ForkCase[] {
  const values: readonly ForkPullRequests[] =
    settings.forkPullRequests === 'unknown' ? ['read', 'off', 'write'] : [settings.forkPullRequests];
  const elsewhere = values.map((value) => ({ visibility: 'private', forkPullRequests: value }) as const);
  const open = [{ visibility: 'public', forkPullRequests: null }] as const;
  if (settings.visibility === 'unknown') return [...open, ...elsewhere];
  return settings.visibility === 'public' ? open : elsewhere;
}

/** Takes a job and a run of it and returns its token in the repository itself, or `null` where it does not run. */
export function tokenInRepository(job: ReportedJob, run: Run): Levels | null {
  const row = job.grants.find((grant) => grant.actor === 'repository' && isFor(grant, run));
  return row === undefined || row.status === 'not-run' ? null : levelsOf(row.permissions);
}

/** Takes a job, a run of it, who starts it and the case, and returns what it gets then. */
export function resultOf(job: ReportedJob, run: Run, actor: Grant['actor'], given: ForkCase | null = null): RunResult {
  const row = job.grants.find(
    (grant) =>
      grant.actor === actor &&
      grant.baseRefCreatedByDependabot !== true &&
      isFor(grant, run) &&
      (given === null || grant.visibility === undefined || grant.visibility === given.visibility) &&
      (given === null || grant.forkPullRequests === undefined || grant.forkPullRequests === given.forkPullRequests),
  );
  return row === undefined ? { kind: 'same' } : resultOfRow(row, tokenInRepository(job, run));
}

/** Takes a row and the token of the same run in the repository itself, and returns what is different in it. */
export function resultOfRow(row: Grant, inRepository: Levels | null): RunResult {
  if (row.status === 'not-run') return { kind: 'not-run' };
  const levels = levelsOf(row.permissions);
  if (inRepository !== null && levelsKey(levels) === levelsKey(inRepository)) return { kind: 'same' };
  return { kind: 'token', levels, doubts: row.doubts ?? [] };
}

/** Two results that are equal have the same key. */
export function resultKey(result: RunResult): string {
  return result.kind === 'token' ? levelsKey(result.levels) : result.kind;
}

/**
 * Takes the results of all cases, in the order of `forkCases`, and returns the one that stands for them: true for most
 * repositories, a fork gets no more than a read token, unless it does not run or gets the token of everybody by a
 * setting that is not known. This is said once for the whole report. `null` when the cases differ in another way.
 */
export function usualResult(cases: readonly ForkCase[], results: readonly RunResult[]): RunResult | null {
  const first = results[0];
  if (first === undefined) return null;
  const usual = results.every((result, index) => {
    if (resultKey(result) === resultKey(first)) return true;
    const value = cases[index]?.forkPullRequests;
    return (value === 'off' && result.kind === 'not-run') || (value === 'write' && result.kind === 'same');
  });
  return usual ? first : null;
}

function isFor(grant: Grant, { run, defaultPermissions }: Run): boolean {
  return (
    (grant.defaultPermissions === undefined ||
      defaultPermissions === null ||
      grant.defaultPermissions === defaultPermissions) &&
    runsOf(grant).includes(run)
  );
}
