import { askedAt, distinct, inTheCalled } from '../../calls/advice.ts';
import { allJobs, inherits, rootOf } from '../../calls/call-tree.ts';
import type { JobInChain } from '../../calls/call-tree.ts';
import { hintOf } from '../../calls/failures.ts';
import type { Failure } from '../../calls/failures.ts';
import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import type { Violation } from '../../calls/violations.ts';
import type { Location } from '../../model/position.ts';
import type { Advice } from '../../model/report.ts';
import { withoutPlaces } from '../../words/without-places.ts';
import type { CheckedWorkflow } from '../checked-workflow.ts';
import type { Rule, Subject, Violation as Found } from '../rule.ts';
import { isOurs, nearestOfOurs, placeOf } from '../job-places.ts';

/** From so many callers on, a block that breaks them is the place to look at, not each of them. */
const MANY_CALLERS = 3;

interface Placed {
  readonly failure: Failure;
  readonly isCertain: boolean;
  readonly at: Location;
}

/**
 * The rule `startup-failure`: GitHub refuses a call, so no job of the run starts. One finding for a calling job, where it
 * stands in this repository; for a block of this repository that breaks many callers, one finding at the block.
 */
export const startupFailure: Rule = { name: 'startup-failure', check: ({ workflows }) => brokenCalls(workflows) };

function brokenCalls(workflows: readonly CheckedWorkflow[]): readonly Found[] {
  const places = workflows.flatMap(({ failures, report }) => {
    const isCertain = report.outcome === 'startup_failure';
    return failures.map((failure): Placed => ({ failure, isCertain, at: placeInRepository(failure) }));
  });
  const blocks = groupBy(places, ({ failure }) => blockKey(failure) ?? '').filter(
    (broken) => blockKey(broken[0].failure) !== null && callersOf(broken).length >= MANY_CALLERS,
  );
  const told = new Set(blocks.flat());
  const calls = groupBy(
    places.filter((one) => !told.has(one)),
    ({ failure, at }) => JSON.stringify([at, failure.code]),
  );
  const ways = new Map(
    groupBy(
      workflows
        .filter(({ report }) => report.outcome !== 'invalid')
        .flatMap(({ tree }) => allJobs(tree).filter(({ call }) => call !== null)),
      callKey,
    ).map((alike) => [callKey(alike[0]), alike.filter(isKnown)]),
  );
  return [...blocks.map(blockFinding), ...calls.map((same) => callFinding(same, ways))];
}

/** A calling job in all chains that lead through it, by `callKey`. */
type Ways = ReadonlyMap<string, readonly JobInChain[]>;

/** One finding for all that GitHub says at one place, joined as GitHub joins it. */
function callFinding(same: NonEmpty<Placed>, ways: Ways): Found {
  const [{ at }] = same;
  const message = sentencesOf(same).join(' ');
  const only = onlyDefault(same);
  const hints = [...same.flatMap(({ failure }) => hintUnder(only, failure) ?? []), ...onlySomeCallers(same, ways)];
  return found(same, at, message, hints.length === 0 ? undefined : [...new Set(hints)].join(' '));
}

/** What fails for another caller whatever the default is does not fail under one value alone. */
function hintUnder(only: Failure['onlyIf'], failure: Failure): string | null {
  return failure.onlyIf === only ? hintOf(failure) : failure.hint;
}

/** Without the value of the setting that the whole finding is about, each value's sentences say which it is. */
function sentencesOf(same: NonEmpty<Placed>): readonly string[] {
  const only = onlyDefault(same);
  const sentences = same.map(({ failure: { message, defaultPermissions } }) =>
    defaultPermissions === null || only !== null ? message : `If the default is '${defaultPermissions}': ${message}`,
  );
  return [...new Set(sentences)];
}

function blockFinding(broken: NonEmpty<Placed>): Found {
  const [{ failure }] = broken;
  const [violation] = failure.violations as NonEmpty<Violation>;
  const asked = excessIn(broken).map((one) => `${one.permission}: ${one.requested}`);
  const callers = callersOf(broken);
  const names = callers.map(({ at, failure: one }) => {
    const only = one.defaultPermissions === null ? '' : `, only if the default is '${one.defaultPermissions}'`;
    return `${at.path}:${at.line} (job '${one.calling.job.id}'${only})`;
  });
  const message = `This block is requesting '${[...new Set(asked)].join(', ')}', which ${callers.length} callers do not allow, so they do not start: ${names.join(', ')}. The first of them: ${failure.message}`;
  const hint = hintOf(failure);
  const isSame = broken.every((one) => hintOf(one.failure) === hint);
  return found(broken, askedAt(violation), message, isSame ? (hint ?? undefined) : undefined);
}

