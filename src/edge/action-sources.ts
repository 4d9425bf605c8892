import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowSource } from '../model/source.ts';
import { once } from './called/once.ts';
import { findCheckout } from './git-folder.ts';
import { noWorkflowFiles } from './no-workflow-files.ts';
import type { ActionInputValues } from './option-table.ts';
import { folderFiles, type RepositoryFiles } from './policy/repository-files.ts';
import type { RunContext } from './run-context.ts';
import { systemErrorCode, ToolError } from './tool-error.ts';
import { withSlashes } from './with-slashes.ts';
import { readWorkflowFiles, realFolder } from './workflow-files.ts';
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
  /** Reads other files of what was read: those of the folder, or those of the commit. */
  readonly files: RepositoryFiles;
}

/** Whether there is certainly no checkout: the workspace is missing, or has nothing in it, not even `.git`. */
function isEmptyOrMissing(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT';
  }
}

/** Which commit is to be read through the API, and why. */
interface Wanted {
  readonly commit: string | null;
  readonly why: string;
}

async function readThroughApi(
  inputs: ActionInputValues,
  { repository, apiUrl }: RunContext,
  { commit, why }: Wanted,
  prefix: string,
): Promise<ActionSources> {
  if (inputs.offline === true) {
    throw new ToolError(`${why}, and offline forbids the network. Run actions/checkout first.`);
  }
  if (repository === null || commit === null) {
    throw new ToolError(
      `${why}, and GITHUB_REPOSITORY and GITHUB_SHA do not tell what to read. Run actions/checkout first.`,
    );
  }
  if (inputs.githubToken === undefined) {
    throw new ToolError(
      `${why}, and the input github-token is empty. Run actions/checkout first, or leave that input out.`,
    );
  }
  // Loaded here, so that a run with a checkout does without Octokit.
  const [{ openApi }, { readWorkflowFilesFromApi }, { apiFiles }] = await Promise.all([
    import('./github-api.ts'),
    import('./workflow-files-api.ts'),
    import('./policy/api-files.ts'),
  ]);
  // Workflow files and policy lie in folders that both walk through.
  const get = once(
    (route: string, parameters: object) => JSON.stringify([route, parameters]),
    await openApi({ baseUrl: apiUrl, token: inputs.githubToken }),
  );
  const where = `${repository.owner}/${repository.name} at ${commit}`;
  const files = apiFiles(get, repository, commit, { prefix, where, help: 'Or run actions/checkout first.' });
  return {
    sources: prefix === '' ? await readWorkflowFilesFromApi(get, repository, commit) : await files.workflows(),
    origin: `${why}: the workflow files of ${where} were read through the API.`,
    prefix: '',
    commit,
    folder: null,
    files,
  };
}

/**
 * On `pull_request_target` the checkout is that of the base, unless somebody took care: then what is to be judged is not
 * there. Nothing of a head is ever run here, so it may be read.
 */
async function headToRead(folder: string, { pullRequest }: RunContext): Promise<Wanted | null> {
  if (pullRequest === null || pullRequest === 'unknown' || pullRequest.kind !== 'pull_request_target') return null;
  const { head } = pullRequest;
  const why = "This run is of pull_request_target, and the checkout is not the pull request's head";
  if (head === null) throw new ToolError(`${why}; the event does not tell which commit that is.`);
  const checkedOutNow = await commitAt(folder, 'HEAD', true).catch(() => null);
  if (checkedOutNow === head) return null;
  const { parentsOf } = await import('./policy/git-commits.ts');
  const parents = checkedOutNow === null ? null : await parentsOf(folder, checkedOutNow);
  return parents?.[1] === head ? null : { commit: head, why };
}

/** The commit of the run, when it is the one that is checked out. */
async function checkedOut(folder: string, { commit }: RunContext): Promise<string | null> {
  if (commit === null) return null;
  const head = await commitAt(folder, 'HEAD', true).catch(() => null);
  return head === commit ? commit : null;
}

function withFiles(found: ActionSources, inputs: ActionInputValues): ActionSources {
  if (found.sources.length > 0 || inputs.allowEmpty === true) return found;
  throw new ToolError(`${found.origin} There are none. Set allow-empty: true if that is meant.`);
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
    const { pullRequest } = run;
    const isTarget = pullRequest !== null && pullRequest !== 'unknown' && pullRequest.kind === 'pull_request_target';
    const commit = isTarget ? pullRequest.head : run.commit;
    return withFiles(await readThroughApi(inputs, run, { commit, why: 'There is no checkout' }, ''), inputs);
  }
  realFolder(folder);
  const root = findCheckout(folder)?.root ?? folder;
  const below = withSlashes(path.relative(root, folder));
  const prefix = below === '' ? '' : `${below}/`;
  const head = await headToRead(folder, run);
  if (head !== null) return withFiles(await readThroughApi(inputs, run, head, prefix), inputs);
  const sources = readWorkflowFiles(folder);
  if (sources.length === 0 && inputs.allowEmpty !== true) {
    throw new ToolError(
      `${noWorkflowFiles(folder)} Run actions/checkout first, or set allow-empty: true if that is meant.`,
    );
  }
  return {
    sources,
    origin: `The workflow files of ${shown} were read.`,
    prefix,
    commit: await checkedOut(folder, run),
    folder,
    files: folderFiles(root, folder, 'the checkout'),
  };
}
