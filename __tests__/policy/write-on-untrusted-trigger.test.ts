import { describe, expect, test } from '@jest/globals';

import { findingsOf, findingsWithCalls, jobWith, levelsOf } from './rule-findings.ts';

const RULE = 'write-on-untrusted-trigger';
const HEAD = 'uses: actions/checkout@v6\nwith:\n  ref: ${{ github.event.pull_request.head.sha }}';
const BUILD = 'run: npm ci && npm test';

function levels(files: Parameters<typeof levelsOf>[1], known?: Parameters<typeof levelsOf>[2]) {
  return levelsOf(RULE, files, known);
}

function levelOf(files: Parameters<typeof levelsOf>[1], known?: Parameters<typeof levelsOf>[2]): string {
  return levels(files, known)
    .map((text) => text.split(' ')[0])
    .join();
}

describe('what lets an outsider in is an error', () => {
  test.each<readonly [string, string, string, readonly string[]]>([
    ['the head of the pull request', 'pull_request_target', '{ contents: write }', [HEAD]],
    [
      'its branch',
      'pull_request_target',
      '{ contents: write }',
      ['uses: actions/checkout@v6\nwith: { ref: "${{ github.head_ref }}" }'],
    ],
    [
      'its repository',
      'pull_request_target',
      '{ packages: write }',
      ['uses: actions/checkout@v6\nwith: { repository: "${{ github.event.pull_request.head.repo.full_name }}" }'],
    ],
    [
      'its merge branch',
      'pull_request_target',
      '{ contents: write }',
      ['uses: actions/checkout@v6\nwith: { ref: "refs/pull/${{ github.event.number }}/merge" }'],
    ],
    [
      'one of two values',
      'pull_request_target',
      '{ contents: write }',
      [
        'uses: actions/checkout@v6\nwith: { ref: "${{ github.event_name == \'push\' && github.sha || github.event.pull_request.head.sha }}" }',
      ],
    ],
    [
      'a variable',
      'pull_request_target',
      '{ contents: write }',
      ['run: git fetch && git checkout "$HEAD" && make\nenv: { HEAD: "${{ github.event.pull_request.head.sha }}" }'],
    ],
    [
      'a comment on a pull request',
      'issue_comment',
      '{ contents: write }',
      ['run: gh pr checkout ${{ github.event.issue.number }}'],
    ],
    [
      'its ref fetched by git',
      'issue_comment',
      '{ contents: write }',
      ['run: |\n  git fetch origin pull/${{ github.event.issue.number }}/head:pr\n  git checkout pr'],
    ],
    [
      'a commit looked up by a step',
      'issue_comment',
      '{ contents: write }',
      [
        'id: pr\nrun: echo "sha=$(gh pr view 1 --json headRefOid -q .headRefOid)" >> $GITHUB_OUTPUT',
        'uses: actions/checkout@v6\nwith: { ref: "${{ steps.pr.outputs.sha }}" }',
      ],
    ],
    ['a labelling job that builds it', 'pull_request_target', '{ pull-requests: write }', [HEAD, BUILD]],
    ['a title in a script', 'issues', '{ issues: write }', ['run: echo "${{ github.event.issue.title }}"']],
    [
      'a comment in a script of github-script',
      'issue_comment',
      '{ issues: write }',
      ['uses: actions/github-script@v8\nwith: { script: "console.log(`${{ github.event.comment.body }}`)" }'],
    ],
    [
      'a text by way of env',
      'issues',
      '{ issues: write }',
      ['run: echo "${{ env.TITLE }}"\nenv: { TITLE: "${{ github.event.issue.title }}" }'],
    ],
    ['a whole event in a script', 'issues', '{ issues: write }', ["run: echo '${{ toJSON(github.event) }}'"]],
    [
      'the name of a branch in a script',
      'pull_request_target',
      '{ issues: write }',
      ['run: echo ${{ github.head_ref }}'],
    ],
    [
      'a discussion in a script',
      'discussion',
      '{ discussions: write }',
      ['run: echo ${{ github.event.discussion.title }}'],
    ],
  ])('%s', (_, on, block, steps) => {
    expect(levelOf(jobWith(on, block, steps))).toBe('error');
  });

  test('and says by which event, with which permission, in which lines', () => {
    const [finding] = findingsOf(
      RULE,
      jobWith('pull_request_target', '{ contents: write, issues: write }', [HEAD, BUILD]),
    );
    expect(finding).toMatchObject({ line: 7, job: ['build'], permission: 'contents', granted: 'write' });
    expect(finding?.message).toBe(
      "Outsiders can start the job 'build' by 'pull_request_target', if the run is allowed, and line 7 checks out the code of the pull request (`ref: ${{ github.event.pull_request.head.sha }}`), and line 10 uses it: what they wrote gets a token with `contents: write` and `issues: write`.",
    );
    expect(finding?.permissions).toEqual([
      { permission: 'contents', granted: 'write' },
      { permission: 'issues', granted: 'write' },
    ]);
    expect(finding?.hint).toContain('Split the workflow in two');
  });
});

