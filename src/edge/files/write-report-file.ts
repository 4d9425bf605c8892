import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { errorMessage, systemErrorCode, ToolError } from '../tool-error.ts';
import { withSlashes } from './with-slashes.ts';
import { isInRepository } from './workflow-files.ts';

/** The real path of a file that need not be there yet: links in the folders above it are resolved. */
function realPathOf(file: string): string {
  const folder = path.dirname(file);
  try {
    return path.join(realpathSync.native(folder), path.basename(file));
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT' || folder === file) throw error;
    return path.join(realPathOf(folder), path.basename(file));
  }
}

/** Whether a path lies in a folder, as it is written. */
function liesIn(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
}

/**
 * Writes a file, and the folders above it. The checkout may be a stranger's: a link in it must not lead us to write
 * elsewhere, so a link in place of the file is replaced, and one in place of a folder refused.
 *
 * @param texts what to write, one after the other.
 * @param name as the user wrote it, relative to `folder` unless it is absolute.
 * @returns the absolute path, with `/`.
 * @throws ToolError when the file cannot be written.
 */
export function writeReportFile(name: string, folder: string, workspace: string, texts: Iterable<string>): string {
  const file = path.resolve(folder, name);
  const shown = withSlashes(file);
  try {
    if (liesIn(workspace, file) && !isInRepository(realpathSync.native(workspace), realPathOf(file))) {
      throw new ToolError(`${shown} was not written: a symbolic link leads out of the workspace.`, { path: shown });
    }
    mkdirSync(path.dirname(file), { recursive: true });
    const temporary = `${file}.${randomUUID()}`;
    try {
      const descriptor = openSync(temporary, 'wx');
      try {
        for (const text of texts) writeFileSync(descriptor, text);
      } finally {
        closeSync(descriptor);
      }
      renameSync(temporary, file);
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const reason = systemErrorCode(error) ?? errorMessage(error);
    throw new ToolError(`${shown} could not be written (${reason}).`, { path: shown });
  }
  return shown;
}
