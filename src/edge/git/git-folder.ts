import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A checkout of git: its root, and the folder that holds its configuration. */
export interface GitCheckout {
  readonly root: string;
  /** Holds `config`. Worktrees share the one of their main checkout. */
  readonly commonFolder: string;
}

/** The text of a small file, or `null` when it cannot be read. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/**
 * Where a `.git` leads: a folder, or, in worktrees and submodules, a file that names one
 * (https://git-scm.com/docs/gitrepository-layout). `null` when there is none.
 */
function commonFolderOf(root: string): string | null {
  const dotGit = path.join(root, '.git');
  const stats = statSync(dotGit, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (stats.isDirectory()) return dotGit;
  if (!stats.isFile()) return null;
  const target = /^gitdir: (.+?)\r?\n?$/s.exec(textOf(dotGit) ?? '')?.[1];
  if (target === undefined) return null;
  const gitFolder = path.resolve(root, target);
  const common = textOf(path.join(gitFolder, 'commondir'))?.trimEnd();
  return common === undefined || common === '' ? gitFolder : path.resolve(gitFolder, common);
}

/** The checkout that a folder belongs to, found by walking up from it, or `null`. Never starts git. */
export function findCheckout(folder: string): GitCheckout | null {
  for (let root = path.resolve(folder); ; root = path.dirname(root)) {
    try {
      const commonFolder = commonFolderOf(root);
      if (commonFolder !== null) return { root, commonFolder };
    } catch {
      // A folder that may not be looked into holds nothing for us.
    }
    if (path.dirname(root) === root) return null;
  }
}
