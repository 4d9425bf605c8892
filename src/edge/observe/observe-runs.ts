import type { Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { once } from '../called/once.ts';
import { findCheckout } from '../git-folder.ts';
import type { RepositoryName } from '../option-values.ts';
import type { FoundSettings } from '../repository-settings/with-read-settings.ts';
import { isOwnRepository } from '../run-context.ts';
import { folderInApi, folderInGit } from '../runs/commit-folder.ts';
import { reachedFiles } from '../runs/reached-files.ts';
import type { Server } from '../runs/server-of-run.ts';
import type { ActionWorld, Learned } from './learn-in-action.ts';
import { limitedApi } from './limited-api.ts';
import { observe } from './observe.ts';

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
  const { observation, learned } = await observe(files, settings, {
    api,
    server,
    repository,
    defaultBranch: isOwnRepository(inputs, context) ? context.defaultBranch : null,
    filesAt: async (commit, path) => reachedFiles(path, await folderAt(commit)),
    read,
  });
  const warnings = observation.notes;
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
