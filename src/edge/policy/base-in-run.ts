import { askForCommit } from '../called/api-answers.ts';
import { commitFiles, type CommitFiles } from '../git/commit-files.ts';
import { connectApi, type ApiAccess } from '../github/github-api.ts';
import { lazyApi } from '../github/lazy-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';
import { commitAt } from '../git/workflow-files-at.ts';
import { apiFailure } from './api-files.ts';

/** Where the ref that a run names may be. */
export interface NamedPlaces {
  /** A folder of a checkout; `null` when there is none. */
  readonly folder: string | null;
  readonly repository: RepositoryName | null;
  readonly access: ApiAccess;
  readonly offline: boolean;
}

const HELP = 'Or check out with actions/checkout and "fetch-depth: 0": then git has all branches and tags.';

/** The commit that git has for a ref: a run's checkout has most branches as those of its remote only, if at all. */
async function localCommit(ref: string, folder: string): Promise<string | null> {
  for (const name of [ref, `refs/remotes/origin/${ref}`]) {
    const commit = await commitAt(folder, name, true).catch(() => null);
    if (commit !== null) return commit;
  }
  return null;
}

/**
 * The base that a run names: the tip of that ref, from git or through the API.
 *
 * @throws ToolError when it cannot be had.
 */
export async function baseInRun(ref: string, places: NamedPlaces): Promise<CommitFiles> {
  const { folder, repository, access, offline } = places;
  const askAbout = (): RepositoryName => {
    if (repository !== null && !offline) return repository;
    const why = offline ? 'offline forbids the network' : 'GITHUB_REPOSITORY does not tell where else it is';
    throw new ToolError(`The checkout has no ref ${ref}, and ${why}. Fetch it first.`);
  };
  const local = folder === null ? null : await localCommit(ref, folder);
  const commit = local ?? (await throughApi());
  return commitFiles(ref, commit, { folder, offline, get: lazyApi(access), askAbout, help: HELP });

  async function throughApi(): Promise<string> {
    const about = askAbout();
    try {
      return await askForCommit((await connectApi(access)).bytes, { ...about, ref });
    } catch (error) {
      throw apiFailure(`The ref ${ref}`, error, HELP);
    }
  }
}
