import type { Location } from '../model/position.ts';

/** Where a script stands in its file. */
export interface ScriptPlace extends Location {
  /** The line of the file on which the script's first line stands; `null` when its lines are not the file's. */
  readonly firstLine: number | null;
}

/** What of the job's token a step can reach. */
export interface TokenReach {
  /** The step's environment: `env` of workflow, job and step, as written with `${{ }}`. */
  readonly env: Readonly<Record<string, string>>;
  /** Further expressions that give the token, such as `inputs.token` in a composite action that is handed it. */
  readonly tokenExpressions?: readonly string[];
  /** A checkout before it left its credentials for git. */
  readonly git: boolean;
  /** A step before it gave git credentials that are not the job's token as well, for another repository or for this one. */
  readonly otherGit?: boolean;
  /** A step before it left the token where every program finds it: a file or `GITHUB_ENV`. */
  readonly stored?: boolean;
  /** A step before it logged `gh` in with the token. */
  readonly ghLogin?: boolean;
  /** Container and package registries that a step before it logged in to with the token, such as `ghcr.io`. */
  readonly registries?: readonly string[];
  /** The job may ask for an identity token (`id-token: write`), which every program of it can. */
  readonly identity?: boolean;
}

/** What is known of the step and its job. */
export interface StepContext {
  readonly place: ScriptPlace;
  readonly reach: TokenReach;
  /** `owner/name` of the workflow's repository, where that is known. */
  readonly repository?: string;
  /** The events that start the job; needed to tell a comment on an issue from one on a pull request. */
  readonly events?: readonly string[];
  /** A file of the checkout, from its root; `null` when it is not there or not known. */
  readonly readFile?: (path: string) => string | null;
}

/** Where line `index` of the script stands, counted from 0. */
export function locationOf(place: ScriptPlace, index: number, column: number): Location {
  const { path, line } = place;
  if (place.firstLine === null) return { path, line, column: place.column };
  return { path, line: place.firstLine + index, column };
}
