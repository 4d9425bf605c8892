import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

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

/** Never follows a link, nor waits for a writer. Windows has neither flag; `|` takes `undefined` for 0. */
const OPEN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

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

async function readEntry(name: string): Promise<Buffer | null> {
  const handle = await open(name, OPEN);
  try {
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= MOST_HEAD + MOST_BYTES ? await handle.readFile() : null;
  } finally {
    await handle.close();
  }
}

/** Makes the folder, for us alone. One that is somebody else's, or a link, is not used: they could write our answers. */
export async function openFolder(folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stats = await lstat(folder);
  if (!stats.isDirectory() || (process.getuid !== undefined && stats.uid !== process.getuid())) return false;
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) await chmod(folder, 0o700);
  return true;
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
      const entry = await readEntry(entryOf(file)).catch(() => null);
      return entry === null ? null : contentOf(file, entry);
    },
    write: async (file, bytes) => {
      if (bytes.length > MOST_BYTES || !(await ready())) return;
      const temporary = `${entryOf(file)}.${randomUUID()}`;
      try {
        await writeFile(temporary, Buffer.concat([headOf(file, bytes), bytes]), { flag: 'wx', mode: 0o600 });
        await rename(temporary, entryOf(file));
      } catch {
        await rm(temporary, { force: true }).catch(() => {});
      }
    },
  };
}