describe('the way round', () => {
  const SHA = 'github.event.pull_request.head.sha';
  const checkout = (ref: string) => `uses: actions/checkout@v6\nwith: { ref: "${ref}" }`;

  test.each<readonly [string, string, readonly string[]]>([
    [
      'a variable of the job',
      'pull_request_target',
      [`run: echo "SHA=\${{ ${SHA} }}" >> $GITHUB_ENV`, checkout('${{ env.SHA }}')],
    ],
    [
      'an output',
      'pull_request_target',
      [
        `id: a\nrun: echo "sha=$SHA" >> $GITHUB_OUTPUT\nenv: { SHA: "\${{ ${SHA} }}" }`,
        checkout('${{ steps.a.outputs.sha }}'),
      ],
    ],
    [
      'an output that is a ref',
      'issue_comment',
      [
        'id: a\nrun: echo "it=refs/pull/${{ github.event.issue.number }}/merge" >> $GITHUB_OUTPUT',
        checkout('${{ steps.a.outputs.it }}'),
      ],
    ],
    [
      'a ref that is put together',
      'issue_comment',
      [checkout("${{ format('refs/pull/{0}/merge', github.event.issue.number) }}")],
    ],
    ['a variable of the runner', 'pull_request_target', ['run: git fetch && git checkout "$GITHUB_HEAD_REF" && make']],
    ['a clone', 'pull_request_target', ['run: gh repo clone ${{ github.event.pull_request.head.repo.full_name }} x']],
    [
      'an archive',
      'pull_request_target',
      [`run: curl -L https://github.com/x/y/archive/\${{ ${SHA} }}.tar.gz | tar xz && make`],
    ],
    ['a patch', 'issue_comment', ['run: gh pr diff "$N" | git apply && make']],
  ])('code by %s', (_, on, steps) => {
    expect(levelOf(jobWith(on, '{ packages: write }', steps))).toBe('error');
  });

  test.each<readonly [string, string]>([
    ['an output', 'run: echo "title=$T" >> $GITHUB_OUTPUT\nenv: { T: "${{ github.event.issue.title }}" }'],
    [
      'an output of a script',
      'uses: actions/github-script@v8\nwith: { script: "core.setOutput(\'title\', context.payload.issue.title)" }',
    ],
  ])('a text by %s', (_, step) => {
    const steps = (one: string) => [`id: a\n${one}`, 'run: echo "${{ steps.a.outputs.title }}"'];
    expect(levelOf(jobWith('issues', '{ issues: write }', steps(step)))).toBe('error');
    // A number is none, and what a script looks at may be none.
    const number = step.replaceAll('issue.title', 'issue.number');
    expect(levelOf(jobWith('issues', '{ issues: write }', steps(number)))).toBe('');
    expect(levelOf(jobWith('issues', '{ issues: write }', steps(step.replace('echo', 'tr -d x; echo'))))).toBe(
      step.startsWith('run') ? '' : 'error',
    );
  });

  const needing = (value: string, step: string) => `on: [pull_request_target]
permissions: { contents: write }
jobs:
  first:
    runs-on: x
    permissions: {}
    outputs: { value: "\${{ ${value} }}" }
  second:
    needs: first
    runs-on: x
    steps:
      - ${step}
`;

  test('an output of another job', () => {
    const out = '${{ needs.first.outputs.value }}';
    const code = `{ uses: actions/checkout@v6, with: { ref: "${out}" } }`;
    expect(levels(needing(SHA, code))).toEqual(['error ci.yml:12']);
    expect(levels(needing('github.event.pull_request.base.sha', code))).toEqual(['warning ci.yml:2']);
    expect(levels(needing('github.event.pull_request.title', `run: echo "${out}"`))).toEqual(['error ci.yml:12']);
    expect(levels(needing('github.event.pull_request.number', `run: echo "${out}"`))).toEqual(['warning ci.yml:2']);
  });

  test.each<readonly [string, string, string]>([
    [SHA, '{ uses: actions/checkout@v6, with: { ref: "${{ inputs.it }}" } }', 'error b.yml:8'],
    [
      'github.event.number',
      '{ uses: actions/checkout@v6, with: { ref: "refs/pull/${{ inputs.it }}/merge" } }',
      'error b.yml:8',
    ],
    ['github.event.pull_request.title', 'run: echo "${{ inputs.it }}"', 'error b.yml:8'],
    ['github.event.pull_request.title', 'run: echo "$T"\n        env: { T: "${{ inputs.it }}" }', 'warning a.yml:2'],
    ['github.sha', '{ uses: actions/checkout@v6, with: { ref: "${{ inputs.it }}" } }', 'warning a.yml:2'],
  ])('an input of a called workflow: %s, %s', (value, step, found) => {
    const files = {
      '.github/workflows/a.yml': `on: pull_request_target
permissions: { contents: write }
jobs:
  call:
    uses: ./.github/workflows/b.yml
    with: { it: "\${{ ${value} }}" }
`,
      '.github/workflows/b.yml': `on:
  workflow_call:
    inputs: { it: { type: string } }
jobs:
  build:
    runs-on: x
    steps:
      - ${step}
`,
    };
    expect(levels(files)).toEqual([found]);
  });

  test('does not take long where everything names everything', () => {
    const ids = Array.from({ length: 30 }, (_, index) => `j${index}`);
    const jobs = ids.map((id, index) => {
      const needed = ids.slice(0, index);
      const all = needed.map((other) => `\${{ needs.${other}.outputs.value }}`).join('');
      return `  ${id}:\n    needs: [${needed.join()}]\n    runs-on: x\n    outputs: { value: "${all}" }\n    steps: [{ run: "echo ${all}" }]\n`;
    });
    // Going every way through them takes days.
    expect(levels(`on: issues\npermissions: { contents: write }\njobs:\n${jobs.join('')}`)).toHaveLength(1);
  });
});

