import { checkFiles, report } from './check-files.ts';
import type { CheckOptions } from './check-files.ts';
import type { ReadCalledFile } from './model/called-file.ts';
import type { Report } from './model/report.ts';
import type { Settings } from './model/settings.ts';
import type { WorkflowSource } from './model/source.ts';
import type { PrepareNeeds } from './needs/prepare-needs.ts';
import { calledWorkflows } from './workflow/read-called.ts';
import { readFiles } from './workflow/read-files.ts';
import { readBytes } from './workflow/read-source.ts';
import { readWorkflow } from './workflow/read-workflow.ts';

export type { CheckOptions } from './check-files.ts';

/**
 * Computes the report of one repository from the texts of its workflow files, without reading called workflows of other
 * repositories or refs. Pure, as is all that it calls. The command line and the action read the texts themselves, to load
 * no more than they need.
 */
export function check(sources: readonly WorkflowSource[], settings: Settings, options: CheckOptions): Report {
  return report(readFiles(sources), new Map(), settings, options);
}

/** The same with called workflows, which `read` provides. Each is asked for once. */
export async function checkWithCalls(
  sources: readonly WorkflowSource[],
  settings: Settings,
  options: CheckOptions,
  read: ReadCalledFile,
  prepareNeeds: PrepareNeeds | null = null,
): Promise<Report> {
  const readCalled = calledWorkflows(read, (bytes) => readBytes<never>(bytes, readWorkflow));
  return checkFiles(readFiles(sources), settings, options, readCalled, prepareNeeds);
}
