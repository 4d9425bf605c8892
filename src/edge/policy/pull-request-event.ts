import { commitIn, jsonObject, textIn } from '../action/event-payload.ts';

/** An event that asks whether changes may go into a branch. */
export interface PullRequestEvent {
  /**
   * `pull_request`: the run's commit merges the head into the base. `pull_request_target`: the run's commit is of the
   * base. `merge_group`: it is of a queue.
   */
  readonly kind: 'pull_request' | 'pull_request_target' | 'merge_group';
  /** The branch that the changes are for, without `refs/heads/`. */
  readonly base: string;
  /** The head's commit, `null` when the event does not tell. */
  readonly head: string | null;
  /** The commit that a merge group stands on, which may be ahead of the branch; `null` for the other events. */
  readonly groupBase: string | null;
  /** Whether the base is the repository's default branch; `null` when the event does not tell. */
  readonly isDefaultBranch: boolean | null;
}

interface Payload {
  readonly pull_request?: { readonly base?: { readonly ref?: unknown }; readonly head?: { readonly sha?: unknown } };
  readonly merge_group?: { readonly base_ref?: unknown; readonly base_sha?: unknown; readonly head_sha?: unknown };
  readonly repository?: { readonly default_branch?: unknown };
}

/**
 * What an event says of a base and a head; `null` for one that has none. Reviews of a pull request run on its merge
 * commit, as `pull_request` does.
 *
 * @param name the event's name, as `GITHUB_EVENT_NAME` has it.
 * @param payload the event's JSON; one that is malformed tells nothing.
 * @param baseRef as `GITHUB_BASE_REF` has it.
 * @returns `'unknown'` for such an event that does not tell its base.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function pullRequestEvent(name: string, payload: string, baseRef: string): PullRequestEvent | 'unknown' | null {
  const { pull_request: request, merge_group: group, repository }: Payload = jsonObject(payload);
  if (name === 'merge_group') {
    const base = textIn(group?.base_ref)?.replace(/^refs\/heads\//, '');
    if (base === undefined) return 'unknown';
    const [groupBase, head] = [commitIn(group?.base_sha), commitIn(group?.head_sha)];
    return { kind: 'merge_group', base, head, groupBase, isDefaultBranch: null };
  }
  if (!/^pull_request(_target|_review|_review_comment)?$/.test(name)) return null;
  const base = textIn(request?.base?.ref) ?? textIn(baseRef);
  if (base === null) return 'unknown';
  const branch = textIn(repository?.default_branch);
  return {
    kind: name === 'pull_request_target' ? 'pull_request_target' : 'pull_request',
    base,
    head: commitIn(request?.head?.sha),
    groupBase: null,
    isDefaultBranch: branch === null ? null : branch === base,
  };
}