describe('strong writes without that are a warning', () => {
  test.each<readonly [string, string]>([
    ['pull_request_target', '{ contents: write }'],
    ['issue_comment', '{ packages: write }'],
    ['issues', '{ id-token: write }'],
    ['discussion_comment', '{ deployments: write }'],
    ['fork', '{ pages: write }'],
    ['watch', '{ attestations: write }'],
    ['issues', 'write-all'],
  ])('%s %s', (on, block) => {
    expect(levelOf(jobWith(on, block, ['run: echo']))).toBe('warning');
  });

  test.each(['pull_request_target', 'issue_comment'])('%s: `actions` alone is a note', (on) => {
    expect(levelOf(jobWith(on, '{ actions: write }', ['run: gh cache delete --all']))).toBe('note');
    expect(levelOf(jobWith(on, '{ actions: write, packages: write }', ['run: x']))).toBe('warning');
  });

  test('a checkout of the head that nothing runs, in a job that can only label', () => {
    expect(levelOf(jobWith('pull_request_target', '{ pull-requests: write }', [HEAD]))).toBe('warning');
  });
});

describe('silent', () => {
  test.each<readonly [string, string, string, readonly string[]]>([
    [
      'a triage job',
      'pull_request_target',
      '{ issues: write, pull-requests: write, statuses: write }',
      ['uses: actions/labeler@v6'],
    ],
    ['comments', 'issue_comment', '{ issues: write }', ['run: gh issue comment 1 -b hi']],
    ['reads', 'pull_request_target', '{ contents: read }', [HEAD, BUILD]],
    ['an empty block', 'pull_request_target', '{}', [HEAD, BUILD]],
    ['a push', 'push', '{ contents: write }', ['run: echo "${{ github.event.issue.title }}"']],
    [
      'a pull request, of which forks get to read alone',
      'pull_request',
      '{ contents: write }',
      ['uses: actions/checkout@v6', BUILD],
    ],
    [
      'labels, which outsiders do not give',
      '{ pull_request_target: { types: [labeled] } }',
      '{ contents: write }',
      [HEAD, BUILD],
    ],
    ['what only administrators do', 'public', '{ contents: write }', ['run: echo']],
    ['wikis, which outsiders do not edit', 'gollum', '{ contents: write }', ['run: echo']],
    [
      'the base of the pull request',
      'pull_request_target',
      '{ pull-requests: write }',
      ['uses: actions/checkout@v6\nwith: { ref: "${{ github.event.pull_request.base.sha }}" }', BUILD],
    ],
    [
      'a text that is only compared',
      'issue_comment',
      '{ issues: write }',
      ["run: echo ${{ github.event.comment.body == '/ok' }} ${{ contains(github.event.comment.body, 'x') }}"],
    ],
    [
      'a text in a variable',
      'issues',
      '{ issues: write }',
      ['run: echo "$TITLE"\nenv: { TITLE: "${{ github.event.issue.title }}" }'],
    ],
    [
      'a value that the event does not have',
      'issues',
      '{ issues: write }',
      ['run: echo ${{ github.event.pull_request.title }}'],
    ],
    ['a number', 'issues', '{ issues: write }', ['run: gh issue close ${{ github.event.issue.number }}']],
    ['a command in a comment', 'issue_comment', '{ issues: write }', ['run: |\n  # gh pr checkout 1\n  make']],
  ])('%s', (_, on, block, steps) => {
    expect(levels(jobWith(on, block, steps))).toEqual([]);
  });

  test.each<readonly [string, string, string]>([
    [
      'the association of who comments',
      'issue_comment',
      `contains(fromJSON('["OWNER","MEMBER"]'), github.event.comment.author_association)`,
    ],
    ['one association', 'issue_comment', "github.event.comment.author_association == 'OWNER'"],
    [
      'one of two associations',
      'issue_comment',
      "github.event.comment.author_association == 'MEMBER' || github.event.comment.author_association == 'COLLABORATOR'",
    ],
    [
      'the association of the author',
      'pull_request_target',
      "github.event.pull_request.author_association == 'MEMBER'",
    ],
    [
      'not a stranger',
      'issues',
      `!contains(fromJSON('["NONE","FIRST_TIMER","FIRST_TIME_CONTRIBUTOR","CONTRIBUTOR","MANNEQUIN"]'), github.event.issue.author_association)`,
    ],
    ['an account', 'issue_comment', "github.actor == 'octocat'"],
    ['the owner', 'issues', 'github.actor == github.repository_owner'],
    ['some accounts', 'issue_comment', `contains(fromJSON('["octocat", "hubot"]'), github.event.comment.user.login)`],
    ['a bot as the author', 'pull_request_target', "github.event.pull_request.user.login == 'dependabot[bot]'"],
    [
      'the same repository',
      'pull_request_target',
      'github.event.pull_request.head.repo.full_name == github.repository',
    ],
    ['not a fork', 'pull_request_target', '!github.event.pull_request.head.repo.fork'],
    ['another event', 'pull_request_target', "github.event_name == 'push'"],
    ['a merge', '{ pull_request_target: { types: [closed] } }', 'github.event.pull_request.merged == true'],
    ['a merge, in short', '{ pull_request_target: { types: [closed] } }', 'github.event.pull_request.merged'],
  ])('behind a guard: %s', (_, on, condition) => {
    const guarded = (text: string) => jobWith(on, '{ contents: write }', [HEAD, BUILD], text);
    expect(levels(guarded(`    if: ${JSON.stringify(condition)}\n`))).toEqual([]);
    expect(levels(guarded(''))).not.toEqual([]);
  });

  test.each([
    ['an association that outsiders have', "github.event.pull_request.author_association == 'CONTRIBUTOR'"],
    ['a bot that may be made to push', "github.actor == 'dependabot[bot]'"],
    ['what a variable says', "vars.DEPLOY == 'true'"],
    ['a guard that is turned around', "github.event.pull_request.author_association != 'MEMBER'"],
  ])('but not behind %s', (_, condition) => {
    const text = jobWith(
      'pull_request_target',
      '{ contents: write }',
      [HEAD, BUILD],
      `    if: ${JSON.stringify(condition)}\n`,
    );
    expect(levelOf(text)).toBe('error');
  });

  test('when the job that it needs is behind the guard', () => {
    const text = `on: issue_comment
jobs:
  allowed:
    if: github.event.comment.author_association == 'OWNER'
    runs-on: x
    permissions: {}
  build:
    needs: allowed
    runs-on: x
    permissions: { contents: write }
    steps:
      - run: gh pr checkout 1
`;
    expect(levels(text)).toEqual([]);
    expect(levelOf(text.replace('needs: allowed', 'if: always()'))).toBe('error');
  });

  test('when the step that lets the outsider in does not run', () => {
    const step = "if: github.event_name == 'push'\nrun: echo ${{ github.event.issue.title }}";
    expect(levels(jobWith('[push, issues]', '{ issues: write }', [step]))).toEqual([]);
  });
});

