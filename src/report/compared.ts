import type { StepNeed } from '../model/needs.ts';
import type { AccessLevel } from '../model/permission.ts';
import type { ReportedJob, ReportedNeeds } from '../model/report.ts';
import { isMore } from '../permissions/access-level.ts';
import { levelOf, type Cell } from './cells.ts';
import type { JobGroup } from './fold.ts';
import { byImportance } from './levels.ts';

/** A permission at a level. */
export interface Part {
  readonly permission: string;
  readonly level: Exclude<AccessLevel, 'none'>;
}

/** Takes a job and what its token may do, and returns what of that nothing uses; nothing where that is not known. */
export function unusedOf({ suggested }: Pick<ReportedJob, 'suggested'>, cells: ReadonlyMap<string, Cell>): Part[] {
  if (suggested === null) return [];
  return [...cells].flatMap(([permission, cell]): Part[] => {
    const level = levelOf(cell);
    if (permission === 'metadata' || level === 'none' || !isMore(level, suggested[permission] ?? 'none')) return [];
    return [{ permission, level }];
  });
}

/**
 * Takes what a job needs and what its token may do, and returns what it lacks in any run. What it lacks in some, and
 * what it can do without, is left to the rules to tell.
 */
export function missingOf({ because }: ReportedNeeds, cells: ReadonlyMap<string, Cell>): Part[] {
  const missing = new Map<string, Part>();
  for (const need of because) {
    const { permission, level, when, tolerated, optional, publicRead } = need;
    const isNeeded = when === undefined && tolerated !== true && optional !== true && publicRead !== true;
    if (!isNeeded || permission === 'metadata') continue;
    if (namesOf(need).some((name) => !isMore(level, levelOf(cells.get(name))))) continue;
    if (missing.get(permission)?.level !== 'write') missing.set(permission, { permission, level });
  }
  return [...missing.values()].sort((a, b) => byImportance(a.permission, b.permission));
}

/**
 * Takes what a job needs and what its token may do, and returns what else it may need of that: a step that may push needs
 * no more than the read that the job has anyway.
 */
export function openOf(
  { uncertain, permissions }: ReportedNeeds,
  group: JobGroup,
  cells: ReadonlyMap<string, Cell>,
): ReportedNeeds['uncertain'] {
  if (uncertain === 'all' || !isComparable(group)) return uncertain;
  return uncertain.filter((name) => isMore(levelOf(cells.get(name)), permissions[name] ?? 'none'));
}

/** The permissions any of which does for a need. */
export function namesOf({ permission, instead = [] }: StepNeed): readonly string[] {
  return [permission, ...instead];
}

/** Whether the token is the same in all runs that its own repository starts, so that there is one to compare with. */
export function isComparable({ knowledge, outcomes }: JobGroup): boolean {
  return knowledge === 'computed' && outcomes.every(({ defaultPermissions }) => defaultPermissions === null);
}
