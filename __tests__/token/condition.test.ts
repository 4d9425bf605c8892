import { describe, expect, test } from '@jest/globals';

import type { Actor } from '../../src/model/grant.ts';
import type { Certainty } from '../../src/token/abstract-value.ts';
import { evaluateCondition, statusFunctionsOf } from '../../src/token/condition.ts';
import { runContext } from '../../src/token/run-context.ts';
import { runsOf } from '../../src/token/run.ts';
import { readExpression } from '../../src/workflow/expression.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { CONDITION_CONTEXTS } from '../helpers/evaluate-in-run.ts';
import { indented, JOBS } from '../helpers/reading.ts';

/** Which run a condition is looked at in; the first event and its first type of activity when nothing is said. */
interface Case {
  readonly action?: string;
  readonly actor?: Actor;
  readonly visibility?: 'public' | 'private';
  /** `null`: nobody has told the repository's name. */
  readonly repository?: { readonly owner: string; readonly name: string } | null;
}

const OWN = { owner: 'octo-org', name: 'octo-repo' };

/** What is certain about a condition, written as it stands behind `if:`. */
function verdict(on: string, condition: string, which: Case = {}): Certainty {
  const written = `on: ${on.includes('\n') ? `\n${indented(on, 2)}` : on}\n${JOBS}    if: ${condition}\n`;
  const { workflow, problems } = readWorkflow(written);
  expect(problems).toEqual([]);
  const [runs] = runsOf(workflow);
  const { action = runs?.actions[0] ?? null, actor = 'repository', visibility = 'public', repository = OWN } = which;
  expect(runs?.actions).toContain(action);
  expect(runs?.starters.map((starter) => starter.actor)).toContain(actor);
  const read = readExpression(workflow.jobs[0]!.condition!, CONDITION_CONTEXTS);
  if ('error' in read || read.tree === null || runs === undefined) throw new Error('no condition');
  const run = { trigger: runs.trigger, action, actor, baseRefCreatedByDependabot: false };
  return evaluateCondition(read.tree, {
    contexts: runContext(run, repository, visibility),
    status: { always: true, success: 'unknown', failure: 'unknown', cancelled: 'unknown' },
  });
}

type Row = readonly [on: string, condition: string, expected: Certainty, which?: Case];

function table(rows: readonly Row[]): void {
  test.each(rows)('%j: %s is %p', (on, condition, expected, which = {}) => {
    expect(verdict(on, condition, which)).toBe(expected);
  });
}

