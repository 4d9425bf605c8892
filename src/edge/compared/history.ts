import type { CommitPlaces } from '../git/commit-files.ts';
import { ApiError, type GetJson } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { apiFailure } from '../policy/api-files.ts';
import { parentsOf } from '../policy/git-commits.ts';
import { runGit } from '../git/run-git.ts';

/** How commits hang together: git knows, where it has the history, else the API. */
export interface History {
  /**
   * The parents of a commit, its first one first.
   *
   * @throws ToolError when nobody can tell.
   */
  readonly parents: (commit: string) => Promise<readonly string[]>;
  /**
   * The commit at which two of them parted; `null` when they have none in common.
   *
   * @throws ToolError when nobody can tell.
   */
  readonly mergeBase: (one: string, other: string) => Promise<MergeBase>;
}

export interface MergeBase {
  readonly commit: string | null;
  readonly by: 'git' | 'the API';
}

export function historyOf(places: CommitPlaces): History {
  const { folder, get, askAbout, help } = places;
  return {
    parents: async (commit) => {
      const known = folder === null ? null : await parentsOf(folder, commit);
      if (known !== null) return known;
      const repository = askAbout();
      try {
        return await parentsThroughApi(get, repository, commit);
      } catch (error) {
        throw apiFailure(`The commit ${commit}`, error, help);
      }
    },
    mergeBase: async (one, other) => {
      const known = folder === null ? undefined : await gitMergeBase(folder, one, other);
      if (known !== undefined) return { commit: known, by: 'git' };
      const repository = askAbout();
      try {
        return { commit: await apiMergeBase(get, repository, one, other), by: 'the API' };
      } catch (error) {
        throw apiFailure(`The commit at which ${other} left ${one}`, error, help);
      }
    },
  };
}

/** https://docs.github.com/en/rest/git/commits#get-a-commit-object */
export async function parentsThroughApi(
  get: GetJson,
  { owner, name }: RepositoryName,
  commit: string,
): Promise<readonly string[]> {
  const route = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}';
  const answer = await get(route, { owner, repo: name, commit_sha: commit });
  const { parents = [] } = answer as { parents?: readonly { sha?: unknown }[] };
  return parents.flatMap(({ sha }) => (typeof sha === 'string' ? [sha] : []));
}

/** https://git-scm.com/docs/git-merge-base; `undefined` when git does not have all the history that tells. */
async function gitMergeBase(folder: string, one: string, other: string): Promise<string | null | undefined> {
  const run = { folder, offline: true };
  const [shallow, base] = await Promise.all([
    runGit(['rev-parse', '--is-shallow-repository'], run),
    runGit(['merge-base', one, other], run),
  ]);
  const isWhole = shallow.status === 0 && shallow.stdout.toString().trim() === 'false';
  if (base.status === 1) return isWhole ? null : undefined;
  const commit = base.stdout.toString().trim();
  if (base.status !== 0 || !/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
  // Where the history is cut off, a later one may be hidden; but none is later than one of the two itself.
  return isWhole || commit === one || commit === other ? commit : undefined;
}

/**
 * The second page has no list of files, which may be long, and all else that the first has.
 *
 * @see https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
async function apiMergeBase(
  get: GetJson,
  { owner, name }: RepositoryName,
  one: string,
  other: string,
): Promise<string | null> {
  const route = 'GET /repos/{owner}/{repo}/compare/{basehead}';
  const basehead = `${one}...${other}`;
  try {
    const answer = await get(route, { owner, repo: name, basehead, per_page: '1', page: '2' });
    const { merge_base_commit: base } = answer as { merge_base_commit?: { sha?: unknown } };
    if (typeof base?.sha === 'string' && /^[0-9a-f]{40,64}$/.test(base.sha)) return base.sha;
    throw new ApiError(0, 'the answer holds no commit');
  } catch (error) {
    if (error instanceof ApiError && /no common ancestor/i.test(error.message)) return null;
    throw error;
  }
}
