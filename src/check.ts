import type { FindingLevel, Report } from './model/report.ts';
import type { Settings } from './model/settings.ts';
import type { WorkflowSource } from './model/source.ts';
import type { WorkflowFile } from './model/workflow.ts';
import { judge } from './policy/judge.ts';
import { RULE_CHECKS } from './policy/rules.ts';
import { verdict } from './policy/verdict.ts';
import { loadCalledFiles } from './calls/called-files.ts';
import type { CalledFiles } from './calls/called-files.ts';
import { checkWorkflow } from './check-workflow.ts';
import type { ReadCalledFile } from './model/called-file.ts';
import { withUnmetContracts } from './unmet-contracts.ts';
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
 * Computes the report of one repository from its workflow files, without reading called workflows of other repositories
 * or refs. Pure: the same files and settings give the same report, and a file that is broken never hides the others.
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
): Promise<Report> {
  return checkFiles(readFiles(sources), settings, options, read);
}

/** The same for workflow files that were read before. */
export async function checkFiles(
  files: readonly WorkflowFile[],
  settings: Settings,
  options: CheckOptions,
  read: ReadCalledFile,
): Promise<Report> {
  return report(files, await loadCalledFiles(files, read), settings, options);
}

function report(files: readonly WorkflowFile[], called: CalledFiles, given: Settings, options: CheckOptions): Report {
  const settings = withPlatformOf(given);
  const { repository, visibility, defaultPermissions, forkPullRequests, platform } = settings;
  const checkout = new Map(files.map((file) => [file.path, file]));
  const checked = [...files].sort(byPath).map((file) => checkWorkflow(file, { checkout, called, settings }));
  const workflows = withUnmetContracts(checked, settings);
  const { findings, suppressed } = judge({ workflows, settings, policy: [], needsOf: () => null }, RULE_CHECKS, {
    baseline: [],
    ignoredInBase: null,
    today: '9999-12-31',
  });
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
    workflows: workflows.map(({ report: workflow }) => workflow),
    findings,
    suppressed,
    result: verdict(findings, options.failOn),
  };
}

/** A platform has the permissions that the settings add to our table. */
function withPlatformOf(settings: Settings): Settings {
  const { newPermissions, platform } = settings;
  return newPermissions === undefined ? settings : { ...settings, platform: { ...platform, newPermissions } };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return compare(a.path, b.path);
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
