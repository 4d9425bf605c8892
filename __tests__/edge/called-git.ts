import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { addFiles, temporaryFolder } from './temporary-folder.ts';

const SETTINGS = [
  ...['user.name=Mona', 'user.email=mona@example.com', 'commit.gpgsign=false'],
  ...['core.autocrlf=false', 'protocol.file.allow=always'],
  // Examples of hooks and looking after old objects only take time.
  ...['init.templateDir=', 'maintenance.auto=false'],
].flatMap((setting) => ['-c', setting]);

/** Runs git in a folder, and returns what it prints. */
export function git(folder: string, ...args: string[]): string {
  return gitWith('', folder, ...args);
}

function gitWith(input: string, folder: string, ...args: string[]): string {
  return execFileSync('git', [...SETTINGS, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
    stdio: ['pipe', 'pipe', 'ignore'],
  }).trim();
}

/** Commits these files on top of the others, and returns the commit. */
export function commit(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  addFiles(folder, files);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'x');
  return git(folder, 'rev-parse', 'HEAD');
}

/** A commit of a history that is made at once: it has the files of its first parent, but for these. */
interface NewCommit {
  readonly ref: string;
  /** By their places in the history. */
  readonly parents: readonly number[];
  /** `null` removes a file. */
  readonly files: Readonly<Record<string, string | null>>;
}

/** Makes these commits in a repository, whose branch `main` is checked out then, and returns their names. */
export function history(folder: string, commits: readonly NewCommit[]): readonly string[] {
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const stream = commits.map(({ ref, parents, files }, index) => {
    const [first, ...others] = parents.map((parent) => `:${parent + 1}`);
    const head = `commit ${ref}\nmark :${index + 1}\ncommitter Mona <mona@example.com> 1700000000 +0000\n${data('x')}`;
    const from = first === undefined ? '' : `from ${first}\n`;
    const merged = others.map((other) => `merge ${other}\n`).join('');
    const changed = Object.entries(files).map(([name, content]) =>
      content === null ? `D ${name}\n` : `M 100644 inline ${name}\n${data(content)}`,
    );
    return `${head}${from}${merged}${changed.join('')}\n`;
  });
  const marks = path.join(folder, '.git', 'marks');
  gitWith(stream.join(''), folder, 'fast-import', '--quiet', `--export-marks=${marks}`);
  git(folder, 'checkout', '-q', '-f', 'main');
  const names = new Map(
    Array.from(readFileSync(marks, 'utf8').matchAll(/^:(\d+) (\w+)$/gm), ([, mark, name]) => [mark, name!]),
  );
  return commits.map((_, index) => names.get(String(index + 1))!);
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
