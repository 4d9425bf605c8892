import type { CalledSource, RepositoryFile } from '../../model/called-file.ts';
import type { IsGitHubHost } from '../git/git-remote.ts';
import { findCheckout } from '../git/git-folder.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { runGit } from '../git/run-git.ts';
import { errorMessage } from '../tool-error.ts';
import { NOT_FETCHED, readWorkflowFilesAt } from '../git/workflow-files-at.ts';
import { isWorkflowPath } from '../files/workflow-folder.ts';
import { once } from './once.ts';
import { isSameRepository, ownRemotes } from './own-remotes.ts';
import { isFullCommit, pick, repositoryOf, type Elsewhere, type FoundFiles, type Source } from './source.ts';

/** The checkout under test, and whose it is. */
export interface OwnCheckout {
  readonly repository: RepositoryName;
  /** A folder of the checkout, or a bare repository. */
  readonly folder: string;
  readonly isGitHubHost: IsGitHubHost;
}

/** A partial clone would fetch what it left out one by one, which takes longer than to ask the API. */
const OFFLINE = true;

/** What git would read as more than a name, or GitHub takes for no ref (https://git-scm.com/docs/git-check-ref-format). */
// eslint-disable-next-line no-control-regex -- control characters are among what it looks for
const NO_NAME = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|^-|^\/|\/$/;

/**
 * Git's names for what a call means by a ref, best first. A tag wins over a branch
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations). A local branch
 * is never meant: GitHub does not have it.
 */
export function gitNames(ref: string, remotes: readonly string[]): readonly string[] {
  // The remote-tracking HEAD tells which branch was the default one when the clone was made, not what GitHub has.
  if (NO_NAME.test(ref) || ref === 'HEAD') return [];
  if (isFullCommit(ref)) return [ref];
  const branches = (name: string): string[] => remotes.map((remote) => `refs/remotes/${remote}/${name}`);
  if (ref.startsWith('refs/tags/')) return [ref];
  if (ref.startsWith('refs/heads/')) return branches(ref.slice('refs/heads/'.length));
  if (ref.startsWith('refs/')) return [];
  return [`refs/tags/${ref}`, ...branches(ref)];
}

/** The first of the names that git has a commit for. They are given on standard input, so none is an option. */
async function firstCommit(names: readonly string[], folder: string): Promise<string | null> {
  const input = names.map((name) => `${name}^{commit}\n`).join('');
  const { status, stdout } = await runGit(['cat-file', '--batch-check'], { folder, offline: OFFLINE, input });
  // https://git-scm.com/docs/git-cat-file#_batch_output
  return status === 0 ? (/^([0-9a-f]{40,64}) commit \d+$/m.exec(stdout.toString())?.[1] ?? null) : null;
}

/**
 * Reads called files of our own repository at a ref, from the objects that the checkout's git has. The checkout's files
 * themselves play no part: they may be of any commit, and changed. What git does not have is to be found elsewhere.
 */
export function ownRepository(own: OwnCheckout): Source {
  const checkout = findCheckout(own.folder);
  const folder = checkout?.root ?? own.folder;
  const filesAt = once(
    (ref: string) => ref,
    async (ref): Promise<FoundFiles | null> => {
      const remotes = ownRemotes(checkout?.commonFolder ?? own.folder, own.repository, own.isGitHubHost);
      const names = gitNames(ref, remotes);
      const commit = names.length === 0 ? null : await firstCommit(names, folder);
      if (commit === null) return null;
      const sources = await readWorkflowFilesAt(folder, commit, OFFLINE);
      const shown = isFullCommit(ref) ? '' : ` (the commit ${commit}, as far as the git of this checkout knows)`;
      return { sources, commit, anyRef: false, where: `${repositoryOf(own.repository)} at ${ref}${shown}` };
    },
  );
  /** A file that is no workflow, such as a shared policy. */
  async function otherFile(file: RepositoryFile): Promise<CalledSource | Elsewhere> {
    const remotes = ownRemotes(checkout?.commonFolder ?? own.folder, own.repository, own.isGitHubHost);
    const names = gitNames(file.ref, remotes);
    const commit = names.length === 0 ? null : await firstCommit(names, folder);
    if (commit === null) return { kind: 'elsewhere', note: '' };
    const { gitFiles } = await import('../policy/repository-files.ts');
    const bytes = await gitFiles(folder, commit, OFFLINE, `${repositoryOf(own.repository)} at ${file.ref}`)
      .file(file.path)
      .catch(() => 'not-fetched' as const);
    if (bytes === 'not-fetched') return { kind: 'elsewhere', note: '' };
    if (bytes !== null) return { kind: 'found', bytes, commit, anyRef: false };
    return {
      kind: 'not-found',
      reason: `There is no file ${file.path} in ${repositoryOf(own.repository)} at ${file.ref}`,
    };
  }
  return async (file) => {
    if (!isSameRepository(file, own.repository)) return { kind: 'elsewhere', note: '' };
    if (!isWorkflowPath(file.path)) return otherFile(file);
    let files: FoundFiles | null;
    try {
      files = await filesAt(file.ref);
    } catch (error) {
      const said = errorMessage(error).replace(/\.$/, '');
      return { kind: 'elsewhere', note: `The git of this checkout cannot tell (${said})` };
    }
    const isFetched = !files?.sources.some(
      (one) => one.path === file.path && 'error' in one && one.error === NOT_FETCHED,
    );
    if (files !== null && isFetched) return pick(file, files);
    const missing = isFullCommit(file.ref) ? 'the commit' : 'a tag or a remote branch';
    return { kind: 'elsewhere', note: `The git of this checkout does not have ${missing} ${file.ref}` };
  };
}
