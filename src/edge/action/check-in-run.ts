import path from 'node:path';

import { checkFiles, type BaseFiles } from '../../check-files.ts';
import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Report } from '../../model/report.ts';
import type { Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { settingsBy, type PolicyInForce } from '../../policy/in-force.ts';
import { visible } from '../../report/escape-terminal.ts';
import { logText } from '../../report/workflow-command.ts';
import { plural } from '../../words/in-words.ts';
import { calledFileReader } from '../called/called-file-reader.ts';
import { progressLog } from '../called/progress-log.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import type { ComparedHead, Readers } from '../compared/base-state.ts';
import { comparedRun, type ComparedRun } from '../compared/compared-run.ts';
import { gitHubHosts } from '../git/git-remote.ts';
import type { ActionWorld, Learned } from '../observe/action-world.ts';
import { learnInAction } from '../observe/learn-in-action.ts';
import type { FilesAsked } from '../reading/needs-sources.ts';
import { readCalled, readHere } from '../reading/reading.ts';
import { toSettings } from '../settings.ts';
import { TOOL } from '../tool.ts';
import type { ActionCore } from './action-core.ts';
import { debuggedReader, debugOf, type Debug } from './action-debug.ts';
import { actionSources, type ActionSources } from './action-sources.ts';
import { isOwnRepository, type RunContext } from './run-context.ts';
import { gateOfRun, policyOfRun, type RunGate } from './run-policy.ts';
import type { Written } from './write-results.ts';

/** What the action has checked, and the inputs that count. */
export interface CheckedRun extends Written {
  /** Those that the base of a pull request lets count. */
  readonly inputs: ActionInputValues;
}

/**
 * Checks what the inputs name, by the policy of the base where a pull request is judged, and says in the log what was read.
 *
 * @throws ToolError when the work cannot be done.
 */
export async function checkInRun(
  given: ActionInputValues,
  context: RunContext,
  env: NodeJS.ProcessEnv,
  core: ActionCore,
  debug: Debug,
): Promise<CheckedRun> {
  const gate = await gateOfRun(given, context, env, core);
  debug('Looked for what a pull request changes of this step');
  const inputs = await forServer(gate.inputs, context, core);
  const found = await actionSources(inputs, context);
  debug(`Read ${plural(found.sources.length, 'workflow file')}`);
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
  const world = { inputs, context, env, folder: found.folder, read };
  const { settings, observed } = await learn(files, known, policyWith, world, core);
  debug('Looked at earlier runs');
  const inForce = await policyWith(settings);
  debug('Looked for a policy and a baseline');
  const compared = await comparedRun({ gate, found, context });
  writeOrigin(found, gate, inForce, compared, core);
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
    ...(context.actionHome === null ? {} : { home: context.actionHome }),
    failOn: inputs.failOn ?? 'error',
    reported: inputs.report ?? 'all',
    ...(inForce === undefined ? {} : { inForce }),
    beforeMerge: context.pullRequest !== null,
    ...(compared === null ? {} : { compared: compared.told }),
    ...(inputs.whatIf === undefined ? {} : { whatIf: inputs.whatIf }),
    ...observed,
  };
  const recheck = async (all: readonly WorkflowFile[]): Promise<Report> =>
    checkFiles(all, settings, options, readWorkflow, prepareNeeds, base);
  const report = await recheck(files);
  debug('Read called workflows and actions, computed and judged');
  return {
    checked: { folder: null, sources: found.sources, files, report, recheck },
    prefix: found.prefix,
    inputs,
  };
}

/**
 * What GitHub shows of settings and earlier runs. What runs show decides what a policy excuses, and what permissions a policy
 * adds, how runs are read.
 */
async function learn(
  files: readonly WorkflowFile[],
  known: Settings,
  policyWith: (settings: Settings) => Promise<PolicyInForce | undefined>,
  world: ActionWorld,
  core: ActionCore,
): Promise<Learned> {
  const { observe, runnerLog } = world.inputs;
  const looks = observe === true || runnerLog === true;
  const { platform } = looks ? settingsBy(known, (await policyWith(known))?.policy ?? []) : known;
  const learned = await learnInAction(files, { ...known, platform }, world);
  for (const note of learned.notes) core.info(logText(note));
  for (const warning of learned.warnings) core.warning(visible(warning));
  return { ...learned, settings: { ...learned.settings, platform: known.platform } };
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

function settingsOf(inputs: ActionInputValues, run: RunContext, commit: string | null): Settings {
  // The event tells about the run's own repository only.
  const visibility = isOwnRepository(inputs, run) ? run.visibility : null;
  return toSettings(inputs, { repository: run.repository, visibility, commit });
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
