/** In these events a pull request from a fork gets a reduced token. */
const REDUCED_FOR_FORKS: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]);

/** In these events Dependabot's runs get a reduced default. */
const REDUCED_FOR_DEPENDABOT: ReadonlySet<string> = new Set([
  ...REDUCED_FOR_FORKS,
  'push',
  'create',
  'deployment',
  'deployment_status',
]);

/** Nobody's change starts these: a clock, a person or a program does, or the caller's event decides. */
const WITHOUT_CHANGE: ReadonlySet<string> = new Set([
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
  'workflow_call',
]);

/** The types that start a workflow when `types` is not written, where that is not every type. */
const DEFAULT_TYPES: readonly string[] = ['opened', 'synchronize', 'reopened'];

/** In these activities a pull request is certainly open. Most others happen to closed ones, too. */
const OPEN: ReadonlySet<string> = new Set(DEFAULT_TYPES);

/** Events whose payload has no `action`. */
const WITHOUT_ACTION: ReadonlySet<string> = new Set([
  'push',
  'create',
  'delete',
  'fork',
  'gollum',
  'page_build',
  'public',
  'schedule',
  'status',
  'workflow_dispatch',
]);

/** Events that can be limited to types of activity. For others the key `types` says nothing. */
const WITH_TYPES: ReadonlySet<string> = new Set([
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'discussion',
  'discussion_comment',
  'issue_comment',
  'issues',
  'label',
  'merge_group',
  'milestone',
  'project',
  'project_card',
  'project_column',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'registry_package',
  'release',
  'repository_dispatch',
  'watch',
  'workflow_run',
]);

/** Events of which GitHub does not tell what their payload holds. */
const UNDOCUMENTED: ReadonlySet<string> = new Set([
  'dynamic',
  'image_version',
  'interactive_component',
  'member',
  'pull_request_comment',
]);

/** Parts of `github.event` that only these events have, of those that GitHub documents. */
const PAYLOAD: ReadonlyMap<string, readonly string[]> = new Map([
  ['pull_request', [...REDUCED_FOR_FORKS, 'pull_request_target']],
  ['issue', ['issues', 'issue_comment']],
  ['release', ['release']],
  ['workflow_run', ['workflow_run', 'deployment', 'deployment_status']],
  ['inputs', ['workflow_dispatch']],
  ['client_payload', ['repository_dispatch']],
  ['head_commit', ['push']],
  ['schedule', ['schedule']],
  ['discussion', ['discussion', 'discussion_comment']],
  ['deployment', ['deployment', 'deployment_status']],
  ['check_run', ['check_run', 'deployment_status']],
  ['check_suite', ['check_suite']],
  ['comment', ['issue_comment', 'pull_request_review_comment', 'discussion_comment']],
  ['merge_group', ['merge_group']],
  ['review', ['pull_request_review']],
]);

/**
 * Whether GitHub reduces the token of a run that a pull request from a fork starts.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#how-permissions-are-calculated-for-a-workflow-job
 */
export function isReducedForForks(event: string): boolean {
  return REDUCED_FOR_FORKS.has(event);
}

/**
 * Whether GitHub reduces the default in a run that Dependabot starts.
 *
 * @see https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 */
export function isReducedForDependabot(event: string): boolean {
  return REDUCED_FOR_DEPENDABOT.has(event);
}

/** Whether an event is about a pull request, which may come from a fork. */
export function isPullRequestEvent(event: string): boolean {
  return REDUCED_FOR_FORKS.has(event) || event === 'pull_request_target';
}

/** Whether Dependabot can start a run by this event. */
export function canBeStartedByDependabot(event: string): boolean {
  return !WITHOUT_CHANGE.has(event);
}

/**
 * The types of activity that can start a run, as far as they are known: those written, those that GitHub takes when none
 * are; `['']` for an event without types; `null` when it may be any.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function activityTypes(event: string, written: readonly string[] | null): readonly string[] | null {
  if (WITHOUT_ACTION.has(event)) return [''];
  if (!WITH_TYPES.has(event)) return null;
  if (written !== null && written.length > 0) return [...new Set(written)];
  return event === 'pull_request' || event === 'pull_request_target' ? DEFAULT_TYPES : null;
}

/** Whether `github.event` certainly lacks a part in runs of an event. */
export function isMissingFromPayload(event: string, part: string): boolean {
  return PAYLOAD.get(part)?.includes(event) === false && !UNDOCUMENTED.has(event);
}

/**
 * Whether the pull request of a run is certainly open: then the repository that it comes from exists, and the run is for
 * its merge branch. Once it is closed, a fork may be gone, and a merged one runs on its base branch.
 */
export function isOpenPullRequest(event: string, action: string | null): boolean {
  return (event === 'pull_request' || event === 'pull_request_target') && OPEN.has(action ?? '');
}
