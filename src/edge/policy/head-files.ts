import type { PolicyPlaces } from './policy-places.ts';
import { folderFiles, gitFiles, type RepositoryFiles } from './repository-files.ts';

/** Where the files are that the command line is about. */
export interface Head {
  readonly folder: string;
  /** The ref that the files are of and its commit; `null` for the folder's own files. */
  readonly ref: string | null;
  readonly commit: string | null;
  /** Reads other files of the commit, when git does not have it. */
  readonly throughApi: RepositoryFiles | null;
}

/** The files of a head: those of the folder, of a commit that git has, or of one that the API has. */
export function headFiles(head: Head, { root }: PolicyPlaces, offline: boolean): RepositoryFiles {
  const { folder, ref, commit, throughApi } = head;
  const where = ref ?? 'the folder';
  return throughApi ?? (commit === null ? folderFiles(root, folder, where) : gitFiles(folder, commit, offline, where));
}
