import { describe, expect, test } from '@jest/globals';
import data from '../../src/needs/commands/gh-commands.json' with { type: 'json' };
import { shellUse } from '../../src/needs/scripts/shell-use.ts';
import { bash, GH, stepWith } from './using.ts';

describe('what each command of gh uses', () => {
  test.each([
    ['gh pr comment 1 --body hi', ['pull-requests: write']],
    ['gh pr create --fill', ['pull-requests: write']],
    ['gh pr merge --auto --squash "$PR_URL"', ['contents: write', 'pull-requests: write']],
    ['gh pr review --approve "$PR_URL"', ['pull-requests: write']],
    ['gh pr edit 1 --add-label x', ['pull-requests: write']],
    ['gh pr edit 1 --add-project Roadmap', ['! projects: write', 'pull-requests: write']],
    ['gh pr close 1 --delete-branch', ['contents: write', 'pull-requests: write']],
    ['gh pr list', ['pull-requests: read']],
    ['gh pr view 1 --json statusCheckRollup', ['checks: read', 'pull-requests: read', 'statuses: read']],
    ['gh pr checks 1', ['? actions', 'checks: read', 'pull-requests: read', 'statuses: read']],
    ['gh pr diff 1', ['pull-requests: read']],
    ['gh pr checkout 1', ['contents: read', 'pull-requests: read']],
    ['gh issue create --title a --body b', ['issues: write']],
    ['gh issue comment 1 -b hi', ['issues: write']],
    ['gh issue close 1', ['issues: write']],
    ['gh issue list', ['issues: read']],
    ['gh issue ls', ['issues: read']],
    ['gh label create bug', ['issues: write']],
    ['gh release create v1 --generate-notes', ['contents: write']],
    ['gh release create v1 --discussion-category News', ['contents: write', 'discussions: write']],
    ['gh release upload v1 a.zip', ['contents: write']],
    ['gh release download v1', ['contents: read']],
    ['gh release view v1', ['contents: read']],
    ['gh run list', ['actions: read']],
    ['gh run watch 1', ['actions: read', 'checks: read']],
    ['gh run rerun 1 --failed', ['actions: write']],
    ['gh run download 1', ['actions: read']],
    ['gh workflow run ci.yml', ['actions: write']],
    ['gh cache delete --all', ['actions: write']],
    ['gh cache list', ['actions: read']],
    ['gh actions-cache delete key --confirm', ['actions: write']],
    ['gh secret set X || true', []],
    ['if gh api orgs/octo/members/octocat; then echo member; fi', []],
    ['gh secret set X', ['! secrets: write']],
    ['gh variable set X', ['! actions_variables: write']],
    ['gh repo edit --enable-issues', ['! administration: write']],
    ['gh repo view', ['contents: read']],
    ['gh repo view --json nameWithOwner,isPrivate -q .nameWithOwner', []],
    ['gh repo view --json defaultBranchRef -q .defaultBranchRef.name', ['contents: read']],
    ['GH_REPO=octo/hello gh repo clone cli/cli', []],
    ['gh repo view octo/hello', ['contents: read']],
    ['gh pr view 1', ['? checks statuses', 'pull-requests: read']],
    ['gh pr view 1 --json title', ['pull-requests: read']],
    ['gh pr create --fill --dry-run', ['pull-requests: read']],
    ['gh attestation verify a.zip -R octo/hello', ['attestations: read']],
    ['gh attestation verify a.zip --owner Octo', ['attestations: read']],
    ['gh attestation verify a.zip --owner cli', []],
    ['gh attestation verify a.zip --owner "$OWNER"', ['attestations: read']],
    ['gh attestation verify a.zip -R octo/hello --bundle a.jsonl', []],
    ['gh attestation verify oci://ghcr.io/octo/hello -R octo/hello --bundle-from-oci', []],
    ['gh codespace list', ["! a user's token"]],
    ['gh gist create a.txt', ["! a user's token"]],
    ['gh project item-add 1', ['! projects: write']],
    ['gh auth status', []],
    ['gh --version', []],
    ['gh extension install a/b', []],
    ['gh some-extension run', ['? all']],
  ])('%s', (command, expected) => {
    expect(bash(command, GH)).toEqual(expected);
  });

  test('each entry of the table can be read', () => {
    for (const name of Object.keys(data.commands)) {
      const use = shellUse(`gh ${name} x`, 'bash', stepWith(GH));
      expect({ name, uncertain: use.uncertain.filter(({ permissions }) => permissions === 'all') }).toEqual({
        name,
        uncertain: [],
      });
    }
  });
});

