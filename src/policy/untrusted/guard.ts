import { isPullRequestEvent } from '../../token/trigger-events.ts';

/** Where the payload of an event says how its author belongs to the repository. */
const AUTHORS: Readonly<Record<string, string>> = {
  pull_request: 'github.event.pull_request',
  pull_request_target: 'github.event.pull_request',
  pull_request_review: 'github.event.review',
  pull_request_review_comment: 'github.event.comment',
  issue_comment: 'github.event.comment',
  discussion_comment: 'github.event.comment',
  issues: 'github.event.issue',
  discussion: 'github.event.discussion',
};

/**
 * The condition that keeps outsiders from starting a job by some events, to paste. `sources` are the events of the runs
 * before, for `workflow_run`.
 */
export function guardFor(events: readonly string[], sources: readonly string[] = []): string {
  if (events.includes('workflow_run')) {
    if (sources.some((source) => !isPullRequestEvent(source))) {
      return `!contains(fromJSON('${JSON.stringify(sources)}'), github.event.workflow_run.event)`;
    }
    return 'github.event.workflow_run.head_repository.full_name == github.repository';
  }
  const [author, ...others] = new Set(events.map((event) => AUTHORS[event]));
  if (author === undefined || others.length > 0) {
    return `!contains(fromJSON('${JSON.stringify(events)}'), github.event_name)`;
  }
  return `contains(fromJSON('["OWNER", "MEMBER", "COLLABORATOR"]'), ${author}.author_association)`;
}