describe('milder, with the reason', () => {
  const text = (more: string) => jobWith('pull_request_target', '{ contents: write }', [HEAD, BUILD], more);

  test('behind an environment, of which nobody knows whether it asks', () => {
    const [finding] = findingsOf(RULE, text('    environment: release\n'));
    expect(finding?.level).toBe('warning');
    expect(finding?.message).toContain("The environment 'release' may ask for a review first");
  });

  test('behind a label, which stays', () => {
    const [finding] = findingsOf(RULE, text("    if: contains(github.event.pull_request.labels.*.name, 'safe')\n"));
    expect(finding?.level).toBe('warning');
    expect(finding?.message).toContain('stays when new commits are pushed');
  });

  test('after a step that seems to ask who it is', () => {
    const ask =
      'uses: actions/github-script@v8\nwith: { script: "await github.rest.repos.getCollaboratorPermissionLevel({})" }';
    expect(levelOf(jobWith('issue_comment', '{ contents: write }', [ask, 'run: gh pr checkout 1']))).toBe('warning');
    expect(levelOf(jobWith('issue_comment', '{ contents: write }', [ask]))).toBe('note');
  });

  test('in a private repository, where an outsider can read it', () => {
    expect(levelOf(text(''), { visibility: 'private' })).toBe('warning');
    expect(levelOf(text(''), { visibility: 'public' })).toBe('error');
  });
});

