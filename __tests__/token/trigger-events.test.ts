import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import {
  activityTypes,
  canBeStartedByDependabot,
  isMissingFromPayload,
  isPullRequestEvent,
  isReducedForDependabot,
  isReducedForForks,
} from '../../src/token/trigger-events.ts';
import { definitionOf } from '../../src/workflow/grammar/grammar.ts';

const EVENTS = definitionOf('on-event')['allowed-values'] ?? [];
const file = new URL('../../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json', import.meta.url);

interface Definition {
  readonly 'one-of'?: readonly string[];
  readonly mapping?: { readonly properties?: Readonly<Record<string, string | { readonly type: string }>> };
}
const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Readonly<Record<string, Definition>> };

/** The events that GitHub's editor lets limit to types. */
function withTypes(): readonly string[] {
  const events = definitions['on-mapping-strict']?.mapping?.properties ?? {};
  return Object.entries(events)
    .filter(([, property]) => {
      const definition = definitions[typeof property === 'string' ? property : property.type];
      const alternatives = definition?.['one-of']?.map((name) => definitions[name]) ?? [definition];
      return alternatives.some((one) => Object.hasOwn(one?.mapping?.properties ?? {}, 'types'));
    })
    .map(([event]) => event);
}

test('`types` limits the events that GitHub documents it for, and says nothing about others', () => {
  const limited = EVENTS.filter((event) => activityTypes(event, ['something'])?.includes('something') === true);
  // The documentation has no `pull_request_comment`, and no types of `image_version`.
  const undocumented = ['image_version', 'pull_request_comment'];
  const documented = withTypes().filter((event) => !undocumented.includes(event));
  expect(limited).toEqual(documented.sort());
});

describe('the types that start a workflow', () => {
  test.each([
    ['push', ['x'], ['']],
    ['push', null, ['']],
    ['pull_request', null, ['opened', 'synchronize', 'reopened']],
    ['pull_request_target', [], ['opened', 'synchronize', 'reopened']],
    ['pull_request', ['closed', 'closed'], ['closed']],
    ['pull_request_review', null, null],
    ['issues', null, null],
    ['issues', ['opened'], ['opened']],
    ['deployment', ['created'], null],
    ['member', ['added'], null],
    ['nosuch', ['x'], null],
  ])('%s %j: %j', (event, written, expected) => {
    expect(activityTypes(event, written)).toEqual(expected);
  });
});

test('forks and Dependabot are reduced in these events, and in no others', () => {
  const reviewed = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];
  expect(EVENTS.filter(isReducedForForks)).toEqual(reviewed);
  expect(EVENTS.filter(isPullRequestEvent).sort()).toEqual([...reviewed, 'pull_request_target']);
  expect(EVENTS.filter(isReducedForDependabot)).toEqual(
    [...reviewed, 'push', 'create', 'deployment', 'deployment_status'].sort(),
  );
  expect(EVENTS.filter((event) => !canBeStartedByDependabot(event))).toEqual([
    'repository_dispatch',
    'schedule',
    'workflow_call',
    'workflow_dispatch',
  ]);
});

describe('what an event does not bring along', () => {
  test.each([
    ['push', 'pull_request', true],
    ['pull_request', 'pull_request', false],
    ['issue_comment', 'pull_request', true],
    ['issue_comment', 'issue', false],
    ['deployment_status', 'check_run', false],
    ['deployment', 'check_run', true],
    ['deployment', 'workflow_run', false],
    ['push', 'workflow_run', true],
    ['workflow_dispatch', 'comment', true],
    ['discussion_comment', 'comment', false],
    ['pull_request_review_comment', 'comment', false],
    ['pull_request_review_comment', 'review', true],
    ['pull_request_review', 'comment', true],
    ['pull_request_comment', 'comment', false],
    ['push', 'repository', false],
    ['push', 'nosuch', false],
    ['pull_request_comment', 'pull_request', false],
    ['dynamic', 'inputs', false],
    ['nosuch', 'constructor', false],
  ])('%s: github.event.%s is missing: %p', (event, part, expected) => {
    expect(isMissingFromPayload(event, part)).toBe(expected);
  });
});
