import type { Report } from '../../model/report.ts';
import type { WhatIf } from '../../model/settings.ts';
import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';

/** A repository whose report says what another value of a setting would do. */
export interface TriedRepository {
  readonly sources: readonly WorkflowSource[];
  readonly files: readonly WorkflowFile[];
  readonly report: Report;
  /** Computes other contents of the same files, in the same way. */
  readonly recheck: (files: readonly WorkflowFile[]) => Promise<Report>;
}

/** Adds to a report the patch with the blocks that are to be written before a setting gets the value that was asked for. */
export async function withPatch(tried: TriedRepository, whatIf: WhatIf | undefined): Promise<Report> {
  const { report } = tried;
  if (whatIf === undefined || (report.whatIf?.blocks ?? []).length === 0) return report;
  // Loaded here, as few repositories need it.
  const { fixFiles } = await import('../fix/fix-files.ts');
  return (await fixFiles({ folder: null, ...tried }, { whatIf, format: 'json' }, false)).report;
}
