import type { Settings } from '../model/settings.ts';
import { knowsAction } from '../needs/action-use.ts';
import { loadActionFiles } from '../needs/load-action-files.ts';
import { needsOfJobs } from '../needs/needs-of-jobs.ts';
import type { PrepareNeeds } from '../needs/prepare-needs.ts';
import { needsSources } from './needs-sources.ts';
import type { CheckedFiles } from './needs-sources.ts';

/** Works out needs with the files of what is checked, and with those of other repositories that its steps use. */
export function needsWith(checked: CheckedFiles, repository: Settings['repository']): PrepareNeeds {
  return async (files, called, read) => {
    const { readFile, readLocal } = await needsSources(checked, read);
    const actionFiles = await loadActionFiles(files, called, { read, readLocal, isKnown: knowsAction, repository });
    return (jobs, settings, declaredActions) => needsOfJobs(jobs, { settings, actionFiles, readFile, declaredActions });
  };
}
