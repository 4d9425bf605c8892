import type { ReadCalledFile } from '../model/called-file.ts';
import type { ReadLocalFile } from '../needs/load-action-files.ts';
import { once } from './called/once.ts';
import { filesOfCommit, filesOfFolder, type ReadCheckoutFile } from './checkout-files.ts';
import type { RepositoryName } from './option-values.ts';

/** What is checked: a folder as it is, a commit that its git has, or a commit that only the API has. */
export type CheckedFiles =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'commit'; readonly folder: string; readonly commit: string; readonly offline: boolean }
  | {
      readonly kind: 'api';
      readonly repository: RepositoryName;
      readonly commit: string;
      /** The folder of the repository that is checked, empty or with `/` at its end. */
      readonly prefix: string;
    };

/** Where scripts and actions of what is checked are read. */
export interface NeedsSources {
  /** A script; `null` when it is not there, cannot be read or is no text. */
  readonly readFile: (path: string) => string | null;
  /** A file of an action. */
  readonly readLocal: ReadLocalFile;
}

/**
 * Makes the readers for the files of what is checked. `read` reads files of repositories.
 *
 * @throws ToolError when the folder is not there, or a commit is to be read and there is no git.
 */
export async function needsSources(checked: CheckedFiles, read: ReadCalledFile): Promise<NeedsSources> {
  switch (checked.kind) {
    case 'folder':
      return fromCheckout(filesOfFolder(checked.folder));
    case 'commit':
      return fromCheckout(await filesOfCommit(checked.folder, checked.commit, checked.offline));
    case 'api': {
      const { repository, commit: ref, prefix } = checked;
      // A request for each script of each job would be too many.
      return { readFile: () => null, readLocal: (path) => read({ ...repository, path: prefix + path, ref }) };
    }
  }
}

function fromCheckout(read: ReadCheckoutFile): NeedsSources {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const textOf = (path: string): string | null => {
    const source = read(path);
    try {
      return source.kind === 'found' ? decoder.decode(source.bytes) : null;
    } catch {
      return null;
    }
  };
  return { readFile: once((path: string) => path, textOf), readLocal: (path) => Promise.resolve(read(path)) };
}
