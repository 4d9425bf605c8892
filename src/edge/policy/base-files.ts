import { ApiError, openApi, type GetJson } from '../github-api.ts';
import type { RepositoryName } from '../option-values.ts';
import { ToolError } from '../tool-error.ts';
import { apiFailure, apiFiles } from './api-files.ts';
import { hasCommit, parentsOf } from './git-commits.ts';
import type { PullRequestEvent } from './pull-request-event.ts';
import { gitFiles, NotFetchedError, type RepositoryFiles } from './repository-files.ts';

/** Where the base of a pull request may be read. */
export interface BasePlaces {
  /** A folder of a checkout; `null` when there is none. */
  readonly folder: string | null;
  readonly repository: RepositoryName | null;
  /** The commit of the run. */
  readonly commit: string | null;
  readonly apiUrl: string;
  readonly token: string | null;
  readonly offline: boolean;
}

/** The base of a pull request: the tip of the branch that it is for. */
export interface Base {
  readonly ref: string;
  readonly commit: string;
  /** How it was found, for the log. */
  readonly how: string;
  readonly files: RepositoryFiles;
  /**
   * The same with the workflow files of a folder of the repository.
   *
   * @param project the folder in the checkout.
   * @param prefix the folder from the root, empty or with `/` at its end.
   */
  readonly below: (project: string, prefix: string) => Base;
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

/** https://docs.github.com/en/rest/git/refs#get-a-reference */
async function branchTip(get: GetJson, { owner, name }: RepositoryName, branch: string): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/git/ref/{ref}';
  const answer = await get(route, { owner, repo: name, ref: `heads/${branch}` });
  const { object } = answer as { object?: { sha?: unknown } };
  if (typeof object?.sha === 'string' && /^[0-9a-f]{40,64}$/.test(object.sha)) return object.sha;
  throw new ApiError(0, `the answer about the branch ${branch} holds no commit`);
}

/** Opens the API once, when it is needed first. */
function lazyApi({ apiUrl, token }: BasePlaces): GetJson {
  let opened: Promise<GetJson> | undefined;
  return async (route, parameters) => (await (opened ??= openApi({ baseUrl: apiUrl, token })))(route, parameters);
}

/**
 * The files of the tip of the base branch: from git, when the checkout certainly has it, else through the API.
 *
 * @throws ToolError when they cannot be had; then nothing may be judged, since the head could say what it likes.
 */
export async function baseFiles(event: PullRequestEvent, places: BasePlaces): Promise<Base> {
  const { folder, repository, offline } = places;
  const get = lazyApi(places);
  const what = `The base branch ${event.base}`;
  const known = await knownTip(event, places);
  if (repository === null && known === null) {
    throw new ToolError(`${what} cannot be read: GITHUB_REPOSITORY does not tell where it is. ${HELP}`);
  }
  const allowed = (): void => {
    if (!offline) return;
    throw new ToolError(
      `${what} is needed to judge this run: policy, exceptions and baseline are taken from there. The checkout does not ` +
        `have its tip for sure, and offline forbids the network. Leave the input offline out. ${event.kind === 'pull_request' ? HELP : ''}`.trimEnd(),
    );
  };
  const tip = async (): Promise<string> => {
    allowed();
    try {
      return await branchTip(get, repository ?? { owner: '', name: '' }, event.base);
    } catch (error) {
      throw apiFailure(what, error, HELP);
    }
  };
  const commit = known ?? (await tip());
  const where = `${event.base} at ${commit}`;
  const throughApi = (prefix: string): RepositoryFiles => {
    allowed();
    if (repository === null)
      throw new ToolError(`${what} cannot be read: GITHUB_REPOSITORY does not tell where it is.`);
    return apiFiles(get, repository, commit, { prefix, where, help: HELP });
  };
  const isLocal = folder !== null && (await hasCommit(folder, commit));
  const how = isLocal ? `${where}, which the checkout has` : `${where}, through the API`;
  const below = (project: string | null, prefix: string): Base => ({
    ref: event.base,
    commit,
    how,
    files:
      isLocal && project !== null
        ? orElse(gitFiles(project, commit, true, where), () => throughApi(prefix))
        : throughApi(prefix),
    below,
  });
  return below(folder, '');
}

/** The files of git, and for what a partial clone left out, those of the API: that is quicker than to fetch one by one. */
function orElse(local: RepositoryFiles, api: () => RepositoryFiles): RepositoryFiles {
  const first = async <Result>(
    one: Promise<Result>,
    other: (files: RepositoryFiles) => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await one;
    } catch (error) {
      if (!(error instanceof NotFetchedError)) throw error;
      return other(api());
    }
  };
  return {
    where: local.where,
    file: (path) => first(local.file(path), (files) => files.file(path)),
    workflows: () => first(local.workflows(), (files) => files.workflows()),
  };
}
