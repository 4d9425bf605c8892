import type { CalledSource, ReadCalledFile } from '../../../src/model/called-file.ts';
import { knowsAction } from '../../../src/needs/actions/action-use.ts';
import { loadActionFiles } from '../../../src/needs/actions/load-action-files.ts';
import { needsOfJobs } from '../../../src/needs/needs-of-jobs.ts';
import type { PrepareNeeds } from '../../../src/needs/prepare-needs.ts';
import { readActionHere } from '../../../src/edge/reading/reading.ts';

/** Nothing leaves the browser, so nothing of other repositories is read. */
export const readNothing: ReadCalledFile = () =>
  Promise.resolve({ kind: 'unavailable', reason: 'this page reads nothing from the network' });

/** Works out needs with the files that were given, by path, and with no others. */
export function needsWith(texts: ReadonlyMap<string, string>): PrepareNeeds {
  const readLocal = (path: string): Promise<CalledSource> => {
    const text = texts.get(path);
    return Promise.resolve(
      text === undefined
        ? { kind: 'not-found', reason: `The file ${path} is not among those that were given` }
        : { kind: 'found', bytes: new TextEncoder().encode(text), commit: null, anyRef: false },
    );
  };
  return async (files, called) => {
    const actionFiles = await loadActionFiles(files, called, {
      read: readNothing,
      readLocal,
      readAction: readActionHere,
      isKnown: knowsAction,
      repository: null,
    });
    return (jobs, settings, declaredActions) =>
      needsOfJobs(jobs, { settings, actionFiles, readFile: (path) => texts.get(path) ?? null, declaredActions });
  };
}
