import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Settings } from '../../model/settings.ts';
import { knowsAction } from '../../needs/actions/action-use.ts';
import { loadActionFiles } from '../../needs/actions/load-action-files.ts';
import { needsOfJobs } from '../../needs/needs-of-jobs.ts';
import type { PrepareNeeds } from '../../needs/prepare-needs.ts';
import { readActionHere } from './reading.ts';
import { needsSources } from './needs-sources.ts';
import type { CheckedFiles, FilesAsked } from './needs-sources.ts';

/** What working out needs may do beside. */
export interface NeedsOptions {
  /** The action that this program runs as, `owner/name`; `null` when it runs as none. */
  readonly ownAction?: string | null;
  /** Is told which files of what is checked were read. */
  readonly asked?: FilesAsked | undefined;
  readonly readAction?: typeof readActionHere;
}

/** Works out needs with the files of what is checked, and with those of other repositories, which `read` provides. */
export function needsWith(
  checked: CheckedFiles,
  repository: Settings['repository'],
  read: ReadCalledFile,
  { ownAction = null, asked, readAction = readActionHere }: NeedsOptions = {},
): PrepareNeeds {
  return async (files, called) => {
    const own = ownAction?.toLowerCase();
    const { readFile, readLocal } = await needsSources(checked, read, asked);
    const actionFiles = await loadActionFiles(files, called, {
      read,
      readLocal,
      readAction,
      isKnown: (name, ref) => name === own || knowsAction(name, ref),
      repository,
    });
    return (jobs, settings, declaredActions) =>
      needsOfJobs(jobs, {
        settings,
        actionFiles,
        readFile,
        declaredActions,
        ...(own === undefined ? {} : { ownAction: own }),
      });
  };
}
