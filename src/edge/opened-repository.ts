import type { ReadCalledFile } from '../model/called-file.ts';
import type { Settings } from '../model/settings.ts';
import type { WorkflowSource } from '../model/source.ts';
import { serverOf } from './called/api-access.ts';
import { cacheFolder } from './called/cache-folder.ts';
import { calledFileReader } from './called/called-file-reader.ts';
import type { CommandWorld } from './command.ts';
import { findCheckout } from './git-folder.ts';
import { gitHubHosts, repositoryFromRemote } from './git-remote.ts';
import type { SharedValues } from './option-table.ts';
import type { RepositoryName } from './option-values.ts';
import { toSettings } from './settings.ts';
import { commitAt, readWorkflowFilesAt } from './workflow-files-at.ts';
import { realFolder, readWorkflowFiles } from './workflow-files.ts';

/** The options that say which files are meant, and how to compute with them. */
type RepositoryValues = SharedValues & { readonly at?: string };

/** The workflow files of a checkout, or of a git ref of it, and all that is needed to compute with them. */
export interface OpenedRepository {
  /** The real path of the checkout. */
  readonly folder: string;
  /** The commit of the ref that was asked for; `null` for the folder's own files. */
  readonly commit: string | null;
  readonly sources: readonly WorkflowSource[];
  readonly settings: Settings;
  /** Reads called files, wherever they are. */
  readonly read: ReadCalledFile;
}

/**
 * Reads the workflow files that the options name.
 *
 * @throws ToolError when there is no such folder or ref.
 */
export async function openRepository(
  directory: string,
  values: RepositoryValues,
  { env, progress }: Pick<CommandWorld, 'env' | 'progress'>,
): Promise<OpenedRepository> {
  const folder = realFolder(directory);
  const offline = values.offline ?? false;
  const commit = values.at === undefined ? null : await commitAt(folder, values.at, offline);
  const sources = commit === null ? readWorkflowFiles(folder) : await readWorkflowFilesAt(folder, commit, offline);
  const settings = toSettings(values, { repository: repositoryOf(folder, values, env), visibility: null, commit });
  const { repository } = settings;
  const isServer = values.ghes !== undefined;
  const read = calledFileReader({
    own: repository === null ? null : { repository, folder, isGitHubHost: gitHubHosts(env, isServer) },
    repositories: values.repositories ?? null,
    offline: offline ? '--offline' : null,
    server: serverOf(env, isServer),
    cacheFolder: cacheFolder(env),
    onProgress: progress.update,
  });
  return { folder, commit, sources, settings, read };
}

function repositoryOf(directory: string, values: RepositoryValues, env: NodeJS.ProcessEnv): RepositoryName | null {
  if (values.repository !== undefined) return values.repository;
  const checkout = findCheckout(directory);
  return checkout === null ? null : repositoryFromRemote(checkout, gitHubHosts(env, values.ghes !== undefined));
}
