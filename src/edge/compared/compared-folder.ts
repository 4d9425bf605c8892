import { commitFiles, commitOfGit, type CommitFiles } from '../git/commit-files.ts';
import type { FileServer } from '../called/api-access.ts';
import { lazyApi } from '../github/lazy-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { hasCommit } from '../policy/git-commits.ts';
import { ToolError } from '../tool-error.ts';
import { commitAt } from '../git/workflow-files-at.ts';
import { comparedWithTip, type Tip } from './compared-commits.ts';
import { historyOf } from './history.ts';

/** What the command line checks, and whom it may ask about its history. */
export interface ComparedFolder {
  readonly folder: string;
  /** The commit that the files are of; `null` for the folder as it is, which stands on what is checked out. */
  readonly commit: string | null;
  readonly repository: RepositoryName | null;
  readonly server: FileServer;
  readonly offline: boolean;
}

const HELP = 'Or fetch all of the history: git fetch --unshallow.';

/**
 * The commit at which the head left a ref, and why it is that one: from git, and for a checkout that has no history from the API.
 *
 * @throws ToolError when it cannot be had.
 */
export async function comparedFolder(
  tip: Tip,
  head: ComparedFolder,
): Promise<{ readonly files: CommitFiles; readonly why: string }> {
  const { folder, offline, server } = head;
  const askAbout = (): RepositoryName => askedRepository(tip.ref, head);
  const access = server.kind === 'server' ? server : { baseUrl: '', token: null };
  const places = { folder, offline, get: lazyApi(access), askAbout, help: HELP };
  const commit = head.commit ?? (await commitAt(folder, 'HEAD', true).catch(() => null));
  const compared = await comparedWithTip(tip, commit, historyOf(places));
  // Git fetches what a partial clone left out, as it does for other commands on this machine.
  const isHere = await hasCommit(folder, compared.commit);
  const files = isHere
    ? commitOfGit(tip.ref, compared.commit, folder, offline)
    : await commitFiles(tip.ref, compared.commit, places);
  return { files, why: compared.why };
}

function askedRepository(ref: string, { repository, server, offline }: ComparedFolder): RepositoryName {
  const needed = `Git cannot tell where the head left ${ref}, since it does not have all of the history`;
  const fetch = 'Fetch it: git fetch --unshallow.';
  if (offline) throw new ToolError(`${needed}, and --offline forbids the network. ${fetch}`);
  if (server.kind === 'none') throw new ToolError(`${needed}. ${server.reason}. ${fetch}`);
  if (repository !== null) return repository;
  throw new ToolError(`${needed}, and which repository to ask for is not known. ${fetch} Or give --repository.`);
}
