import { closeSync, constants, openSync, readdirSync, readSync, realpathSync, statSync, type Dirent } from 'node:fs';
import nodePath from 'node:path';

import type { WorkflowSource } from '../../model/source.ts';
import { systemErrorCode, ToolError } from '../tool-error.ts';
import { withSlashes } from './with-slashes.ts';
import { isWorkflowName, MOST_BYTES, sortedByPath, WORKFLOW_FOLDER } from './workflow-folder.ts';

/** What of `node:path` decides whether a path lies in a folder; tests pass that of the other systems. */
export type PathModule = Pick<typeof nodePath, 'relative' | 'isAbsolute' | 'sep'>;

/**
 * Not to wait for a writer, should a name be a FIFO by the time it is opened. Windows has no such flag; `|` takes
 * `undefined` for 0.
 */
const OPEN = constants.O_RDONLY | constants.O_NONBLOCK;

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'The file is not there any more: it was removed while the folder was being read.',
  EACCES: 'The file may not be read. Give the user that runs this the right to read it.',
  EPERM: 'The file may not be read. Give the user that runs this the right to read it.',
  EISDIR: 'This is a folder, not a file.',
};
const NOT_REGULAR = 'This is not a regular file, so it is not read.';
const BROKEN_LINK = 'This symbolic link leads nowhere.';
const LEADS_OUT = 'This symbolic link leads out of the repository, so it is not followed.';
const FILE_LEADS_OUT = `${LEADS_OUT} Put the file itself here.`;
const FOLDER_LEADS_OUT = `${LEADS_OUT} Put the folder itself here.`;

function sentenceFor(error: unknown): string {
  const code = systemErrorCode(error) ?? 'unknown error';
  return SENTENCES[code] ?? `The file could not be read (${code}).`;
}

/** Whether a real path lies in a real folder, and not in the data of git, here or further down, which can hold tokens. */
export function isInRepository(root: string, real: string, path: PathModule = nodePath): boolean {
  const relative = path.relative(root, real);
  if (relative === '' || path.isAbsolute(relative)) return false;
  const names = relative.split(path.sep);
  return names[0] !== '..' && !names.some((name) => name.toLowerCase() === '.git');
}

/** Reads one file, at most one byte over the limit, which shows that it is over. */
function readBounded(file: string | Buffer, scratch: Buffer): Uint8Array {
  const descriptor = openSync(file, OPEN);
  try {
    let length = 0;
    for (;;) {
      const count = readSync(descriptor, scratch, length, scratch.length - length, null);
      length += count;
      if (count === 0 || length === scratch.length) return Buffer.from(scratch.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}

/** A name that is not valid UTF-8 is found by its bytes only. */
function fileOf(folder: string, name: Buffer): string | Buffer {
  const text = name.toString();
  const isText = Buffer.from(text).equals(name);
  return isText ? nodePath.join(folder, text) : Buffer.concat([Buffer.from(folder + nodePath.sep), name]);
}

function readEntry(root: string, folder: string, entry: Dirent<Buffer>, scratch: Buffer): Uint8Array | string | null {
  let file = fileOf(folder, entry.name);
  try {
    if (entry.isSymbolicLink()) {
      file = realpathSync.native(file);
      if (!isInRepository(root, file)) return FILE_LEADS_OUT;
      const target = statSync(file);
      if (target.isDirectory()) return null;
      if (!target.isFile()) return NOT_REGULAR;
    } else if (entry.isDirectory()) {
      // GitHub takes no folder for a workflow, whatever its name.
      return null;
    } else if (!entry.isFile()) {
      return NOT_REGULAR;
    }
    return readBounded(file, scratch);
  } catch (error) {
    const code = systemErrorCode(error);
    return entry.isSymbolicLink() && (code === 'ENOENT' || code === 'ELOOP') ? BROKEN_LINK : sentenceFor(error);
  }
}

/** The real path of a folder. Throws a ToolError when there is no such folder. */
export function realFolder(directory: string): string {
  const shown = withSlashes(directory);
  try {
    const real = realpathSync.native(directory);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    const code = systemErrorCode(error) ?? 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new ToolError(`No such folder: ${shown}`);
    throw new ToolError(`The folder ${shown} could not be read (${code}).`);
  }
  throw new ToolError(`${shown} is a file; give the folder of a repository's checkout.`);
}

/** What a folder holds, with names as bytes. */
export function listFolder(folder: string): Dirent<Buffer>[] {
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
}

/**
 * The workflow files of a checkout, by path. Links are followed while they stay inside of it. A file that cannot be
 * read becomes a source with an error, and hides no other. Reading is synchronous: for thousands of small files that
 * is several times as fast as the asynchronous functions.
 *
 * @param directory the root of a checkout.
 * @param list how a folder is listed; a test changes the folder behind it.
 * @returns no sources when the checkout has no `.github/workflows`.
 * @throws ToolError when there is no such folder, or the folder of the workflow files may not be listed.
 */
export function readWorkflowFiles(directory: string, list = listFolder): WorkflowSource[] {
  const root = realFolder(directory);
  let folder: string;
  let entries: Dirent<Buffer>[];
  try {
    folder = realpathSync.native(nodePath.join(root, WORKFLOW_FOLDER));
    if (!isInRepository(root, folder)) return [{ path: WORKFLOW_FOLDER, error: FOLDER_LEADS_OUT }];
    entries = list(folder);
  } catch (error) {
    const code = systemErrorCode(error) ?? 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new ToolError(`The folder ${WORKFLOW_FOLDER} could not be read (${code}).`, { path: WORKFLOW_FOLDER });
  }
  const scratch = Buffer.allocUnsafe(MOST_BYTES + 1);
  const sources: WorkflowSource[] = [];
  for (const entry of entries) {
    const name = entry.name.toString();
    if (!isWorkflowName(name)) continue;
    const path = `${WORKFLOW_FOLDER}/${name}`;
    const found = readEntry(root, folder, entry, scratch);
    if (typeof found === 'string') sources.push({ path, error: found });
    else if (found !== null) sources.push({ path, bytes: found });
  }
  return sortedByPath(sources);
}
