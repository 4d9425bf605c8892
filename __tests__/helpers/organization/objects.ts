import { createHash } from 'node:crypto';

/** A file, link or submodule as git keeps it. */
export interface GitFile {
  readonly mode: '100644' | '120000' | '160000';
  readonly text: string;
}

/** The files of a commit, by path. */
export type Files = ReadonlyMap<string, GitFile>;

/** What stands at a path of a commit. */
export interface Entry {
  readonly name: string;
  readonly mode: number;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
  readonly size: number;
  /** Of a folder, what is in it. */
  readonly entries?: readonly Entry[];
}

export function sha1(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Git's id of a file. */
export function blobId(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  return sha1(`blob ${bytes.length}\0`, bytes);
}

/** A file of a text. */
export function file(text: string): GitFile {
  // As bytes, one a character, so that a file can also hold what is no text.
  return { mode: '100644', text: Buffer.from(text).toString('latin1') };
}

function entryOf(name: string, { mode, text }: GitFile): Entry {
  const number = Number.parseInt(mode, 8);
  if (mode === '160000') return { name, mode: number, type: 'commit', oid: sha1('submodule'), size: 0 };
  return { name, mode: number, type: 'blob', oid: blobId(text), size: text.length };
}

/** What stands at a path, `null` for nothing. Links are not followed. */
export function entryAt(files: Files, path: string): Entry | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = files.get(path);
  if (found !== undefined) return entryOf(name, found);
  const below = [...files.keys()].filter((one) => one.startsWith(`${path}/`));
  if (below.length === 0) return null;
  const names = [...new Set(below.map((one) => one.slice(path.length + 1).split('/')[0]!))].sort();
  const entries = names.map((one) => entryAt(files, `${path}/${one}`)!);
  const oid = sha1('tree', JSON.stringify(entries.map(({ name: each, mode, oid: id }) => [each, mode, id])));
  return { name, mode: 0o40000, type: 'tree', oid, size: 0, entries };
}
