import { adviceFor, askedAt } from '../../calls/advice.ts';
import type { Failure } from '../../calls/failures.ts';
import type { Location } from '../../model/position.ts';
import type { Finding, FindingLevel } from '../../model/report.ts';
import type { Platform } from '../../model/settings.ts';

/** The failures of the calls of one workflow, and the workflow. */
export interface WorkflowFailures {
  readonly path: string;
  readonly failures: readonly Failure[];
  /** Whether no run of the workflow starts, whatever the settings are. */
  readonly isCertain: boolean;
}

/** From so many callers on, a block that breaks them is the place to look at, not each of them. */
const MANY_CALLERS = 3;

/**
 * The rule `startup-failure`: GitHub refuses a call, so no job of the run starts. One finding for a calling job, where it
 * stands in this repository; for a block of this repository that breaks many callers, one finding at the block.
 */
export function startupFailure(workflows: readonly WorkflowFailures[], platform: Platform): readonly Finding[] {
  const places = workflows.flatMap(({ failures, isCertain }) =>
    failures.map((failure) => ({ failure, isCertain, at: placeInRepository(failure) })),
  );
  const breaking = new Map<string, typeof places>();
  for (const one of places) {
    const key = blockKey(one.failure);
    if (key !== null) breaking.set(key, [...(breaking.get(key) ?? []), one]);
  }
  const manyAtOnce = new Map([...breaking].filter(([, broken]) => callersOf(broken).length >= MANY_CALLERS));
  const single = places.filter(({ failure }) => !manyAtOnce.has(blockKey(failure) ?? ''));
  return [
    ...[...manyAtOnce.values()].map((broken) => blockFinding(broken, platform)),
    ...groupBy(single, ({ failure, at }) => `${at.path} ${at.line} ${at.column} ${failure.message}`).map((same) =>
      callFinding(same, platform),
    ),
  ];
}

interface Placed {
  readonly failure: Failure;
  readonly isCertain: boolean;
  readonly at: Location;
}

function callFinding(same: readonly Placed[], platform: Platform): Finding {
  const [{ failure, at }] = same as readonly [Placed, ...Placed[]];
  const { message, hint, violation } = failure;
  const jobs = same.map(({ failure: one }) => one.calling.ids);
  return {
    id: `startup-failure:${at.path}:${jobs.map((ids) => ids.join('/')).join()}:${message}`,
    rule: 'startup-failure',
    ...weighed(same),
    message,
    ...(hint === null ? {} : { hint }),
    ...at,
    job: jobs[0] ?? [],
    jobs,
    ...excessFields(failure),
    ...(violation === null ? {} : { askedAt: askedAt(violation), advice: adviceFor(violation, platform) }),
  };
}

function blockFinding(broken: readonly Placed[], platform: Platform): Finding {
  const [{ failure }] = broken as readonly [Placed, ...Placed[]];
  const callers = callersOf(broken);
  const { violation } = failure;
  if (violation === null) throw new Error('Only a block can break many callers');
  const asked = violation.excess.map((one) => `${one.permission}: ${one.requested}`).join(', ');
  const names = callers.map(({ at, failure: one }) => `${at.path}:${at.line} (job '${one.calling.job.id}')`).join(', ');
  return {
    id: `startup-failure:${askedAt(violation).path}:${violation.nested?.job.id ?? ''}:${asked}`,
    rule: 'startup-failure',
    ...weighed(broken),
    message: `This block is requesting '${asked}', which ${callers.length} callers do not allow, so they do not start: ${names}. The first of them: ${failure.message}`,
    ...askedAt(violation),
    job: failure.calling.ids,
    jobs: broken.map(({ failure: one }) => one.calling.ids),
    ...excessFields(failure),
    askedAt: askedAt(violation),
    advice: adviceFor(violation, platform),
  };
}

/** A guess never fails a run: what holds under one value of an unknown setting alone is a warning. */
function weighed(same: readonly Placed[]): { level: FindingLevel } & Pick<Finding, 'defaultPermissions'> {
  const { defaultPermissions } = same[0]?.failure ?? { defaultPermissions: null };
  const isGuess = same.every(({ failure, isCertain }) => failure.defaultPermissions !== null && !isCertain);
  return {
    level: isGuess ? 'warning' : 'error',
    ...(defaultPermissions === null ? {} : { defaultPermissions }),
  };
}

function excessFields({ violation }: Failure): Partial<Finding> {
  const [first] = violation?.excess ?? [];
  if (violation === null || first === undefined) return {};
  const permissions = violation.excess.map(({ permission, requested, allowed }) => ({
    permission,
    granted: requested,
    allowed,
  }));
  return { permission: first.permission, granted: first.requested, allowed: first.allowed, permissions };
}

/** GitHub's place where it is in this repository; else the root's calling job. */
function placeInRepository({ path, line, column, calling }: Failure): Location {
  let job = calling;
  if (job.file.place.kind === 'checkout') return { path, line, column };
  while (job.caller !== null && job.file.place.kind !== 'checkout') job = job.caller;
  return { path: job.file.path, ...job.job.position };
}

/** The block that asks for too much, if it is one of this repository. */
function blockKey({ violation, calling }: Failure): string | null {
  if (violation === null) return null;
  const callee = calling.call?.callee;
  if (callee?.kind !== 'found' || callee.file.place.kind !== 'checkout') return null;
  const { path, line, column } = askedAt(violation);
  return `${path} ${line} ${column}`;
}

function callersOf(broken: readonly Placed[]): readonly Placed[] {
  return groupBy(broken, ({ failure }) => `${failure.calling.file.path} ${failure.calling.job.id}`).flatMap(
    ([first]) => first ?? [],
  );
}

function groupBy<One>(all: readonly One[], keyOf: (one: One) => string): readonly (readonly One[])[] {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}
