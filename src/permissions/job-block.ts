import type { PermissionsBlock } from '../model/permission.ts';
import type { Job, Workflow } from '../model/workflow.ts';

/** The block that applies to a job, and who wrote it. */
export interface JobBlock {
  /** `caller`: a job that calls the job's workflow, directly or further up. */
  readonly from: 'job' | 'workflow' | 'caller';
  readonly block: PermissionsBlock;
  /** The file where the block stands. */
  readonly path: string;
}

/**
 * The block that applies to a job: its own, else its workflow's, else what its caller passes on. Blocks replace one another, they are never merged.
 * `null` when none has one, which is not the same as an empty block.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idpermissions
 */
export function jobBlock(
  job: Job,
  workflow: Workflow,
  path: string,
  passedOn: JobBlock | null = null,
): JobBlock | null {
  if (job.permissions !== null) return { from: 'job', block: job.permissions, path };
  if (workflow.permissions !== null) return { from: 'workflow', block: workflow.permissions, path };
  return passedOn === null ? null : { ...passedOn, from: 'caller' };
}
