import type { WorkflowSource } from '../../model/source.ts';
import { once } from '../called/once.ts';
import type { BytesAtHand } from '../git/git-object-name.ts';
import { ApiError, type GetJson } from '../github/github-api.ts';
import { inQuotes } from '../output/in-quotes.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';
import { readBlob, readTree, workflowsIn, type TreeEntry } from '../github/workflow-files-api.ts';
import { MOST_BYTES, NOT_A_FILE } from '../files/workflow-folder.ts';
import { cannotRead, TOO_BIG, type RepositoryFiles } from './repository-files.ts';

const LINK = '120000';

/** What a refusal most likely means, and what helps. */
export function apiFailure(what: string, error: unknown, help: string): unknown {
  if (!(error instanceof ApiError)) return error;
  const said = `${what} could not be read through the API (${inQuotes(error.message)}).`;
  return new ToolError(
    [401, 403, 404].includes(error.status)
      ? `${said} Give the job "permissions: contents: read" and the input github-token a token that may read the repository. ${help}`
      : `${said} Run this again later. ${help}`,
  );
}

/**
 * The files of a commit, read through the API. It walks down from the commit's tree, each folder once: asking for the
 * path of a file at once cannot tell "no such file" from "no right".
 *
 * @param prefix the folder whose workflow files are meant, empty or with `/` at its end.
 * @param help what else could be done when it fails, in the action.
 * @param explain says it in place of the action's words.
 */
export function apiFiles(
  get: GetJson,
  repository: RepositoryName,
  commit: string,
  {
    prefix,
    where,
    help = '',
    explain = (what, error) => apiFailure(what, error, help),
  }: {
    readonly prefix: string;
    readonly where: string;
    readonly help?: string;
    readonly explain?: (what: string, error: unknown) => unknown;
  },
): RepositoryFiles {
  const tree = once(
    (sha: string) => sha,
    (sha) => readTree(get, repository, sha),
  );
  async function find(path: string): Promise<TreeEntry | null> {
    const names = path.split('/').filter((name) => name !== '');
    let sha = commit;
    for (const [index, name] of names.entries()) {
      const entry = (await tree(sha)).find((one) => one.name === name);
      if (entry === undefined || index === names.length - 1) return entry ?? null;
      if (entry.mode === LINK) throw cannotRead(path, where, NOT_A_FILE.link);
      if (entry.type !== 'tree') return null;
      sha = entry.sha;
    }
    return null;
  }
  async function file(path: string): Promise<Uint8Array | null> {
    const entry = await find(path);
    if (entry === null) return null;
    if (entry.mode === LINK) throw cannotRead(path, where, NOT_A_FILE.link);
    if (entry.type !== 'blob') throw cannotRead(path, where, 'This is not a file.');
    if (entry.size > MOST_BYTES) throw cannotRead(path, where, TOO_BIG);
    return readBlob(get, repository, entry);
  }
  async function workflows(atHand?: BytesAtHand): Promise<readonly WorkflowSource[]> {
    const top = prefix === '' ? null : await find(prefix);
    if (prefix !== '' && top?.type !== 'tree') return [];
    return workflowsIn((sha) => tree(sha), get, repository, top?.sha ?? commit, atHand);
  }
  const explained = async <Result>(what: string, read: () => Promise<Result>): Promise<Result> => {
    try {
      return await read();
    } catch (error) {
      throw explain(what, error);
    }
  };
  return {
    where,
    file: (path) => explained(`${path} in ${where}`, () => file(path)),
    workflows: (atHand) => explained(`The workflow files of ${where}`, () => workflows(atHand)),
  };
}
