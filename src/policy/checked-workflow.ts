import type { JobInChain } from '../calls/call-tree.ts';
import type { Contract } from '../calls/contract.ts';
import type { Failure, UnreadCall } from '../calls/failures.ts';
import type { ReportedJob, ReportedWorkflow } from '../model/report.ts';
import type { WorkflowFile } from '../model/workflow.ts';

/** A job that a workflow reaches: as the report has it, and as it is written and called. */
export interface CheckedJob {
  readonly reported: ReportedJob;
  readonly chained: JobInChain;
}

/** A workflow of the report, with what its calls are made of. */
export interface CheckedWorkflow {
  readonly file: WorkflowFile;
  readonly report: ReportedWorkflow;
  readonly tree: readonly JobInChain[];
  readonly failures: readonly Failure[];
  readonly unread: readonly UnreadCall[];
  readonly contract: Contract | null;
  /** The jobs of the report, in its order. */
  readonly jobs: readonly CheckedJob[];
}
