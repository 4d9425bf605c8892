import type { Compared } from '../../model/change.ts';
import type { CommitFiles } from '../git/commit-files.ts';

/** Enough of a commit's name to find it. */
const SHOWN = 10;

/** A ref as it is shown: short, where it is a commit. */
export function shortRef(ref: string): string {
  return /^[0-9a-f]{40,64}$/.test(ref) ? ref.slice(0, SHOWN) : ref;
}

/** What is said of the commit that is compared with: one line for the log, and the same for the report. */
export interface ComparedWords {
  readonly line: string;
  readonly told: Compared;
}

/** Takes the files of that commit, and the sentence that says why it is this one. */
export function comparedWords({ ref, commit, get, how }: CommitFiles, why: string): ComparedWords {
  const source = get === null ? 'It was read from git.' : 'It was read through the API.';
  // A commit that is named in full needs no second name.
  const short = shortRef(commit);
  const name = ref === commit ? short : `${ref} at ${short}`;
  return { line: `Compared with ${how}. ${why}`, told: { with: name, how: `${why} ${source}` } };
}
