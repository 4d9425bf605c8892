import type { Actor } from './grant.ts';
import type { RepositoryFile } from './called-file.ts';
import type { NewPermission, Permissions } from './permission.ts';
import type { Location, Position } from './position.ts';
import type { FindingLevel, PolicyNotice } from './report.ts';
import type { DefaultPermissions, WhatIf } from './settings.ts';

/** How a policy weighs a rule. From strictest to mildest: error, warning, note, off. */
export type RuleLevel = FindingLevel | 'off';

/** What a policy says of one rule. */
export interface RuleSetting {
  /** The level of every finding of the rule; the highest one for a rule in proportion. */
  readonly level: RuleLevel;
  /** Whether lower grades of a rule in proportion stay. */
  readonly inProportion: boolean;
}

/**
 * Which jobs an entry of a policy is about; `null` is about all. Patterns as written: `*` within one element, `**` across
 * `/`, `?`, `[…]`.
 */
export interface JobMatcher {
  /** Name or path of the root's workflow file. */
  readonly workflows: readonly string[] | null;
  /** The path of job ids from the root's job down, joined with `/`. */
  readonly jobs: readonly string[] | null;
  /** The file that defines the job, as the report names it. */
  readonly called: readonly string[] | null;
}

/** The most that a job may get. The last entry that matches replaces the earlier ones. */
export interface Limit extends JobMatcher, Location {
  readonly events: readonly string[] | null;
  readonly actors: readonly Actor[] | null;
  /** Shorthands spelled out; what is not named is none. */
  readonly permissions: Permissions;
}

/** Findings that are excused, by identity. */
export interface Exception extends JobMatcher, Location {
  readonly rule: string;
  /** Only findings about these permissions; `null` for all. */
  readonly permissions: readonly string[] | null;
  readonly reason: string;
  /** The last day on which it excuses, YYYY-MM-DD in UTC; `null` when it does not end. */
  readonly expires: string | null;
}

/** What a policy that extends this one may make milder. */
export interface MayLoosen {
  readonly rules: readonly string[];
  readonly limits: boolean;
  readonly exceptions: boolean;
  readonly scopes: boolean;
  readonly trustedOwners: boolean;
  readonly actions: boolean;
}

/** One policy file as written. */
export interface PolicyFile {
  /** How messages name it: its path, or `OWNER/NAME/path@REF`. */
  readonly path: string;
  readonly defaultPermissions: DefaultPermissions | null;
  /** The value of a setting to try in every report. */
  readonly whatIf: WhatIf | null;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly limits: readonly Limit[];
  readonly exceptions: readonly Exception[];
  readonly extends: (RepositoryFile & { readonly position: Position }) | null;
  readonly scopes: readonly NewPermission[];
  /** Owners of the same enterprise. */
  readonly trustedOwners: readonly string[];
  /** What an action needs, by `owner/name` or `owner/name/path`, in lower case. */
  readonly actions: ReadonlyMap<string, Permissions>;
  readonly mayLoosen: MayLoosen;
  /** What is no mistake, and what its owner should know. */
  readonly notices: readonly PolicyNotice[];
}

/** A policy: the repository's own file, then the one that it extends, and so on. None at all is the empty list. */
export type Policy = readonly PolicyFile[];

/** A mistake in a policy file. With one, there is no policy and so no report. */
export interface PolicyProblem extends Location {
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
}
