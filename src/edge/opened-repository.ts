import type { ReadCalledFile } from '../model/called-file.ts';
import type { Settings } from '../model/settings.ts';
import type { WorkflowSource } from '../model/source.ts';
import { isEnterpriseServer, serverOf, type FileServer } from './called/api-access.ts';
import { cacheFolder } from './called/cache-folder.ts';
import { calledFileReader } from './called/called-file-reader.ts';
import type { CommandWorld } from './command.ts';
import type { FilesAt } from './files-at.ts';
import { findCheckout } from './git-folder.ts';
import { gitHubHosts, repositoryFromRemote } from './git-remote.ts';
import type { SharedValues } from './option-table.ts';
import type { RepositoryName } from './option-values.ts';
import { toSettings } from './settings.ts';
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
  const { values, note } = await forServer(given, env);
  const offline = values.offline ?? false;
  const isServer = values.ghes !== undefined;
  const repository = repositoryOf(folder, values, env);
  const server = serverOf(env, isServer);
  // Loaded here: most runs are about the folder.
  const at =
    values.at === undefined
      ? null
      : await (await import('./files-at.ts')).filesAt(folder, values.at, { offline, repository, server });
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

/** The values, with the version of the server that the environment names; and a line that says so. */
async function forServer(
  values: RepositoryValues,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly values: RepositoryValues; readonly note: string }> {
  const server = serverOf(env, false);
  if (values.ghes !== undefined || server.kind === 'none' || !isEnterpriseServer(server.baseUrl)) {
    return { values, note: '' };
  }
  const { onServer } = await import('./server-version.ts');
  const asked = await onServer(values, server, { ghes: '--ghes', offline: '--offline' });
  return { values: asked.values, note: `${asked.note}\n` };
}

function repositoryOf(directory: string, values: RepositoryValues, env: NodeJS.ProcessEnv): RepositoryName | null {
  if (values.repository !== undefined) return values.repository;
  const checkout = findCheckout(directory);
  return checkout === null ? null : repositoryFromRemote(checkout, gitHubHosts(env, values.ghes !== undefined));
}
