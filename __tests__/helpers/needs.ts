import type { CheckedJob } from '../../src/policy/checked-workflow.ts';
import type { JobNeeds } from '../../src/model/needs.ts';
import type { Permissions } from '../../src/model/permission.ts';
import { needsOfJobs } from '../../src/needs/needs-of-jobs.ts';
import type { Settings } from '../../src/model/settings.ts';

/** A need that is known in full. */
export function needing(permissions: Permissions): JobNeeds {
  return {
    needs: [],
    uncertain: [],
    impossible: [],
    complete: true,
    open: [],
    permissions,
    suggested: permissions,
    rows: [],
  };
}

/** A need of which a step cannot be seen into. */
export function needingAtLeast(permissions: Permissions): JobNeeds {
  return { ...needing(permissions), complete: false, open: 'all', suggested: null };
}

/** A need of which a step may use some permissions in a way that cannot be seen. */
export function needingMaybe(permissions: Permissions, ...open: readonly string[]): JobNeeds {
  return { ...needing(permissions), complete: false, open };
}

/** What the jobs of a chain need, by the ids that they have in their files. */
export function needsById(needs: Readonly<Record<string, JobNeeds>>): (job: CheckedJob) => JobNeeds | null {
  return ({ chained }) => needs[chained.job.id] ?? null;
}

/** What jobs really need, as far as their scripts and what policies say of actions tell it. */
export function realNeeds(
  jobs: readonly CheckedJob[],
  settings: Settings,
  declaredActions: readonly ReadonlyMap<string, Permissions>[],
): (job: CheckedJob) => JobNeeds | null {
  const needsOf = needsOfJobs(jobs, { settings, actionFiles: new Map(), readFile: () => null, declaredActions });
  return ({ chained }) => needsOf(chained);
}
