import type { Compared } from '../../model/change.ts';
import type { CommitFiles } from '../git/commit-files.ts';

/** Enough of a commit's name to find it. */
const SHOWN = 10;

/** What is said of the commit that is compared with: one line for the log, and the same for the report. */
export interface ComparedWords {
  readonly line: string;
  readonly told: Compared;
}

/** Takes the files of that commit, and the sentence that says why it is this one. */
export function comparedWords({ ref, commit, get, how }: CommitFiles, why: string): ComparedWords {
  const source = get === null ? 'The base was read from git.' : 'The base was read through the API.';
  // A commit that is named in full needs no second name.
  const name = ref === commit ? commit.slice(0, SHOWN) : `${ref} at ${commit.slice(0, SHOWN)}`;
  return { line: `Compared with ${how}. ${why}`, told: { with: name, how: `${why} ${source}` } };
}
