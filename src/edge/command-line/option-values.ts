import type { DefaultPermissions, ServerVersion, WhatIf } from '../../model/settings.ts';
import { mostRestrictive } from '../../permissions/default-setting.ts';
import { parseServerVersion } from '../../permissions/platform.ts';
import { didYouMean } from '../../words/nearest-word.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { ToolError } from '../tool-error.ts';
import { listed } from '../../words/in-words.ts';

/**
 * Turns the text of an option or input into its value. `option` is its name as the user knows it, for messages. Throws
 * a ToolError that lists what is allowed.
 */
export type ValueParser<T> = (text: string, option: string) => T;

/** The owner and the name of a repository. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** A parser that takes one of these words and nothing else. */
export function oneOf<const Word extends string>(words: readonly Word[]): ValueParser<Word> {
  return (text, option) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw new ToolError(`${option} takes ${listed(words, 'or')}, not ${inQuotes(text)}.${didYouMean(text, words)}`);
  };
}

/** `true` or `false`, as the inputs of an action write it. */
export const trueOrFalse: ValueParser<boolean> = (text, option) => oneOf(['true', 'false'])(text, option) === 'true';

/** Any text but the empty one. */
export const anyText: ValueParser<string> = (text) => text;

const LEVELS = ['enterprise', 'organization', 'repository'] as const;
const SETTING = ['read', 'write'] as const;
const SETTING_OR_UNKNOWN = ['read', 'write', 'unknown'] as const;

/** An example of levels that are known apart, for messages and documentation. */
export const LEVELS_EXAMPLE = 'enterprise=write,organization=read,repository=write';

/**
 * The setting "Workflow permissions": one word, or the levels that are known (`enterprise=write,repository=read`), of
 * which the most restrictive applies.
 */
export const defaultPermissions: ValueParser<DefaultPermissions | 'unknown'> = (text, option) => {
  const orLevels = `${option} takes ${listed(SETTING_OR_UNKNOWN, 'or')}, or the levels that are known, such as ${LEVELS_EXAMPLE}`;
  const fail = (what: string): never => {
    throw new ToolError(`${orLevels}; ${what}`);
  };
  if (!text.includes('=')) {
    const word = SETTING_OR_UNKNOWN.find((allowed) => allowed === text);
    return word ?? fail(`${inQuotes(text)} is none of these.${didYouMean(text, SETTING_OR_UNKNOWN)}`);
  }
  const levels: Partial<Record<(typeof LEVELS)[number], DefaultPermissions>> = {};
  for (const part of text.split(',')) {
    const [name = '', value = '', ...more] = part.split('=').map((piece) => piece.trim());
    const level = LEVELS.find((known) => known === name);
    const setting = SETTING.find((known) => known === value);
    if (level === undefined) return fail(`${inQuotes(name)} is not a level.${didYouMean(name, LEVELS)}`);
    if (setting === undefined || more.length > 0) {
      const wrong = [value, ...more].join('=');
      return fail(`${level} is read or write, not ${inQuotes(wrong)}.${didYouMean(wrong, SETTING)}`);
    }
    if (levels[level] !== undefined) return fail(`${level} stands there twice.`);
    levels[level] = setting;
  }
  return mostRestrictive(levels);
};

/** The settings that can be tried, each with its values. */
const TRIED = {
  'default-permissions': ['read', 'write'],
  visibility: ['public', 'private', 'internal'],
} as const satisfies { readonly [Setting in WhatIf['setting']]: readonly (WhatIf & { setting: Setting })['value'][] };

/** What may be tried, each value by itself. */
export const WHAT_IF_VALUES = Object.entries(TRIED).flatMap(([setting, values]) =>
  values.map((value) => `${setting}=${value}`),
);

/** The same in the form of the help, one for each setting. */
export const WHAT_IF = Object.entries(TRIED).map(([setting, values]) => `${setting}=${values.join('|')}`);

/** `default-permissions=read` and the like. */
export const whatIf: ValueParser<WhatIf> = (text, option) => {
  const equals = text.indexOf('=');
  const setting = equals === -1 ? text : text.slice(0, equals);
  const value = equals === -1 ? '' : text.slice(equals + 1);
  const name = `${option} ${setting}`;
  if (setting === 'default-permissions') return { setting, value: oneOf(TRIED[setting])(value, name) };
  if (setting === 'visibility') return { setting, value: oneOf(TRIED[setting])(value, name) };
  const meant = didYouMean(setting, Object.keys(TRIED));
  throw new ToolError(`${option} takes ${listed(WHAT_IF, 'or')}, not ${inQuotes(text)}.${meant}`);
};

// https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
// Owners of managed users hold an underscore. GitHub turns any other character in a repository's name into a dash.
const REPOSITORY_NAME = /^([A-Za-z0-9][A-Za-z0-9_-]{0,99})\/([A-Za-z0-9._-]{1,100})$/;

/** The parts of `OWNER/NAME`, or `null` when the text is not the name of a repository. */
export function splitRepositoryName(text: string): RepositoryName | null {
  const [, owner, name] = REPOSITORY_NAME.exec(text) ?? [];
  if (owner === undefined || name === undefined || name === '.' || name === '..') return null;
  return { owner, name };
}

/** `OWNER/NAME`. */
export const repositoryName: ValueParser<RepositoryName> = (text, option) => {
  const name = splitRepositoryName(text);
  if (name !== null) return name;
  throw new ToolError(`${option} takes OWNER/NAME, such as octo-org/octo-repo, not ${inQuotes(text)}.`);
};

/** A GitHub Enterprise Server version such as `3.17` or `3.17.4`. */
export const serverVersion: ValueParser<ServerVersion> = (text, option) => {
  const version = parseServerVersion(text);
  if (version !== null) return version;
  throw new ToolError(
    `${option} takes the version of a GitHub Enterprise Server, 3.2 or newer, such as 3.17, not ${inQuotes(text)}.`,
  );
};

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const NOT_IN_A_REF = /[\x00-\x20\x7f]/;

/**
 * A git ref. One that begins with a dash is refused, since git would read it as an option; no branch or tag can have
 * such a name (https://git-scm.com/docs/git-check-ref-format).
 */
export const gitRef: ValueParser<string> = (text, option) => {
  if (!text.startsWith('-') && !NOT_IN_A_REF.test(text)) return text;
  throw new ToolError(`${option} takes a git ref, such as main, v1.2.3 or a commit, not ${inQuotes(text)}.`);
};
