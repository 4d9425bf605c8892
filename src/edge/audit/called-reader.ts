import type { CalledSource, ReadCalledFile, RepositoryFile } from '../../model/called-file.ts';
import { unreadFor, type Asker } from '../called/api-reasons.ts';
import { MOST_BYTES, tooManyBytes } from '../files/workflow-folder.ts';
import type { Source } from '../called/source.ts';
import type { Blobs } from './blobs.ts';
import type { CalledId } from './called-ids.ts';

/** Where an audit reads the files of other repositories and refs. */
export interface CalledPlaces {
  readonly asker: Asker;
  readonly idOf: (file: RepositoryFile) => Promise<CalledId>;
  readonly blobs: Blobs;
  /** Checkouts, which are asked first; `null` where there are none. */
  readonly folder: Source | null;
}

/** Reads called workflows, actions and shared policies. Never throws: what goes wrong is part of the answer. */
export function calledReader({ asker, idOf, blobs, folder }: CalledPlaces): ReadCalledFile {
  async function fromServer(file: RepositoryFile): Promise<CalledSource> {
    const found = await idOf(file);
    if (found.kind !== 'id') return found;
    const { id, size, commit } = found;
    try {
      const bytes = size > MOST_BYTES ? tooManyBytes() : await blobs.read({ repository: file, id, size });
      return { kind: 'found', bytes, commit, anyRef: false };
    } catch (error) {
      return unreadFor(error, file, asker);
    }
  }
  return async (file) => {
    const here = await folder?.(file);
    return here === undefined || here.kind === 'elsewhere' ? fromServer(file) : here;
  };
}
