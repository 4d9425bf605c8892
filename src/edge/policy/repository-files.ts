import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowSource } from '../../model/source.ts';
import type { BytesAtHand } from '../git/git-object-name.ts';
import { readBounded } from '../files/read-bounded.ts';
import { gitSentence, runGit } from '../git/run-git.ts';
import { systemErrorCode, ToolError } from '../tool-error.ts';
import { isInRepository, readWorkflowFiles, realFolder } from '../files/workflow-files.ts';
import { NOT_FETCHED, readWorkflowFilesAt } from '../git/workflow-files-at.ts';
import { MOST_BYTES, NOT_A_FILE } from '../files/workflow-folder.ts';

/** The files of a repository: those of a folder, or those of a commit. Paths are from its root, with `/`. */
export interface RepositoryFiles {
  /** What messages call the place, such as `main at 0123…`. */
  readonly where: string;
  /**
   * The bytes of a file, `null` when there is no such file.
   *
   * @throws ToolError when it cannot be read, or is no file.
   */
  readonly file: (path: string) => Promise<Uint8Array | null>;
  /**
   * The workflow files, by path. A file that cannot be read is a source with an error. One that is at hand already is
   * not read again.
   */
  readonly workflows: (atHand?: BytesAtHand) => Promise<readonly WorkflowSource[]>;
}

/** Why a file is not taken, in the words that all places use. */
export function cannotRead(path: string, where: string, reason: string): ToolError {
  return new ToolError(`${path} in ${where} cannot be read: ${reason}`, { path });
}

export const TOO_BIG = 'It has more than 1 MiB.';

/**
 * The bytes of a file that lies outside of the repository; `null` when there is none.
 *
 * @throws ToolError for one that cannot be read, such as a folder.
 */
export function bytesHere(file: string, shown: string): Uint8Array | null {
  try {
    const bytes = readBounded(file);
    if (bytes !== 'too-big') return bytes;
  } catch (error) {
    throw cannotRead(shown, 'this machine', `${systemErrorCode(error) ?? 'unknown error'}.`);
  }
  throw cannotRead(shown, 'this machine', TOO_BIG);
}

/**
 * The files of a folder. Links are not followed, as git does not follow them when it has the file of a commit: what one
 * leads to need not be what is reviewed.
 *
 * @param root the root of the checkout; paths are from there.
 * @param project the folder in it whose workflow files are meant.
 */
export function folderFiles(root: string, project: string, where: string): RepositoryFiles {
  function file(name: string): Uint8Array | null {
    const found = path.join(root, name);
    const stats = lstatSync(found, { throwIfNoEntry: false });
    if (stats === undefined) return null;
    if (stats.isSymbolicLink()) throw cannotRead(name, where, NOT_A_FILE.link);
    if (!stats.isFile()) throw cannotRead(name, where, 'This is not a regular file.');
    if (!isInRepository(realFolder(root), realpathSync.native(found))) {
      throw cannotRead(name, where, 'A symbolic link leads out of the repository.');
    }
    const bytes = readBounded(found);
    if (bytes === 'too-big') throw cannotRead(name, where, TOO_BIG);
    return bytes;
  }
  return {
    where,
    file: (name) => {
      try {
        return Promise.resolve(file(name));
      } catch (error) {
        if (error instanceof ToolError) return Promise.reject(error);
        const code = systemErrorCode(error) ?? 'unknown error';
        // A file stands where a folder should be: then there is no such file.
        return code === 'ENOTDIR' ? Promise.resolve(null) : Promise.reject(cannotRead(name, where, `${code}.`));
      }
    },
    workflows: () => Promise.resolve(readWorkflowFiles(project)),
  };
}

/** Git has the name of a file and not the file: a partial clone left it out. */
export class NotFetchedError extends ToolError {}

/**
 * The files of a commit that git has.
 *
 * @param project a folder of the checkout, whose workflow files are meant.
 */
export function gitFiles(project: string, commit: string, offline: boolean, where: string): RepositoryFiles {
  const run = { folder: project, offline };
  /** Git does not follow a link to a folder, so what lies behind one only seems to be missing. */
  async function leadsThroughLink(name: string): Promise<boolean> {
    const parts = name.split('/');
    const folders = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
    if (folders.length === 0) return false;
    const tree = await runGit(['ls-tree', '-z', '--full-tree', commit, '--', ...folders], run);
    if (tree.status !== 0) throw cannotRead(name, where, `${gitSentence(tree)}.`);
    return /(?:^|\0)120000 /.test(tree.stdout.toString());
  }
  return {
    where,
    file: async (name) => {
      const tree = await runGit(['ls-tree', '-z', '-l', '--full-tree', commit, '--', name], run);
      if (tree.status !== 0) throw cannotRead(name, where, `${gitSentence(tree)}.`);
      const [, mode = '', object = '', size = ''] = /^(\d+) \w+ (\w+) +(\S+)\t/.exec(tree.stdout.toString()) ?? [];
      if (mode === '') {
        if (await leadsThroughLink(name)) throw cannotRead(name, where, NOT_A_FILE.link);
        return null;
      }
      if (mode === '120000') throw cannotRead(name, where, NOT_A_FILE.link);
      if (!mode.startsWith('100')) throw cannotRead(name, where, 'This is not a file.');
      if (Number(size) > MOST_BYTES) throw cannotRead(name, where, TOO_BIG);
      const blob = await runGit(['cat-file', 'blob', object], run);
      if (blob.status !== 0)
        throw new NotFetchedError(`${name} in ${where} cannot be read: ${NOT_FETCHED}`, { path: name });
      return blob.stdout;
    },
    workflows: async (atHand) => {
      const sources = await readWorkflowFilesAt(project, commit, offline, atHand);
      const missing = sources.find((source) => 'error' in source && source.error === NOT_FETCHED);
      if (missing === undefined) return sources;
      throw new NotFetchedError(`${missing.path} in ${where} cannot be read: ${NOT_FETCHED}`, { path: missing.path });
    },
  };
}
