import type { Compared } from '../../model/change.ts';
import type { CommitFiles } from '../commit-files.ts';

/** Enough of a commit's name to find it. */
const SHOWN = 10;

/** What a report says of the commit that it is compared with. `why`: sentences that say why this one. */
export function comparedWith({ ref, commit, get }: CommitFiles, why: string): Compared {
  const source = get === null ? 'The base was read from git.' : 'The base was read through the API.';
  // A commit that is named in full needs no second name.
  const name = ref === commit ? commit.slice(0, SHOWN) : `${ref} at ${commit.slice(0, SHOWN)}`;
  return { with: name, how: why === '' ? source : `${why} ${source}` };
}
