import { isMissingFromPayload, isPullRequestEvent } from '../../token/trigger-events.ts';
import type { Reached } from './reach.ts';
import type { ContextPath } from './values.ts';

/**
 * Texts that whoever causes an event writes freely: quotes, `$(…)` and line ends included. Numbers, logins and commits
 * are left out.
 *
 * @see https://docs.github.com/en/actions/concepts/security/script-injections
 */
const TEXTS = [
  'github.event.issue.title',
  'github.event.issue.body',
  'github.event.pull_request.title',
  'github.event.pull_request.body',
  'github.event.pull_request.head.ref',
  'github.event.pull_request.head.label',
  'github.event.pull_request.head.repo.default_branch',
  'github.event.pull_request.head.repo.description',
  'github.event.pull_request.head.repo.homepage',
  'github.event.comment.body',
  'github.event.review.body',
  'github.event.discussion.title',
  'github.event.discussion.body',
  'github.event.workflow_run.display_title',
  'github.event.workflow_run.head_branch',
  'github.event.workflow_run.head_commit.message',
  'github.event.workflow_run.head_commit.author.name',
  'github.event.workflow_run.head_commit.author.email',
  'github.event.workflow_run.head_repository.description',
  'github.event.workflow_run.pull_requests.*.head.ref',
  'github.event.forkee.description',
  'github.head_ref',
].map((path) => path.split('.'));

/** Names of commits, branches and repositories that a pull request brings along. */
const CODE = [
  'github.head_ref',
  'github.event.pull_request.head.sha',
  'github.event.pull_request.head.ref',
  'github.event.pull_request.head.label',
  'github.event.pull_request.head.repo',
  'github.event.pull_request.merge_commit_sha',
  'github.event.workflow_run.head_sha',
  'github.event.workflow_run.head_branch',
  'github.event.workflow_run.head_commit.id',
  'github.event.workflow_run.head_repository',
  'github.event.workflow_run.pull_requests.*.head',
].map((path) => path.split('.'));

/** Numbers of pull requests: with `refs/pull/` in front of them they name code. */
const NUMBERS = [
  'github.event.number',
  'github.event.pull_request.number',
  'github.event.issue.number',
  'github.event.workflow_run.pull_requests.*.number',
].map((path) => path.split('.'));

/** Whether a value holds a text that the outsider wrote: it, a part of it, or something that it is a part of. */
export function isOutsiderText(path: ContextPath, reached: Reached): boolean {
  return isThere(path, reached) && TEXTS.some((text) => isWithin(path, text) || isWithin(text, path));
}

/** Whether a value names the code of the outsider's pull request. */
export function isOutsiderCode(path: ContextPath, reached: Reached): boolean {
  return isThere(path, reached) && CODE.some((code) => isWithin(path, code));
}

/** Whether a value is the number of a pull request that an outsider may have opened. */
export function isPullRequestNumber(path: ContextPath, reached: Reached): boolean {
  return isThere(path, reached) && NUMBERS.some((number) => isWithin(path, number));
}

/** Whether a value is the id of the run that started this one. */
export function isRunBefore(path: ContextPath): boolean {
  return path.join('.') === 'github.event.workflow_run.id';
}

/** Whether what an outsider's pull request brings along may be in a run: in one of that event, or in the next one. */
export function isAboutPullRequest({ event, source }: Reached): boolean {
  return event !== 'workflow_run' || source === null || isPullRequestEvent(source);
}

/** Whether a run of the event has the value at all, from an outsider. */
function isThere([, first, second = '', third]: ContextPath, reached: Reached): boolean {
  const { event } = reached;
  // Of a run for a branch of the repository itself, no more than the title may be the outsider's.
  if (second === 'workflow_run' && !isAboutPullRequest(reached)) return third === 'display_title';
  // Only these have the branch of the pull request, and its number under `number`.
  if (first === 'head_ref' || second === 'number') return event === 'pull_request' || event === 'pull_request_target';
  return !isMissingFromPayload(event, second);
}

function isWithin(path: ContextPath, outer: ContextPath): boolean {
  return outer.every((part, index) => part === path[index]);
}
