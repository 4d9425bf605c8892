import type { Actor } from '../../../src/model/grant.ts';
import type { Settings } from '../../../src/model/settings.ts';

/** A file that the visitor gave. */
export interface InputFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What the files do not tell, and which runs to show. */
export interface Choices {
  readonly defaultPermissions: Settings['defaultPermissions']['value'];
  readonly visibility: Settings['visibility'];
  readonly forkPullRequests: Settings['forkPullRequests'];
  /** `null` for all events. */
  readonly event: string | null;
  readonly starter: Actor;
}

/** All that an answer is computed from. */
export interface Input extends Choices {
  readonly files: readonly InputFile[];
}

/** The choices that have a list of values. */
type Listed = Exclude<keyof Choices, 'event'>;

const VALUES: { readonly [Name in Listed]: readonly [Choices[Name], ...Choices[Name][]] } = {
  defaultPermissions: ['unknown', 'read', 'write'],
  visibility: ['unknown', 'public', 'private', 'internal'],
  forkPullRequests: ['unknown', 'off', 'read', 'write'],
  starter: ['repository', 'fork', 'dependabot'],
};

/** Takes what was given for a choice and returns it; what is no value of it is as if nothing had been chosen. */
export function chosen<Name extends Listed>(name: Name, given: unknown): Choices[Name] {
  const values: readonly [Choices[Name], ...Choices[Name][]] = VALUES[name];
  return values.find((value) => value === given) ?? values[0];
}

export const NO_CHOICES: Choices = {
  defaultPermissions: 'unknown',
  visibility: 'unknown',
  forkPullRequests: 'unknown',
  event: null,
  starter: 'repository',
};

/** More than these are too many to look at on one page: the command line takes any number. */
export const MOST_FILES = 60;

/** Of all files together, in UTF-16 code units. */
export const MOST_TEXT = 1024 * 1024;

/** GitHub's event names are shorter. */
export const LONGEST_EVENT = 100;

export const LONGEST_PATH = 300;

export const TOO_MUCH = `This page takes up to ${MOST_FILES} files and 1 MiB of text. The command line takes any number.`;

/** Whether files are too many or too long for this page. */
export function isTooMuch(files: readonly InputFile[]): boolean {
  return files.length > MOST_FILES || files.reduce((sum, { text }) => sum + text.length, 0) > MOST_TEXT;
}
