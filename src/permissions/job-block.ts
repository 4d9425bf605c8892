import type { PermissionsBlock } from '../model/permission.ts';
import type { Job, Workflow } from '../model/workflow.ts';

/** The block that applies to a job, and who wrote it. */
export interface JobBlock {
  readonly from: 'job' | 'workflow';
  readonly block: PermissionsBlock;
}

/**
 * The block that applies to a job: its own, else its workflow's. Blocks replace one another, they are never merged.
 * `null` when neither has one, which is not the same as an empty block.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idpermissions
 */
export function jobBlock(job: Job, workflow: Workflow): JobBlock | null {
  if (job.permissions !== null) return { from: 'job', block: job.permissions };
  return workflow.permissions === null ? null : { from: 'workflow', block: workflow.permissions };
}