describe('the event', () => {
  table([
    ['push', "github.event_name == 'push'", true],
    ['push', "github.event_name == 'pull_request'", false],
    ['push', "github.event_name != 'push'", false],
    ['push', "github.event_name == 'PUSH'", true],
    ['push', "GitHub['event_name'] == 'push'", true],
    ['push', "${{ github.event_name == 'push' }}", true],
    ['push', '"!(github.event_name == \'push\')"', false],
    ['push', 'contains(fromJSON(\'["push", "schedule"]\'), github.event_name)', true],
    ['pull_request', 'contains(fromJSON(\'["push", "schedule"]\'), github.event_name)', false],
    ['pull_request_target', "contains(github.event_name, 'pull_request')", true],
    ['push', "contains(github.event_name, 'pull_request')", false],
    ['pull_request_target', "startsWith(github.event_name, 'pull_request')", true],
    ['pull_request_target', "endsWith(github.event_name, '_target')", true],
    ['push', "github.event_name == 'push' && github.event_name == 'schedule'", false],
    ['push', "github.event_name == 'schedule' || github.event_name == 'push'", true],
    ['push', "github.event_name == 'schedule' || vars.DEPLOY == 'true'", 'unknown'],
    ['push', "github.event_name == 'push' && vars.DEPLOY == 'true'", 'unknown'],
    ['push', "vars.DEPLOY == 'true' && github.event_name == 'schedule'", false],
    ['push', "vars.DEPLOY == 'true' || github.event_name == 'push'", true],
    ['push', "format('{0}', github.event_name) == 'push'", true],
    ['push', 'toJSON(github.event_name) == \'"push"\'', true],
    ['push', "case(github.event_name == 'push', 'yes', '') == 'yes'", true],
    ['push', "case(vars.DEPLOY == 'true', true, false)", 'unknown'],
    ['push', "case(github.event_name == 'push', true, vars.DEPLOY)", true],
    ['push', 'case(false, vars.DEPLOY, true)', true],
    ['push', 'case(false, true, false, true, vars.DEPLOY)', 'unknown'],
    ['push', "case(false, true, github.event_name == 'push', 'yes', vars.DEPLOY) == 'yes'", true],
    // A predicate that is no boolean fails in the run.
    ['push', "case('', false, true)", 'unknown'],
    ['push', 'case(github.event_name, false, true)', 'unknown'],
    ['push', 'github.event.pull_request', false],
    ['push', '"!github.event.pull_request"', true],
    ['pull_request', 'github.event.pull_request', true],
    ['pull_request', 'github.event.pull_request.draft', 'unknown'],
    ['issue_comment', 'github.event.issue.pull_request', 'unknown'],
    ['push', 'github.event.issue', false],
    ['deployment_status', 'github.event.check_run', 'unknown'],
    ['deployment', "github.event.workflow_run.event == 'push'", 'unknown'],
    ['push', 'github.event.nothing.in.particular', 'unknown'],
    ['push', "github.event['issue'].number > 0", false],
    ['push', 'github.event.pull_request == null', true],
    ['pull_request', 'github.event.pull_request == null', false],
    ['pull_request', 'github.event.pull_request != null', true],
    ['pull_request', "github.event.pull_request == ''", false],
    ['pull_request', 'github.event.pull_request == github.event_name', false],
    ['pull_request', 'github.event.pull_request == github.event.pull_request', 'unknown'],
    ['pull_request', "github.event.pull_request == fromJSON('{}')", 'unknown'],
    ['push', "startsWith(github.event.comment.body, '/deploy')", false],
    ['workflow_dispatch', "contains(github.event.comment.body, '/deploy')", false],
    ['issue_comment', "startsWith(github.event.comment.body, '/deploy')", 'unknown'],
    ['pull_request', "github.event.review.state == 'approved'", false],
    ['pull_request_review', "github.event.review.state == 'approved'", 'unknown'],
    // No part of a text is there, whatever its name is. Asked for all of its parts, GitHub gives an empty list.
    ['push', 'github.actor[vars.PART]', false],
    ['push', 'github.actor.*', true],
    ['push', "join(github.actor.*.name) == ''", true],
    ['push', "contains(github.event.issue.labels.*.name, '')", false],
    ['push', "fromJSON('[]').*", 'unknown'],
  ]);
});

describe('the type of activity', () => {
  const closed = 'pull_request:\n  types: [opened, closed]';
  table([
    ['pull_request', "github.event.action == 'opened'", true],
    ['pull_request', "github.event.action == 'opened'", false, { action: 'synchronize' }],
    ['pull_request', "github.event.action == 'closed'", false],
    [closed, "github.event.action == 'closed'", true, { action: 'closed' }],
    [closed, "github.event.action != 'closed'", false, { action: 'closed' }],
    [closed, "github.event.action == 'closed' && github.event.pull_request.merged", 'unknown', { action: 'closed' }],
    ['issues', "github.event.action == 'opened'", 'unknown'],
    ['issues:\n  types: opened', "github.event.action == 'opened'", true],
    ['issues:\n  types: [Opened]', "github.event.action == 'opened'", true],
    ['push', "github.event.action == 'opened'", false],
    ['push', 'github.event.action == null', true],
    ['deployment:\n  types: [closed]', "github.event.action == 'created'", 'unknown'],
    ['repository_dispatch:\n  types: [deploy]', "github.event.action == 'deploy'", true],
    ['repository_dispatch', "github.event.action == 'deploy'", 'unknown'],
    [
      'workflow_run:\n  workflows: [CI]\n  types: [completed]',
      "github.event.workflow_run.conclusion == 'success'",
      'unknown',
    ],
  ]);
});

