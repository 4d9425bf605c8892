import type { PlannedRepository } from '../../model/audit-plan.ts';
import type { Visibility } from '../../model/settings.ts';

/** A file as git lists it. */
export interface ListedFile {
  readonly name: string;
  /** As git writes it, such as `100644`. */
  readonly mode: string;
  readonly id: string;
  readonly size: number;
}

/** What the listing says of a branch of a repository: all that is needed to compute it, but for the files themselves. */
export interface ListedRepository extends Omit<PlannedRepository, 'shard'> {
  readonly commit: string | null;
  readonly visibility: Visibility | 'unknown';
  readonly archived: boolean;
  readonly fork: boolean;
  /** The branch is the default one. */
  readonly isDefault: boolean;
  /** The workflow files, by name; or the path of the link that stands in place of their folder. */
  readonly workflows: readonly ListedFile[] | { readonly linked: string };
  /** Policies and baselines, by path. */
  readonly judged: readonly ListedFile[];
  /** Why the server did not tell all that; then nothing is known. */
  readonly error?: string;
}

/** The mode of a symbolic link, and of a submodule (https://git-scm.com/docs/git-fast-import#_filemodify). */
export const LINK = '120000';
export const SUBMODULE = '160000';
