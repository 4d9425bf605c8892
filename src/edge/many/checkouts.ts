import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { byCodeUnit } from '../../words/by-code-unit.ts';
import { listedShort } from '../../words/in-words.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { splitRepositoryName, type RepositoryName } from '../command-line/option-values.ts';
import { systemErrorCode, ToolError } from '../tool-error.ts';
import { withSlashes } from '../files/with-slashes.ts';
import { realFolder } from '../files/workflow-files.ts';
import { WORKFLOW_FOLDER } from '../files/workflow-folder.ts';

/** The checkouts of a folder. */
export interface Checkouts {
  /** By name, in lower case. */
  readonly repositories: readonly RepositoryName[];
  /** Folders that no repository can have the name of, as `OWNER/NAME`. */
  readonly others: readonly string[];
}

/**
 * Finds the checkouts `FOLDER/OWNER/NAME`. `OWNER/NAME@REF` is a version for those that call it, and no repository.
 *
 * @throws ToolError when there is no such folder, or none in it, or it looks like another one.
 */
export function checkoutsIn(folder: string): Checkouts {
  realFolder(folder);
  const shown = withSlashes(folder);
  refuseCheckout(folder, `${inQuotes(shown)} is a checkout itself. Leave --all out to check it, or give`);
  const repositories: RepositoryName[] = [];
  const others: string[] = [];
  for (const owner of foldersIn(folder)) {
    refuseCheckout(
      path.join(folder, owner),
      `${inQuotes(`${shown}/${owner}`)} is a checkout, and the folders of ${inQuotes(shown)} are to be owners. Give`,
    );
    for (const name of foldersIn(path.join(folder, owner))) {
      const repository = splitRepositoryName(`${owner}/${name}`);
      if (repository !== null) repositories.push(repository);
      else if (!name.includes('@')) others.push(`${owner}/${name}`);
    }
  }
  if (repositories.length === 0) {
    throw new ToolError(
      `${inQuotes(shown)} has no folders OWNER/NAME. Put a checkout of each repository there, such as ` +
        `${path.posix.join(shown, 'octo-org/octo-repo')}, and give that folder.`,
    );
  }
  return { repositories: repositories.sort(byName), others };
}

/** What is to be said of folders that were left out; empty where there are none. */
export function leftOut({ others }: Checkouts): string {
  if (others.length === 0) return '';
  return `Not checked, as no repository can have such a name: ${listedShort(others.map(inQuotes), MOST_NAMES)}.`;
}

const MOST_NAMES = 5;

/** A checkout in the place of a folder of checkouts: its own folders would be taken for repositories without workflows. */
function refuseCheckout(folder: string, sentence: string): void {
  if (!existsSync(path.join(folder, WORKFLOW_FOLDER)) && !existsSync(path.join(folder, '.git'))) return;
  throw new ToolError(`${sentence} the folder above its owner, which has checkouts at OWNER/NAME.`);
}

/** The folders in a folder, and links, which lead to folders or nowhere. */
function foldersIn(folder: string): readonly string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new ToolError(
      `The folder ${withSlashes(folder)} could not be read (${systemErrorCode(error) ?? 'unknown error'}).`,
    );
  }
  return entries
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && !isFile(path.join(folder, entry.name))))
    .map(({ name }) => name);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === false;
}

function byName(one: RepositoryName, other: RepositoryName): number {
  const [a, b] = [`${one.owner}/${one.name}`, `${other.owner}/${other.name}`];
  return byCodeUnit(a.toLowerCase(), b.toLowerCase()) || byCodeUnit(a, b);
}