test('a job that runs for forks alone is the first to look at', () => {
  const text = jobWith(
    'pull_request_target',
    '{ contents: write }',
    ['run: make'],
    '    if: github.event.pull_request.head.repo.full_name != github.repository\n',
  );
  expect(levelOf(text)).toBe('warning');
  expect(levelOf(text, { visibility: 'public' })).toBe('warning');
});

describe('workflow_run', () => {
  const ci = (on: string) => `name: CI\non: ${on}\npermissions: {}\njobs: { test: { runs-on: x } }\n`;
  const after = (steps: readonly string[], block = '{ contents: write }', more = '') =>
    jobWith('{ workflow_run: { workflows: [CI], types: [completed], branches: [main] } }', block, steps, more);
  const both = (first: string, second: string) => ({
    '.github/workflows/a.yml': first,
    '.github/workflows/b.yml': second,
  });
  const DOWNLOAD = 'uses: actions/download-artifact@v6\nwith: { run-id: "${{ github.event.workflow_run.id }}" }';
  const RUN_HEAD = 'uses: actions/checkout@v6\nwith: { ref: "${{ github.event.workflow_run.head_sha }}" }';

  test.each<readonly [string, string, string, string, string]>([
    ['the head of the run before', 'pull_request', RUN_HEAD, '{ contents: write }', 'error'],
    ['its artifacts', 'pull_request', DOWNLOAD, '{ contents: write }', 'warning'],
    [
      'its artifacts by the command line',
      'pull_request',
      'run: gh run download ${{ github.event.workflow_run.id }}',
      '{ contents: write }',
      'warning',
    ],
    [
      'its artifacts by a script',
      'pull_request',
      'uses: actions/github-script@v8\nwith: { script: "github.rest.actions.downloadArtifact({ run_id: context.payload.workflow_run.id })" }',
      '{ contents: write }',
      'warning',
    ],
    ['a comment with what an artifact says', 'pull_request', DOWNLOAD, '{ pull-requests: write }', ''],
    [
      'the branch in a script',
      'pull_request',
      'run: echo ${{ github.event.workflow_run.head_branch }}',
      '{ issues: write }',
      'error',
    ],
    ['nothing of it', 'pull_request', 'run: make', '{ contents: write }', 'warning'],
    ['nothing of it, and a weak write', 'pull_request', 'run: make', '{ issues: write }', ''],
    ['a run that no outsider starts', 'push', RUN_HEAD, '{ contents: write }', ''],
    // The run after a comment is for the repository's own branch, and so is all that it made. Its title may be theirs.
    ['the head of the run before', 'issue_comment', RUN_HEAD, '{ contents: write }', 'warning'],
    ['the head of the run before, and a weak write', 'issue_comment', RUN_HEAD, '{ issues: write }', ''],
    [
      'its artifacts, which are run',
      'issues',
      'run: gh run download ${{ github.event.workflow_run.id }} && make',
      '{ issues: write }',
      '',
    ],
    [
      'the title in a script',
      'issues',
      'run: echo ${{ github.event.workflow_run.display_title }}',
      '{ issues: write }',
      'error',
    ],
    [
      'the branch in a script',
      'issues',
      'run: echo ${{ github.event.workflow_run.head_branch }}',
      '{ issues: write }',
      '',
    ],
  ])('%s, after %s', (_, on, step, block, level) => {
    expect(levelOf(both(ci(on), after([step], block)))).toBe(level);
  });

  test.each<readonly [string, string, string, string]>([
    ['which nothing runs', 'path: site', 'run: cat site/pr-number', 'warning'],
    ['which goes to another program', 'path: ./site/', 'run: uv run tool upload site', 'warning'],
    ['beside which something else is run', 'path: site', 'run: uv run ./scripts/status.py', 'warning'],
    ['a file of which is run', 'path: site', 'run: node ./site/index.js', 'error'],
    ['a program of which is run', 'path: site', 'run: ls && site/run --now', 'error'],
    ['in which something is built', 'path: "${{ runner.temp }}/site"', 'run: cd $RUNNER_TEMP/site && npm ci', 'error'],
    ['which is made executable', 'path: site', 'run: chmod +x site/tool', 'error'],
    ['which sets variables', 'path: site', 'run: cat site/env >> "$GITHUB_ENV"', 'error'],
    ['which is pushed', 'path: site', 'run: git add site && git push', 'error'],
    ['which becomes a release', 'path: site', 'uses: softprops/action-gh-release@v2', 'error'],
    ['which can take the place of what is built', 'path: .', BUILD, 'error'],
    ['which comes before a local action', 'name: dist', 'uses: ./.github/actions/publish', 'error'],
  ])('an artifact %s', (_, path, step, level) => {
    const download = `uses: actions/download-artifact@v6\nwith:\n  run-id: \${{ github.event.workflow_run.id }}\n  ${path}`;
    expect(levelOf(both(ci('pull_request'), after([download, step], '{ packages: write }')))).toBe(level);
  });

  test('says of an artifact that nothing runs that nothing does', () => {
    const [finding] = findingsOf(RULE, both(ci('pull_request'), after([DOWNLOAD, 'run: cat size'])));
    expect(finding?.message).toContain('though no step evidently runs or publishes it');
  });

  test.each<readonly [string, string, string]>([
    ['as it is', 'run: echo "pr=$(cat pr)" >> "$GITHUB_OUTPUT"', 'error'],
    [
      'by a script',
      "uses: actions/github-script@v8\nwith: { script: \"core.setOutput('pr', fs.readFileSync('pr'))\" }",
      'error',
    ],
    ['after a look at it', 'run: grep -Eq "^[0-9]+$" pr && echo "pr=$(cat pr)" >> "$GITHUB_OUTPUT"', ''],
    ['of which a step before made the file', 'run: cat made', ''],
  ])('what an artifact says, put into a script %s', (_, read, level) => {
    const id = (step: string) => `id: read\n${step}`;
    const steps = [DOWNLOAD, 'run: gh pr list > made', id(read), 'run: gh pr close ${{ steps.read.outputs.pr }}'];
    expect(levelOf(both(ci('pull_request'), after(steps, '{ pull-requests: write }')))).toBe(level);
  });

  test('what another job read from an artifact, put into a script', () => {
    const text = `on: { workflow_run: { workflows: [CI] } }
permissions: { contents: write }
jobs:
  read:
    runs-on: x
    permissions: {}
    outputs: { pr: "\${{ fromJSON(steps.json.outputs.result).pr }}" }
    steps:
      - uses: actions/download-artifact@v6
        with: { run-id: "\${{ github.event.workflow_run.id }}" }
      - id: json
        uses: actions/github-script@v8
        with: { script: "return JSON.parse(require('fs').readFileSync('context.json'))" }
  write:
    needs: read
    runs-on: x
    steps:
      - uses: actions/github-script@v8
        with: { script: "const number = \${{ needs.read.outputs.pr }}" }
`;
    expect(levels(both(ci('pull_request_review'), text))).toEqual(['error b.yml:18']);
    // As a variable it is data.
    const asData = text.replace(
      '"const number = ${{ needs.read.outputs.pr }}" }',
      '"x" }\n        env: { N: "${{ needs.read.outputs.pr }}" }',
    );
    expect(levels(both(ci('pull_request_review'), asData))).toEqual(['warning b.yml:2']);
  });

  test('of a workflow that is not there is silent', () => {
    expect(levels(after([RUN_HEAD]))).toEqual([]);
  });

  test.each([
    "github.event.workflow_run.event == 'push'",
    "github.event.workflow_run.event != 'pull_request'",
    'github.event.workflow_run.head_repository.full_name == github.repository',
    'github.event.workflow_run.head_repository.fork == false',
  ])('behind %s is silent', (condition) => {
    const guarded = after([RUN_HEAD], '{ contents: write }', `    if: ${JSON.stringify(condition)}\n`);
    expect(levels(both(ci('[push, pull_request]'), guarded))).toEqual([]);
  });

  test.each(["github.event.workflow_run.conclusion == 'success'", "github.event.workflow_run.head_branch == 'main'"])(
    'behind %s, which a fork passes, is not',
    (condition) => {
      const guarded = after([RUN_HEAD], '{ contents: write }', `    if: ${JSON.stringify(condition)}\n`);
      expect(levelOf(both(ci('[push, pull_request]'), guarded))).toBe('error');
    },
  );
});

