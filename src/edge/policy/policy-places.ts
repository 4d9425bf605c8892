import { realpathSync } from 'node:fs';
import path from 'node:path';

import { findCheckout } from '../git/git-folder.ts';
import { withSlashes } from '../files/with-slashes.ts';

export const POLICY_FILE = '.github/permissions-policy.yml';
export const BASELINE_FILE = '.github/permissions-baseline.json';

/** Where a file of the policy is. */
export interface FilePlace {
  /** How messages name it: from the folder that is checked, or as the user wrote it. */
  readonly shown: string;
  /** From the root of the checkout, with `/`; `null` when it lies outside. */
  readonly inCheckout: string | null;
  /** Where it is on this machine. */
  readonly file: string;
  /** The user asked for this very file. */
  readonly isNamed: boolean;
}

/** Where policy and baseline are. */
export interface PolicyPlaces {
  /** The root of the checkout. */
  readonly root: string;
  /** The folder that is checked, from the root; empty or with `/` at its end. */
  readonly prefix: string;
  readonly policy: FilePlace;
  readonly baseline: FilePlace;
}

/** What the user says of these places; file names are relative to `from`. */
export interface NamedFiles {
  readonly policy?: string | undefined;
  readonly baseline?: string | undefined;
  readonly from: string;
}

/** A path without links in the folders that are there: the same file must not seem to lie elsewhere by another name. */
function real(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    const folder = path.dirname(file);
    return folder === file ? file : path.join(real(folder), path.basename(file));
  }
}

/** The folders above a file, from the root of the file system down. */
function foldersAbove(file: string): readonly string[] {
  const folder = path.dirname(file);
  return folder === file ? [] : [...foldersAbove(folder), folder];
}

/**
 * A file as a path below the checkout's root, when it lies there. Links on the way to the root are resolved, and those in
 * the checkout never: a pull request can put one there, and would so decide which file it is judged by.
 */
function placeBelow(root: string, file: string): string {
  const top = foldersAbove(file).find((folder) => real(folder) === root);
  return top === undefined
    ? path.join(real(path.dirname(file)), path.basename(file))
    : path.join(root, path.relative(top, file));
}

/** Whether there is a link on the way from a folder to one below it. */
export function leadsThroughLink(top: string, folder: string): boolean {
  const straight = path.relative(top, folder);
  const isBelow = straight !== '..' && !straight.startsWith(`..${path.sep}`) && !path.isAbsolute(straight);
  return isBelow && path.relative(real(top), real(folder)) !== straight;
}

/** Where policy and baseline are for a folder that is checked. Starts no git and reads neither file. */
export function policyPlaces(directory: string, named: NamedFiles): PolicyPlaces {
  const folder = real(directory);
  const root = findCheckout(folder)?.root ?? folder;
  const below = withSlashes(path.relative(root, folder));
  const prefix = below === '' ? '' : `${below}/`;
  const placeOf = (name: string | undefined, usual: string): FilePlace => {
    const file = name === undefined ? path.join(folder, usual) : placeBelow(root, path.resolve(named.from, name));
    const relative = withSlashes(path.relative(root, file));
    const isInside = relative !== '' && !path.isAbsolute(relative) && relative.split('/')[0] !== '..';
    const shown = isInside ? withSlashes(path.relative(folder, file)) : withSlashes(name ?? usual);
    return { shown, inCheckout: isInside ? relative : null, file, isNamed: name !== undefined };
  };
  return { root, prefix, policy: placeOf(named.policy, POLICY_FILE), baseline: placeOf(named.baseline, BASELINE_FILE) };
}
