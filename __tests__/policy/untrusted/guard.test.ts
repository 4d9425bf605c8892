import { expect, test } from '@jest/globals';

import { guardFor } from '../../../src/policy/untrusted/guard.ts';

const WRITERS = `contains(fromJSON('["OWNER", "MEMBER", "COLLABORATOR"]')`;

test.each<readonly [string, readonly string[], string]>([
  ['an issue', ['issues'], `${WRITERS}, github.event.issue.author_association)`],
  ['a pull request', ['pull_request_target'], `${WRITERS}, github.event.pull_request.author_association)`],
  ['a review', ['pull_request_review'], `${WRITERS}, github.event.review.author_association)`],
  [
    'comments of two kinds, which are found in the same place',
    ['issue_comment', 'discussion_comment'],
    `${WRITERS}, github.event.comment.author_association)`,
  ],
  [
    'what is found in two places',
    ['issues', 'issue_comment'],
    `!contains(fromJSON('["issues","issue_comment"]'), github.event_name)`,
  ],
  ['an event without an author', ['fork'], `!contains(fromJSON('["fork"]'), github.event_name)`],
  ['one with and one without', ['issues', 'fork'], `!contains(fromJSON('["issues","fork"]'), github.event_name)`],
  ['the run before', ['workflow_run'], 'github.event.workflow_run.head_repository.full_name == github.repository'],
  [
    'the run before, and others',
    ['issues', 'workflow_run'],
    'github.event.workflow_run.head_repository.full_name == github.repository',
  ],
])('a guard by %s', (_, events, guard) => {
  expect(guardFor(events)).toBe(guard);
});

test.each([
  [['pull_request', 'pull_request_target'], 'github.event.workflow_run.head_repository.full_name == github.repository'],
  [['issue_comment'], `!contains(fromJSON('["issue_comment"]'), github.event.workflow_run.event)`],
  [['pull_request', 'issues'], `!contains(fromJSON('["pull_request","issues"]'), github.event.workflow_run.event)`],
])('a guard by the run before, of %j', (sources, guard) => {
  expect(guardFor(['workflow_run'], sources)).toBe(guard);
});
