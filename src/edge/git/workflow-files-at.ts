import type { WorkflowSource } from '../../model/source.ts';
import type { BytesAtHand } from './git-object-name.ts';
import { gitSentence, runGit } from './run-git.ts';
import { ToolError } from '../tool-error.ts';
import { withSlashes } from '../files/with-slashes.ts';
import {
  isWorkflowName,
  MOST_BYTES,
  NOT_A_FILE,
  sortedByPath,
  tooManyBytes,
  WORKFLOW_FOLDER,
} from '../files/workflow-folder.ts';

/** What `git ls-tree` tells about one name. */
interface TreeEntry {
  readonly mode: string;
  readonly object: string;
  /** Not a number for what has no size, or is missing. */
  readonly size: number;
  readonly path: string;
}

/** What is said about a file whose name git has, but not what is in it. */
export const NOT_FETCHED = 'Git does not have this file. Fetch it first.';

const BATCH = ['cat-file', '--batch', '--buffer'];

const LINK = '120000';
const SUBMODULE = '160000';

/** https://git-scm.com/docs/git-ls-tree#_output_format, with `-l` and `-z`. */
function parseTree(text: string): TreeEntry[] {
  return text.split('\0').flatMap((line) => {
    const [, mode = '', object = '', size = '', path = ''] = /^(\d+) \w+ (\w+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    return path === '' ? [] : [{ mode, object, size: Number(size), path }];
  });
}

/** What `git cat-file --batch` prints, by object; what it does not have is not in it. */
function parseBatch(output: Buffer): ReadonlyMap<string, Uint8Array> {
  const objects = new Map<string, Uint8Array>();
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf('\n', at);
    if (end === -1) break;
    const [object = '', type, size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type === 'missing' || size === undefined) continue;
    objects.set(object, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return objects;
}

/**
 * The commit that a git ref means.
 *
 * @throws ToolError when git is missing, the folder is in no repository, or the ref names no commit.
 */
export async function commitAt(directory: string, ref: string, offline: boolean): Promise<string> {
  const run = { folder: directory, offline };
  const parsed = await runGit(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], run);
  if (parsed.status !== 0) {
    throw new ToolError(
      parsed.stderr.trim() === ''
        ? `The repository has no ref ${ref}. Fetch it first, or name a branch, a tag or a commit that is there.`
        : `Git could not look up ${ref} in ${withSlashes(directory)}: ${gitSentence(parsed)}. Give the folder of a git checkout.`,
    );
  }
  return parsed.stdout.toString().trim();
}

/**
 * The workflow files that a checkout's repository has at a git ref, by path; the folder's own files play no part.
 *
 * @param directory the root of a checkout, or a bare repository.
 * @param atHand files that need not be read.
 * @throws ToolError when git is missing, the folder is in no repository, or the ref names no commit.
 */
export async function readWorkflowFilesAt(
  directory: string,
  ref: string,
  offline: boolean,
  atHand: BytesAtHand = () => undefined,
): Promise<WorkflowSource[]> {
  const run = { folder: directory, offline };
  const commit = await commitAt(directory, ref, offline);
  const list = async (...paths: string[]): Promise<TreeEntry[]> => {
    const tree = await runGit(['ls-tree', '-z', '-l', commit, '--', ...paths], run);
    if (tree.status !== 0) throw new ToolError(`Git could not list the files of ${ref}: ${gitSentence(tree)}.`);
    return parseTree(tree.stdout.toString());
  };
  const entries = (await list(`${WORKFLOW_FOLDER}/`)).filter((entry) => isWorkflowName(entry.path));
  if (entries.length === 0) {
    const linked = (await list('.github', WORKFLOW_FOLDER)).find((entry) => entry.mode === LINK);
    return linked === undefined ? [] : [{ path: linked.path, error: NOT_A_FILE.linkedFolder }];
  }
  const wanted = entries.filter(
    ({ mode, object, size }) => mode.startsWith('100') && !(size > MOST_BYTES) && atHand(object) === undefined,
  );
  const input = wanted.map((entry) => `${entry.object}\n`).join('');
  const objects =
    input === '' ? new Map<string, Uint8Array>() : parseBatch((await runGit(BATCH, { ...run, input })).stdout);
  return sortedByPath(
    entries.flatMap(({ mode, object, size, path }): WorkflowSource[] => {
      if (mode === LINK) return [{ path, error: NOT_A_FILE.link }];
      if (mode === SUBMODULE) return [{ path, error: NOT_A_FILE.submodule }];
      if (!mode.startsWith('100')) return [];
      const bytes = size > MOST_BYTES ? tooManyBytes() : (atHand(object) ?? objects.get(object));
      return [bytes ? { path, bytes } : { path, error: NOT_FETCHED }];
    }),
  );
}
