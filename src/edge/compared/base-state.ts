import type { BaseFiles } from '../../check-files.ts';
import type { ReadCalledFile, ReadCalledWorkflow } from '../../model/called-file.ts';
import type { Settings } from '../../model/settings.ts';
import type { CommitFiles } from '../commit-files.ts';
import { needsWith } from '../prepare-needs.ts';
import { comparedFiles, type HeadFiles } from './compared-files.ts';

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

/**
 * All that is compared with: the workflow files of the base, and who reads the files that they use.
 *
 * @throws ToolError when the files cannot be had.
 */
export async function baseState(
  { files, checked }: CommitFiles,
  head: HeadFiles,
  { repository, read, readWorkflow, ownAction, script }: Readers,
): Promise<BaseFiles> {
  return {
    files: await comparedFiles(files, head, script),
    read: readWorkflow,
    prepareNeeds: needsWith(checked, repository, read, ownAction),
  };
}
