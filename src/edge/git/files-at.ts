import path from 'node:path';

import type { WorkflowSource } from '../../model/source.ts';
import type { FileServer } from '../called/api-access.ts';
import { findCheckout } from './git-folder.ts';
import type { CheckedFiles } from '../reading/needs-sources.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import type { RepositoryFiles } from '../policy/repository-files.ts';
import { ToolError } from '../tool-error.ts';
import { withSlashes } from '../files/with-slashes.ts';
import { commitAt, readWorkflowFilesAt } from './workflow-files-at.ts';

/** The workflow files of a git ref, and where the others of its commit are. */
export interface FilesAt {
  readonly commit: string;
  readonly sources: readonly WorkflowSource[];
  readonly checked: Exclude<CheckedFiles, { kind: 'folder' }>;
  /** Reads other files of the commit; `null` where git has it. */
  readonly throughApi: RepositoryFiles | null;
  /** One sentence that says where the files were read. */
  readonly said: string;
}

/** Who can be asked for what git does not have. */
export interface Remote {
  readonly offline: boolean;
  readonly repository: RepositoryName | null;
  readonly server: FileServer;
}

/**
 * Reads the workflow files of a git ref: from the git of the checkout, else through the API.
 *
 * @throws ToolError when neither has the ref.
 */
export async function filesAt(folder: string, ref: string, remote: Remote): Promise<FilesAt> {
  const { offline } = remote;
  let commit: string;
  try {
    commit = await commitAt(folder, ref, offline);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return filesInApi(folder, ref, remote, error);
  }
  return {
    commit,
    sources: await readWorkflowFilesAt(folder, commit, offline),
    checked: { kind: 'commit', folder, commit, offline },
    throughApi: null,
    said: `The files of ${ref} were read from the git of the checkout, at the commit ${commit}.`,
  };
}

async function filesInApi(
  folder: string,
  ref: string,
  { offline, repository, server }: Remote,
  inGit: ToolError,
): Promise<FilesAt> {
  if (offline) throw inGit;
  if (repository === null) {
    throw new ToolError(`${inGit.message} The API was not asked, as --repository OWNER/NAME is not given.`);
  }
  if (server.kind === 'none') throw new ToolError(`${inGit.message} ${server.reason}, and the API is asked as well.`);
  // Loaded here, so that a ref that git has does without Octokit.
  const [{ connectApi }, { askForCommit }, { apiProblem }, { apiFiles }] = await Promise.all([
    import('../github/github-api.ts'),
    import('../called/api-answers.ts'),
    import('../runs/api-problem.ts'),
    import('../policy/api-files.ts'),
  ]);
  const api = await connectApi(server);
  const name = `${repository.owner}/${repository.name}`;
  const right = 'contents: read';
  const commit = await askForCommit(api.bytes, { ...repository, ref }).catch((error: unknown) => {
    throw new ToolError(`${inGit.message} ${apiProblem(error, `The commit of ${ref} in ${name}`, right, server)}`);
  });
  const root = findCheckout(folder)?.root ?? folder;
  const below = withSlashes(path.relative(root, folder));
  const prefix = below === '' ? '' : `${below}/`;
  const where = `${name} at ${commit}`;
  const explain = (what: string, error: unknown): ToolError => new ToolError(apiProblem(error, what, right, server));
  const throughApi = apiFiles(api.json, repository, commit, { prefix, where, explain });
  return {
    commit,
    sources: await throughApi.workflows(),
    checked: { kind: 'api', repository, commit, prefix },
    throughApi,
    said: `The files of ${ref} were read through the API: ${where}.`,
  };
}
