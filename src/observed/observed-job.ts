import type { ObservedJob } from '../model/observation.ts';
import type { VerifiedLog } from '../model/verification.ts';

/** What the log of a job of a run showed, as reports have it. `name` is the job's as GitHub shows it. */
export function observedJob(name: string, verified: VerifiedLog): ObservedJob {
  const { job, result, reason, causes } = verified;
  // What is none is not named, as in rows.
  const logged = verified.granted === null ? null : Object.entries(verified.granted);
  const granted = logged === null ? null : Object.fromEntries(logged.filter(([, level]) => level !== 'none'));
  const differences = verified.compared
    .filter(({ computed, logged }) => computed !== logged)
    .map(({ permission, computed, logged }) => ({ permission, computed, logged }));
  return { name, job, result, reason, causes, granted, differences: result === 'differs' ? differences : [] };
}

/** A job of a run of which nothing could be compared. */
export function notObserved(name: string, reason: string): ObservedJob {
  return { name, job: null, result: 'not-compared', reason, causes: [], granted: null, differences: [] };
}
