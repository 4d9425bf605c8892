/** A run of a workflow, as GitHub tells of it. */
export interface ObservedRun {
  readonly id: number;
  readonly attempt: number;
  /** The address of its page. */
  readonly url: string;
  /** The workflow file, from the repository's root. */
  readonly path: string;
  readonly event: string;
  /** The head commit. GitHub takes the file of a pull request's run from the merge of that commit, which it does not tell. */
  readonly commit: string;
  readonly branch: string | null;
  /** The login of who started it. */
  readonly actor: string | null;
  /** `OWNER/NAME` of the head commit; another one for a pull request from a fork. */
  readonly headRepository: string | null;
  /** When it started, ISO 8601. */
  readonly date: string;
  /** How it ended; `null` while it runs. */
  readonly conclusion: string | null;
}
