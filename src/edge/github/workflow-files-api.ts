import type { WorkflowSource } from '../../model/source.ts';
import type { BytesAtHand } from '../git/git-object-name.ts';
import { ApiError, type GetJson } from './github-api.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { mapBounded } from '../map-bounded.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';
import {
  isWorkflowName,
  MOST_BYTES,
  NOT_A_FILE,
  sortedByPath,
  tooManyBytes,
  WORKFLOW_FOLDER,
} from '../files/workflow-folder.ts';

/** One name in a tree of git, as the API tells it. */
export interface TreeEntry {
  readonly name: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly size: number;
}

const LINK = '120000';

/** So many files are fetched at a time; GitHub asks for few (https://docs.github.com/en/rest/using-the-rest-api). */
const AT_ONCE = 8;

function toEntry(value: unknown): TreeEntry[] {
  const { path, mode, type, sha, size } = value as Record<string, unknown>;
  if (typeof path !== 'string' || typeof mode !== 'string' || typeof sha !== 'string') return [];
  if (type !== 'blob' && type !== 'tree' && type !== 'commit') return [];
  return [{ name: path, mode, type, sha, size: typeof size === 'number' ? size : 0 }];
}

/**
 * What a folder holds, or, as `recursive`, all below it by its path from there.
 *
 * @see https://docs.github.com/en/rest/git/trees#get-a-tree
 */
export async function readTree(
  get: GetJson,
  { owner, name }: RepositoryName,
  sha: string,
  depth: 'folder' | 'recursive' = 'folder',
): Promise<TreeEntry[]> {
  const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}';
  const answer = await get(route, {
    owner,
    repo: name,
    tree_sha: sha,
    ...(depth === 'folder' ? {} : { recursive: '1' }),
  });
  if (!('tree' in answer) || !Array.isArray(answer.tree)) {
    throw new ApiError(0, `the answer about the tree ${sha} holds no tree`);
  }
  if ('truncated' in answer && answer.truncated === true) {
    throw new ApiError(0, 'the folder has more files than the API lists');
  }
  return answer.tree.flatMap(toEntry);
}

/** https://docs.github.com/en/rest/git/blobs#get-a-blob */
export async function readBlob(get: GetJson, { owner, name }: RepositoryName, entry: TreeEntry): Promise<Uint8Array> {
  const route = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}';
  const answer = await get(route, { owner, repo: name, file_sha: entry.sha });
  if (!('content' in answer) || typeof answer.content !== 'string') throw new ApiError(0, 'the answer holds no file');
  const bytes = Buffer.from(answer.content, 'base64');
  if (bytes.length !== entry.size) throw new ApiError(0, `${bytes.length} bytes came instead of ${entry.size}`);
  return bytes;
}

/** How the reason begins when the server did not give a file that it has. */
export const NOT_GIVEN = 'The API did not give this file';

/** Reads one of the files that `workflowEntries` lists. */
export async function toSource(
  get: GetJson,
  repository: RepositoryName,
  entry: TreeEntry,
  atHand: BytesAtHand = () => undefined,
): Promise<WorkflowSource> {
  const path = `${WORKFLOW_FOLDER}/${entry.name}`;
  if (entry.mode === LINK) return { path, error: NOT_A_FILE.link };
  if (entry.type === 'commit') return { path, error: NOT_A_FILE.submodule };
  if (entry.size > MOST_BYTES) return { path, bytes: tooManyBytes() };
  try {
    return { path, bytes: atHand(entry.sha) ?? (await readBlob(get, repository, entry)) };
  } catch (error) {
    // What the server cannot give now concerns this file alone; a refusal concerns them all.
    if (!(error instanceof ApiError) || [401, 403, 404].includes(error.status)) throw error;
    return { path, error: `${NOT_GIVEN} (${error.message}).` };
  }
}

/**
 * What the folder of the workflow files holds below a tree, such as that of a commit; the path of the link that stands
 * in its place. Walks down from the tree: asking for the folder's path at once cannot tell "no folder" from "no right".
 *
 * @param treeOf lists a folder.
 * @param atHand files that need not be read.
 */
export async function workflowEntries(
  treeOf: (sha: string) => Promise<readonly TreeEntry[]>,
  top: string,
): Promise<readonly TreeEntry[] | { readonly linked: string }> {
  let sha = top;
  let path = '';
  for (const step of WORKFLOW_FOLDER.split('/')) {
    path = path === '' ? step : `${path}/${step}`;
    const folder = (await treeOf(sha)).find((entry) => entry.name === step);
    if (folder?.mode === LINK) return { linked: path };
    if (folder?.type !== 'tree') return [];
    sha = folder.sha;
  }
  return (await treeOf(sha)).filter((entry) => isWorkflowName(entry.name) && entry.type !== 'tree');
}

/** The workflow files below a tree, by path. See `workflowEntries`. */
export async function workflowsIn(
  treeOf: (sha: string) => Promise<readonly TreeEntry[]>,
  get: GetJson,
  repository: RepositoryName,
  top: string,
  atHand: BytesAtHand = () => undefined,
): Promise<WorkflowSource[]> {
  const files = await workflowEntries(treeOf, top);
  if ('linked' in files) return [{ path: files.linked, error: NOT_A_FILE.linkedFolder }];
  return sortedByPath(await mapBounded(files, AT_ONCE, (entry) => toSource(get, repository, entry, atHand)));
}

/**
 * The workflow files of a repository at a commit, by path, read through the REST API. `contents: read` is all that the
 * token needs.
 *
 * @returns no sources when the commit has no `.github/workflows`.
 * @throws ToolError that says what to do when the token may not read the repository, or the API fails.
 */
export async function readWorkflowFilesFromApi(
  get: GetJson,
  repository: RepositoryName,
  commit: string,
): Promise<WorkflowSource[]> {
  try {
    return await workflowsIn((sha) => readTree(get, repository, sha), get, repository, commit);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // What the API says of a repository that has no commit yet.
    if (error.status === 409) return [];
    const what = `The workflow files of ${repository.owner}/${repository.name} at ${commit} could not be read through the API (${inQuotes(error.message)}).`;
    const checkout = 'check the repository out first with actions/checkout';
    throw new ToolError(
      [401, 403, 404].includes(error.status)
        ? `${what} Give the job "permissions: contents: read" and the input github-token a token that may read the repository, or ${checkout}.`
        : `${what} Run this again later, or ${checkout}.`,
    );
  }
}
