import { execFileSync } from 'node:child_process';

import { addFiles, temporaryFolder } from './temporary-folder.ts';

const PERSON = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.com', '-c', 'commit.gpgsign=false'];

/** Runs git in a folder, and returns what it prints. */
export function git(folder: string, ...args: string[]): string {
  const all = [...PERSON, '-c', 'core.autocrlf=false', '-c', 'protocol.file.allow=always', ...args];
  return execFileSync('git', all, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

/** Commits these files on top of the others, and returns the commit. */
export function commit(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  addFiles(folder, files);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'x');
  return git(folder, 'rev-parse', 'HEAD');
}

/** A repository with a branch `main` and no commit. */
export function repository(): string {
  const folder = temporaryFolder();
  git(folder, 'init', '-q', '-b', 'main');
  return folder;
}

/** A clone, whose remote `origin` has this URL afterwards. */
export function clone(from: string, url: string, ...options: string[]): string {
  const folder = temporaryFolder();
  git(folder, 'clone', '-q', ...options, `file://${from}`, '.');
  git(folder, 'config', 'remote.origin.url', url);
  return folder;
}