describe('settings that are not known', () => {
  const noBlock = (on: string, step: string) =>
    `on: ${on}\njobs:\n  build:\n    runs-on: x\n    steps:\n      - run: ${step}\n`;

  test('a write of the default alone is a guess, which never fails a run', () => {
    expect(levels(noBlock('issue_comment', 'gh pr checkout 1'))).toEqual(['warning ci.yml:6 write']);
    expect(levels(noBlock('issue_comment', 'gh pr checkout 1'), { default: 'write' })).toEqual(['error ci.yml:6']);
    expect(levels(noBlock('issue_comment', 'gh pr checkout 1'), { default: 'read' })).toEqual([]);
  });

  test('one that nobody uses is a note for the whole repository', () => {
    const files = {
      '.github/workflows/a.yml': noBlock('issues', 'x'),
      '.github/workflows/b.yml': noBlock('watch', 'x'),
    };
    expect(levels(files)).toEqual(['note a.yml:3 write']);
    expect(levels(files, { default: 'write' })).toEqual(['warning a.yml:3', 'warning b.yml:3']);
  });

  test('forks that get write tokens', () => {
    const text = jobWith('pull_request', '{ contents: write }', ['uses: actions/checkout@v6', BUILD]);
    expect(levels(text, { visibility: 'private', forks: 'write' })).toEqual(['warning ci.yml:7']);
    expect(levels(text, { forks: 'write' })).toEqual(['warning ci.yml:7 private']);
    expect(levels(text, { visibility: 'public', forks: 'write' })).toEqual([]);
    expect(levels(text, { visibility: 'private', forks: 'read' })).toEqual([]);
    expect(levels(text, { visibility: 'private' })).toEqual([]);
  });
});

