import type { GetJson } from '../github/github-api.ts';
import type { CheckedFiles } from '../reading/needs-sources.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { apiFiles } from '../policy/api-files.ts';
import { hasCommit } from '../policy/git-commits.ts';
import { gitFiles, NotFetchedError, type RepositoryFiles } from '../policy/repository-files.ts';

/** The files of one commit, wherever they are. */
export interface CommitFiles {
  /** What it was found by: a branch, a tag, or how it was asked for. */
  readonly ref: string;
  readonly commit: string;
  /** How it was found and is read, for the log. */
  readonly how: string;
  readonly files: RepositoryFiles;
  /** Where actions and scripts of it are read. */
  readonly checked: CheckedFiles;
  /** The API that may know more of it; `null` for a commit that git has. */
  readonly get: GetJson | null;
  /**
   * The same with the workflow files of a folder of the repository.
   *
   * @param project the folder in the checkout; `null` when there is none.
   * @param prefix the folder from the root, empty or with `/` at its end.
   */
  readonly below: (project: string | null, prefix: string) => CommitFiles;
}

/** Where a commit may be. */
export interface CommitPlaces {
  /** A folder of a checkout; `null` when there is none. */
  readonly folder: string | null;
  /** Git is not to fetch what a partial clone left out. */
  readonly offline: boolean;
  readonly get: GetJson;
  /**
   * The repository that the API may be asked about.
   *
   * @throws ToolError when it may not be asked.
   */
  readonly askAbout: () => RepositoryName;
  /** What else could be done when it fails. */
  readonly help: string;
}

/** The same, always read from git. */
export function commitOfGit(ref: string, commit: string, folder: string, offline: boolean): CommitFiles {
  const where = `${ref} at ${commit}`;
  const below = (project: string): CommitFiles => ({
    ref,
    commit,
    how: where,
    files: gitFiles(project, commit, offline, where),
    checked: { kind: 'commit', folder: project, commit, offline },
    get: null,
    below: (other) => below(other ?? folder),
  });
  return below(folder);
}

/** The files of a commit: from git, when the checkout has it, else through the API. */
export async function commitFiles(
  ref: string,
  commit: string,
  { folder, offline, get, askAbout, help }: CommitPlaces,
): Promise<CommitFiles> {
  const where = `${ref} at ${commit}`;
  const isLocal = folder !== null && (await hasCommit(folder, commit));
  const below = (project: string | null, prefix: string): CommitFiles => {
    const throughApi = (): RepositoryFiles => apiFiles(get, askAbout(), commit, { prefix, where, help });
    const found = isLocal
      ? {
          how: `${where}, which the checkout has`,
          files: orElse(gitFiles(project ?? folder, commit, true, where), throughApi),
        }
      : { how: `${where}, through the API`, files: throughApi() };
    const checked: CheckedFiles = isLocal
      ? { kind: 'commit', folder: project ?? folder, commit, offline }
      : { kind: 'api', repository: askAbout(), commit, prefix };
    return { ref, commit, ...found, checked, get: isLocal ? null : get, below };
  };
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
    workflows: (atHand) => first(local.workflows(atHand), (files) => files.workflows(atHand)),
  };
}