describe('gh api', () => {
  test.each([
    ['gh api repos/{owner}/{repo}/issues', ['issues: read']],
    ['gh api repos/{owner}/{repo}/issues -f title=x', ['issues: write']],
    ['gh api -X PATCH "repos/$GITHUB_REPOSITORY/pulls/$N" -f state=closed', ['pull-requests: write']],
    ['gh api --method DELETE /repos/${{ github.repository }}/actions/caches/1', ['actions: write']],
    ['gh api /repos/:owner/:repo/statuses/$SHA --input body.json', ['statuses: write']],
    ['gh api -X GET repos/{owner}/{repo}/issues -f state=open', ['issues: read']],
    ['gh api https://api.github.com/repos/octo/hello/releases --jq .[0]', ['contents: read']],
    ['gh api user', ["! a user's token"]],
    ['gh api rate_limit', []],
    ['gh api "search/issues?q=is:open"', ['? issues pull-requests']],
    ['gh api "$URL"', ['? all']],
    ['gh api repos/other/one/releases/latest', []],
    ['gh api repos/other/one/dispatches -f event_type=x', ['! a token for other/one']],
    ["gh api graphql -f query='mutation { addComment(input: {}) { clientMutationId } }'", ['issues: write']],
    ['gh api graphql -F query=@query.graphql', ['? all']],
  ])('%s', (command, expected) => {
    expect(bash(command, GH)).toEqual(expected);
  });
});

describe('whose token gh has', () => {
  test.each([
    ['none', {}, []],
    ['GITHUB_TOKEN', { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' }, ['issues: write']],
    ['another secret', { GH_TOKEN: '${{ secrets.BOT }}' }, []],
    ['an App’s token', { GH_TOKEN: '${{ steps.app.outputs.token }}' }, []],
    ['GH_TOKEN before GITHUB_TOKEN', { GH_TOKEN: '${{ secrets.BOT }}', GITHUB_TOKEN: '${{ github.token }}' }, []],
    ['a secret or else the job’s', { GH_TOKEN: '${{ secrets.BOT || github.token }}' }, ['issues: write']],
    ['an input', { GH_TOKEN: '${{ inputs.any }}' }, ['? issues']],
    ['another variable', { GH_TOKEN: '${{ env.MINE }}', MINE: '${{ github.token }}' }, ['issues: write']],
  ])('%s', (_, env, expected) => {
    expect(bash('gh issue create -t a -b b', { env })).toEqual(expected);
  });

  test('a token before the command, exported, or of a login', () => {
    expect(bash('GH_TOKEN=${{ github.token }} gh issue create -t a')).toEqual(['issues: write']);
    expect(bash('export GH_TOKEN=${{ github.token }}\ngh issue create -t a')).toEqual(['issues: write']);
    expect(bash('echo ${{ github.token }} | gh auth login --with-token\ngh issue create -t a')).toEqual([
      'issues: write',
    ]);
  });

  test('another repository', () => {
    expect(bash('gh issue list -R other/one', GH)).toEqual([]);
    expect(bash('gh issue create -t a --repo other/one', GH)).toEqual(['! a token for other/one']);
    expect(bash('gh issue create -t a --repo octo/hello', GH)).toEqual(['issues: write']);
    expect(bash('gh issue create -t a --repo "$GITHUB_REPOSITORY"', GH)).toEqual(['issues: write']);
    expect(bash('gh issue create -t a', { env: { ...GH.env, GH_REPO: '${{ github.repository }}' } })).toEqual([
      'issues: write',
    ]);
  });
});

test('on a pull request a comment is said with pull-requests, and issues does instead', () => {
  const use = shellUse('gh issue comment 1 -b hi', 'bash', stepWith(GH, { events: ['pull_request'] }));
  expect(use.needs).toMatchObject([{ permission: 'pull-requests', level: 'write', instead: ['issues'] }]);
});

test('says where the command stands, and that its failure is tolerated', () => {
  const use = shellUse(
    'echo start\nif true; then\n  gh release view v1 || gh release create v1\nfi',
    'bash',
    stepWith(GH),
  );
  expect(use.needs).toMatchObject([
    {
      path: '.github/workflows/ci.yml',
      line: 12,
      column: 3,
      by: 'gh release view',
      level: 'read',
      tolerated: true,
      publicRead: true,
    },
    { line: 12, column: 25, by: 'gh release create', level: 'write' },
  ]);
  expect(use.needs[1]).not.toHaveProperty('tolerated');
});
