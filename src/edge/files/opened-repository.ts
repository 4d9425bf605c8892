import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Settings } from '../../model/settings.ts';
import type { WorkflowSource } from '../../model/source.ts';
import { serverOf, type FileServer } from '../called/api-access.ts';
import { cacheFolder } from '../called/cache-folder.ts';
import { calledFileReader } from '../called/called-file-reader.ts';
import type { CommandWorld } from '../command-line/command.ts';
import type { FilesAt } from '../git/files-at.ts';
import { forServer } from '../github/for-server.ts';
import { findCheckout } from '../git/git-folder.ts';
import { gitHubHosts, repositoryFromRemote } from '../git/git-remote.ts';
import type { SharedValues } from '../command-line/option-table.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { toSettings } from '../settings.ts';
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
  /** The server that answers for what the checkout does not have. */
  readonly server: FileServer;
  /** The ref that was asked for; `null` for the folder's own files. */
  readonly at: FilesAt | null;
  /** What standard error is to say of the server and its version: a line, or nothing. */
  readonly note: string;
}

/**
 * Reads the workflow files that the options name.
 *
 * @throws ToolError when there is no such folder or ref.
 */
export async function openRepository(
  directory: string,
  given: RepositoryValues,
  { env, progress }: Pick<CommandWorld, 'env' | 'progress'>,
): Promise<OpenedRepository> {
  const folder = realFolder(directory);
  const { values, note } = await forServer(given, serverOf(env, false));
  const offline = values.offline ?? false;
  const isServer = values.ghes !== undefined;
  const repository = repositoryOf(folder, values, env);
  const server = serverOf(env, isServer);
  // Loaded here: most runs are about the folder.
  const at =
    values.at === undefined
      ? null
      : await (await import('../git/files-at.ts')).filesAt(folder, values.at, { offline, repository, server });
  const commit = at?.commit ?? null;
  const sources = at?.sources ?? readWorkflowFiles(folder);
  const settings = toSettings(values, { repository, visibility: null, commit });
  const read = calledFileReader({
    own: repository === null ? null : { repository, folder, isGitHubHost: gitHubHosts(env, isServer) },
    repositories: values.repositories ?? null,
    offline: offline ? '--offline' : null,
    server,
    cacheFolder: cacheFolder(env),
    onProgress: progress.update,
  });
  return { folder, commit, sources, settings, read, server, at, note };
}

function repositoryOf(directory: string, values: RepositoryValues, env: NodeJS.ProcessEnv): RepositoryName | null {
  if (values.repository !== undefined) return values.repository;
  const checkout = findCheckout(directory);
  return checkout === null ? null : repositoryFromRemote(checkout, gitHubHosts(env, values.ghes !== undefined));
}
