import { commitFiles, type CommitFiles } from '../git/commit-files.ts';
import { ApiError, type GetJson } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';
import { apiFailure } from './api-files.ts';
import { parentsOf } from './git-commits.ts';
import type { PullRequestEvent } from './pull-request-event.ts';

/** Where the base of a pull request may be read. */
export interface BasePlaces {
  /** A folder of a checkout; `null` when there is none. */
  readonly folder: string | null;
  readonly repository: RepositoryName | null;
  /** The commit of the run. */
  readonly commit: string | null;
  readonly get: GetJson;
  readonly offline: boolean;
}

const HELP =
  'Or check out with actions/checkout and "fetch-depth: 2": then git has the base of a pull request, and no API is needed.';

/**
 * The base's tip as far as git can tell for sure: the first parent of the merge commit that GitHub made for this pull
 * request, or the commit of a run on the base itself. A remote-tracking branch may be older than the branch.
 */
async function knownTip(event: PullRequestEvent, { folder, commit }: BasePlaces): Promise<string | null> {
  if (commit === null) return null;
  if (event.kind === 'pull_request_target') return event.isDefaultBranch === true ? commit : null;
  // The group's own base may hold changes that wait in front of it and are not in the branch yet.
  if (event.kind === 'merge_group' || folder === null || event.head === null) return null;
  const parents = await parentsOf(folder, commit);
  return parents?.[1] === event.head ? (parents[0] ?? null) : null;
}

/** The commit of a branch now (https://docs.github.com/en/rest/git/refs#get-a-reference). */
export async function branchTip(get: GetJson, { owner, name }: RepositoryName, branch: string): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/git/ref/{ref}';
  const answer = await get(route, { owner, repo: name, ref: `heads/${branch}` });
  const { object } = answer as { object?: { sha?: unknown } };
  if (typeof object?.sha === 'string' && /^[0-9a-f]{40,64}$/.test(object.sha)) return object.sha;
  throw new ApiError(0, `the answer about the branch ${branch} holds no commit`);
}

/**
 * The files of the tip of the base branch, which a pull request is judged by: from git, when the checkout certainly has
 * it, else through the API. What it is compared with is another commit: see `src/edge/compared`.
 *
 * @throws ToolError when they cannot be had; then nothing may be judged, since the head could say what it likes.
 */
export async function baseFiles(event: PullRequestEvent, places: BasePlaces): Promise<CommitFiles> {
  const { get, repository, offline } = places;
  const what = `The base branch ${event.base}`;
  const help = event.kind === 'pull_request' ? HELP : '';
  const askAbout = (): RepositoryName => {
    if (offline) {
      throw new ToolError(
        `${what} is needed to judge this run: policy, exceptions and baseline are taken from there. The checkout does not ` +
          `have its tip for sure, and offline forbids the network. Leave the input offline out. ${help}`.trimEnd(),
      );
    }
    if (repository !== null) return repository;
    throw new ToolError(`${what} cannot be read: GITHUB_REPOSITORY does not tell where it is. ${HELP}`);
  };
  const tip = async (): Promise<string> => {
    const about = askAbout();
    try {
      return await branchTip(get, about, event.base);
    } catch (error) {
      throw apiFailure(what, error, HELP);
    }
  };
  const commit = (await knownTip(event, places)) ?? (await tip());
  return commitFiles(event.base, commit, { ...places, askAbout, help: HELP });
}
