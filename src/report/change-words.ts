import { levelsInWords, levelsKey, type Levels } from './levels.ts';
import type { Row } from './rows.ts';

const READ_ONLY = 'read only';
const NOTHING_LEFT = 'no permissions';

/**
 * Takes the row of a run that somebody else starts, the token that the same run has in the repository itself (`null`
 * where it does not run) and the one that the job has otherwise, and returns what is different: `does not run`,
 * `read only`, `runs`, a list of permissions; `null` when nothing is.
 */
export function changeInWords(row: Row | undefined, inRepository: Levels | null, usual: Levels | null): string | null {
  if (row === undefined) return null;
  if (row.grant.status === 'not-run') return inRepository === null ? null : 'does not run';
  if (inRepository === null) return usual !== null && row.key === levelsKey(usual) ? 'runs' : levelsInWords(row.levels);
  if (row.key === levelsKey(inRepository)) return null;
  if (!isReduced(inRepository, row.levels)) return levelsInWords(row.levels);
  if (row.levels.read.length === 0) return NOTHING_LEFT;
  // Others that have no level `read` are lost as well, which "read only" says; a lost identity is worth the words.
  return inRepository.write.includes('id-token') ? `${READ_ONLY}, without id-token` : READ_ONLY;
}

/** Whether words of `changeInWords` say that writes become reads, which is true where nothing was written anyway. */
export function saysReadOnly(words: string | null | undefined): boolean {
  return words?.startsWith(READ_ONLY) === true;
}

/** Whether words of `changeInWords` say that every write is taken away. */
export function isReduction(words: string): boolean {
  return saysReadOnly(words) || words === NOTHING_LEFT;
}

/** Whether one token is another with `read`, or nothing, in the place of every `write`. */
function isReduced(full: Levels, reduced: Levels): boolean {
  return (
    full.write.length > 0 &&
    reduced.write.length === 0 &&
    full.read.every((permission) => reduced.read.includes(permission)) &&
    reduced.read.every((permission) => full.read.includes(permission) || full.write.includes(permission))
  );
}
