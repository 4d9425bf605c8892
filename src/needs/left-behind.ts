/** What the next steps find. */
export interface LeftBehind {
  /** The token, where every program finds it: a file or `GITHUB_ENV`. */
  readonly stored: boolean;
  /** `gh` is logged in with the token. */
  readonly ghLogin: boolean;
  /** Git has the token. */
  readonly git: boolean;
  /** Git has other credentials as well, for another repository or for this one. */
  readonly otherGit: boolean;
  /** Container and package registries that have the token, such as `ghcr.io`. */
  readonly registries: readonly string[];
}

export const NOTHING_LEFT: LeftBehind = { stored: false, ghLogin: false, git: false, otherGit: false, registries: [] };

/** What was left before, and what one more step leaves. */
export function leftAlso(
  before: LeftBehind,
  { stored, ghLogin, git, otherGit, registries }: Partial<LeftBehind>,
): LeftBehind {
  return {
    stored: before.stored || stored === true,
    ghLogin: before.ghLogin || ghLogin === true,
    git: before.git || git === true,
    otherGit: before.otherGit || otherGit === true,
    registries: registries === undefined ? before.registries : [...new Set([...before.registries, ...registries])],
  };
}