describe('who is behind it', () => {
  const bot = "github.actor == 'dependabot[bot]'";
  table([
    ['pull_request', bot, false],
    ['pull_request', bot, true, { actor: 'dependabot' }],
    ['pull_request', "github.actor != 'dependabot[bot]'", false, { actor: 'dependabot' }],
    ['pull_request', bot, 'unknown', { actor: 'fork' }],
    ['push', "github.actor == 'octocat'", 'unknown'],
    ['push', "github.actor == 'octocat'", false, { actor: 'dependabot' }],
    ['push', "contains(github.actor, '[bot]')", 'unknown'],
    ['push', "contains(github.actor, '[bot]')", true, { actor: 'dependabot' }],
    ['push', 'github.actor', true],
    ['schedule:\n  - cron: 0 0 * * *', bot, 'unknown'],
    ['workflow_dispatch', bot, 'unknown'],
    ['push', "github.triggering_actor == 'dependabot[bot]'", 'unknown', { actor: 'dependabot' }],
    ['pull_request', "github.event.pull_request.user.login == 'dependabot[bot]'", 'unknown'],
    ['pull_request', "startsWith(github.head_ref, 'dependabot/')", 'unknown', { actor: 'dependabot' }],
  ]);
});

describe('a fork', () => {
  const same = 'github.event.pull_request.head.repo.full_name == github.repository';
  const fork = 'github.event.pull_request.head.repo.fork';
  const closed = 'pull_request_target:\n  types: [closed]';
  table([
    ['pull_request', same, true],
    ['pull_request', same, false, { actor: 'fork' }],
    ['pull_request', same, true, { repository: null }],
    ['pull_request', same, false, { actor: 'fork', repository: null }],
    ['pull_request', same.replace('==', '!='), true, { actor: 'fork' }],
    ['pull_request', same.replace('github.repository', 'github.event.repository.full_name'), false, { actor: 'fork' }],
    ['pull_request', same.replace('github.repository', "'octo-org/octo-repo'"), false, { actor: 'fork' }],
    [
      'pull_request',
      same.replace('github.repository', "'octo-org/octo-repo'"),
      'unknown',
      { actor: 'fork', repository: null },
    ],
    ['pull_request', same.replace('github.repository', "'mona/octo-repo'"), 'unknown', { actor: 'fork' }],
    ['pull_request', `"${same} || github.event_name != 'pull_request'"`, false, { actor: 'fork' }],
    ['push', same, false],
    ['push', `github.event_name == 'push' || ${same}`, true],
    ['pull_request', fork, true, { actor: 'fork' }],
    ['pull_request', `"!${fork}"`, false, { actor: 'fork' }],
    ['pull_request', `${fork} == false`, false, { actor: 'fork' }],
    ['pull_request', fork, 'unknown'],
    // A fork that was deleted is `null`, which equals `false`.
    [closed, `${fork} == false`, 'unknown', { actor: 'fork' }],
    [closed, `"!${fork}"`, 'unknown', { actor: 'fork' }],
    [closed, '"!github.event.pull_request.head.repo"', 'unknown', { actor: 'fork' }],
    [closed, same, false, { actor: 'fork' }],
    ['pull_request_review', `${fork} == false`, 'unknown', { actor: 'fork' }],
    ['pull_request', 'github.event.pull_request.head.repo.owner.login == github.repository_owner', true],
    [
      'pull_request',
      'github.event.pull_request.head.repo.owner.login == github.repository_owner',
      'unknown',
      { actor: 'fork' },
    ],
    ['pull_request', "github.event.pull_request.author_association == 'OWNER'", 'unknown', { actor: 'fork' }],
  ]);
});

