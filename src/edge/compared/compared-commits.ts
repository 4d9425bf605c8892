import type { PullRequestEvent } from '../policy/pull-request-event.ts';
import { ToolError } from '../tool-error.ts';
import { shortRef } from './compared-words.ts';
import type { History } from './history.ts';
import type { PushEvent } from './push-event.ts';

/**
 * The commit that a head is compared with. It need not be what the head is judged by: policy and exceptions are those of
 * the tip of the base branch, and what others changed there is not this head's doing.
 */
export type ComparedCommit = FoundCommit | NoCommit;

export interface FoundCommit {
  readonly kind: 'commit';
  /** What the log calls it, such as the branch. */
  readonly ref: string;
  readonly commit: string;
  /** Why this one, as a sentence. */
  readonly why: string;
}

export interface NoCommit {
  readonly kind: 'none';
  /** Why nothing is compared, as a sentence. */
  readonly why: string;
}

/** The tip of a branch, or of whatever a ref names. */
export interface Tip {
  readonly ref: string;
  readonly commit: string;
}

/** What a pull request or a merge group is compared with. `head` is the commit whose files are checked. */
export async function comparedInPullRequest(
  event: PullRequestEvent,
  head: string,
  tip: Tip,
  history: History,
): Promise<ComparedCommit> {
  const ref = event.base;
  if (event.kind === 'merge_group') {
    if (event.groupBase !== null) {
      return { kind: 'commit', ref, commit: event.groupBase, why: 'The base is what the merge group stands on.' };
    }
    throw new ToolError(
      'The event merge_group does not tell what the group stands on (base_sha), and it is compared with that. Leave GITHUB_EVENT_PATH as the runner sets it.',
    );
  }
  if (head === event.head) return comparedWithTip(tip, head, history);
  const [before, merged] = await history.parents(head);
  if (before === undefined) return { kind: 'none', why: `${head} is the first commit of its history.` };
  const why =
    merged === event.head
      ? 'The base is what the pull request was merged into for this run.'
      : `The base is the commit before ${head}.`;
  return { kind: 'commit', ref, commit: before, why };
}

/** What a head is compared with that left a branch somewhere; `null` for one that is no commit. */
export async function comparedWithTip(
  { ref, commit: tip }: Tip,
  head: string | null,
  history: History,
): Promise<FoundCommit> {
  const name = shortRef(ref);
  if (head === null) {
    return { kind: 'commit', ref, commit: tip, why: `The base is the tip of ${name}: what is checked has no commit.` };
  }
  const { commit, by } = await history.mergeBase(tip, head);
  if (commit !== null) {
    return { kind: 'commit', ref, commit, why: `The base is where the head left ${name}, says ${by}.` };
  }
  return {
    kind: 'commit',
    ref,
    commit: tip,
    why: `The base is the tip of ${name}: the head has no commit in common with it, says ${by}.`,
  };
}

/** What a push asks for beside the history. */
export interface PushWorld {
  readonly history: History;
  /** The tip of the default branch. */
  readonly tipOf: (branch: string) => Promise<string>;
  /** Whether a commit is still there. */
  readonly exists: (commit: string) => Promise<boolean>;
}

/** What a push is compared with. `head` is the commit whose files are checked; `null` when nobody knows. */
export async function comparedInPush(
  push: PushEvent,
  head: string | null,
  { history, tipOf, exists }: PushWorld,
): Promise<ComparedCommit> {
  const { name, before, after, defaultBranch } = push;
  const none = (why: string): ComparedCommit => ({ kind: 'none', why });
  if (after === null) return none(`${name} was deleted.`);
  if (head !== after) return none(`What is checked is not the commit that was pushed, ${after}.`);
  if (before !== null) {
    const why = 'The base is the commit that the push replaced.';
    if (await exists(before)) return { kind: 'commit', ref: name, commit: before, why };
    return none(`${name} was at ${before} before this push, and that commit is gone.`);
  }
  if (push.isTag) return none(`The tag ${name} is new.`);
  if (defaultBranch === null || name === defaultBranch) return none(`The branch ${name} is new.`);
  const tip = await tipOf(defaultBranch);
  const { commit, by } = await history.mergeBase(tip, after);
  if (commit === null) return none(`The new branch ${name} has no commit in common with ${defaultBranch}, says ${by}.`);
  const why = `The base is where the new branch ${name} left ${defaultBranch}, says ${by}.`;
  return { kind: 'commit', ref: defaultBranch, commit, why };
}
