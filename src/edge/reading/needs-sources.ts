import type { CalledSource, ReadCalledFile } from '../../model/called-file.ts';
import type { ReadLocalFile } from '../../needs/actions/load-action-files.ts';
import { once } from '../called/once.ts';
import { checkoutName, filesOfCommit, filesOfFolder, type ReadCheckoutFile } from '../files/checkout-files.ts';
import type { RepositoryName } from '../command-line/option-values.ts';

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
      /** Gives those of its files that are at hand all the same; `null` for another one. */
      readonly here?: (path: string) => CalledSource | null;
    };

/** The files of what is checked that somebody asked for, by their paths, and what came. */
export type FilesAsked = Map<string, CalledSource>;

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
 * @param asked is told what is asked for.
 * @throws ToolError when the folder is not there, or a commit is to be read and there is no git.
 */
export async function needsSources(
  checked: CheckedFiles,
  read: ReadCalledFile,
  asked: FilesAsked = new Map(),
): Promise<NeedsSources> {
  switch (checked.kind) {
    case 'folder':
      return fromCheckout(filesOfFolder(checked.folder), asked);
    case 'commit':
      return fromCheckout(await filesOfCommit(checked.folder, checked.commit, checked.offline), asked);
    case 'api': {
      const { repository, commit: ref, prefix, here = () => null } = checked;
      return {
        // A request for each script of each job would be too many.
        readFile: textsOf((path) => here(path) ?? { kind: 'unavailable', reason: 'It is not here' }),
        readLocal: async (path) => {
          const source = here(path) ?? (await read({ ...repository, path: prefix + path, ref }));
          note(asked, path, source);
          return source;
        },
      };
    }
  }
}

function fromCheckout(read: ReadCheckoutFile, asked: FilesAsked): NeedsSources {
  const noted: ReadCheckoutFile = (path) => {
    const source = read(path);
    note(asked, path, source);
    return source;
  };
  return { readFile: textsOf(noted), readLocal: (path) => Promise.resolve(noted(path)) };
}

function note(asked: FilesAsked, path: string, source: CalledSource): void {
  const name = checkoutName(path);
  if (name !== null) asked.set(name, source);
}

/** Reads scripts, each once; one that cannot be had or is no text is `null`. */
function textsOf(read: ReadCheckoutFile): NeedsSources['readFile'] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return once(
    (path: string) => path,
    (path) => {
      const source = read(path);
      try {
        return source.kind === 'found' ? decoder.decode(source.bytes) : null;
      } catch {
        return null;
      }
    },
  );
}
