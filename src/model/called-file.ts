import type { ReadWorkflow } from './workflow.ts';

/** A workflow file of a repository at a ref, as a call names it. */
export interface RepositoryFile {
  readonly owner: string;
  readonly name: string;
  /** From the repository's root, with `/`. */
  readonly path: string;
  /** A branch, a tag or a commit. */
  readonly ref: string;
}

/** What reading a called file gave. */
export type CalledSource =
  | {
      readonly kind: 'found';
      readonly bytes: Uint8Array;
      /** The commit that it was read at; `null` when it is not known. */
      readonly commit: string | null;
      /** It was read from a checkout that stands for any ref, so it may not be the one of the ref that is called. */
      readonly anyRef: boolean;
    }
  /** The repository, the ref or the file does not exist, or may not be seen: a server does not tell these apart. */
  | { readonly kind: 'not-found'; readonly reason: string }
  /** It was not asked for, or there was no answer: no network, no token, a limit. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Reads a called file. Never throws: what goes wrong is part of the answer. */
export type ReadCalledFile = (file: RepositoryFile) => Promise<CalledSource>;

/** The same with what the file holds. */
export type CalledWorkflow =
  | {
      readonly kind: 'found';
      readonly read: ReadWorkflow;
      readonly commit: string | null;
      readonly anyRef: boolean;
    }
  | Exclude<CalledSource, { kind: 'found' }>;

/** Reads a called workflow. Never throws. */
export type ReadCalledWorkflow = (file: RepositoryFile) => Promise<CalledWorkflow>;
