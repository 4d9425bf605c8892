import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowSource } from '../model/source.ts';
import { findCheckout } from './git-folder.ts';
import { noWorkflowFiles } from './no-workflow-files.ts';
import type { ActionInputValues } from './option-table.ts';
import type { RunContext } from './run-context.ts';
import { systemErrorCode, ToolError } from './tool-error.ts';
import { withSlashes } from './with-slashes.ts';
import { readWorkflowFiles } from './workflow-files.ts';
import { commitAt } from './workflow-files-at.ts';

/** The workflow files that the action found, and how. */
export interface ActionSources {
  readonly sources: readonly WorkflowSource[];
  /** One line for the log. */
  readonly origin: string;
  /** What to put before a path so that it is one from the root of the checkout; empty or with `/` at its end. */
  readonly prefix: string;
  /** The commit that the files are of, as far as that is known. */
  readonly commit: string | null;
  /** The folder that was read, `null` when there is no checkout. */
  readonly folder: string | null;
}

/** Whether there is certainly no checkout: the workspace is missing, or has nothing in it, not even `.git`. */
function isEmptyOrMissing(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT';
  }
}

async function readThroughApi(inputs: ActionInputValues, run: RunContext): Promise<ActionSources> {
  const { repository, commit, apiUrl } = run;
  if (inputs.offline === true) {
    throw new ToolError('There is no checkout, and offline forbids the network. Run actions/checkout first.');
  }
  if (repository === null || commit === null) {
    throw new ToolError(
      'There is no checkout, and GITHUB_REPOSITORY and GITHUB_SHA do not tell what to read. Run actions/checkout first.',
    );
  }
  if (inputs.githubToken === undefined) {
    throw new ToolError(
      'There is no checkout, and the input github-token is empty. Run actions/checkout first, or leave that input out.',
    );
  }
  // Loaded here, so that a run with a checkout does without Octokit.
  const [{ openApi }, { readWorkflowFilesFromApi }] = await Promise.all([
    import('./github-api.ts'),
    import('./workflow-files-api.ts'),
  ]);
  const get = await openApi({ baseUrl: apiUrl, token: inputs.githubToken });
  return {
    sources: await readWorkflowFilesFromApi(get, repository, commit),
    origin: `There is no checkout: the workflow files of ${repository.owner}/${repository.name} at ${commit} were read through the API.`,
    prefix: '',
    commit,
    folder: null,
  };
}

/** The commit of the run, when it is the one that is checked out. */
async function checkedOut(folder: string, { commit }: RunContext): Promise<string | null> {
  if (commit === null) return null;
  const head = await commitAt(folder, 'HEAD', true).catch(() => null);
  return head === commit ? commit : null;
}

/**
 * The workflow files of the working directory, or, when the workspace has no checkout at all, those of the run's commit.
 *
 * @throws ToolError when they cannot be had, or there are none and that is not allowed.
 */
export async function actionSources(inputs: ActionInputValues, run: RunContext): Promise<ActionSources> {
  const workspace = path.resolve(run.workspace);
  const folder = path.resolve(workspace, inputs.workingDirectory ?? '.');
  const shown = withSlashes(inputs.workingDirectory ?? workspace);
  // A folder that the user names is meant to be there: nothing else is read in its place.
  if (folder === workspace && isEmptyOrMissing(workspace)) {
    const found = await readThroughApi(inputs, run);
    if (found.sources.length === 0 && inputs.allowEmpty !== true) {
      throw new ToolError(`${found.origin} There are none. Set allow-empty: true if that is meant.`);
    }
    return found;
  }
  const sources = readWorkflowFiles(folder);
  if (sources.length === 0 && inputs.allowEmpty !== true) {
    throw new ToolError(
      `${noWorkflowFiles(folder)} Run actions/checkout first, or set allow-empty: true if that is meant.`,
    );
  }
  const root = findCheckout(folder)?.root ?? folder;
  const below = withSlashes(path.relative(root, folder));
  return {
    sources,
    origin: `The workflow files of ${shown} were read.`,
    prefix: below === '' ? '' : `${below}/`,
    commit: await checkedOut(folder, run),
    folder,
  };
}
