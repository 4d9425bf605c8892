import type { NewPermission } from './permission.ts';

/** The setting "Workflow permissions" of a repository, an organization or an enterprise, as GitHub's API names it. */
export type DefaultPermissions = 'read' | 'write';

export type Visibility = 'public' | 'private' | 'internal';

/**
 * What a pull request from a fork gets in a private or internal repository: no run, a run with a read token, or a run
 * with a write token.
 */
export type ForkPullRequests = 'off' | 'read' | 'write';

/** A GitHub Enterprise Server version, without its patch number. */
export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
}

/** What runs the workflows: github.com, or a GitHub Enterprise Server of a version. */
export type Platform = (
  | {
      readonly kind: 'github.com';
      /** The day of a run, YYYY-MM-DD: what GitHub added later was not there yet. Not given for now. */
      readonly asOf?: string;
    }
  | { readonly kind: 'ghes'; readonly version: ServerVersion }
) & {
  /** Permissions that it has beside those that our table says; `check` takes them from the settings. */
  readonly newPermissions?: readonly NewPermission[];
};

/** What is known about the repository from outside its workflow files. */
export interface Settings {
  readonly platform: Platform;
  /** Who the repository is, or `null` when nothing tells. */
  readonly repository: { readonly owner: string; readonly name: string } | null;
  /** The commit that the workflow files are of; not given when they are just files. */
  readonly commit?: string;
  readonly visibility: Visibility | 'unknown';
  readonly defaultPermissions: {
    readonly value: DefaultPermissions | 'unknown';
    readonly source: 'option' | 'settings' | 'log' | 'policy' | 'none';
    /** The address of the run whose log shows it; not given for another source. */
    readonly run?: string;
  };
  readonly forkPullRequests: ForkPullRequests | 'unknown';
  /**
   * Whether a job may create and approve pull requests, which `pull-requests: write` alone does not let it; not given when
   * it is not known.
   */
  readonly canApprovePullRequestReviews?: boolean;
  /** Permissions that GitHub added after our table was made, as a policy says. */
  readonly newPermissions?: readonly NewPermission[];
  /** The files are only some of the repository's, so that a called one may be there all the same; not given for a checkout. */
  readonly onlySomeFiles?: true;
}

/** The value of a setting that is asked for to see what it would change. */
export type WhatIf =
  | { readonly setting: 'default-permissions'; readonly value: DefaultPermissions }
  | { readonly setting: 'visibility'; readonly value: Visibility };
