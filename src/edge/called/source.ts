import type { CalledSource, RepositoryFile } from '../../model/called-file.ts';
import type { WorkflowSource } from '../../model/source.ts';
import { WORKFLOW_FOLDER } from '../files/workflow-folder.ts';

/** A place where called files may be found. `elsewhere` means: this place cannot tell, ask the next one. */
export type Source = (file: RepositoryFile) => Promise<CalledSource | Elsewhere>;

export interface Elsewhere {
  readonly kind: 'elsewhere';
  /** Why, for a message, as part of a sentence; empty when nobody would have looked for the file here. */
  readonly note: string;
}

/** The name that messages use. */
export function repositoryOf({ owner, name }: Pick<RepositoryFile, 'owner' | 'name'>): string {
  return `${owner}/${name}`;
}

/** A commit, spelt out. GitHub takes no shortened one. */
export function isFullCommit(ref: string): boolean {
  return /^[0-9a-f]{40}$/i.test(ref);
}

/** All workflow files of a repository, and where they were read. */
export interface FoundFiles {
  readonly sources: readonly WorkflowSource[];
  readonly commit: string | null;
  readonly anyRef: boolean;
  /** What messages call that place. */
  readonly where: string;
}

/** One file out of all that a place has. */
export function pick({ path }: RepositoryFile, { sources, commit, anyRef, where }: FoundFiles): CalledSource {
  const source = sources.find((one) => one.path === path);
  if (source !== undefined && 'bytes' in source) return { kind: 'found', bytes: source.bytes, commit, anyRef };
  // A link in place of the whole folder stands for all that would be in it.
  const broken = source ?? sources.find((one) => 'error' in one && WORKFLOW_FOLDER.startsWith(one.path));
  if (broken !== undefined && 'error' in broken) {
    return { kind: 'unavailable', reason: `${where}, ${broken.path}: ${broken.error}` };
  }
  return { kind: 'not-found', reason: `There is no file ${path} in ${where}` };
}
