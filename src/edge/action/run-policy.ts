import path from 'node:path';

import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import type { GateChange } from '../../policy/gate/gate-change.ts';
import type { PrepareNeeds } from '../../needs/prepare-needs.ts';
import type { PolicyInForce } from '../../policy/in-force.ts';
import type { ActionSources } from './action-sources.ts';
import type { CommitFiles } from '../git/commit-files.ts';
import { findCheckout } from '../git/git-folder.ts';
import { lazyApi } from '../github/lazy-api.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import { leadsThroughLink, policyPlaces } from '../policy/policy-places.ts';
import type { RepositoryFiles } from '../policy/repository-files.ts';
import { isOwnRepository, type RunContext } from './run-context.ts';
import { ToolError } from '../tool-error.ts';

/** What of a run no pull request may decide: the base that it is judged by, and the inputs that count. */
export interface RunGate {
  /** The inputs, with those of the base branch in place of what the head changes. */
  readonly inputs: ActionInputValues;
  /** `null` when policy and baseline are those of what is checked. */
  readonly base: CommitFiles | null;
  /** The tip of the base branch, or of the ref that the input `base` names, whatever policy and baseline are those of. */
  readonly tip: CommitFiles | null;
  readonly gateChange: GateChange | null;
  /** For the log. */
  readonly notes: readonly string[];
}

/** What reading the inputs needs of `@actions/core`. */
interface Inputs {
  getInput(name: string): string;
}

/**
 * Finds the base of a run that judges a pull request, and compares the step that runs us with the base's.
 *
 * @throws ToolError when the base cannot be had.
 */
export async function gateOfRun(
  inputs: ActionInputValues,
  run: RunContext,
  env: NodeJS.ProcessEnv,
  core: Inputs,
): Promise<RunGate> {
  const { pullRequest: event } = run;
  if (event === null) {
    const base = inputs.base === undefined ? null : await namedBase(inputs.base, inputs, run);
    return { inputs, base, tip: base, gateChange: null, notes: [] };
  }
  if (event === 'unknown') {
    throw new ToolError(
      `The event ${env.GITHUB_EVENT_NAME ?? ''} does not tell its base branch, and policy and baseline are taken from there. ` +
        'Leave GITHUB_EVENT_PATH as the runner sets it.',
    );
  }
  const workspace = path.resolve(run.workspace);
  const { baseFiles } = await import('../policy/base-files.ts');
  const base = await baseFiles(event, {
    folder: findCheckout(path.resolve(workspace, inputs.workingDirectory ?? '.'))?.root ?? null,
    repository: run.repository,
    commit: run.commit,
    get: lazyApi({ baseUrl: run.apiUrl, token: inputs.githubToken ?? null }),
    offline: inputs.offline ?? false,
  });
  const notes: string[] = [];
  const compared =
    event.kind === 'pull_request_target' ? null : await compareOwnStep(inputs, run, env, core, base, notes);
  const counting = compared === null ? inputs : compared.inputs;
  const gateChange = compared === null ? null : compared.gateChange;
  if (counting.policyFrom === 'head') {
    notes.push('policy-from is head: the pull request is judged by its own policy, baseline and ignore comments.');
    return { inputs: counting, base: null, tip: base, gateChange, notes };
  }
  return { inputs: counting, base: isOwnRepository(counting, run) ? base : null, tip: base, gateChange, notes };
}

async function compareOwnStep(
  inputs: ActionInputValues,
  run: RunContext,
  env: NodeJS.ProcessEnv,
  core: Inputs,
  base: CommitFiles,
  notes: string[],
): Promise<Pick<RunGate, 'inputs' | 'gateChange'> | null> {
  const [{ gateOf }, { filesOfRun, mergedInto }, { ownStepNames, restoredInputs, runInputs }] = await Promise.all([
    import('../policy/gate.ts'),
    import('../policy/files-of-run.ts'),
    import('../policy/own-step-inputs.ts'),
  ]);
  const names = ownStepNames(env, process.argv[1]);
  if (names === 'elsewhere') return null;
  if (names === null) {
    notes.push(
      'The runner does not tell which step this is (GITHUB_WORKFLOW_REF, GITHUB_JOB), so its inputs were not compared with those of the base branch.',
    );
    return null;
  }
  const given = runInputs((name) => core.getInput(name));
  const head = await filesOfRun(inputs, run);
  const parent = async (): Promise<RepositoryFiles | null> => mergedInto(inputs, run, base);
  const { change, restored } = await gateOf(names, { head, base: base.files, mergedInto: parent }, given);
  return { inputs: restoredInputs(inputs, restored), gateChange: change };
}

/** The base that the input `base` names, for events that have none of their own. */
async function namedBase(ref: string, inputs: ActionInputValues, run: RunContext): Promise<CommitFiles> {
  const folder = path.resolve(run.workspace, inputs.workingDirectory ?? '.');
  const { baseInRun } = await import('../policy/base-in-run.ts');
  return baseInRun(ref, {
    folder: findCheckout(folder) === null ? null : folder,
    repository: inputs.repository ?? run.repository,
    access: { baseUrl: run.apiUrl, token: inputs.githubToken ?? null },
    offline: inputs.offline ?? false,
  });
}

/** What to judge a run by. */
export interface RunPolicyRequest {
  readonly gate: RunGate;
  readonly found: ActionSources;
  readonly workflows: readonly WorkflowFile[];
  readonly settings: Settings;
  readonly read: ReadCalledFile;
  readonly prepareNeeds: PrepareNeeds | null;
  readonly context: RunContext;
}

/** Loads what a run is judged by; `undefined` when there is nothing. */
export async function policyOfRun(request: RunPolicyRequest): Promise<PolicyInForce | undefined> {
  const { gate, found, workflows, settings, read, prepareNeeds, context } = request;
  const { inputs, gateChange } = gate;
  const workspace = path.resolve(context.workspace);
  const folder = path.resolve(workspace, inputs.workingDirectory ?? '.');
  // A link there is the head's word, and would take policy and workflow files from where it likes.
  if (gate.base !== null && leadsThroughLink(workspace, folder)) {
    throw new ToolError(
      `The input working-directory leads through a symbolic link: ${inputs.workingDirectory ?? ''}. On pull requests name the folder itself.`,
    );
  }
  const places = policyPlaces(folder, { policy: inputs.policy, baseline: inputs.baseline, from: workspace });
  const { loadInForce, today } = await import('../policy/load-in-force.ts');
  return loadInForce({
    places,
    head: { files: found.files, ref: null, commit: found.commit },
    base: gate.base?.below(folder, places.prefix) ?? null,
    workflows,
    settings,
    read,
    prepareNeeds,
    gateChange,
    writesBaseline: false,
    today: today(),
  });
}
