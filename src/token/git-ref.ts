import type { Trigger } from '../model/workflow.ts';
import { known, UNKNOWN } from './abstract-value.ts';
import type { Value } from './abstract-value.ts';
import { isOpenPullRequest } from './trigger-events.ts';

/** What is known of the parts of the `github` context that name a branch or a tag. */
export interface RefValues {
  readonly ref: Value;
  readonly refName: Value;
  readonly refType: Value;
  readonly baseRef: Value;
  readonly headRef: Value;
}

/** GitHub runs these on the default branch. */
const ON_DEFAULT_BRANCH: ReadonlySet<string> = new Set([
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'delete',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'image_version',
  'issue_comment',
  'issues',
  'label',
  'milestone',
  'page_build',
  'project',
  'project_card',
  'project_column',
  'public',
  'repository_dispatch',
  'schedule',
  'status',
  'watch',
  'workflow_run',
]);

const TEXT: Value = { kind: 'text', nonEmpty: true };
const EMPTY = known('');

/**
 * What a trigger tells of the ref that a run is for. A filter that names branches without patterns fixes the ref.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context
 */
export function refValues(trigger: Trigger, action: string | null): RefValues {
  const { event } = trigger;
  switch (event) {
    case 'push':
      return { ...pushed(trigger), baseRef: EMPTY, headRef: EMPTY };
    case 'pull_request':
      return isOpenPullRequest(event, action)
        ? { ...named('refs/pull/', null), refType: known('branch'), ...ofPullRequest(trigger) }
        : { ...SOMETHING, ...ofPullRequest(trigger) };
    case 'pull_request_target':
      return { ...named('refs/heads/', null), refType: known('branch'), ...ofPullRequest(trigger) };
    case 'pull_request_review':
    case 'pull_request_review_comment':
    case 'create':
      return SOMETHING;
    case 'merge_group':
      return { ...SOMETHING, ...named('refs/heads/gh-readonly-queue/', null), refType: known('branch') };
    case 'release':
      // A known fault of GitHub: the ref is empty at times, https://github.com/actions/runner/issues/2788.
      return { ...NOTHING, ref: { kind: 'text', prefix: 'refs/tags/', mayBeEmpty: true } };
    case 'workflow_dispatch':
      return { ...SOMETHING, ref: { kind: 'text', prefix: 'refs/' }, baseRef: EMPTY, headRef: EMPTY };
    default:
      // A deployment of a commit has no ref.
      return ON_DEFAULT_BRANCH.has(event) ? { ...onlyBranches(null), baseRef: EMPTY, headRef: EMPTY } : NOTHING;
  }
}

/** Nothing is known. */
const NOTHING: RefValues = {
  ref: UNKNOWN,
  refName: UNKNOWN,
  refType: UNKNOWN,
  baseRef: UNKNOWN,
  headRef: UNKNOWN,
};

/** There is some ref. */
const SOMETHING: RefValues = { ...NOTHING, ref: TEXT, refName: TEXT };

/** A filter for branches alone leaves tags out, and the other way round. */
function pushed({ branches, branchesIgnore, tags, tagsIgnore }: Trigger): RefValues {
  const hasBranches = branches !== null || branchesIgnore !== null;
  const hasTags = tags !== null || tagsIgnore !== null;
  if (hasBranches && !hasTags) return onlyBranches(literals(branches));
  if (hasTags && !hasBranches) return onlyTags(literals(tags));
  return { ...SOMETHING, ref: { kind: 'text', prefix: 'refs/' }, refType: oneOf(['branch', 'tag']) };
}

function onlyBranches(names: readonly string[] | null): RefValues {
  return { ...SOMETHING, ...named('refs/heads/', names), refType: known('branch') };
}

function onlyTags(names: readonly string[] | null): RefValues {
  return { ...SOMETHING, ...named('refs/tags/', names), refType: known('tag') };
}

function named(prefix: `refs/${string}`, names: readonly string[] | null): Pick<RefValues, 'ref' | 'refName'> {
  if (names === null) return { ref: { kind: 'text', prefix }, refName: TEXT };
  return { ref: oneOf(names.map((name) => prefix + name)), refName: oneOf(names) };
}

/** For a pull request the filter is about its base branch. */
function ofPullRequest({ branches }: Trigger): Pick<RefValues, 'baseRef' | 'headRef'> {
  const names = literals(branches);
  return { baseRef: names === null ? TEXT : oneOf(names), headRef: TEXT };
}

/** The names that a filter lists; `null` when it has patterns, which stand for any number of names. */
function literals(filter: readonly string[] | null): readonly string[] | null {
  if (filter === null || filter.length === 0) return null;
  return filter.some((pattern) => /[*?+[\]!\\]/.test(pattern)) ? null : filter;
}

function oneOf(texts: readonly string[]): Value {
  const [only, ...others] = texts;
  return only !== undefined && others.length === 0 ? known(only) : { kind: 'text', oneOf: texts };
}
