import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { openFolder, readEntry, writeEntry } from '../files/cache-files.ts';
import { MOST_BYTES } from '../files/workflow-folder.ts';
import { gitObjectName } from '../git/git-object-name.ts';

/** Keeps files by git's id of them. Whatever goes wrong with it, the answer is only that it has nothing. */
export interface BlobCache {
  readonly read: (id: string) => Promise<Uint8Array | null>;
  readonly write: (id: string, bytes: Uint8Array) => Promise<void>;
}

/** Git's id of a file: of SHA-1, or of SHA-256. */
const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Whether these are the bytes that git has under an id. */
export function hasId(bytes: Uint8Array, id: string): boolean {
  return gitObjectName(bytes, id.length === 64 ? 'sha256' : 'sha1') === id;
}

/**
 * A cache in a folder, one file an entry. The name of an entry is git's id of what it holds, and what does not fit is as
 * if it were not there: so nobody can put an answer into it, and several processes may use it at a time.
 */
export function blobCache(folder: string): BlobCache {
  let isOpen: Promise<boolean> | undefined;
  const ready = (): Promise<boolean> => (isOpen ??= openFolder(folder).catch(() => false));
  const made = new Set<string>();
  return {
    read: async (id) => {
      if (!ID.test(id) || !(await ready())) return null;
      const bytes = await readEntry(path.join(folder, id.slice(0, 2), id), MOST_BYTES);
      return bytes !== null && hasId(bytes, id) ? bytes : null;
    },
    write: async (id, bytes) => {
      if (!ID.test(id) || bytes.length > MOST_BYTES || !(await ready())) return;
      const below = path.join(folder, id.slice(0, 2));
      if (!made.has(below)) {
        await mkdir(below, { recursive: true, mode: 0o700 }).then(
          () => made.add(below),
          () => {}, // then nothing can be written there either
        );
      }
      await writeEntry(path.join(below, id), bytes);
    },
  };
}
