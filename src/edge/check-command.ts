import { lstatSync } from 'node:fs';

import { checkFiles } from '../check-files.ts';
import type { Report } from '../model/report.ts';
import type { WorkflowFile } from '../model/workflow.ts';
import { markdownReport } from '../report/markdown.ts';
import { textReport } from '../report/text.ts';
import { serverOf } from './called/api-access.ts';
import { cacheFolder } from './called/cache-folder.ts';
import { calledFileReader } from './called/called-file-reader.ts';
import type { ProgressLine } from './called/progress-line.ts';
import { findCheckout } from './git-folder.ts';
import { gitHubHosts, repositoryFromRemote } from './git-remote.ts';
import { jsonText } from './json-text.ts';
import type { CheckedFiles } from './needs-sources.ts';
import { noWorkflowFiles } from './no-workflow-files.ts';
import type { CommandLineValues } from './option-table.ts';
import type { RepositoryName } from './option-values.ts';
import { policyPlaces, type PolicyPlaces } from './policy/policy-places.ts';
import { toSettings } from './settings.ts';
import { TOOL } from './tool.ts';
import { commitAt, readWorkflowFilesAt } from './workflow-files-at.ts';
import { readAll } from './read-all.ts';
import { readCalled } from './reading.ts';
import { realFolder, readWorkflowFiles } from './workflow-files.ts';

/** How the text is to look. */
export interface Look {
  readonly width: number;
  readonly color: boolean;
  /** Somebody looks at it as it is written. */
  readonly isTerminal: boolean;
}

/** What a check runs in. */
export interface CheckWorld {
  readonly env: NodeJS.ProcessEnv;
  readonly look: Look;
  readonly progress: ProgressLine;
  /** The program that a second thread would run; `null` for none. */
  readonly script: string | null;
}

/** What a check gave: what goes to standard output and standard error, and the exit status. */
export interface CheckOutput {
  readonly output: Iterable<string>;
  readonly diagnostics: string;
  readonly status: number;
}

const STATUS = { pass: 0, fail: 1, error: 2 } as const;

function repositoryOf(directory: string, values: CommandLineValues, env: NodeJS.ProcessEnv): RepositoryName | null {
  if (values.repository !== undefined) return values.repository;
  const checkout = findCheckout(directory);
  return checkout === null ? null : repositoryFromRemote(checkout, gitHubHosts(env, values.ghes !== undefined));
}

function render(report: Report, format: NonNullable<CommandLineValues['format']>, look: Look): Iterable<string> {
  switch (format) {
    case 'json':
      return jsonText(report);
    case 'markdown':
      return [markdownReport(report)];
    case 'text':
      return [textReport(report, look)];
  }
}

/** Whether a policy, a baseline or a base may play a part. Only a git ref has to be looked into for that. */
function mayHavePolicy(
  { policy, baseline, base, writeBaseline, at }: CommandLineValues,
  places: PolicyPlaces,
): boolean {
  const isAsked = [policy, baseline, base, writeBaseline, at].some((value) => value !== undefined);
  return (
    isAsked || [places.policy.file, places.policy.file.replace(/\.yml$/, '.yaml'), places.baseline.file].some(isThere)
  );
}

/** A link counts too, wherever it leads. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Whoever reads it will say why that cannot be told.
    return true;
  }
}

/**
 * Checks one folder, as the command `check` does.
 *
 * @throws ToolError when the work cannot be done.
 */
export async function checkCommand(
  directory: string,
  values: CommandLineValues,
  { env, look, progress, script }: CheckWorld,
): Promise<CheckOutput> {
  // Loaded here, as most runs change nothing.
  const fixing = values.fix === true || values.diff === true ? await import('./fix/fix-files.ts') : null;
  fixing?.refuseMistakes(values);
  const folder = realFolder(directory);
  const offline = values.offline ?? false;
  const commit = values.at === undefined ? null : await commitAt(folder, values.at, offline);
  const sources = commit === null ? readWorkflowFiles(folder) : await readWorkflowFilesAt(folder, commit, offline);
  const settings = toSettings(values, { repository: repositoryOf(folder, values, env), visibility: null, commit });
  const { repository } = settings;
  const isServer = values.ghes !== undefined;
  const read = calledFileReader({
    own: repository === null ? null : { repository, folder, isGitHubHost: gitHubHosts(env, isServer) },
    repositories: values.repositories ?? null,
    offline: offline ? '--offline' : null,
    server: serverOf(env, isServer),
    cacheFolder: cacheFolder(env),
    onProgress: progress.update,
  });
  const files = await readAll(sources, script);
  const options = { toolVersion: TOOL.version, failOn: values.failOn ?? ('error' as const) };
  const places = policyPlaces(folder, { policy: values.policy, baseline: values.baseline, from: '.' });
  // Loaded here: a start without a policy need not spend the time.
  const judging = mayHavePolicy(values, places) ? await import('./policy/check-by-policy.ts') : null;
  const head = { files, folder, ref: values.at ?? null, commit };
  // Loaded here: without a workflow file nobody needs it.
  const checked: CheckedFiles =
    commit === null ? { kind: 'folder', folder } : { kind: 'commit', folder, commit, offline };
  const prepareNeeds =
    files.length === 0 ? null : (await import('./prepare-needs.ts')).needsWith(checked, repository, read, null);
  const checkAll = (all: readonly WorkflowFile[]) =>
    judging === null
      ? checkFiles(all, settings, options, readCalled(read), prepareNeeds).then((unjudged) => ({
          report: unjudged,
          wrote: null,
        }))
      : judging.checkByPolicy({ head: { ...head, files: all }, places, settings, options, read, prepareNeeds }, values);
  const { report: found, wrote } = await checkAll(files).finally(progress.end);
  const recheck = async (all: readonly WorkflowFile[]) => (await checkAll(all)).report;
  const toFix = { folder: commit === null ? folder : null, sources, files, report: found, recheck };
  const fixed = fixing === null ? null : await fixing.fixFiles(toFix, values, look.isTerminal).finally(progress.end);
  const report = fixed?.report ?? found;
  const status = wrote === null ? STATUS[report.result] : 0;
  const said = fixed?.diagnostics ?? (wrote === null ? '' : `${wrote}\n`);
  const format = values.format ?? 'text';
  const line = sources.length > 0 ? '' : `${noWorkflowFiles(directory, values.at)}\n`;
  const patch = fixed?.patch ?? null;
  if (patch !== null) return { output: [patch], diagnostics: `${line}${said}`, status };
  if (line !== '' && format === 'text') return { output: [line], diagnostics: said, status };
  return { output: render(report, format, look), diagnostics: `${line}${said}`, status };
}
