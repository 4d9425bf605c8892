import type { Permissions } from '../model/permission.ts';
import type { Report, ReportedJob, ReportedWorkflow } from '../model/report.ts';
import { namesIn, samePermissions, union } from './same-permissions.ts';

/** A job of a workflow file, with every place where the report has it: in its own runs, and where its file is called. */
export interface FileJob {
  readonly id: string;
  /** What the block of the file gives that applies to it; `null` when none does. */
  readonly declared: Permissions | null;
  /** What it needs wherever it runs; `null` when that is not known of one of them. */
  readonly suggested: Permissions | null;
  readonly reported: readonly ReportedJob[];
}

/** A workflow file that may be changed, with its jobs. */
export interface FileJobs {
  readonly path: string;
  readonly isOnlyCalled: boolean;
  readonly jobs: readonly FileJob[];
}

/** The files of a report that GitHub accepts, with their jobs. */
export function jobsOfFiles(report: Report): readonly FileJobs[] {
  const byFile = new Map<string, ReportedJob[]>();
  for (const job of report.workflows.flatMap(({ jobs }) => jobs)) {
    const key = keyOf(job.definedIn, job.path.at(-1) ?? '');
    const known = byFile.get(key);
    if (known === undefined) byFile.set(key, [job]);
    else known.push(job);
  }
  return report.workflows
    .filter(({ outcome }) => outcome !== 'invalid')
    .map((workflow) => ({
      path: workflow.path,
      isOnlyCalled: workflow.events.every((event) => event === 'workflow_call'),
      jobs: ownJobs(workflow).map((job): FileJob => {
        const id = job.path[0] ?? '';
        const reported = byFile.get(keyOf(workflow.path, id)) ?? [];
        const suggested = reported.some((each) => dependsOnSetting(each, report)) ? null : suggestedFor(reported);
        return { id, declared: ownBlock(job), suggested, reported };
      }),
    }));
}

/** What the file of a job gives it; `null` when neither the job nor its workflow has a block there. */
export function ownBlock({ declared, declaredAt, definedIn }: ReportedJob): Permissions | null {
  return declaredAt?.path === definedIn ? declared : null;
}

function ownJobs({ jobs }: ReportedWorkflow): readonly ReportedJob[] {
  return jobs.filter(({ path }) => path.length === 1);
}

/**
 * Whether a suggestion holds more than is certainly needed for a job that no block gives anything. What a step may use and
 * nobody can see is suggested as it is granted, and here a setting grants it of which we do not know the value.
 */
function dependsOnSetting({ declared, needs, suggested }: ReportedJob, { repository }: Report): boolean {
  if (declared !== null || needs === null || suggested === null) return false;
  return repository.defaultPermissions.value === 'unknown' && !samePermissions(suggested, needs.permissions);
}

/** That a job needs nothing is never said of one that cannot be seen into. */
function suggestedFor(reported: readonly ReportedJob[]): Permissions | null {
  let all: Permissions = {};
  for (const { suggested } of reported) {
    if (suggested === null) return null;
    all = union(all, suggested);
  }
  const isSeen = reported.every(({ needs }) => needs?.complete !== false);
  return isSeen || namesIn(all).length > 0 ? all : null;
}

function keyOf(file: string, id: string): string {
  return `${file}\n${id}`;
}
