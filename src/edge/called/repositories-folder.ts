import { readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';

import type { CalledSource, RepositoryFile } from '../../model/called-file.ts';
import { errorMessage, systemErrorCode } from '../tool-error.ts';
import { readBounded } from '../files/read-bounded.ts';
import { isInRepository, readWorkflowFiles, realFolder } from '../files/workflow-files.ts';
import { isWorkflowPath } from '../files/workflow-folder.ts';
import { once } from './once.ts';
import { isFullCommit, pick, type Elsewhere, type FoundFiles, type Source } from './source.ts';

/** Stands for all that would be behind a link. */
const LEADS_OUT = [{ path: '.github', error: 'A symbolic link leads out of the folder of repositories.' }];

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** The name that is written so, else one that differs in the case of letters only. */
function nameLike(names: readonly string[], wanted: string): string | undefined {
  return names.find((name) => name === wanted) ?? names.find((name) => name.toLowerCase() === wanted.toLowerCase());
}

/**
 * The folder of a repository at a ref, else its folder for any ref. GitHub ignores the case of owners and names, but not
 * of refs. All names are taken from the listing, so no name of a stranger's becomes part of a path.
 */
function checkoutName(names: readonly string[], name: string, ref: string): string | undefined {
  const atRef = `@${ref.replaceAll('/', '%2F')}`;
  const atThisRef = names.filter((one) => one.endsWith(atRef)).map((one) => one.slice(0, -atRef.length));
  const found = nameLike(atThisRef, name);
  return found === undefined ? nameLike(names, name) : `${found}${atRef}`;
}

/**
 * Reads called files from checkouts of other repositories, at `FOLDER/OWNER/NAME@REF/` (a `/` in REF written `%2F`) or
 * `FOLDER/OWNER/NAME/` for any ref. Never reads outside of the folder, whatever links and names say.
 *
 * @throws ToolError when there is no such folder.
 */
export function repositoriesFolder(folder: string): Source {
  const root = realFolder(folder);
  const isInside = (below: string): boolean => isInRepository(root, realpathSync.native(path.join(root, below)));
  let owners: readonly string[] | undefined;
  const checkouts = once(
    (owner: string) => owner,
    (owner) => (isInside(owner) ? namesIn(path.join(root, owner)) : []),
  );
  const filesIn = once(
    (below: string) => below,
    (below): FoundFiles => {
      const where = path.join(folder, below).replaceAll(path.sep, '/');
      const ref = below.includes('@') ? below.slice(below.indexOf('@') + 1) : null;
      const commit = ref !== null && isFullCommit(ref) ? ref.toLowerCase() : null;
      const sources = isInside(below) ? readWorkflowFiles(path.join(root, below)) : LEADS_OUT;
      return { sources, commit, anyRef: ref === null, where };
    },
  );
  /** A file that is no workflow, such as a shared policy. No part of its name leads out of the checkout. */
  function otherFile(file: RepositoryFile, below: string): CalledSource {
    const { where, commit, anyRef } = filesIn(below);
    const missing = { kind: 'not-found' as const, reason: `There is no file ${file.path} in ${where}` };
    if (!isInside(below) || file.path.split('/').some((part) => part === '..')) return missing;
    let real: string;
    try {
      real = realpathSync.native(path.join(root, below, file.path));
    } catch {
      return missing;
    }
    if (!isInRepository(realpathSync.native(path.join(root, below)), real)) return missing;
    const bytes = readBounded(real);
    if (bytes === 'too-big') return { kind: 'unavailable', reason: `${where}, ${file.path}: it has more than 1 MiB` };
    return bytes === null ? missing : { kind: 'found', bytes, commit, anyRef };
  }
  function read(file: RepositoryFile): CalledSource | Elsewhere {
    const owner = nameLike((owners ??= namesIn(root)), file.owner);
    const checkout = owner === undefined ? undefined : checkoutName(checkouts(owner), file.name, file.ref);
    if (owner === undefined || checkout === undefined) return { kind: 'elsewhere', note: '' };
    const below = path.join(owner, checkout);
    return isWorkflowPath(file.path) ? pick(file, filesIn(below)) : otherFile(file, below);
  }
  return (file) => {
    try {
      return Promise.resolve(read(file));
    } catch (error) {
      return Promise.resolve({ kind: 'unavailable', reason: errorMessage(error) });
    }
  };
}
