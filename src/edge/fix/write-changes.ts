import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import type { Change } from '../../fix/plan-fix.ts';
import { errorMessage, systemErrorCode, ToolError } from '../tool-error.ts';
import { WORKFLOW_FOLDER } from '../files/workflow-folder.ts';

/** A file as it was read, and as it is to be. */
export type FileToWrite = Pick<Change, 'path' | 'before' | 'after'>;

const LINK = 'A symbolic link leads to this file: change the file itself.';

/**
 * Why a workflow file of a folder cannot be written, in one sentence; `null` when it can. A link could lead anywhere.
 *
 * @param folder the real path of the folder that was read.
 */
export function cannotWrite(folder: string, name: string): string | null {
  const file = fileOf(folder, name);
  if (file === null) return `Only files in ${WORKFLOW_FOLDER} are written.`;
  try {
    if (realpathSync.native(path.dirname(file)) !== path.dirname(file)) return LINK;
    const found = lstatSync(file);
    if (found.isSymbolicLink()) return LINK;
    return found.isFile() ? null : 'This is not a regular file.';
  } catch (error) {
    return `The file cannot be written (${systemErrorCode(error) ?? errorMessage(error)}).`;
  }
}

/** What has to be known of the disk; a test passes one that is full. */
export interface Disk {
  readonly write: (file: string, bytes: Uint8Array, mode: number) => void;
}

const REAL_DISK: Disk = {
  write: (file, bytes, mode) => {
    const descriptor = openSync(file, 'wx', mode);
    try {
      writeFileSync(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  },
};

/**
 * Writes changed files: first all of them beside the old ones, then each takes the place of the old one. Whatever goes
 * wrong, every file is whole, the old one or the new one. None is replaced when one does not fit on the disk or was
 * changed since it was read.
 *
 * @throws ToolError that says which file could not be written, and which were.
 */
export function writeChanges(folder: string, changes: readonly FileToWrite[], disk: Disk = REAL_DISK): void {
  const written: { readonly change: FileToWrite; readonly file: string; readonly temporary: string }[] = [];
  try {
    for (const change of changes) {
      const file = fileToChange(folder, change);
      const temporary = `${file}.${randomUUID()}`;
      written.push({ change, file, temporary });
      attempt(change, () => disk.write(temporary, change.after, lstatSync(file).mode & 0o777));
    }
    // Once more, since writing took its time.
    for (const { change } of written) fileToChange(folder, change);
    const done: string[] = [];
    for (const { change, file, temporary } of written) {
      attempt(change, () => renameSync(temporary, file), done);
      done.push(`${change.path} was written.`);
    }
  } finally {
    for (const { temporary } of written) rmSync(temporary, { force: true });
  }
}

/** The file of a path such as `.github/workflows/ci.yml`; `null` for any other. */
function fileOf(folder: string, name: string): string | null {
  const base = path.posix.basename(name);
  if (`${WORKFLOW_FOLDER}/${base}` !== name || base !== path.basename(base) || base.startsWith('..')) return null;
  return path.join(folder, ...WORKFLOW_FOLDER.split('/'), base);
}

function fileToChange(folder: string, change: FileToWrite): string {
  const { path: name, before } = change;
  const reason = cannotWrite(folder, name);
  const file = fileOf(folder, name);
  if (reason !== null || file === null) throw failed(change, reason ?? '');
  const now = attempt(change, () => readFileSync(file));
  if (!now.equals(before)) throw failed(change, 'It was changed while this program ran. Run it again.');
  return file;
}

function attempt<Result>(change: FileToWrite, work: () => Result, done: readonly string[] = []): Result {
  try {
    return work();
  } catch (error) {
    throw failed(change, `The system says ${systemErrorCode(error) ?? errorMessage(error)}.`, done);
  }
}

function failed({ path: name }: FileToWrite, reason: string, done: readonly string[] = []): ToolError {
  return new ToolError(`${name} was not written. ${reason}`, { path: name }, done);
}