describe('one finding for one cause', () => {
  test('jobs of one workflow are told together, with all of them as subjects', () => {
    const jobs = ['a', 'b', 'c'].map((id) => `  ${id}: { runs-on: x }\n`).join('');
    const [finding, ...others] = findingsOf(
      RULE,
      `on: issues\npermissions: { contents: write, issues: write }\njobs:\n${jobs}`,
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      line: 2,
      column: 1,
      jobs: [['a'], ['b'], ['c']],
      permissions: [{ permission: 'contents' }],
    });
    expect(finding?.message).toBe("Outsiders can start the jobs 'a', 'b' and 'c' by 'issues', with `contents: write`.");
  });

  test('a called workflow counts under the event of the root, and is told once', async () => {
    const caller = (on: string) =>
      `on: ${on}\npermissions: { contents: write }\njobs:\n  call: { uses: ./.github/workflows/c.yml }\n`;
    const files = {
      '.github/workflows/a.yml': caller('pull_request_target'),
      '.github/workflows/b.yml': caller('push'),
      '.github/workflows/c.yml': `on: workflow_call\njobs:\n  build:\n    runs-on: x\n    steps:\n      - ${HEAD.replaceAll('\n', '\n        ')}\n`,
    };
    expect(findingsOf(RULE, files)).toMatchObject([
      {
        path: '.github/workflows/c.yml',
        line: 6,
        jobs: [['call', 'build']],
        subjects: [{ workflow: '.github/workflows/a.yml' }],
      },
    ]);
    const remote = await findingsWithCalls(
      RULE,
      {
        '.github/workflows/a.yml': caller('pull_request_target')
          .replace('./.github', 'o/r/.github')
          .replace('c.yml', 'c.yml@v1'),
      },
      { 'o/r/.github/workflows/c.yml@v1': files['.github/workflows/c.yml'] },
    );
    expect(remote).toMatchObject([{ level: 'error', path: '.github/workflows/a.yml', line: 4 }]);
    expect(remote[0]?.message).toContain('line 6 of o/r/.github/workflows/c.yml@v1');
  });

  test('a condition of the caller guards what it calls', () => {
    const files = {
      '.github/workflows/a.yml': `on: issue_comment\npermissions: { contents: write }\njobs:\n  call:\n    if: github.event.comment.author_association == 'OWNER'\n    uses: ./.github/workflows/c.yml\n`,
      '.github/workflows/c.yml':
        'on: workflow_call\njobs:\n  build:\n    runs-on: x\n    steps:\n      - run: gh pr checkout 1\n',
    };
    expect(levels(files)).toEqual([]);
  });
});
