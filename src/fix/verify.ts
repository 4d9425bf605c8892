import type { Permissions } from '../model/permission.ts';
import type { Outcome, Report, ReportedJob, ReportedProblem, ReportedWorkflow } from '../model/report.ts';
import { isMore } from '../permissions/access-level.ts';
import { ownBlock } from './file-jobs.ts';
import type { FixedFile } from './fix-file.ts';
import { sameGrants } from './same-grants.ts';
import { levelIn, namesIn, samePermissions } from './same-permissions.ts';

/** A file whose change does not give what it should, and why, in one sentence. */
export interface Failed {
  readonly path: string;
  readonly reason: string;
}

const FROM_WORST: readonly Outcome[] = ['invalid', 'startup_failure', 'unresolved', 'ok'];

type Fixes = ReadonlyMap<string, FixedFile>;

/**
 * Compares the report of the changed files with that of the old ones: every job has to have what was announced, no job
 * may lose what it needs, those of unknown needs keep what they have, and nothing may fail that did not fail before.
 */
export function failedFixes(before: Report, after: Report, fixes: Fixes): readonly Failed[] {
  const later = new Map(after.workflows.map((workflow) => [workflow.path, workflow]));
  return before.workflows.flatMap((workflow) => {
    const then = later.get(workflow.path);
    if (then === undefined) return [];
    return failedIn(workflow, then, fixes);
  });
}

function failedIn(before: ReportedWorkflow, after: ReportedWorkflow, fixes: Fixes): readonly Failed[] {
  const involved = [before.path, ...before.jobs.map(({ definedIn }) => definedIn)].filter((path) => fixes.has(path));
  const [any] = involved;
  if (any === undefined) return [];
  const broken = newProblems(before, after).map((problem): Failed => {
    const path = culpritOf(problem, fixes) ?? any;
    return { path, reason: `With it, \`${before.path}\` would not start a run as before: ${problem.message}` };
  });
  if (broken.length > 0) return broken;
  if (FROM_WORST.indexOf(after.outcome) < FROM_WORST.indexOf(before.outcome)) {
    return involved.map((path) => ({ path, reason: `With it, \`${before.path}\` would not start a run as before.` }));
  }
  const expected = expectedBlocks(before, fixes);
  const then = new Map(after.jobs.map((job) => [keyOf(job.path), job]));
  return before.jobs.flatMap((job): readonly Failed[] => {
    const wanted = expected.get(keyOf(job.path)) ?? null;
    const reason = wrongWith(job, then.get(keyOf(job.path)), wanted);
    if (reason === null) return [];
    const sources = before.jobs.filter(({ path }) => path.every((id, index) => id === job.path[index]));
    const path = sources.map(({ definedIn }) => definedIn).findLast((file) => fixes.has(file)) ?? any;
    return [{ path, reason }];
  });
}

/** Why a job is not as it should be; `null` when it is. */
function wrongWith(before: ReportedJob, after: ReportedJob | undefined, expected: Permissions | null): string | null {
  const name = `the job '${before.path.join('/')}'`;
  if (!samePermissions(after?.declared ?? null, expected) || after === undefined) {
    return `With it, ${name} would not get what was announced.`;
  }
  const isSame = samePermissions(before.declared, expected) || sameGrants(before, after);
  if (before.suggested === null && !isSame) {
    return `With it, ${name} would get something else, and what it needs is not known.`;
  }
  if (loses(before, expected)) return `With it, ${name} would lose a permission that it needs.`;
  return after.grants.every((grant) => isWithin(grant.permissions, expected))
    ? null
    : `With it, ${name} would be granted more than was announced.`;
}

function loses({ declared, suggested }: ReportedJob, expected: Permissions | null): boolean {
  if (suggested === null || expected === null) return false;
  return namesIn(suggested).some((name) => {
    const had = declared === null || !isMore(levelIn(suggested, name), levelIn(declared, name));
    return had && isMore(levelIn(suggested, name), levelIn(expected, name));
  });
}

/** What every token has, whatever is written, is in no block. */
function isWithin(granted: Permissions, expected: Permissions | null): boolean {
  if (expected === null) return true;
  return namesIn(granted).every(
    (name) => name === 'metadata' || !isMore(levelIn(granted, name), levelIn(expected, name)),
  );
}

/** By the path of job ids: what the block gives that is to apply to each job of a workflow. */
function expectedBlocks({ jobs }: ReportedWorkflow, fixes: Fixes): ReadonlyMap<string, Permissions | null> {
  const expected = new Map<string, Permissions | null>();
  // Callers come before the jobs that they call.
  for (const job of jobs) {
    const fixed = fixes.get(job.definedIn);
    const own = fixed === undefined ? ownBlock(job) : (fixed.announced.get(job.path.at(-1) ?? '') ?? null);
    expected.set(keyOf(job.path), own ?? expected.get(keyOf(job.path.slice(0, -1))) ?? null);
  }
  return expected;
}

function newProblems(before: ReportedWorkflow, after: ReportedWorkflow): readonly ReportedProblem[] {
  const left = new Map<string, number>();
  for (const problem of before.problems) left.set(kindOf(problem), (left.get(kindOf(problem)) ?? 0) + 1);
  return after.problems.filter((problem) => {
    const count = left.get(kindOf(problem)) ?? 0;
    left.set(kindOf(problem), count - 1);
    return count <= 0;
  });
}

/** Lines move, and a sentence may name fewer permissions than before. */
function kindOf({ code, job, defaultPermissions }: ReportedProblem): string {
  return JSON.stringify([code, job ?? null, defaultPermissions ?? null]);
}

/** The file that asks for more than before, where one does; else the one that gives less. */
function culpritOf({ path, askedAt }: ReportedProblem, fixes: Fixes): string | null {
  const asking = askedAt === undefined ? undefined : fixes.get(askedAt.path);
  if (asking?.raises === true) return asking.path;
  return fixes.has(path) ? path : (asking?.path ?? null);
}

function keyOf(path: readonly string[]): string {
  return path.join('\n');
}
