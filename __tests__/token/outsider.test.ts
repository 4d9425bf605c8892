import { describe, expect, test } from '@jest/globals';

import { evaluateCondition } from '../../src/token/condition.ts';
import { isStepStopped, outsiderContext, typesByOutsiders } from '../../src/token/outsider.ts';
import { runsOf } from '../../src/token/run.ts';
import type { Run } from '../../src/token/run.ts';
import { readExpression } from '../../src/workflow/expression.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { CONDITION_CONTEXTS } from '../helpers/evaluate-in-run.ts';
import { JOBS } from '../helpers/reading.ts';

const OWN = { owner: 'octo-org', name: 'octo-repo' };

function runOf(on: string): Run {
  const [runs] = runsOf(readWorkflow(`on: ${on}\n${JOBS}`).workflow);
  const [action = null] = runs!.actions;
  return { trigger: runs!.trigger, action, actor: 'repository', baseRefCreatedByDependabot: false };
}

interface Known {
  /** `null`: nobody has told the repository's name. */
  readonly repository?: typeof OWN | null;
  /** The event of the run that started this one. */
  readonly source?: string | null;
}

function contextsOf(on: string, { repository = OWN, source = null }: Known = {}) {
  return outsiderContext(source)(runOf(on), repository, 'public');
}

describe('a condition in a run that an outsider starts', () => {
  const association = 'fromJSON(\'["OWNER", "MEMBER", "COLLABORATOR"]\')';
  const byBot = "== 'dependabot[bot]'";
  test.each([
    // Nobody outside is one of those that a condition names. A bot can be made to push to one's pull request.
    ['issue_comment', "github.actor == 'octocat'", false],
    ['issue_comment', `github.actor ${byBot}`, false],
    ['issue_comment', "github.triggering_actor == 'octocat'", false],
    ['issue_comment', `github.triggering_actor ${byBot}`, false],
    ['issue_comment', "github.event.sender.login == 'octocat'", false],
    ['issue_comment', "github.event.sender.type == 'Bot'", false],
    ['issue_comment', "github.event.sender.type == 'User'", true],
    ['watch', "github.event.sender.login == 'octocat'", false],
    ['watch', "github.event.sender.type == 'User'", true],
    ['fork', 'github.actor == github.repository_owner', false],
    ['pull_request_target', "github.actor == 'octocat'", false],
    ['pull_request_target', `github.actor ${byBot}`, 'unknown'],
    ['pull_request_target', `github.triggering_actor ${byBot}`, 'unknown'],
    ['pull_request_target', `github.event.sender.login ${byBot}`, 'unknown'],
    ['pull_request_target', "github.event.sender.login == 'octocat'", false],
    ['pull_request_target', "github.event.sender.type == 'Bot'", 'unknown'],
    ['pull_request_target', `github.event.pull_request.user.login ${byBot}`, false],
    // Anybody can have an account whose name begins so, or is a part of another one. No user has the name of a bot.
    ['issue_comment', "startsWith(github.actor, 'team-')", 'unknown'],
    ['issue_comment', "contains(github.actor, 'admin')", 'unknown'],
    ['issue_comment', "endsWith(github.event.comment.user.login, '-admin')", 'unknown'],
    ['issue_comment', "contains('octocat hubot', github.actor)", 'unknown'],
    ['issue_comment', 'contains(fromJSON(\'["octocat", "hubot"]\'), github.actor)', false],
    ['issue_comment', "contains(github.actor, '[bot]')", false],
    ['issue_comment', "endsWith(github.actor, '[bot]')", false],
    ['issue_comment', "contains(github.actor, '')", 'unknown'],
    ['issue_comment', "github.actor == ''", false],
    ['pull_request_target', "endsWith(github.actor, '[bot]')", 'unknown'],
    ['pull_request_target', 'contains(fromJSON(\'["octocat", "renovate[bot]"]\'), github.actor)', 'unknown'],
    ['pull_request_target', 'contains(fromJSON(\'["octocat", "hubot"]\'), github.actor)', false],
    // What GitHub says of its authors.
    ['issue_comment', `contains(${association}, github.event.comment.author_association)`, false],
    ['issue_comment', "github.event.comment.author_association != 'NONE'", 'unknown'],
    ['issue_comment', "github.event.comment.user.login == 'octocat'", false],
    ['issue_comment', "github.event.comment.body == '/deploy'", 'unknown'],
    ['discussion_comment', `contains(${association}, github.event.comment.author_association)`, false],
    ['pull_request_review_comment', `contains(${association}, github.event.comment.author_association)`, false],
    ['pull_request_review', `contains(${association}, github.event.review.author_association)`, false],
    ['pull_request_review', "github.event.review.user.login == 'octocat'", false],
    ['pull_request', `contains(${association}, github.event.pull_request.author_association)`, false],
    ['issues', `contains(${association}, github.event.issue.author_association)`, false],
    ['discussion', `contains(${association}, github.event.discussion.author_association)`, false],
    ['discussion', "github.event.discussion.user.login == 'octocat'", false],
    // They put no labels on, and they do not merge.
    ['issues', "github.event.label.name == 'bug'", false],
    ['discussion', "github.event.label.name == 'bug'", false],
    ['pull_request_target', "github.event.label.name == 'safe'", false],
    ['pull_request_target', 'github.event.pull_request.merged', false],
    ['pull_request_target', "github.event.pull_request.merged_by.login == 'octocat'", false],
    ['{ pull_request_target: { types: [closed] } }', 'github.event.pull_request.merged', false],
    // The title of what was merged is still its author's to edit.
    ['{ pull_request_target: { types: [edited] } }', 'github.event.pull_request.merged', 'unknown'],
    ['{ pull_request_target: { types: [edited] } }', "github.event.label.name == 'safe'", false],
    // The rest is as in any such run.
    ['pull_request_target', 'github.event.pull_request', true],
    ['pull_request_target', 'github.event.pull_request.draft', 'unknown'],
    ['issue_comment', "github.event_name == 'issue_comment'", true],
    ['issue_comment', "github.event['constructor']", 'unknown'],
    ['issue_comment', 'inputs.deploy', false],
  ])('%s: %s', (on, condition, expected) => {
    expect(certainly(condition, contextsOf(on))).toBe(expected);
  });
});

