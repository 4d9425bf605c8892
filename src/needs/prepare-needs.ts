import type { CalledFiles } from '../calls/called-files.ts';
import type { JobInChain } from '../calls/call-tree.ts';
import type { ReadCalledFile } from '../model/called-file.ts';
import type { JobNeeds } from '../model/needs.ts';
import type { Permissions } from '../model/permission.ts';
import type { Settings } from '../model/settings.ts';
import type { WorkflowFile } from '../model/workflow.ts';
import type { JobOfReport } from './needs-of-jobs.ts';

/** What is worked out of a job that a workflow reaches; `null` where that cannot be. */
export type NeedsOf = (job: JobInChain) => JobNeeds | null;

/** Makes the function that works out the needs of jobs. `declared`: what policies say of actions, the first one first. */
export type WorkOutNeeds = (
  jobs: readonly JobOfReport[],
  settings: Settings,
  declared: readonly ReadonlyMap<string, Permissions>[],
) => NeedsOf;

/** Reads the actions that workflow files use and the table does not know. Never throws. */
export type PrepareNeeds = (
  files: readonly WorkflowFile[],
  called: CalledFiles,
  read: ReadCalledFile,
) => Promise<WorkOutNeeds>;
