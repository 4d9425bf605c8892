import { createHash } from 'node:crypto';
import path from 'node:path';

import { openFolder, readEntry, writeEntry } from '../files/cache-files.ts';
import { MOST_BYTES } from '../files/workflow-folder.ts';

/** A file at a commit, which can never change. */
export interface CachedFile {
  readonly baseUrl: string;
  readonly owner: string;
  readonly name: string;
  readonly path: string;
  readonly commit: string;
}

/** Keeps files between runs. Whatever goes wrong with it, the answer is only that it has nothing. */
export interface FileCache {
  readonly read: (file: CachedFile) => Promise<Uint8Array | null>;
  readonly write: (file: CachedFile, bytes: Uint8Array) => Promise<void>;
}

export const NO_CACHE: FileCache = { read: () => Promise.resolve(null), write: () => Promise.resolve() };

/** The first line of an entry. A change of the form needs another number. */
const FORM = 'effective-permissions called file 1';
const MOST_HEAD = 4096;

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function keyOf({ baseUrl, owner, name, path: file, commit }: CachedFile): string {
  return JSON.stringify([baseUrl, owner.toLowerCase(), name.toLowerCase(), file, commit]);
}

/** What stands before the content: the form, whose content it is, and what it must be. */
function headOf(file: CachedFile, bytes: Uint8Array): Buffer {
  return Buffer.from(`${FORM}\n${keyOf(file)}\n${sha256(bytes)}\n`);
}

function contentOf(file: CachedFile, entry: Buffer): Uint8Array | null {
  let end = -1;
  for (let line = 0; line < 3; line += 1) {
    end = entry.indexOf('\n', end + 1);
    if (end === -1) return null;
  }
  const bytes = entry.subarray(end + 1);
  return entry.subarray(0, end + 1).equals(headOf(file, bytes)) ? bytes : null;
}

/**
 * A cache in a folder, one file an entry, which nobody else may read. Every entry holds a checksum and what it is the
 * content of; one that does not fit is as if it were not there.
 */
export function fileCache(folder: string): FileCache {
  let isOpen: Promise<boolean> | undefined;
  const ready = (): Promise<boolean> => (isOpen ??= openFolder(folder).catch(() => false));
  const entryOf = (file: CachedFile): string => path.join(folder, sha256(keyOf(file)));
  return {
    read: async (file) => {
      if (!(await ready())) return null;
      const entry = await readEntry(entryOf(file), MOST_HEAD + MOST_BYTES);
      return entry === null ? null : contentOf(file, entry);
    },
    write: async (file, bytes) => {
      if (bytes.length > MOST_BYTES || !(await ready())) return;
      await writeEntry(entryOf(file), Buffer.concat([headOf(file, bytes), bytes]));
    },
  };
}
