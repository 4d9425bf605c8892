import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openFolder } from '../called/disk-cache.ts';
import { gitObjectName } from '../git/git-object-name.ts';
import { MOST_BYTES } from '../files/workflow-folder.ts';

/** Keeps files by git's id of them. Whatever goes wrong with it, the answer is only that it has nothing. */
export interface BlobCache {
  readonly read: (id: string) => Promise<Uint8Array | null>;
  readonly write: (id: string, bytes: Uint8Array) => Promise<void>;
}

/** Git's id of a file: of SHA-1, or of SHA-256. */
const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Never follows a link, nor waits for a writer. Windows has neither flag; `|` takes `undefined` for 0. */
const OPEN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Whether these are the bytes that git has under an id. */
export function hasId(bytes: Uint8Array, id: string): boolean {
  return gitObjectName(bytes, id.length === 64 ? 'sha256' : 'sha1') === id;
}

async function readFile(name: string): Promise<Buffer | null> {
  const handle = await open(name, OPEN);
  try {
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= MOST_BYTES ? await handle.readFile() : null;
  } finally {
    await handle.close();
  }
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
      const bytes = await readFile(path.join(folder, id.slice(0, 2), id)).catch(() => null);
      return bytes !== null && hasId(bytes, id) ? bytes : null;
    },
    write: async (id, bytes) => {
      if (!ID.test(id) || bytes.length > MOST_BYTES || !(await ready())) return;
      const below = path.join(folder, id.slice(0, 2));
      const temporary = path.join(below, `${id}.${randomUUID()}`);
      try {
        if (!made.has(below)) await mkdir(below, { recursive: true, mode: 0o700 });
        made.add(below);
        await writeFile(temporary, bytes, { flag: 'wx', mode: 0o600 });
        await rename(temporary, path.join(below, id));
      } catch {
        await rm(temporary, { force: true }).catch(() => {});
      }
    },
  };
}
