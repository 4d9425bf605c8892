import type { JobInChain } from '../calls/call-tree.ts';
import type { ChangedPermission } from '../model/change.ts';
import type { PermissionsBlock } from '../model/permission.ts';
import type { Location, Position } from '../model/position.ts';
import type { CheckedWorkflow } from '../policy/checked-workflow.ts';
import { nearestOfOurs, placeOf } from '../policy/job-places.ts';

/** Where a job stands in a file of the repository; the job that leads to it, for a job of another one. */
export function placeOfJob(chained: JobInChain): Location {
  return placeOf(nearestOfOurs(chained));
}

/** Where the repository calls what leads to a job, or the job where nothing is called. */
export function placeOfCall(chained: JobInChain): Location {
  const { file, job } = nearestOfOurs(chained);
  const { line, column } = job.uses?.position ?? job.position;
  return { path: file.path, line, column };
}

/** Where the first of these permissions is written in a block, else where the block stands. */
export function positionIn(block: PermissionsBlock, permissions: readonly ChangedPermission[]): Position {
  const names = new Set(permissions.map(({ permission }) => permission));
  const entry = block.entries.find(({ permission }) => names.has(permission));
  const { line, column } = entry?.position ?? block.shorthand?.position ?? block.position;
  return { line, column };
}

/** Where a file begins. */
export function placeOfFile({ file: { path, workflow } }: CheckedWorkflow): Location {
  const { line, column } = workflow.position;
  return { path, line, column };
}
