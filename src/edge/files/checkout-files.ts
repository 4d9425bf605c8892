import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';

import type { CalledSource } from '../../model/called-file.ts';
import { pathBelow } from '../../words/path-below.ts';
import { once } from '../called/once.ts';
import { readBounded } from './read-bounded.ts';
import { openGit } from '../git/run-git.ts';
import { errorMessage } from '../tool-error.ts';
import { isInRepository, realFolder } from './workflow-files.ts';
import { MOST_BYTES } from './workflow-folder.ts';

/** Reads a file of a checkout, from its root, while whoever asks waits. Never throws. */
export type ReadCheckoutFile = (path: string) => CalledSource;

const TOO_BIG = 'it has more than 1 MiB';

/** Room for the line that git writes before the content of a file. */
const MOST_OF_GIT = MOST_BYTES + 4096;

function unavailable(name: string, reason: string): CalledSource {
  return { kind: 'unavailable', reason: `${name} in the checkout cannot be read: ${reason}` };
}

/** The path from the root that a written one means; `null` for one that leads out of the checkout, or names no file. */
export function checkoutName(written: string): string | null {
  const name = pathBelow(written.replaceAll('\\', '/'));
  // eslint-disable-next-line no-control-regex -- no file that anybody means has such a name, and git reads line by line
  return name === null || name === '' || /[\x00-\x1f]/.test(name) ? null : name;
}

/** Each file once, by a path that leads out of the checkout in no way that any system knows. */
function checked(read: ReadCheckoutFile): ReadCheckoutFile {
  const known = once((name: string) => name, read);
  return (written) => {
    const name = checkoutName(written);
    return name === null ? missing(written) : known(name);
  };
}

function missing(name: string): CalledSource {
  return { kind: 'not-found', reason: `There is no file ${name} in the checkout` };
}

/**
 * The files of a folder. A link is followed while it stays inside, as the program that opens the file does.
 *
 * @throws ToolError when there is no such folder.
 */
export function filesOfFolder(folder: string): ReadCheckoutFile {
  const root = realFolder(folder);
  return checked((name) => {
    let real: string;
    try {
      real = realpathSync.native(path.join(root, name));
    } catch {
      return missing(name);
    }
    try {
      if (!isInRepository(root, real)) return unavailable(name, 'it leads out of the repository');
      if (!statSync(real).isFile()) return missing(name);
      const bytes = readBounded(real);
      if (bytes === 'too-big') return unavailable(name, TOO_BIG);
      return bytes === null ? missing(name) : { kind: 'found', bytes, commit: null, anyRef: false };
    } catch (error) {
      return unavailable(name, errorMessage(error));
    }
  });
}

/**
 * The files of a commit that git has. Git follows links that stay inside, and names what it does not give.
 *
 * @param folder a folder of the checkout, or a bare repository; paths are from there.
 * @throws ToolError when there is no git.
 * @see https://git-scm.com/docs/git-cat-file#Documentation/git-cat-file.txt---follow-symlinks
 */
export async function filesOfCommit(folder: string, commit: string, offline: boolean): Promise<ReadCheckoutFile> {
  const git = await openGit({ folder, offline }, MOST_OF_GIT);
  const shown = git(['rev-parse', '--show-prefix'], '');
  const prefix = shown === 'too-much' ? '' : shown.stdout.toString().replace(/\r?\n$/, '');
  function read(name: string): CalledSource {
    const answer = git(['cat-file', '--batch', '--follow-symlinks'], `${commit}:${prefix}${name}\n`);
    if (answer === 'too-much') return unavailable(name, TOO_BIG);
    const head = /^[0-9a-f]+ blob (\d+)\n/.exec(answer.stdout.toString('latin1', 0, 200));
    if (head === null) return missing(name);
    const [line, size] = head;
    if (Number(size) > MOST_BYTES) return unavailable(name, TOO_BIG);
    const bytes = answer.stdout.subarray(line.length, line.length + Number(size));
    return { kind: 'found', bytes, commit, anyRef: false };
  }
  return checked((name) => {
    try {
      return read(name);
    } catch (error) {
      return unavailable(name, errorMessage(error));
    }
  });
}
