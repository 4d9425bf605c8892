import type { InputFile } from '../input/input.ts';
import { isTooMuch, MOST_FILES, MOST_TEXT, TOO_MUCH } from '../input/input.ts';
import { pathInRepository } from '../input/paths.ts';

/** Files as the browser gives them, each with the path that is known of it. */
interface GivenFile {
  readonly path: string;
  readonly file: File;
}

/** What was given: files, or why there are none, in one sentence. */
export type Given = { readonly files: readonly InputFile[] } | { readonly error: string };

/** Reads files that were opened. */
export async function readOpened(list: FileList): Promise<Given> {
  return read([...list].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/** Reads files and folders that were dropped. */
export async function readDropped(data: DataTransfer): Promise<Given> {
  // Entries are gone once this function waits.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return readOpened(data.files);
  const found: GivenFile[] = [];
  for (const entry of entries) await collect(entry, found);
  return read(found);
}

/** A folder such as `node_modules` has nothing for us, and may have a million files. */
const SKIPPED = /^(?:node_modules|\.git)$/;

const YAML = /\.ya?ml$/i;

async function collect(entry: FileSystemEntry, found: GivenFile[]): Promise<void> {
  // One more tells that there are too many.
  if (found.length > MOST_FILES) return;
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ''), file });
    return;
  }
  if (!(entry instanceof FileSystemDirectoryEntry) || SKIPPED.test(entry.name)) return;
  const reader = entry.createReader();
  for (;;) {
    const children = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (children.length === 0) return;
    for (const child of children) {
      // Of a folder only workflows and actions count.
      if (child.isDirectory || isWanted(child.fullPath)) await collect(child, found);
    }
  }
}

function isWanted(path: string): boolean {
  return /\/\.github\/.*\.ya?ml$|^\/workflows\/[^/]+\.ya?ml$|\/action\.ya?ml$/i.test(path);
}

async function read(given: readonly GivenFile[]): Promise<Given> {
  const wanted = given.length === 1 ? given : given.filter(({ path }) => YAML.test(path));
  if (wanted.length === 0) return { error: 'There is no YAML file among these.' };
  const size = wanted.reduce((sum, { file }) => sum + file.size, 0);
  // No character has more than four bytes: what is larger need not be read to know.
  if (size > 4 * MOST_TEXT || wanted.length > MOST_FILES) return { error: TOO_MUCH };
  try {
    const files = await Promise.all(
      wanted.map(async ({ path, file }) => ({ path: pathInRepository(path), text: await file.text() })),
    );
    return isTooMuch(files) ? { error: TOO_MUCH } : { files };
  } catch {
    return { error: 'These files cannot be read.' };
  }
}