/** What GitHub refuses at a place. Its sentences are about all of it, so it is not told in part. */
function found(same: NonEmpty<Placed>, at: Location, message: string, hint: string | undefined): Found {
  const [{ failure }] = same;
  const [violation] = failure.violations;
  const jobs = [...new Set(same.map(({ failure: one }) => one.calling.ids.join('/')))];
  const causes = [...new Set(same.map(({ failure: one }) => causeOf(one)))];
  const only = onlyDefault(same);
  // What fails under one value alone is as much of a guess where something else keeps the run from starting anyway.
  const isGuess = only !== null || same.every(({ isCertain }) => !isCertain);
  const [first, ...others] = same.flatMap(({ failure: one }) => subjectsOf(one)) as [Subject, ...Subject[]];
  return {
    cause: `${at.path}:${jobs.join()}:${causes.join(' ')}`,
    place: at,
    subjects: [first, ...others],
    isWhole: true,
    // A guess never fails a run: what holds under one value of an unknown setting alone, or may never come, is a warning.
    grade: isGuess ? 'warning' : 'error',
    tell: () => ({
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(violation === undefined ? {} : { advice: adviceFor(same) }),
    }),
    fields: {
      ...(only === null ? {} : { defaultPermissions: only }),
      ...(violation === undefined ? {} : { askedAt: askedAt(violation) }),
    },
  };
}

function subjectsOf(failure: Failure): readonly Subject[] {
  const { calling, violations } = failure;
  const subject = {
    workflow: rootOf(calling).file.path,
    job: calling.ids,
    definedIn: calling.file.path,
    places: [{ path: calling.file.path, ...calling.job.position }],
  };
  const excess = violations.flatMap((violation) => violation.excess);
  if (excess.length === 0) return [{ ...subject, about: causeOf(failure) }];
  return excess.map(({ permission, requested, allowed }) => ({ ...subject, permission, granted: requested, allowed }));
}

/** The blocks to write in all callers, then what to change in the called files instead. */
function adviceFor(same: NonEmpty<Placed>): readonly Advice[] {
  const blocks = same.flatMap(({ failure }) => failure.advice.filter(({ permissions }) => permissions !== undefined));
  return [...distinct(blocks), ...inTheCalled(same.flatMap(({ failure }) => failure.violations))];
}

/** The value of the setting under which alone all of this is so. */
function onlyDefault(same: NonEmpty<Placed>): Failure['defaultPermissions'] {
  const [{ failure }] = same;
  const { defaultPermissions } = failure;
  return same.every((one) => one.failure.defaultPermissions === defaultPermissions) ? defaultPermissions : null;
}

/** What a failure is about, without lines and commits: the same as long as the mistake is. */
function causeOf({ violations, message }: Failure): string {
  const [violation] = violations;
  if (violation === undefined) return withoutPlaces(message).replaceAll(/@[0-9a-f]{40}\b/g, '');
  const { nested, excess } = violation;
  const levels = excess.map((one) => `${one.permission} ${one.requested} ${one.allowed}`).join();
  return `${nested === null ? '' : `${nested.job.id} `}${levels}`;
}

function excessIn(same: NonEmpty<Placed>): readonly Violation['excess'][number][] {
  const all = same.flatMap(({ failure }) => failure.violations.flatMap(({ excess }) => excess));
  return groupBy(all, (one) => JSON.stringify(one)).map(([first]) => first);
}

/** GitHub's place where it is in this repository; else the call in this repository that leads there. */
function placeInRepository({ path, line, column, calling }: Failure): Location {
  return isOurs(calling) ? { path, line, column } : placeOf(nearestOfOurs(calling));
}

/** The block that asks for too much, if it is one of this repository. */
function blockKey({ violations, calling }: Failure): string | null {
  const [violation] = violations;
  const callee = calling.call?.callee;
  if (violation === undefined || callee?.kind !== 'found' || callee.file.place.kind !== 'checkout') return null;
  return JSON.stringify(askedAt(violation));
}

function callersOf(broken: NonEmpty<Placed>): readonly Placed[] {
  return groupBy(broken, ({ failure }) => callKey(failure.calling)).map(([first]) => first);
}

function callKey({ file, job }: JobInChain): string {
  return JSON.stringify([file.path, job.id]);
}

/** A call that has what its own callers grant may fail for some of them alone: says for which. */
function onlySomeCallers(same: NonEmpty<Placed>, ways: Ways): readonly string[] {
  const [{ failure }] = same;
  const { calling } = failure;
  const alike = ways.get(callKey(calling)) ?? [];
  if (failure.violations.length === 0 || !inherits(calling) || alike.every(({ caller }) => caller === null)) return [];
  const failing = new Set(same.map(({ failure: one }) => one.calling));
  const starts = [...failing].map((one) => {
    if (one.caller === null) return 'started by its own events';
    const { file, job } = rootOf(one);
    return `called from ${file.path}:${job.position.line} (job '${job.id}')`;
  });
  const rest = alike.some((one) => !failing.has(one)) ? ' Otherwise it has enough.' : '';
  return [`It fails when it is ${[...new Set(starts)].join(', or ')}.${rest}`];
}

/** Whether it is known what a calling job has: without a block, the callers of a file that is only called decide. */
function isKnown(calling: JobInChain): boolean {
  const { triggers } = rootOf(calling).file.read.workflow;
  return calling.block !== null || triggers.some(({ event }) => event !== 'workflow_call');
}
