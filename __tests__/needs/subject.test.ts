import { describe, expect, test } from '@jest/globals';

import type { StepUse } from '../../src/model/needs.ts';
import { githubScriptUse } from '../../src/needs/actions/github-script-use.ts';
import { shellUse } from '../../src/needs/scripts/shell-use.ts';
import { GH, stepWith } from './using.ts';

/** What a use says: the permission that comes first, the other one, and whether it is known which of them it is. */
function said({ needs }: StepUse): readonly string[] {
  return needs.map(({ permission, instead = [], subject = 'any' }) => [permission, ...instead, subject].join(' '));
}

const SCRIPT = 'await github.rest.issues.createComment({ ...context.repo, issue_number: 1, body: "hi" })';

describe('an issue takes issues, and a pull request pull-requests', () => {
  test.each<readonly [command: string, events: readonly string[], expected: string]>([
    ['gh issue close 1', ['schedule'], 'issues pull-requests known'],
    ['gh issue close 1', ['issues', 'workflow_dispatch'], 'issues pull-requests known'],
    ['gh issue comment 1 -b hi', ['issue_comment'], 'issues pull-requests unknown'],
    ['gh issue edit 1 --add-label x', ['issues', 'pull_request_target'], 'issues pull-requests unknown'],
    ['gh issue edit 1 --add-label x', ['pull_request_target'], 'pull-requests issues known'],
    ['gh pr comment 1 -b hi', ['workflow_run'], 'pull-requests issues known'],
    ['gh label create x', ['push'], 'issues pull-requests any'],
    ['gh api repos/{owner}/{repo}/issues/1/labels -f labels[]=x', ['workflow_run'], 'issues pull-requests unknown'],
    ['gh api repos/{owner}/{repo}/issues/1/labels -f labels[]=x', ['issues'], 'issues pull-requests known'],
    ['gh api repos/{owner}/{repo}/issues/1/labels -f labels[]=x', ['merge_group'], 'pull-requests issues known'],
    ['gh api repos/{owner}/{repo}/labels -f name=x', ['workflow_run'], 'issues pull-requests any'],
    ['gh api repos/{owner}/{repo}/pulls/1', ['push'], 'pull-requests contents any'],
  ])('%s on %s', (command, events, expected) => {
    expect(said(shellUse(command, 'bash', stepWith(GH, { events })))).toEqual([expected]);
  });

  test.each([
    [['pull_request'], 'pull-requests issues known'],
    [['issues'], 'issues pull-requests known'],
    [['issues', 'pull_request_target'], 'issues pull-requests unknown'],
  ])('a script on %s', (events, expected) => {
    expect(said(githubScriptUse(SCRIPT, stepWith({}, { events })))).toEqual([expected]);
  });
});
