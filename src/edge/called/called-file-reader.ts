import type { CalledSource, ReadCalledFile, RepositoryFile } from '../../model/called-file.ts';
import type { Patience } from '../github/github-api.ts';
import { splitRepositoryName } from '../command-line/option-values.ts';
import { errorMessage } from '../tool-error.ts';
import type { FileServer } from './api-access.ts';
import { ownRepository, type OwnCheckout } from './own-repository.ts';
import { repositoriesFolder } from './repositories-folder.ts';
import { repositoryOf, type Source } from './source.ts';

/** Where called files may be read. */
export interface CalledFilePlaces {
  /** The checkout under test, when there is one and its name is known. */
  readonly own: OwnCheckout | null;
  /** A folder with checkouts of other repositories. */
  readonly repositories: string | null;
  /** What the user wrote to forbid the network, such as `--offline`; `null` when it is allowed. */
  readonly offline: string | null;
  readonly server: FileServer;
  /** Where to keep files between runs, `null` for nowhere. */
  readonly cacheFolder: string | null;
  /** Is told how many files were asked for through the network, and how many of them are done. */
  readonly onProgress?: (done: number, asked: number) => void;
  readonly patience?: Patience;
}

/** The last place: what is not to be had there either is unresolved. */
function network({ offline, server, cacheFolder, onProgress, patience }: Omit<CalledFilePlaces, 'own'>): Source {
  if (offline !== null) {
    return () => Promise.resolve({ kind: 'unavailable', reason: `${offline} forbids the network` });
  }
  if (server.kind === 'none') return () => Promise.resolve({ kind: 'unavailable', reason: server.reason });
  // Loaded here, so that whoever needs no network does without all of this.
  const open = async (): Promise<(file: RepositoryFile) => Promise<CalledSource>> => {
    const [{ contentsApi }, { fileCache, NO_CACHE }] = await Promise.all([
      import('./contents-api.ts'),
      import('./disk-cache.ts'),
    ]);
    return contentsApi(server, cacheFolder === null ? NO_CACHE : fileCache(cacheFolder), patience);
  };
  let opened: ReturnType<typeof open> | undefined;
  let asked = 0;
  let done = 0;
  return async (file) => {
    asked += 1;
    onProgress?.(done, asked);
    try {
      const read = await (opened ??= open());
      return await read(file);
    } finally {
      done += 1;
      onProgress?.(done, asked);
    }
  };
}

/**
 * Reads called workflow files: our own repository at a ref from the objects of the checkout's git, then the folder of
 * checkouts, then GitHub's API. The network is touched when the first file needs it, and not before.
 *
 * @throws ToolError when the folder of checkouts does not exist. The reader itself never throws.
 */
export function calledFileReader(places: CalledFilePlaces): ReadCalledFile {
  return readerOf([...(places.own === null ? [] : [ownRepository(places.own)]), ...otherPlaces(places)]);
}

/**
 * The places that do not belong to one repository, for several readers to share.
 *
 * @throws ToolError when the folder of checkouts does not exist.
 */
export function otherPlaces(places: Omit<CalledFilePlaces, 'own'>): readonly Source[] {
  return [...(places.repositories === null ? [] : [repositoriesFolder(places.repositories)]), network(places)];
}

/** Reads called files from places, the first one first. */
export function readerOf(sources: readonly Source[]): ReadCalledFile {
  async function read(file: RepositoryFile): Promise<CalledSource> {
    const notes: string[] = [];
    for (const source of sources) {
      const found = await source(file);
      if (found.kind === 'unavailable') return { ...found, reason: [...notes, found.reason].join('; ') };
      if (found.kind !== 'elsewhere') return found;
      if (found.note !== '') notes.push(found.note);
    }
    return { kind: 'unavailable', reason: notes.join('; ') };
  }
  return async (file) => {
    // `..` is such a name: it must become part of no path and no URL.
    if (splitRepositoryName(repositoryOf(file)) === null) {
      return { kind: 'not-found', reason: `No repository can have the name ${repositoryOf(file)}` };
    }
    try {
      return await read(file);
    } catch (error) {
      return { kind: 'unavailable', reason: errorMessage(error) };
    }
  };
}