describe('a condition in a run after one that an outsider started', () => {
  const on = '{ workflow_run: { workflows: [CI], types: [completed] } }';
  const head = 'github.event.workflow_run.head_repository';
  const unnamed = { repository: null };
  test.each<[string, boolean | 'unknown', Known?]>([
    [`${head}.full_name == github.repository`, false],
    [`${head}.full_name == github.repository`, false, unnamed],
    [`${head}.full_name == 'octo-org/octo-repo'`, false],
    [`${head}.full_name == 'octo-org/octo-repo'`, 'unknown', unnamed],
    [`${head}.full_name == 'mona/octo-repo'`, 'unknown'],
    [`${head}.fork`, true],
    [`${head}.owner.login == github.repository_owner`, false],
    [`${head}.owner.login == github.repository_owner`, false, unnamed],
    [`${head}.owner.login == 'dependabot[bot]'`, false],
    ["github.event.workflow_run.actor.login == 'octocat'", false],
    ["github.event.workflow_run.actor.login == 'dependabot[bot]'", 'unknown'],
    ["github.event.workflow_run.event == 'push'", 'unknown'],
    ["github.event.workflow_run.event == 'push'", false, { source: 'pull_request' }],
    ["github.event.workflow_run.event == 'pull_request'", true, { source: 'pull_request' }],
    ["github.event.workflow_run.conclusion == 'success'", 'unknown'],
    ["github.event.sender.type == 'User'", true],
    // Who causes the run before is the actor of this one. A bot can be made to push to one's pull request.
    ["github.actor == 'octocat'", false, { source: 'pull_request' }],
    ["github.actor == 'dependabot[bot]'", 'unknown', { source: 'pull_request' }],
    ["github.event.sender.type == 'User'", 'unknown', { source: 'pull_request' }],
    ["github.actor == 'dependabot[bot]'", false, { source: 'issue_comment' }],
    ["github.actor == 'dependabot[bot]'", 'unknown', { source: 'workflow_run' }],
    // Only a pull request brings another repository along.
    [`${head}.full_name == github.repository`, 'unknown', { source: 'issue_comment' }],
    [`${head}.fork`, 'unknown', { source: 'workflow_run' }],
    ["github.event.workflow_run.event == 'issue_comment'", true, { source: 'issue_comment' }],
  ])('%s is %p %j', (condition, expected, known = {}) => {
    expect(certainly(condition, contextsOf(on, known))).toBe(expected);
  });
});

describe('a step in a run that an outsider starts', () => {
  test.each([
    ["github.actor == 'octocat'", true],
    ["github.actor != 'octocat'", false],
    ["failure() && github.actor == 'octocat'", true],
    ["always() || github.actor == 'octocat'", false],
    ["steps.a.outputs.go == 'true'", false],
    ['', false],
    [null, false],
    ['not an expression', false],
    ['github.actor ==', false],
  ])('if: %s', (condition, expected) => {
    expect(isStepStopped(condition, contextsOf('issue_comment'))).toBe(expected);
  });
});

describe('the activity types that outsiders can cause', () => {
  const usual = ['opened', 'synchronize', 'reopened'];
  test.each([
    ['push', []],
    ['label', []],
    ['watch', null],
    ['issue_comment', null],
    ['{ issue_comment: { types: [] } }', null],
    ['{ issue_comment: { types: [deleted] } }', ['deleted']],
    ['pull_request', usual],
    ['pull_request_target', usual],
    ['{ pull_request_target: { types: [] } }', usual],
    ['{ pull_request_target: { types: [labeled, closed] } }', ['closed']],
    ['{ pull_request: { types: [labeled] } }', []],
    ['issues', ['opened', 'edited', 'closed', 'reopened']],
    ['{ issues: { types: [labeled, edited] } }', ['edited']],
    ['discussion', ['created', 'edited', 'answered', 'unanswered']],
  ])('%s', (on, expected) => {
    expect(typesByOutsiders(runOf(on).trigger)).toEqual(expected);
  });
});

function certainly(condition: string, contexts: ReturnType<typeof contextsOf>) {
  const read = readExpression(condition, CONDITION_CONTEXTS);
  if ('error' in read || read.tree === null) throw new Error('no condition');
  const status = { always: true, success: 'unknown', failure: 'unknown', cancelled: 'unknown' } as const;
  return evaluateCondition(read.tree, { contexts, status });
}
