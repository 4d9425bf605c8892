import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real workflow files of public repositories, beside the project where they are at hand. */
const FOLDER = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

export interface CorpusFile {
  /** `OWNER/NAME/.github/workflows/FILE` */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const hasCorpus = existsSync(FOLDER);

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** The workflow files of all repositories. */
export function corpusFiles(): readonly CorpusFile[] {
  if (!hasCorpus) return [];
  return foldersIn(FOLDER)
    .flatMap((owner) => foldersIn(path.join(FOLDER, owner)).map((name) => `${owner}/${name}`))
    .flatMap((repository) => {
      const folder = path.join(FOLDER, repository, '.github/workflows');
      if (!existsSync(folder)) return [];
      return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
        .map(({ name }) => ({
          name: `${repository}/.github/workflows/${name}`,
          bytes: new Uint8Array(readFileSync(path.join(folder, name))),
        }));
    });
}

/** The files of all actions that stand in these repositories, be it in any folder. */
export function corpusActions(): readonly CorpusFile[] {
  if (!hasCorpus) return [];
  return readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^action\.ya?ml$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      name: path.relative(FOLDER, file).replaceAll(path.sep, '/'),
      bytes: new Uint8Array(readFileSync(file)),
    }));
}
