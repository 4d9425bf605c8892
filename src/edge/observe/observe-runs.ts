import type { Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { once } from '../called/once.ts';
import { findCheckout } from '../git/git-folder.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import type { FoundSettings } from '../repository-settings/with-read-settings.ts';
import { ApiError } from '../github/github-api.ts';
import { isOwnRepository } from '../action/run-context.ts';
import { folderInApi, folderInGit } from '../runs/commit-folder.ts';
import { reachedFiles, type ReachedFiles } from '../runs/reached-files.ts';
import { apiProblem } from '../runs/api-problem.ts';
import type { Server } from '../runs/server-of-run.ts';
import { ToolError } from '../tool-error.ts';
import type { ActionWorld, Learned } from './learn-in-action.ts';
import { isLimit, limitedApi } from './limited-api.ts';
import { observe } from './observe.ts';

/** A branch that is gone, or a force-push, takes commits with it. */
const NOTHING_THERE: ReachedFiles = { sources: [], files: [] };

/** Looks at earlier runs, and takes the default from them where nothing else tells it. */
export async function observeRuns(
  files: readonly WorkflowFile[],
  { settings, notes }: FoundSettings,
  repository: RepositoryName,
  server: Server,
  { inputs, context, folder, read }: ActionWorld,
): Promise<Learned> {
  const api = await limitedApi(server);
  const checkout = folder === null ? null : (findCheckout(folder)?.root ?? null);
  const folderAt = once(
    (commit: string) => commit,
    async (commit) =>
      (checkout === null ? null : await folderInGit(checkout, commit)) ?? folderInApi(api.json, repository, commit),
  );
  const { observation, learned, warnings } = await observe(files, settings, {
    api,
    server,
    repository,
    defaultBranch: isOwnRepository(inputs, context) ? context.defaultBranch : null,
    filesAt: async (commit, path) => {
      try {
        return await reachedFiles(path, await folderAt(commit));
      } catch (error) {
        if (!(error instanceof ApiError) || isLimit(error)) throw error;
        if (error.status === 404 || error.status === 409 || error.status === 422) return NOTHING_THERE;
        throw new ToolError(apiProblem(error, `The files of the commit ${commit}`, 'contents: read', server));
      }
    },
    read,
  });
  if (learned === null || settings.defaultPermissions.source !== 'none') {
    return { settings, observed: { observed: observation }, notes, warnings };
  }
  const defaultPermissions: Settings['defaultPermissions'] = {
    value: learned.value,
    source: 'log',
    ...(learned.run === '' ? {} : { run: learned.run }),
  };
  // That the settings could not be read does not matter any more.
  return { settings: { ...settings, defaultPermissions }, observed: { observed: observation }, notes: [], warnings };
}