describe('the repository', () => {
  table([
    ['push', "github.repository == 'octo-org/octo-repo'", true],
    ['push', "github.repository == 'Octo-Org/Octo-Repo'", true],
    ['push', "github.repository == 'upstream/octo-repo'", false],
    ['push', "github.repository == 'upstream/octo-repo'", 'unknown', { repository: null }],
    ['push', 'github.repository', true, { repository: null }],
    ['pull_request', 'github.event.pull_request.base.repo.full_name == github.repository', true],
    ['pull_request', 'github.event.pull_request.base.repo.full_name == github.repository', true, { actor: 'fork' }],
    ['push', "github.repository_owner == 'octo-org'", true],
    ['push', "github.repository_owner == 'upstream'", 'unknown', { repository: null }],
    ['push', "startsWith(github.repository, 'octo-org/')", true],
    ['push', "startsWith(github.repository, 'upstream/')", 'unknown', { repository: null }],
    ['push', 'github.repository == github.event.repository.full_name', true, { repository: null }],
    ['push', "github.event.repository.name == 'octo-repo'", true],
    ['push', 'github.event.repository.private', false],
    ['push', 'github.event.repository.private', true, { visibility: 'private' }],
    ['push', "github.event.repository.visibility == 'public'", true],
    ['push', "github.event.repository.visibility == 'internal'", 'unknown', { visibility: 'private' }],
    ['push', "github.event.repository.visibility == 'public'", false, { visibility: 'private' }],
    ['push', 'github.event.repository.fork', 'unknown'],
    ['push', "github.event.repository.default_branch == 'main'", 'unknown'],
    // What a schedule brings along is not documented. For years this was not there.
    ['schedule', 'github.event.repository.private', 'unknown'],
    ['schedule', "github.event.repository.visibility == 'public'", 'unknown'],
    ['schedule', "github.event.repository.full_name == 'octo-org/octo-repo'", 'unknown'],
  ]);
});

