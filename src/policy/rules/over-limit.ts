import type { Grant } from '../../model/grant.ts';
import { rootOf } from '../../calls/call-tree.ts';
import type { Location } from '../../model/position.ts';
import { isMore } from '../../permissions/access-level.ts';
import type { CheckedJob, CheckedWorkflow } from '../checked-workflow.ts';
import { guessOf } from '../guess.ts';
import { appliedBlock, isOurs, nearestOfOurs, placeOf, subjectOf } from '../job-places.ts';
import { rowsByActor, rowsByEvent } from '../kinds-of-run.ts';
import { limitsOn } from '../limits.ts';
import type { OverLimit, SetLimit } from '../limits.ts';
import { tellOverLimit } from '../over-limit-words.ts';
import type { Evidence, Rule, Subject, Violation } from '../rule.ts';

/** Every token has it, and no block can take it away. */
const ALWAYS = 'metadata';

/**
 * The rule `over-limit`: a job gets more than the policy allows. The limits of each policy file count apart. One finding for
 * what gives too much: a block of this repository, a call that leads to a block elsewhere, or the repository's default.
 */
export const overLimit: Rule = {
  name: 'over-limit',
  check: (evidence) => {
    const { policy, workflows } = evidence;
    if (policy.every(({ limits }) => limits.length === 0)) return [];
    const called = new Set(workflows.flatMap(({ jobs }) => jobs.flatMap(calledFile)));
    const found = workflows.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => overLimitsOf(workflow, job, evidence, called)),
    );
    const bySubject = new Map<Subject, OverLimit>();
    const byCause = new Map<string, Subject[]>();
    const violations = found.map((over): Violation => {
      const { permission, granted, allowed, file, guess } = over;
      const subject = { ...subjectOf(over.workflow, over.job), permission, granted, allowed };
      const { cause, place } = causeOf(over);
      const alike = byCause.get(cause) ?? [];
      alike.push(subject);
      byCause.set(cause, alike);
      bySubject.set(subject, over);
      const oversOf = (some: readonly Subject[]) => some.flatMap((one) => bySubject.get(one) ?? []);
      return {
        cause,
        place,
        subjects: [subject],
        ...(guess === null ? {} : { guess }),
        demanding: file,
        tell: (subjects, excused) => {
          const told = new Set([...subjects, ...excused]);
          const others = alike.filter((one) => !told.has(one));
          return tellOverLimit(oversOf(subjects), { told: oversOf(others), excused: oversOf(excused) }, evidence);
        },
      };
    });
    return violations.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  },
};

/** The file of this repository that a job calls. */
function calledFile({ chained: { call } }: CheckedJob): readonly string[] {
  if (call?.callee.kind !== 'found') return [];
  const { place } = call.callee.file;
  return place.kind === 'checkout' ? [place.path] : [];
}

function overLimitsOf(
  workflow: CheckedWorkflow,
  job: CheckedJob,
  { policy, settings }: Evidence,
  called: ReadonlySet<string>,
): readonly OverLimit[] {
  const { grants, path, definedIn } = job.reported;
  const hasActors = policy.some(({ limits }) => limits.some(({ actors }) => actors !== null));
  // What a file is called for is judged under each workflow that calls it, as far as any is known.
  const isCalled = called.has(workflow.report.path);
  const { triggers } = workflow.file.workflow;
  const rows = (hasActors ? rowsByActor(grants, triggers, settings) : rowsByEvent(grants)).filter(
    ({ events }) => !isCalled || !events.includes('workflow_call'),
  );
  const limits = limitsOn(policy, { workflow: workflow.report.path, job: path, definedIn });
  const byRow = new Map(rows.map((row) => [row, limits(row.events[0] ?? '', row.actor)]));
  const set = [...byRow.values()].flat();
  const distinct = [...new Map(set.map((one) => [one.limit, one])).values()];
  const strongest = distinct.sort((a, b) => policy.indexOf(b.file) - policy.indexOf(a.file));
  return permissionsIn(rows).flatMap((permission) => {
    const told: OverLimit[] = [];
    for (const one of strongest) {
      const own = overOne(workflow, job, permission, one, rows, byRow);
      told.push(...own.filter((over) => !told.some((other) => isToldBy(over, other))));
    }
    return told;
  });
}

/** A repository's own limit is told beside that of a policy that it extends only where it says more. */
function isToldBy(over: OverLimit, other: OverLimit): boolean {
  return (
    over.file !== other.file &&
    !isMore(other.allowed, over.allowed) &&
    over.rows.every((row) => other.rows.includes(row))
  );
}

function permissionsIn(rows: readonly Grant[]): readonly string[] {
  return [...new Set(rows.flatMap(({ permissions }) => Object.keys(permissions)))].filter((name) => name !== ALWAYS);
}

/** A permission over one limit: at the highest level that it is granted at, and below that where only that is certain. */
function overOne(
  workflow: CheckedWorkflow,
  job: CheckedJob,
  permission: string,
  { limit, file }: SetLimit,
  all: readonly Grant[],
  byRow: ReadonlyMap<Grant, readonly SetLimit[]>,
): readonly OverLimit[] {
  const allowed = limit.permissions[permission] ?? 'none';
  const found: OverLimit[] = [];
  for (const level of ['write', 'read'] as const) {
    const isOver = (row: Grant): boolean => {
      const granted = row.permissions[permission] ?? 'none';
      const isLimited = byRow.get(row)?.some((one) => one.limit === limit) === true;
      return isLimited && !isMore(level, granted) && isMore(granted, allowed);
    };
    if (!isMore(level, allowed)) continue;
    const rows = all.filter(isOver);
    const origin = rows[0]?.origins[permission];
    if (origin === undefined) continue;
    const guess = guessOf(all, isOver);
    const isNew = rows.length > (found[0]?.rows.length ?? 0) && (found.length === 0 || guess === null);
    const over = { workflow, job, permission, granted: level, allowed, limit, file, origin, rows, guess };
    if (isNew) found.push(over);
    if (guess === null) break;
  }
  return found;
}

/** What must change, and where that is: a block, the call that leads to one elsewhere, or a block that nobody wrote. */
function causeOf({ workflow, job: { chained }, origin }: OverLimit): {
  readonly cause: string;
  readonly place: Location;
} {
  const applied = appliedBlock(chained);
  if (applied === null) {
    return { cause: `default:${workflow.report.path}`, place: placeOf(rootOf(chained)) };
  }
  const { owner, key, block } = applied;
  if (!isOurs(owner)) {
    const call = nearestOfOurs(owner);
    return { cause: `call:${call.file.path}:${call.job.id}`, place: placeOf(call) };
  }
  const { line = block.position.line, column = block.position.column } = origin;
  return { cause: `block:${key}`, place: { path: owner.file.path, line, column } };
}
