import path from 'node:path';

import type { CommitFiles } from '../git/commit-files.ts';
import { parentsThroughApi } from '../compared/history.ts';
import { findCheckout } from '../git/git-folder.ts';
import { ApiError, openApi } from '../github/github-api.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import type { RunContext } from '../action/run-context.ts';
import { apiFiles } from './api-files.ts';
import { hasCommit } from './git-commits.ts';
import { folderFiles, gitFiles, type RepositoryFiles } from './repository-files.ts';

/**
 * The files of the commit that runs: from git, else through the API, else those that are checked out. What lies in the
 * folder need not be what runs, since it may be another commit, or changed.
 *
 * @returns `null` when there are none.
 */
export async function filesOfRun(
  inputs: ActionInputValues,
  { workspace, commit, repository, apiUrl }: RunContext,
): Promise<RepositoryFiles | null> {
  const folder = findCheckout(path.resolve(workspace, inputs.workingDirectory ?? '.'))?.root ?? null;
  const where = `the commit ${commit ?? ''} of this run`;
  if (folder !== null && commit !== null && (await hasCommit(folder, commit))) {
    return gitFiles(folder, commit, inputs.offline ?? false, where);
  }
  if (commit !== null && repository !== null && inputs.offline !== true) {
    const get = await openApi({ baseUrl: apiUrl, token: inputs.githubToken ?? null });
    return apiFiles(get, repository, commit, { prefix: '', where, help: '' });
  }
  return folder === null ? null : folderFiles(folder, folder, 'the checkout');
}

/**
 * The files of the commit that the pull request was merged into for this run, when the base branch has moved on since: what
 * differs from the tip alone is not the pull request's doing.
 *
 * @returns `null` when that commit is the tip, or nobody can tell which it is.
 */
export async function mergedInto(
  { offline, githubToken }: ActionInputValues,
  { commit, repository, apiUrl, pullRequest }: RunContext,
  base: CommitFiles,
): Promise<RepositoryFiles | null> {
  if (pullRequest === null || pullRequest === 'unknown' || pullRequest.kind !== 'pull_request') return null;
  if (commit === null || repository === null || pullRequest.head === null || offline === true) return null;
  try {
    const get = await openApi({ baseUrl: apiUrl, token: githubToken ?? null });
    const [before, head] = await parentsThroughApi(get, repository, commit);
    if (head !== pullRequest.head || before === undefined || before === base.commit) return null;
    return apiFiles(get, repository, before, { prefix: '', where: `${base.ref} at ${before}`, help: '' });
  } catch (error) {
    // Then every difference counts as the pull request's.
    if (error instanceof ApiError) return null;
    throw error;
  }
}