describe('the branch or the tag', () => {
  const literal = 'push:\n  branches: [main, dev]';
  const patterns = "push:\n  branches: ['release/**']";
  const both = 'push:\n  branches: [main]\n  tags: [v1]';
  const tags = "push:\n  tags: ['v*']";
  const base = 'pull_request:\n  branches: [main]';
  table([
    ['push', "github.ref == 'refs/heads/main'", 'unknown'],
    ['push', "startsWith(github.ref, 'refs/tags/')", 'unknown'],
    ['push', "startsWith(github.ref, 'refs/')", true],
    ['push', "startsWith(github.ref, 'refs/pull/')", 'unknown'],
    ['push', "github.ref_type == 'tag'", 'unknown'],
    ['push', "github.ref_type == 'other'", false],
    ['push:\n  branches: [main]', "github.ref == 'refs/heads/main'", true],
    ['push:\n  branches: main', "github.ref == 'refs/heads/main'", true],
    ['push:\n  branches: [main]', "github.ref == 'refs/heads/Main'", true],
    ['push:\n  branches: [main]', "github.ref_name == 'dev'", false],
    [literal, "github.ref == 'refs/heads/main'", 'unknown'],
    [literal, "github.ref == 'refs/heads/other'", false],
    [literal, "github.ref_name == 'dev'", 'unknown'],
    [literal, 'contains(fromJSON(\'["a"]\'), github.ref_name)', false],
    [literal, "startsWith(github.ref, 'refs/heads/')", true],
    [literal, "startsWith(github.ref, 'refs/tags/v')", false],
    [literal, "github.ref_type == 'tag'", false],
    [patterns, "github.ref == 'refs/heads/release/1'", 'unknown'],
    [patterns, "github.ref == 'refs/heads/main'", 'unknown'],
    [patterns, "startsWith(github.ref, 'refs/tags/')", false],
    ["push:\n  branches: [main, '!dev']", "github.ref == 'refs/heads/dev'", 'unknown'],
    ['push:\n  branches-ignore: [main]', "github.ref == 'refs/heads/main'", 'unknown'],
    ['push:\n  branches-ignore: [main]', "github.ref_type == 'branch'", true],
    [both, "github.ref == 'refs/heads/main'", 'unknown'],
    [both, "startsWith(github.ref, 'refs/tags/')", 'unknown'],
    ['push:\n  branches: [main]\n  tags-ignore: [v1]', "github.ref_type == 'tag'", 'unknown'],
    [tags, "startsWith(github.ref, 'refs/tags/')", true],
    [tags, "github.ref == 'refs/heads/main'", false],
    [tags, "github.ref_type == 'tag'", true],
    ['push:\n  tags: [v1]', "github.ref_name == 'v1'", true],
    ['push:\n  paths: [src/**]', "github.ref == 'refs/heads/main'", 'unknown'],
    ['push:\n  branches: []', "github.ref == 'refs/heads/main'", 'unknown'],
    ['push', 'github.base_ref', false],
    ['push', "github.head_ref == ''", true],
    ['pull_request', "github.ref == 'refs/heads/main'", false],
    ['pull_request', "startsWith(github.ref, 'refs/pull/')", true],
    ['pull_request', "github.base_ref == 'main'", 'unknown'],
    ['pull_request', "github.base_ref == ''", false],
    [base, "github.base_ref == 'main'", true],
    [base, "github.base_ref == 'dev'", false],
    ["pull_request:\n  branches: ['**']", "github.base_ref == 'dev'", 'unknown'],
    ['pull_request:\n  branches-ignore: [main]', "github.base_ref == 'main'", 'unknown'],
    // Once it is merged, a closed pull request runs on its base branch.
    ['pull_request:\n  types: [closed]', "github.ref == 'refs/heads/main'", 'unknown'],
    ['pull_request:\n  types: [labeled]', "github.ref == 'refs/heads/main'", 'unknown'],
    ['pull_request:\n  types: [labeled, opened]', "github.ref == 'refs/heads/main'", false, { action: 'opened' }],
    ['pull_request_target', "startsWith(github.ref, 'refs/heads/')", true],
    ['pull_request_target', "github.ref == 'refs/heads/main'", 'unknown'],
    // GitHub documents both names for `pull_request` and `pull_request_target` alone.
    ['pull_request_review', '"!github.head_ref"', 'unknown'],
    ['pull_request_review:\n  branches: [main]', "github.base_ref == 'dev'", 'unknown'],
    ['release', "startsWith(github.ref, 'refs/heads/')", false],
    ['release', "startsWith(github.ref, 'refs/tags/')", 'unknown'],
    ['release', '"!github.ref"', 'unknown'],
    ['deployment', '"!github.ref"', 'unknown'],
    ['deployment_status', "github.ref == 'refs/heads/main'", 'unknown'],
    ['registry_package', '"!github.ref"', 'unknown'],
    ['merge_group', "startsWith(github.ref, 'refs/heads/gh-readonly-queue/')", true],
    ['merge_group', "github.ref == 'refs/heads/main'", false],
    ['schedule:\n  - cron: 0 0 * * *', "startsWith(github.ref, 'refs/tags/')", false],
    ['schedule:\n  - cron: 0 0 * * *', "github.ref == 'refs/heads/main'", 'unknown'],
    ['workflow_dispatch', "github.ref == 'refs/heads/main'", 'unknown'],
    ['create', "github.event.ref_type == 'tag'", 'unknown'],
    ['create', 'github.ref', true],
    ['create', "github.ref == 'refs/heads/main'", 'unknown'],
    ['push', "github.ref_type == 'branch'", 'unknown'],
    ['pull_request_review', 'github.ref', true],
    ['pull_request_review_comment', 'github.ref', true],
    ['pull_request:\n  types: [closed]', 'github.base_ref', true],
    ['workflow_dispatch', "startsWith(github.ref, 'refs/')", true],
    ['workflow_dispatch', "github.ref == 'main'", false],
    ['workflow_dispatch', "github.head_ref == ''", true],
    ['pull_request', "github.ref_type == 'branch'", true],
    ['pull_request_target', "github.ref_type == 'branch'", true],
    ['merge_group', "github.ref_type == 'branch'", true],
    ['schedule:\n  - cron: 0 0 * * *', "github.ref_type == 'branch'", true],
  ]);
});

