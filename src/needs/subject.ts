import type { Demands } from './api/route-table.ts';

/** What is written or read: an issue, a pull request, either of them, or neither, as labels belong to the repository. */
export type Subject = 'issue' | 'pull request' | 'unknown' | 'none';

/** The events whose subject is a pull request. */
const ABOUT_PULL_REQUESTS = /^(pull_request(_target|_review|_review_comment)?|merge_group)$/;

/** What is said of `pull_request` and its like alone. */
export function areAboutPullRequests(events: readonly string[]): boolean {
  return events.length > 0 && events.every((event) => ABOUT_PULL_REQUESTS.test(event));
}

/**
 * Whether that which takes `issues` or `pull-requests` is about an issue or a pull request. GitHub's list names both
 * permissions for such a route, and it is the number that decides: an issue takes the first, a pull request the second.
 *
 * @see https://docs.github.com/en/rest/issues/comments#create-an-issue-comment
 * @see https://github.com/github/command — which permission for which, at `permissions`
 */
export function subjectOf(demands: Demands, events: readonly string[]): Subject {
  const [first, ...others] = demands.flatMap((set) =>
    set.length === 1 ? set.map(({ permission }) => permission) : [],
  );
  if (first === 'pull-requests') return others.includes('issues') ? 'pull request' : 'none';
  if (first !== 'issues' || !others.includes('pull-requests')) return 'none';
  if (areAboutPullRequests(events)) return 'pull request';
  return events.length > 0 && events.every((event) => event === 'issues') ? 'issue' : 'unknown';
}

/** What `gh issue` is about: it takes the number of a pull request as well, which events of them hand on. */
export function subjectOfIssueCommand(events: readonly string[]): Subject {
  if (areAboutPullRequests(events)) return 'pull request';
  return events.some((event) => event === 'issue_comment' || ABOUT_PULL_REQUESTS.test(event)) ? 'unknown' : 'issue';
}
