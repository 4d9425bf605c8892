import type { CalledSource } from '../../model/called-file.ts';
import { checkoutName, filesOfCommit, filesOfFolder, type ReadCheckoutFile } from '../files/checkout-files.ts';
import { ApiError, type GetJson } from '../github/github-api.ts';
import { gitObjectName } from '../git/git-object-name.ts';
import type { CheckedFiles, FilesAsked } from '../reading/needs-sources.ts';
import { apiFailure } from '../policy/api-files.ts';
import { openGit } from '../git/run-git.ts';
import { readTree } from '../github/workflow-files-api.ts';

/** Git's names of files of the base, by their paths from the folder that is checked; a file that it has not is not in it. */
export type BaseObjects = (paths: readonly string[]) => ReadonlyMap<string, string>;

/** Room for a line about each of so many files that nobody has more. */
const MOST_OF_GIT = 64 * 1024 * 1024;

/** Asks git or the API; `null` when the API does not list so many files. */
export async function baseObjects(base: CheckedFiles, get: GetJson | null): Promise<BaseObjects | null> {
  if (base.kind === 'commit') return objectsOfGit(base);
  return base.kind === 'folder' || get === null ? null : objectsOfApi(base, get);
}

async function objectsOfGit({ folder, commit }: CheckedFiles & { kind: 'commit' }): Promise<BaseObjects> {
  const git = await openGit({ folder, offline: true }, MOST_OF_GIT);
  const shown = git(['rev-parse', '--show-prefix'], '');
  const prefix = shown === 'too-much' ? '' : shown.stdout.toString().replace(/\r?\n$/, '');
  return (paths) => {
    const answer = git(['cat-file', '--batch-check'], paths.map((path) => `${commit}:${prefix}${path}\n`).join(''));
    const lines = answer === 'too-much' || answer.status !== 0 ? [] : answer.stdout.toString().split('\n');
    return new Map(
      paths.flatMap((path, index) => {
        const [, object] = /^([0-9a-f]+) blob \d+$/.exec(lines[index] ?? '') ?? [];
        return object === undefined ? [] : [[path, object] as const];
      }),
    );
  };
}

async function objectsOfApi(
  { repository, commit, prefix }: CheckedFiles & { kind: 'api' },
  get: GetJson,
): Promise<BaseObjects | null> {
  let objects: ReadonlyMap<string, string>;
  try {
    const entries = await readTree(get, repository, commit, 'recursive');
    objects = new Map(entries.flatMap(({ type, name, sha }) => (type === 'blob' ? [[name, sha] as const] : [])));
  } catch (error) {
    if (error instanceof ApiError && error.status === 0) return null;
    throw apiFailure(`The files of ${commit}`, error, '');
  }
  return (paths) =>
    new Map(
      paths.flatMap((path) => {
        const object = objects.get(prefix + path);
        return object === undefined ? [] : [[path, object] as const];
      }),
    );
}

/**
 * Whether all files that the needs of the head were worked out from are the same in the base. Asked when they were: then
 * jobs whose workflow is unchanged need the same.
 */
export function isSameFor(asked: FilesAsked, objectsOf: BaseObjects): boolean {
  const objects = objectsOf([...asked.keys()]);
  return [...asked].every(([path, source]) => isSame(source, objects.get(path)));
}

function isSame(source: CalledSource, object: string | undefined): boolean {
  if (source.kind !== 'found') return source.kind === 'not-found' && object === undefined;
  return object !== undefined && gitObjectName(source.bytes, object.length === 64 ? 'sha256' : 'sha1') === object;
}

/**
 * Reads what a base that only the API has shares with the head: to ask for each script would be too many requests.
 *
 * @returns `undefined` when the head is not here either.
 */
export async function sharedFiles(
  head: CheckedFiles,
  objectsOf: BaseObjects,
): Promise<((path: string) => CalledSource | null) | undefined> {
  const read = await readerOf(head);
  if (read === null) return undefined;
  return (path) => {
    const name = checkoutName(path);
    if (name === null) return null;
    const source = read(name);
    return isSame(source, objectsOf([name]).get(name)) ? source : null;
  };
}

/** Reads files of what is here; `null` for what only the API has. */
export async function readerOf(head: CheckedFiles): Promise<ReadCheckoutFile | null> {
  if (head.kind === 'api') return null;
  return head.kind === 'folder' ? filesOfFolder(head.folder) : filesOfCommit(head.folder, head.commit, head.offline);
}
