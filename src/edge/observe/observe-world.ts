import type { ReadCalledFile } from '../../model/called-file.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import type { GitHubApi } from '../github/github-api.ts';
import type { ReachedFiles } from '../runs/reached-files.ts';
import type { Server } from '../runs/server-of-run.ts';

/** What observing needs. */
export interface ObserveWorld {
  readonly api: GitHubApi;
  readonly server: Server;
  readonly repository: RepositoryName;
  /** `null` when it is not known. */
  readonly defaultBranch: string | null;
  /** Reads the workflow file and what it calls at a commit. Throws as the API does. */
  readonly filesAt: (commit: string, path: string) => Promise<ReachedFiles>;
  readonly read: ReadCalledFile;
}