describe('a part of the name of a branch or a tag', () => {
  const literal = 'push:\n  branches: [main, dev]';
  const patterns = "push:\n  branches: ['release/**']";
  table([
    [literal, "startsWith(github.ref_name, 'm')", 'unknown'],
    [literal, "startsWith(github.ref_name, 'ai')", false],
    [literal, "contains(github.ref_name, 'ai')", 'unknown'],
    [literal, "contains(github.ref, 'heads')", true],
    [literal, "endsWith(github.ref, 'n')", 'unknown'],
    [literal, "endsWith(github.ref, '/main')", 'unknown'],
    [literal, "endsWith(github.ref, '/other')", false],
    [literal, "endsWith(github.ref, 'refs')", false],
    [literal, "endsWith(github.ref, '')", true],
    [literal, 'contains(fromJSON(\'["main"]\'), github.ref_name)', 'unknown'],
    [literal, 'contains(fromJSON(\'["main", "dev"]\'), github.ref_name)', true],
    [patterns, "contains(github.ref, 'heads')", true],
    [patterns, "contains(github.ref, 'main')", 'unknown'],
    [patterns, "startsWith(github.ref, 'heads/')", false],
    [patterns, "startsWith(github.ref, 'refs/heads/r')", 'unknown'],
    [patterns, "endsWith(github.ref, '/1')", 'unknown'],
    [patterns, "endsWith(github.ref, '')", true],
    [patterns, 'contains(fromJSON(\'["refs/heads/main"]\'), github.ref)', 'unknown'],
    [patterns, 'contains(fromJSON(\'["refs/tags/v1", "main"]\'), github.ref)', false],
    [patterns, 'contains(fromJSON(\'["refs/tags/v1", "refs/heads/a"]\'), github.ref)', 'unknown'],
    [patterns, 'startsWith(github.ref, vars.PREFIX)', 'unknown'],
    ['release', "startsWith(github.ref, 'refs/')", 'unknown'],
    ['release', "startsWith(github.ref, '')", true],
  ]);
});

describe('inputs, variables and other jobs', () => {
  table([
    ['push', 'inputs.deploy', false],
    ['push', '"!inputs.deploy"', true],
    ['push', "inputs.deploy == 'true'", false],
    ['push', '"!inputs"', 'unknown'],
    ['push', 'github.event.inputs.deploy', false],
    ['push', "github.event_name == 'push' || inputs.deploy", true],
    ['workflow_dispatch', 'inputs.deploy', 'unknown'],
    ['workflow_dispatch', 'github.event.inputs.deploy', 'unknown'],
    ['repository_dispatch', 'github.event.client_payload.deploy', 'unknown'],
    ['push', 'github.event.client_payload.deploy', false],
    ['push', "vars.DEPLOY == 'true'", 'unknown'],
    ['push', "needs.a.outputs.go == 'true'", 'unknown'],
    ['push', "needs.a.result == 'success'", 'unknown'],
    ['push', "contains(github.event.head_commit.message, '[skip]')", 'unknown'],
    ['pull_request', "contains(github.event.head_commit.message, '[skip]')", false],
    ['pull_request', "contains(github.event.pull_request.labels.*.name, 'deploy')", 'unknown'],
    ['push', "contains(github.event.pull_request.labels.*.name, 'deploy')", false],
  ]);
});

