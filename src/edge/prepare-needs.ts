import { needsOfJobs } from '../needs/needs-of-jobs.ts';
import type { PrepareNeeds } from '../needs/prepare-needs.ts';
import { readBoundedText } from './checkout-text.ts';

/** Works out needs with the files of a folder. */
export function needsIn(folder: string): PrepareNeeds {
  const readFile = (path: string) => readBoundedText(folder, path);
  return () =>
    Promise.resolve((jobs, settings, declaredActions) =>
      needsOfJobs(jobs, { settings, actionFiles: new Map(), readFile, declaredActions }),
    );
}
