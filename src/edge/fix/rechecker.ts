import type { Report } from '../../model/report.ts';
import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { readFiles } from '../../workflow/read-files.ts';

/** What was checked, and how the changes of it are to be checked. */
export interface CheckedFiles {
  /** The real path of the folder; `null` when the files are those of a git ref. */
  readonly folder: string | null;
  readonly sources: readonly WorkflowSource[];
  /** What reading them gave, in the same order. */
  readonly files: readonly WorkflowFile[];
  readonly report: Report;
  readonly recheck: (files: readonly WorkflowFile[]) => Promise<Report>;
}

/** Makes the function that reports about changed files. What was not changed is not read again. */
export function recheckerOf({
  sources,
  files,
  recheck,
}: CheckedFiles): (changed: readonly WorkflowSource[]) => Promise<Report> {
  const known = new Map(sources.map((source, index) => [source, files[index]]));
  return (changed) => recheck(changed.flatMap((source) => known.get(source) ?? readFiles([source])));
}
