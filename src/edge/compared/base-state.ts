import type { BaseFiles } from '../../check-files.ts';
import type { ReadCalledFile, ReadCalledWorkflow } from '../../model/called-file.ts';
import type { Settings } from '../../model/settings.ts';
import type { CommitFiles } from '../git/commit-files.ts';
import { needsWith } from '../reading/prepare-needs.ts';
import type { CheckedFiles, FilesAsked } from '../reading/needs-sources.ts';
import { comparedFiles, type HeadFiles } from './compared-files.ts';
import { baseObjects, isSameFor, readerOf, sharedFiles } from './same-files.ts';

/** What reads files, for the head as for the base. */
export interface Readers {
  readonly repository: Settings['repository'];
  readonly read: ReadCalledFile;
  readonly readWorkflow: ReadCalledWorkflow;
  /** The action that this program runs as, `owner/name`; `null` when it runs as none. */
  readonly ownAction: string | null;
  /** The program that a second thread would run; `null` for none. */
  readonly script: string | null;
}

/** What is compared with a base. */
export interface ComparedHead extends HeadFiles {
  /** Where actions and scripts of it are read. */
  readonly checked: CheckedFiles;
  /** Those that were read, when all needs were worked out. */
  readonly asked: FilesAsked;
}

/**
 * All that is compared with: the workflow files of the base, and who reads the files that they use. What the head has too
 * is worked out once.
 *
 * @throws ToolError when the files cannot be had.
 */
export async function baseState(
  { files, checked, get }: CommitFiles,
  head: ComparedHead,
  { repository, read, readWorkflow, ownAction, script }: Readers,
): Promise<BaseFiles> {
  const objectsOf = await baseObjects(checked, get);
  const here = objectsOf === null ? undefined : await sharedFiles(head.checked, objectsOf);
  const known = checked.kind !== 'api' || here === undefined ? checked : { ...checked, here };
  // Git's objects are read as GitHub does, without links, and a folder as whoever edits it does.
  const follows = head.checked.kind === 'folder' && checked.kind === 'commit';
  const followLink = async (path: string): Promise<Uint8Array | null> => {
    const source = (await readerOf(checked))?.(path);
    return source?.kind === 'found' ? source.bytes : null;
  };
  let isSame: boolean | undefined;
  return {
    files: await comparedFiles(files, head, { script, ...(follows ? { followLink } : {}) }),
    read: readWorkflow,
    prepareNeeds: needsWith(known, repository, read, { ownAction }),
    sharesNeeds: () => (isSame ??= objectsOf !== null && isSameFor(head.asked, objectsOf)),
  };
}
