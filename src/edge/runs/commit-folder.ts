import { once } from '../called/once.ts';
import type { GetJson } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { readTree, toSource, workflowEntries } from '../github/workflow-files-api.ts';
import { commitAt, NOT_FETCHED, readWorkflowFilesAt } from '../git/workflow-files-at.ts';
import { WORKFLOW_FOLDER } from '../files/workflow-folder.ts';
import type { WorkflowFolder } from './reached-files.ts';

/** The workflow files of a commit that the git of a checkout has; `null` when it does not have the commit. */
export async function folderInGit(checkout: string, commit: string): Promise<WorkflowFolder | null> {
  // A partial clone would fetch file by file, which takes longer than to ask the API.
  const isHere = await commitAt(checkout, commit, true).then(
    () => true,
    () => false,
  );
  if (!isHere) return null;
  const all = await readWorkflowFilesAt(checkout, commit, true);
  if (all.some((source) => 'error' in source && source.error === NOT_FETCHED)) return null;
  const sources = new Map(all.map((source) => [source.path, source]));
  return {
    readFrom: 'git',
    paths: [...sources.keys()],
    read: (path) => Promise.resolve(sources.get(path) ?? { path, error: 'The file is not there.' }),
  };
}

/** The workflow files of a commit, read through the API, each when it is asked for. Throws as the API does. */
export async function folderInApi(get: GetJson, repository: RepositoryName, commit: string): Promise<WorkflowFolder> {
  const entries = await workflowEntries((sha) => readTree(get, repository, sha), commit);
  // GitHub does not follow a link in place of the folder, so there is no file.
  const files = 'linked' in entries ? [] : entries;
  const byPath = new Map(files.map((entry) => [`${WORKFLOW_FOLDER}/${entry.name}`, entry]));
  const read = once(
    (path: string) => path,
    async (path) => {
      const entry = byPath.get(path);
      return entry === undefined ? { path, error: 'The file is not there.' } : toSource(get, repository, entry);
    },
  );
  return { readFrom: 'api', paths: [...byPath.keys()], read };
}
