import path from 'node:path';

import { findCheckout } from '../git-folder.ts';
import { openApi } from '../github-api.ts';
import type { ActionInputValues } from '../option-table.ts';
import type { RunContext } from '../run-context.ts';
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
