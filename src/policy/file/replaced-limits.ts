import type { Limit } from '../../model/policy.ts';
import { isLiteral, matchesGlob } from '../glob.ts';

/** The first later limit that certainly matches wherever a limit does; `null` when none does for certain. */
export function replacementOf(limit: Limit, later: readonly Limit[]): Limit | null {
  return later.find((other) => isWider(other, limit)) ?? null;
}

function isWider(wide: Limit, narrow: Limit): boolean {
  return (
    isWiderBy(wide.workflows, narrow.workflows, isWiderForWorkflows) &&
    isWiderBy(wide.jobs, narrow.jobs, isWiderGlob) &&
    isWiderBy(wide.called, narrow.called, isWiderGlob) &&
    isWiderBy(wide.events, narrow.events, isSame) &&
    (isWiderBy(wide.actors, narrow.actors, isSame) || new Set(wide.actors).size === 3)
  );
}

/** Whether each entry of a list is in one of a wider list; `null` is all. */
function isWiderBy(
  wide: readonly string[] | null,
  narrow: readonly string[] | null,
  covers: (wide: string, narrow: string) => boolean,
): boolean {
  if (wide === null || wide.some((one) => covers(one, EVERYTHING))) return true;
  return narrow !== null && narrow.length > 0 && narrow.every((one) => wide.some((other) => covers(other, one)));
}

const EVERYTHING = '**';

function isSame(wide: string, narrow: string): boolean {
  return wide === narrow;
}

/** A workflow matches by its name or by its path, and no name has a `/`. */
function isWiderForWorkflows(wide: string, narrow: string): boolean {
  if (wide === '*') return true;
  const name = narrow.slice(narrow.lastIndexOf('/') + 1);
  return isWiderGlob(wide, narrow) || (isLiteral(narrow) && matchesGlob(wide, name));
}

/** Patterns of which this cannot be told easily are taken to be different. */
function isWiderGlob(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  if (wide === '*') return !narrow.includes('/') && !narrow.includes('**');
  return isLiteral(narrow) && matchesGlob(wide, narrow);
}