describe('literals and how GitHub compares them', () => {
  table([
    ['push', 'true', true],
    ['push', 'false', false],
    ['push', '${{ false }}', false],
    ['push', "${{ 'false' }}", false],
    ['push', '"!true"', false],
    ['push', '0', false],
    ['push', '1', true],
    ['push', '${{ null }}', false],
    ['push', "${{ '' == 0 }}", true],
    ['push', "1 == '1'", true],
    ['push', "1 == '1.0'", true],
    ['push', "true == '1'", true],
    ['push', "true == 'true'", false],
    ['push', 'null == false', true],
    ['push', "null == ''", true],
    ['push', "${{ 'a' == 'A' }}", true],
    ['push', "${{ 'a' < 'B' }}", true],
    ['push', '2 > 10', false],
    ['push', "${{ '2' > '10' }}", true],
    ['push', 'NaN == NaN', false],
    ['push', 'NaN', false],
    ['push', "fromJSON('[1]')", true],
    ['push', "fromJSON('{}').a", false],
    ['push', `fromJSON('{"a":{"B":1}}').A.b == 1`, true],
    ['push', `fromJSON('{"constructor":true}').constructor`, 'unknown'],
    ['push', "fromJSON('{')", 'unknown'],
    ['push', "fromJSON('null')", false],
    ['push', "fromJSON('[1]')[0]", 'unknown'],
    ['push', `fromJSON('{"1":true}')[1]`, 'unknown'],
    ['push', `fromJSON('{"a":true}')[vars.KEY]`, 'unknown'],
    ['push', "fromJSON('1')['a']", false],
    ['push', "format('{')", 'unknown'],
    ['push', `startsWith(fromJSON('["a"]'), vars.A)`, false],
    ['push', `contains(fromJSON('["a"]'), vars.A)`, 'unknown'],
    ['push', "join('a', vars.B)", 'unknown'],
    ['push', "contains('Hello', 'ell')", true],
    ['push', "contains('Hello', '')", true],
    ['push', "startsWith(1, '1')", true],
    ['push', "join(fromJSON('[1,2]'), '-') == '1-2'", true],
    // Text around an expression makes the whole a text, and that is never empty.
    ['push', "${{ github.event_name == 'schedule' }} && false", true],
    ['push', '${{ vars.DEPLOY }} == true', true],
    ['push', '${{ false }}x', true],
    ['push', '"${{ false }} "', true],
    ['push', '${{ vars.A }}${{ vars.B }}', 'unknown'],
    ['push', "format('{{{0}', vars.A)", true],
    ['push', "format('{0}', vars.A)", 'unknown'],
    ['push', "format('{0}{10}', vars.A, 1, 2, 3, 4, 5, 6, 7, 8, 9, vars.B)", 'unknown'],
    ['push', "format('{{0}}', vars.A)", true],
    ['push', "format(vars.FORMAT, 'x')", 'unknown'],
  ]);
});

describe('how the run went so far', () => {
  table([
    ['push', 'always()', true],
    ['push', "always() && github.event_name == 'schedule'", false],
    ['push', 'success()', 'unknown'],
    ['push', 'failure()', 'unknown'],
    ['push', 'cancelled()', 'unknown'],
    ['push', '"!cancelled()"', 'unknown'],
    ['push', "failure() && github.event_name == 'schedule'", false],
    ['push', "success('a')", 'unknown'],
  ]);
});

describe('which functions ask how the run went so far', () => {
  test.each([
    ['failure()', ['failure']],
    ["github.event_name == 'failure()'", []],
    ['(Failure() == true)', ['failure']],
    ['!cancelled() && (vars.A || always())', ['cancelled', 'always']],
    ["fromJSON('{}')[success()]", ['success']],
    ["fromJSON(failure()).a['b']", ['failure']],
    ["contains(vars.A, success('build'))", ['success']],
  ])('%s', (condition, expected) => {
    const read = readExpression(condition, CONDITION_CONTEXTS);
    if ('error' in read || read.tree === null) throw new Error('no condition');
    expect([...statusFunctionsOf(read.tree)]).toEqual(expected);
  });
});
