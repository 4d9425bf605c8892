import path from 'node:path';

import { checkFiles, type BaseFiles } from '../../check-files.ts';
import type { ReadCalledFile } from '../../model/called-file.ts';
import type { FindingLevel, Report, Result } from '../../model/report.ts';
import type { Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { settingsBy, type PolicyInForce } from '../../policy/in-force.ts';
import { countingFindings, type Reported } from '../../policy/verdict.ts';
import { annotations } from '../../report/annotations.ts';
import { visible } from '../../report/escape-terminal.ts';
import { markdownReport } from '../../report/markdown/markdown.ts';
import { textReport } from '../../report/text/text.ts';
import { logText, workflowCommand } from '../../report/workflow-command.ts';
import { plural } from '../../words/in-words.ts';
import { debuggedReader, timedDebug } from './action-debug.ts';
import { readInputs } from './action-inputs.ts';
import { appendWhole } from './append-whole.ts';
import { learnInAction } from '../observe/learn-in-action.ts';
import { actionSources, type ActionSources } from './action-sources.ts';
import { calledFileReader } from '../called/called-file-reader.ts';
import { progressLog } from '../called/progress-log.ts';
import type { ComparedHead, Readers } from '../compared/base-state.ts';
import { comparedRun, type ComparedRun } from '../compared/compared-run.ts';
import { raisedCount } from '../compared/raised.ts';
import { errorReport, messageLinesFor } from '../output/error-report.ts';
import { gitHubHosts } from '../git/git-remote.ts';
import type { CheckedFiles } from '../fix/rechecker.ts';
import { jsonText } from '../output/json-text.ts';
import type { FilesAsked } from '../reading/needs-sources.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import { gateOfRun, policyOfRun, type RunGate } from './run-policy.ts';
import { isOwnRepository, runContext, type RunContext } from './run-context.ts';
import { toSettings } from '../settings.ts';
import { errorMessage } from '../tool-error.ts';
import { readCalled, readHere } from '../reading/reading.ts';
import { TOOL } from '../tool.ts';
import { writeReportFile } from '../files/write-report-file.ts';

/** What the action needs of `@actions/core`. */
export interface ActionCore {
  getInput(name: string): string;
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  startGroup(name: string): void;
  endGroup(): void;
  setOutput(name: string, value: unknown): void;
  setFailed(message: string): void;
}

/** The log of a job is wide, and has no end of line of its own. */
const LOG_WIDTH = 120;

function countOf(findings: Report['findings'], level: FindingLevel): number {
  return findings.filter((finding) => finding.level === level).length;
}

function verdict(findings: Report['findings'], failOn: string): string {
  const levels = (['error', 'warning', 'note'] as const).map((level) => ({ level, count: countOf(findings, level) }));
  const counts = levels
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level}${count === 1 ? '' : 's'}`);
  return `${counts.join(', ')} in the workflow files (the run fails on: ${failOn}). The log of this step lists them.`;
}

/** Says in the log what was read, what it is compared with, and where the policy is from. */
function writeOrigin(
  found: ActionSources,
  { base, notes }: RunGate,
  inForce: PolicyInForce | undefined,
  compared: ComparedRun | null,
  core: ActionCore,
): void {
  core.info(logText(found.origin));
  for (const note of notes) core.info(logText(note));
  if (compared !== null) core.info(logText(compared.line));
  if (inForce === undefined) return;
  const { path: policy, from } = inForce.origin;
  const where = base === null ? 'what is checked' : base.how;
  core.info(
    logText(
      from === 'file'
        ? `The policy is ${policy ?? 'none'}, a file from outside of this repository. The rest is from ${where}.`
        : `Policy, exceptions, baseline and ignore comments are those of ${where}.${policy === null ? ' There is no policy file.' : ''}`,
    ),
  );
}

function writeLog(report: Report, reported: Reported, { prefix }: ActionSources, core: ActionCore): void {
  core.startGroup('Permissions of the token in every job');
  core.info(textReport(report, { width: LOG_WIDTH, color: false }));
  core.endGroup();
  for (const annotation of annotations(report, reported)) {
    core.info(workflowCommand({ ...annotation, path: prefix + annotation.path }));
  }
}

/** A summary that cannot be written must not hide the verdict. */
function writeSummary(report: Report, run: RunContext, core: ActionCore): void {
  if (run.summaryFile === null) return core.info('This server has no job summaries, so none is written.');
  try {
    appendWhole(run.summaryFile, markdownReport(report));
  } catch (error) {
    core.warning(visible(`The job summary could not be written: ${errorMessage(error)}`));
  }
}

/** Writes a file that the user asked for, if it is one. Returns the path for the output. */
function writeFile(
  name: string | undefined,
  texts: Iterable<string>,
  inputs: ActionInputValues,
  run: RunContext,
): string {
  if (name === undefined) return '';
  const workspace = path.resolve(run.workspace);
  const folder = path.resolve(workspace, inputs.workingDirectory ?? '.');
  return writeReportFile(name, folder, workspace, texts);
}

/** Writes the report as SARIF, if that is asked for. Returns the path for the output. */
async function writeSarif(
  checked: CheckedFiles,
  { prefix }: ActionSources,
  inputs: ActionInputValues,
  run: RunContext,
  core: ActionCore,
): Promise<string> {
  if (inputs.sarifFile === undefined) return '';
  const { sarifText } = await import('../output/sarif-text.ts');
  const { fixesOfFindings } = await import('../fix/fixes-of-findings.ts');
  const fixesOf = await fixesOfFindings(checked);
  const { text, cut } = sarifText(checked.report, { prefix, fixesOf, withSuppressed: false });
  if (cut !== null) core.warning(visible(cut));
  return writeFile(inputs.sarifFile, text, inputs, run);
}

function settingsOf(inputs: ActionInputValues, run: RunContext, commit: string | null): Settings {
  // The event tells about the run's own repository only.
  const visibility = isOwnRepository(inputs, run) ? run.visibility : null;
  return toSettings(inputs, { repository: run.repository, visibility, commit });
}

/** The runner says so when its debug logging is on; without it, no line need be made. */
function debugOf({ RUNNER_DEBUG }: NodeJS.ProcessEnv, core: ActionCore): (line: string) => void {
  return RUNNER_DEBUG === '1' ? (line) => core.debug(line) : () => {};
}

function readerOf(
  inputs: ActionInputValues,
  run: RunContext,
  env: NodeJS.ProcessEnv,
  folder: string | null,
  core: ActionCore,
): ReadCalledFile {
  const repository = inputs.repository ?? run.repository;
  const isGitHubHost = gitHubHosts(env, inputs.ghes !== undefined);
  const progress = progressLog((line) => core.info(line));
  const read = calledFileReader({
    own: repository === null || folder === null ? null : { repository, folder, isGitHubHost },
    repositories: inputs.repositories === undefined ? null : path.resolve(run.workspace, inputs.repositories),
    offline: inputs.offline === true ? 'The input offline' : null,
    server: {
      kind: 'server',
      baseUrl: run.apiUrl,
      token: inputs.githubToken ?? null,
      tokenName: 'the input github-token',
    },
    cacheFolder: env.RUNNER_TEMP ? path.join(env.RUNNER_TEMP, 'effective-permissions') : null,
    onProgress: progress.update,
  });
  return debuggedReader(read, debugOf(env, core));
}

/** The inputs, with the version of the server that runs this when it is another than github.com. */
async function forServer(inputs: ActionInputValues, run: RunContext, core: ActionCore): Promise<ActionInputValues> {
  if (!run.isOtherServer || inputs.ghes !== undefined) return inputs;
  const { onServer } = await import('../github/server-version.ts');
  const access = { baseUrl: run.apiUrl, token: inputs.githubToken ?? null };
  const words = { ghes: 'the input ghes-version', offline: 'the input offline' };
  const { values, isKnown, note } = await onServer(inputs, access, words);
  if (isKnown) core.info(logText(note));
  else core.warning(visible(note));
  return values;
}

/** The files to compare with, read as far as the head does not have them. */
async function baseOf(compared: ComparedRun | null, head: ComparedHead, readers: Readers): Promise<BaseFiles | null> {
  if (compared === null || compared.base === null) return null;
  const { baseState } = await import('../compared/base-state.ts');
  return baseState(compared.base, head, readers);
}

/** The outputs of the action, by their names. */
type Outputs = Record<'errors' | 'warnings' | 'notes', number> &
  Record<'changes' | 'raised', number | ''> &
  Record<'json-file' | 'sarif-file', string> & { result: Result };

/** Checks, and fills in the outputs as they become known. Returns why the step fails, or `null`. */
async function run(
  given: ActionInputValues,
  context: RunContext,
  env: NodeJS.ProcessEnv,
  core: ActionCore,
  outputs: Outputs,
): Promise<string | null> {
  const debug = timedDebug(debugOf(env, core));
  const gate = await gateOfRun(given, context, env, core);
  debug('Looked for what a pull request changes of this step');
  const inputs = await forServer(gate.inputs, context, core);
  const found = await actionSources(inputs, context);
  debug(`Read ${plural(found.sources.length, 'workflow file')}`);
  const failOn = inputs.failOn ?? 'error';
  const read = readerOf(inputs, context, env, found.folder, core);
  const files = await readHere(found.sources);
  debug('Understood the workflow files');
  const known = settingsOf(inputs, context, found.commit);
  const { needsWith } = await import('../reading/prepare-needs.ts');
  const asked: FilesAsked = new Map();
  const prepareNeeds = needsWith(found.checked, known.repository, read, {
    ownAction: context.actionRepository,
    asked,
  });
  const policyWith = async (settings: Settings): Promise<PolicyInForce | undefined> =>
    policyOfRun({ gate, found, workflows: files, settings, read, prepareNeeds, context });
  const looks = inputs.observe === true || inputs.runnerLog === true;
  // What runs show decides what a policy excuses, and what permissions a policy adds, how runs are read.
  const { platform } = looks ? settingsBy(known, (await policyWith(known))?.policy ?? []) : known;
  const world = { inputs, context, env, folder: found.folder, read };
  const learned = await learnInAction(files, { ...known, platform }, world);
  for (const note of learned.notes) core.info(logText(note));
  for (const warning of learned.warnings) core.warning(visible(warning));
  const { observed } = learned;
  const settings = { ...learned.settings, platform: known.platform };
  debug('Looked at earlier runs');
  const inForce = await policyWith(settings);
  debug('Looked for a policy and a baseline');
  const compared = await comparedRun({ gate, found, context });
  writeOrigin(found, gate, inForce, compared, core);
  const home = context.actionHome === null ? {} : { home: context.actionHome };
  const reported = inputs.report ?? 'all';
  const judged = { failOn, reported, ...(inForce === undefined ? {} : { inForce }) };
  const readWorkflow = readCalled(read);
  const readers = {
    repository: settings.repository,
    read,
    readWorkflow,
    ownAction: context.actionRepository,
    script: null,
  };
  const base = await baseOf(compared, { ...found, files, asked }, readers);
  debug('Looked for what to compare with');
  const options = {
    toolVersion: TOOL.version,
    ...home,
    ...judged,
    beforeMerge: context.pullRequest !== null,
    ...(compared === null ? {} : { compared: compared.told }),
    ...(inputs.whatIf === undefined ? {} : { whatIf: inputs.whatIf }),
    ...observed,
  };
  const recheck = async (all: readonly WorkflowFile[]): Promise<Report> =>
    checkFiles(all, settings, options, readWorkflow, prepareNeeds, base);
  const report = await recheck(files);
  debug('Read called workflows and actions, computed and judged');
  const counting = countingFindings(report.findings, reported);
  outputs.errors = countOf(counting, 'error');
  outputs.warnings = countOf(counting, 'warning');
  outputs.notes = countOf(counting, 'note');
  if (report.changes !== undefined) {
    outputs.changes = report.changes.length;
    outputs.raised = raisedCount(report.changes);
  }
  writeLog(report, reported, found, core);
  if (inputs.summary !== false) writeSummary(report, context, core);
  outputs['json-file'] = writeFile(inputs.jsonFile, jsonText(report), inputs, context);
  const checked = { folder: null, sources: found.sources, files, report, recheck };
  outputs['sarif-file'] = await writeSarif(checked, found, inputs, context, core);
  debug('Wrote the report');
  outputs.result = report.result;
  return report.result === 'pass' ? null : visible(verdict(counting, failOn));
}

/** Writes the error in place of the report. It is the first error that counts: this one may well be the same. */
async function writeErrors(
  error: unknown,
  inputs: ActionInputValues,
  context: RunContext,
  outputs: Outputs,
): Promise<void> {
  const tryWrite = (name: string | undefined, texts: () => Iterable<string>): string => {
    try {
      return writeFile(name, texts(), inputs, context);
    } catch {
      return '';
    }
  };
  outputs['json-file'] = tryWrite(inputs.jsonFile, () => jsonText(errorReport(error)));
  if (inputs.sarifFile === undefined) return;
  const { sarifErrorText } = await import('../output/sarif-text.ts');
  outputs['sarif-file'] = tryWrite(inputs.sarifFile, () => sarifErrorText(error, context.actionHome));
}

/** Runs the action to its end. What goes wrong fails the step, with a message, and the outputs say so. */
export async function runAction(env: NodeJS.ProcessEnv, core: ActionCore): Promise<void> {
  const context = runContext(env);
  const outputs: Outputs = {
    result: 'error',
    errors: 0,
    warnings: 0,
    notes: 0,
    changes: '',
    raised: '',
    'json-file': '',
    'sarif-file': '',
  };
  let inputs: ActionInputValues = {};
  let failure: string | null;
  try {
    inputs = readInputs((name) => core.getInput(name));
    failure = await run(inputs, context, env, core, outputs);
  } catch (error) {
    failure = messageLinesFor(error).join('\n');
    await writeErrors(error, inputs, context, outputs);
  }
  if (failure !== null) core.setFailed(failure);
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  } catch (error) {
    core.setFailed(visible(`The outputs could not be written: ${errorMessage(error)}`));
  }
}
