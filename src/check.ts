import type { Finding, FindingLevel, Report } from './model/report.ts';
import type { Settings } from './model/settings.ts';
import type { WorkflowSource } from './model/source.ts';
import { invalidWorkflow } from './policy/rules/invalid-workflow.ts';
import { verdict } from './policy/verdict.ts';
import { reportWorkflow } from './check-workflow.ts';
import { TABLE_DATE } from './permissions/permission-table.ts';
import { platformName } from './permissions/platform.ts';
import { readFiles } from './workflow/read-files.ts';

/** What `check` needs beside the files and the settings. */
export interface CheckOptions {
  /** The version of this tool, for the report. */
  readonly toolVersion: string;
  /** The least level of a finding that fails the run. */
  readonly failOn: FindingLevel | 'never';
}

/**
 * Computes the report of one repository from its workflow files. Pure: the same files and settings give the same
 * report, and a file that is broken never hides the others.
 */
export function check(sources: readonly WorkflowSource[], settings: Settings, options: CheckOptions): Report {
  const { repository, visibility, defaultPermissions, forkPullRequests, platform } = settings;
  const workflows = [...readFiles(sources)].sort(byPath).map((file) => reportWorkflow(file, settings));
  const findings = [...invalidWorkflow(workflows)].sort(byPlace);
  return {
    schemaVersion: 1,
    tool: { name: 'effective-permissions', version: options.toolVersion },
    repository: {
      name: repository === null ? null : `${repository.owner}/${repository.name}`,
      visibility,
      defaultPermissions,
      forkPullRequests,
      platform: platformName(platform),
    },
    permissionsTable: TABLE_DATE,
    workflows,
    findings,
    suppressed: [],
    result: verdict(findings, options.failOn),
  };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return compare(a.path, b.path);
}

function byPlace(a: Finding, b: Finding): number {
  return compare(a.path, b.path) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule);
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
