import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';

/** Never follows a link, nor waits for a writer. Windows has neither flag; `|` takes `undefined` for 0. */
const OPEN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Makes the folder, for us alone. One that is somebody else's, or a link, is not used: they could write our answers. */
export async function openFolder(folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stats = await lstat(folder);
  if (!stats.isDirectory() || (process.getuid !== undefined && stats.uid !== process.getuid())) return false;
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) await chmod(folder, 0o700);
  return true;
}

/** What a file of a cache holds; `null` for one that is not there, is none of ours, or has more bytes than `most`. */
export async function readEntry(file: string, most: number): Promise<Buffer | null> {
  try {
    const handle = await open(file, OPEN);
    try {
      const stats = await handle.stat();
      return stats.isFile() && stats.size <= most ? await handle.readFile() : null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

/** Writes a file of a cache, which nobody sees before it is whole. One that cannot be written is done without. */
export async function writeEntry(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await writeFile(temporary, bytes, { flag: 'wx', mode: 0o600 });
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
