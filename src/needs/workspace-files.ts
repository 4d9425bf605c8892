import { pathBelow } from '../words/path-below.ts';

/** A script after `cd` names files from elsewhere. */
export function changesFolder(script: string): boolean {
  return /(^|[\s;&|(])(cd|chdir|pushd|Set-Location|sl)\s/im.test(script);
}

/**
 * A file of the workspace, where the repository under test is checked out in the folder `root` of it. `readFile` reads that
 * repository; `null` is a file that is not there or not known.
 */
export function readInWorkspace(root: string, name: string, readFile: (path: string) => string | null): string | null {
  const [folder, path] = [pathBelow(root), pathBelow(name)];
  if (folder === null || path === null) return null;
  if (folder === '') return readFile(path);
  return path.startsWith(`${folder}/`) ? readFile(path.slice(folder.length + 1)) : null;
}
