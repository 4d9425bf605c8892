import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowSource } from '../../model/source.ts';
import { once } from '../called/once.ts';
import { findCheckout } from '../git/git-folder.ts';
import type { CheckedFiles } from '../reading/needs-sources.ts';
import { noWorkflowFiles } from '../command-line/no-workflow-files.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import { folderFiles, gitFiles, type RepositoryFiles } from '../policy/repository-files.ts';
import { isOwnRepository, type RunContext } from './run-context.ts';
import { systemErrorCode, ToolError } from '../tool-error.ts';
import { withSlashes } from '../files/with-slashes.ts';
import { realFolder } from '../files/workflow-files.ts';
import { commitAt } from '../git/workflow-files-at.ts';

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
  /** What was read, for those who read more of it. */
  readonly checked: CheckedFiles;
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
    import('../github/github-api.ts'),
    import('../github/workflow-files-api.ts'),
    import('../policy/api-files.ts'),
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
    checked: { kind: 'api', repository, commit, prefix },
  };
}

/**
 * The commit that a pull request or a merge group is judged by, `null` for other runs. It is not for the folder to say:
 * the pull request's own file decides what is checked out there, and GitHub runs what is committed. On
 * `pull_request_target` the checkout is that of the base, unless somebody took care. Nothing of a head is ever run here, so
 * it may be read.
 *
 * @returns the commit that is checked out, when it is a right one; else the one to read through the API.
 */
async function commitToJudge(
  folder: string,
  inputs: ActionInputValues,
  run: RunContext,
): Promise<{ readonly here: string } | Wanted | null> {
  const { pullRequest, commit } = run;
  if (pullRequest === null || pullRequest === 'unknown' || !isOwnRepository(inputs, run)) return null;
  const { kind, head } = pullRequest;
  const isTarget = kind === 'pull_request_target';
  const why = isTarget
    ? "This run is of pull_request_target, and the checkout is not the pull request's head"
    : `The checkout is not the commit of this run (${commit ?? 'GITHUB_SHA does not tell which'})`;
  if (isTarget && head === null) throw new ToolError(`${why}; the event does not tell which commit that is.`);
  const here = await commitAt(folder, 'HEAD', true).catch(() => null);
  if (here === null) return { commit: isTarget ? head : commit, why };
  if (here === head || (here === commit && !isTarget)) return { here };
  const { parentsOf } = await import('../policy/git-commits.ts');
  const parents = head === null ? null : await parentsOf(folder, here);
  return parents?.[1] === head ? { here } : { commit: isTarget ? head : commit, why };
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
  const judged = await commitToJudge(folder, inputs, run);
  if (judged !== null && !('here' in judged)) {
    return withFiles(await readThroughApi(inputs, run, judged, prefix), inputs);
  }
  const files =
    judged === null
      ? folderFiles(root, folder, 'the checkout')
      : gitFiles(folder, judged.here, inputs.offline ?? false, 'the checkout');
  const sources = await files.workflows();
  if (sources.length === 0 && inputs.allowEmpty !== true) {
    throw new ToolError(
      `${noWorkflowFiles(folder)} Run actions/checkout first, or set allow-empty: true if that is meant.`,
    );
  }
  const asCommitted = judged === null ? '' : `, as the commit ${judged.here} has them`;
  return {
    sources,
    origin: `The workflow files of ${shown} were read${asCommitted}.`,
    prefix,
    commit: await checkedOut(folder, run),
    folder,
    files,
    checked:
      judged === null
        ? { kind: 'folder', folder }
        : { kind: 'commit', folder, commit: judged.here, offline: inputs.offline ?? false },
  };
}
