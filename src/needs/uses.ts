import type { ImpossibleNeed, StepNeed, StepUse, Uncertainty } from '../model/needs.ts';
import type { Location } from '../model/position.ts';
import { PERMISSION_TABLE } from '../permissions/permission-table.ts';
import type { Demand, Demands } from './api/route-table.ts';
import { areAboutPullRequests, subjectOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** A command or a call that uses the token, for what is said of it. */
export interface Caller {
  readonly location: Location;
  readonly by: string;
  readonly events: readonly string[];
  /** Its failure is of no account. */
  readonly tolerated: boolean;
}

export const NO_USE: StepUse = { needs: [], uncertain: [], impossible: [] };

/** What some uses are together. Nearly all commands of a script use nothing. */
export function allUses(uses: readonly StepUse[]): StepUse {
  const some = uses.filter(
    ({ needs, uncertain, impossible }) => needs.length + uncertain.length + impossible.length > 0,
  );
  if (some.length === 0) return NO_USE;
  return {
    needs: some.flatMap(({ needs }) => needs),
    uncertain: some.flatMap(({ uncertain }) => uncertain),
    impossible: some.flatMap(({ impossible }) => impossible),
  };
}

/**
 * A use with what it leaves. Written out, as every step has one: on Node 20 a copy with one property more takes ten times
 * as long, and makes a hidden class of its own.
 */
export function leaving<Left>(
  { needs, uncertain, impossible }: StepUse,
  leaves: Left,
): StepUse & { readonly leaves: Left } {
  return { needs, uncertain, impossible, leaves };
}

const levels = new Map(PERMISSION_TABLE.map(({ name, levels }) => [name, levels]));

/** Whether a block can give it. */
function canHave({ permission, level }: Demand): boolean {
  return permission === 'metadata' || (levels.get(permission)?.includes(level) ?? false);
}

/** What every token may read in a public repository, for the reads that are known to be public. */
const PUBLIC = new Set([
  ...['actions', 'attestations', 'checks', 'contents', 'deployments', 'discussions', 'issues', 'pages'],
  ...['pull-requests', 'statuses'],
]);

/** The sets in the order in which to suggest them. */
function preferred(sets: Demands, subject: Subject, events: readonly string[]): Demands {
  if (subject !== 'pull request' && !areAboutPullRequests(events)) return sets;
  const rank = (set: readonly Demand[]): number =>
    set.some(({ permission }) => permission === 'pull-requests') ? 0 : 1;
  return [...sets].sort((a, b) => rank(a) - rank(b));
}

/** What a caller needs that takes any one of some sets of permissions. */
export function neededBy(
  caller: Caller,
  demands: Demands,
  because: string,
  subject: Subject = subjectOf(demands, caller.events),
): StepUse {
  const possible = preferred(
    demands.filter((set) => set.every(canHave)),
    subject,
    caller.events,
  );
  const [chosen, ...others] = possible;
  if (chosen === undefined) {
    const missing = demands[0]?.find((demand) => !canHave(demand));
    if (missing === undefined) return NO_USE;
    return impossibleFor(caller, `${missing.permission}: ${missing.level}`, because);
  }
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const instead = others.flatMap((set) =>
    set.length === 1 && set[0]?.level === only?.level ? set.map(({ permission }) => permission) : [],
  );
  const needs = chosen
    .filter(({ permission }) => permission !== 'metadata')
    .map((demand) => needOf(caller, demand, because, only === undefined ? [] : instead))
    .map((need) => withSubject(need, subject));
  return { needs, uncertain: [], impossible: [] };
}

function withSubject(need: StepNeed, subject: Subject): StepNeed {
  if (need.instead === undefined || subject === 'none') return need;
  return { ...need, subject: subject === 'unknown' ? 'unknown' : 'known' };
}

function needOf(caller: Caller, demand: Demand, because: string, instead: readonly string[]): StepNeed {
  const { permission, level } = demand;
  return {
    ...caller.location,
    by: caller.by,
    permission,
    level,
    because,
    ...(instead.length > 0 ? { instead } : {}),
    ...(level === 'read' && PUBLIC.has(permission) ? { publicRead: true } : {}),
    ...(caller.tolerated ? { tolerated: true } : {}),
  };
}

/** What a caller needs that asks GitHub for the job's identity token, always or when it so decides. */
export function identityFor(caller: Caller, always: boolean): StepUse {
  return always
    ? neededBy(caller, [[{ permission: 'id-token', level: 'write' }]], 'it asks for an identity token')
    : uncertainFor(caller, ['id-token'], 'it may ask for an identity token');
}

export function uncertainFor(caller: Caller, permissions: Uncertainty['permissions'], because: string): StepUse {
  const { location, by } = caller;
  const { path, line, column } = location;
  return { needs: [], uncertain: [{ path, line, column, by, permissions, because }], impossible: [] };
}

/** What no block gives. Where its failure is of no account, nothing is to be told. */
export function impossibleFor(caller: Caller, what: string, because: string): StepUse {
  if (caller.tolerated) return NO_USE;
  const need: ImpossibleNeed = { ...caller.location, by: caller.by, what, because };
  return { ...NO_USE, impossible: [need] };
}

/** The permissions that some demands name, for what may use them. */
export function namesIn(demands: Demands): readonly string[] {
  const names = demands.flatMap((set) => set.map(({ permission }) => permission));
  return [...new Set(names)].filter((name) => levels.has(name) && name !== 'metadata');
}
