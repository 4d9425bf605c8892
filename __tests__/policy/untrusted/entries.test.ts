import { describe, expect, test } from '@jest/globals';

import { jobWith } from '../rule-findings.ts';
import { comingInBy, comingInto } from './coming-in.ts';

const SHA = '${{ github.event.pull_request.head.sha }}';
const HEAD = `uses: actions/checkout@v6\nwith: { ref: "${SHA}" }`;
const TAKES = `line 7 checks out the code of the pull request (\`ref: ${SHA}\`)`;
const CHECKS_OUT = 'line 7 checks out the code of the pull request';
const FETCHES = 'line 7 fetches the code of the pull request';

function checkout(ref: string, uses = 'actions/checkout@v6'): string {
  return `uses: ${uses}\nwith: { ref: "${ref}" }`;
}

describe('what runs the code that comes in', () => {
  test.each<readonly [string, readonly string[], string]>([
    ['a step behind the checkout', [HEAD, 'run: npm ci'], `${TAKES}, and line 9 uses it`],
    ['the first of them', [HEAD, 'run: echo', 'run: make', 'run: npm ci'], `${TAKES}, and line 10 uses it`],
    ['an action of the repository', [HEAD, 'uses: ./.github/actions/build'], `${TAKES}, and line 9 uses it`],
    ['what stands behind a path of Windows', [HEAD, 'run: |\n  cd dist\\\n  npm ci'], `${TAKES}, and line 9 uses it`],
    ['the next line', ['run: |\n  gh pr checkout 1\n  npm ci'], `${FETCHES}, and line 7 uses it`],
    ['the next command', ['run: gh pr checkout 1 && npm ci'], `${FETCHES}, and line 7 uses it`],
    [
      'what stands between two commands that bring it in',
      ['run: |\n  gh pr checkout 1\n  npm ci\n  git checkout main'],
      `${FETCHES}, and line 7 uses it`,
    ],
    [
      'the command behind one that stands on two lines',
      ['run: |\n  gh pr \\\n    checkout 1\n  npm ci'],
      `${FETCHES}, and line 7 uses it`,
    ],
  ])('%s', (_, steps, said) => {
    expect(comingInBy('pull_request_target', ...steps)).toEqual([said]);
  });

  test.each<readonly [string, readonly string[]]>([
    ['an action of another repository', [HEAD, 'uses: actions/setup-node@v6']],
    ['an image', [HEAD, 'uses: docker://alpine']],
    ['a step that only waits', [HEAD, 'wait-all:']],
    ['a comment', [HEAD, 'run: |\n  echo\n    # make\n  echo # done']],
    ['what merely begins so', [HEAD, 'run: echo makefile']],
  ])('not %s', (_, steps) => {
    expect(comingInBy('pull_request_target', ...steps)).toEqual([TAKES]);
  });

  test('not what was run before', () => {
    const [said, ...others] = comingInBy('pull_request_target', 'run: npm ci', HEAD);
    expect([said, others]).toEqual([TAKES.replace('line 7', 'line 8'), []]);
    expect(comingInBy('pull_request_target', 'run: npm ci && gh pr checkout 1')).toEqual([FETCHES]);
    expect(comingInBy('pull_request_target', 'run: |\n  npm ci\n  gh pr checkout 1')).toEqual([FETCHES]);
    expect(comingInBy('pull_request_target', 'run: date; npm ci; gh pr checkout 1')).toEqual([FETCHES]);
  });

  test('not the folder that it comes into', () => {
    const clone = 'run: gh repo clone ${{ github.event.pull_request.head.repo.full_name }} ./pr';
    expect(comingInBy('pull_request_target', clone)).toEqual([CHECKS_OUT]);
  });
});

describe('the code of the pull request', () => {
  test.each<readonly [string, string, string]>([
    ['by gh', 'run: gh pr checkout 1', FETCHES],
    ['by git', `run: git checkout ${SHA}`, CHECKS_OUT],
    ['a number below pull/', 'run: git checkout pull/${{ github.event.number }}', CHECKS_OUT],
    ['one of two values', `run: git clone \${{ github.repository }} && git checkout ${SHA}`, CHECKS_OUT],
    ['behind a number sign', 'run: echo "#1" && gh pr checkout 1', FETCHES],
    ['by a ref that begins with pull/', checkout('pull/${{ github.event.number }}/head'), ''],
    ['by another action', checkout(SHA, 'o/action-checkout@v1'), TAKES],
  ])('%s', (_, step, said) => {
    const ref = 'checks out the code of the pull request (`ref: pull/${{ github.event.number }}/head`)';
    expect(comingInBy('pull_request_target', step)).toEqual([said === '' ? `line 7 ${ref}` : said]);
  });

  test.each<readonly [string, string]>([
    ['a commit that is only printed', `run: echo ${SHA}`],
    ['what has an input of that name', checkout(SHA, 'o/build@v1')],
    ['an action below that of a checkout', checkout(SHA, 'o/checkout/clean@v1')],
    ['an action whose name begins so', checkout(SHA, 'o/checkout-cache@v1')],
    ['the commit of the run, which is the base', 'uses: actions/checkout@v6'],
    ['a number alone', checkout('${{ github.event.number }}')],
    ['a number below another folder', 'run: git checkout mypull/${{ github.event.number }}'],
    ['the number of the run', checkout('refs/pull/${{ github.run_number }}/merge')],
    ['the default branch', checkout('${{ github.event.repository.default_branch }}')],
    ['an output of a job that there is not', checkout('${{ needs.nobody.outputs.sha }}')],
    ['an output of a step that there is not', checkout('${{ steps.nobody.outputs.sha }}')],
    ['all jobs that it needs', checkout('${{ toJSON(needs) }}')],
    ['a variable that the script does not name', `run: git checkout main\nenv: { SHA: "${SHA}" }`],
  ])('not %s', (_, step) => {
    expect(comingInBy('pull_request_target', step)).toEqual([]);
  });

  test.each<readonly [string, string, boolean]>([
    ['a comment on a pull request', 'issue_comment', true],
    ['an issue', 'issues', false],
    ['a discussion', 'discussion', false],
    ['a fork', 'fork', false],
    ['a star', 'watch', false],
  ])('%s may be about one', (_, on, may) => {
    expect(comingInBy(on, 'run: gh pr checkout 1')).toEqual(may ? [FETCHES] : []);
    const looks = 'id: pr\nrun: echo "sha=$(gh pr view 1 --json headRefOid -q .headRefOid)" >> $GITHUB_OUTPUT';
    const found = 'line 9 checks out the code of the pull request (`ref: ${{ steps.pr.outputs.sha }}`)';
    expect(comingInBy(on, looks, checkout('${{ steps.pr.outputs.sha }}'))).toEqual(may ? [found] : []);
  });

  test('not by a number that the event does not have', () => {
    expect(comingInBy('issue_comment', 'run: git checkout pull/${{ github.event.number }}')).toEqual([]);
  });

  test('of a run that forks start with a token that can write', () => {
    const known = { visibility: 'private', forks: 'write' } as const;
    const by = (step: string) => comingInto(jobWith('pull_request', '{ contents: write }', [step]), known);
    // Which is the commit of the run itself.
    expect(by('uses: actions/checkout@v6')).toEqual([CHECKS_OUT]);
    expect(by(HEAD)).toEqual([TAKES]);
    expect(by('run: git checkout pull/${{ github.event.number }}')).toEqual([CHECKS_OUT]);
    expect(by(checkout('${{ github.event.pull_request.base.sha }}'))).toEqual([]);
    expect(by(checkout('main', 'o/r@v1'))).toEqual([]);
  });
});

describe('a commit that was looked up', () => {
  const LOOKS_UP = 'run: echo "sha=$(gh pr view 1 --json headRefOid -q .headRefOid)" >> $GITHUB_OUTPUT';
  const SCRIPT = 'uses: actions/github-script@v8\nwith: { script: "return pull.data.head.sha" }';

  test.each<readonly [string, string, string]>([
    ['by a command', `id: pr\n${LOOKS_UP}`, 'pr.outputs.sha'],
    ['by a script', `id: pr\n${SCRIPT}`, 'pr.outputs.head-sha'],
    ['by an action', 'id: PR\nuses: xt0rted/Pull-Request-Comment-Branch@v3', 'pr.outputs.head_ref'],
  ])('%s', (_, step, output) => {
    const [said] = comingInBy('issue_comment', step, checkout(`\${{ steps.${output} }}`));
    expect(said).toMatch(/^line \d+ checks out the code of the pull request \(`ref: \$\{\{ steps\.pr\.outputs\./);
  });

  test.each<readonly [string, string, string]>([
    ['another output', `id: pr\n${LOOKS_UP}`, 'pr.outputs.number'],
    ['an output of an action that finds something else', 'id: pr\nuses: o/find@v1', 'pr.outputs.head_ref'],
    ['what a command looked up of main', 'id: pr\nrun: echo "sha=$(git rev-parse main)"', 'pr.outputs.sha'],
    ['what a step without a script gives', 'id: pr\nwait-all:', 'pr.outputs.sha'],
    ['an output of another step', `id: other\n${LOOKS_UP}`, 'pr.outputs.sha'],
  ])('not %s', (_, step, output) => {
    const named = step.startsWith('id: other') ? [step, 'id: pr\nrun: echo "sha=$(git rev-parse main)"'] : [step];
    expect(comingInBy('issue_comment', ...named, checkout(`\${{ steps.${output} }}`))).toEqual([]);
  });

  test('not the default branch of the event, whatever a step is called', () => {
    const branch = checkout('${{ github.event.repository.default_branch }}');
    expect(comingInBy('issue_comment', `id: event\n${LOOKS_UP}`, branch)).toEqual([]);
  });

  const looking = (...steps: readonly string[]) => `on: issue_comment
permissions: { contents: write }
jobs:
  other:
    runs-on: x
    permissions: {}
    steps: [{ run: x }]
  First:
    runs-on: x
    permissions: {}
    outputs: { head_sha: "\${{ fromJSON(steps.look.outputs.result) }}", number: "\${{ steps.look.outputs.result }}" }
    steps:
${steps.map((step) => `      - ${step.replaceAll('\n', '\n        ')}\n`).join('')}  second:
    needs: [other, first]
    runs-on: x
    steps:
      - uses: actions/checkout@v6
        with: { ref: "\${{ needs.first.outputs.head_sha }}" }
`;

  test('by another job', () => {
    const steps = ['run: echo', `id: look\n${SCRIPT}`];
    const said = 'line 21 checks out the code of the pull request (`ref: ${{ needs.first.outputs.head_sha }}`)';
    expect(comingInto(looking(...steps))).toEqual([said]);
    expect(comingInto(looking(...steps).replace('first.outputs.head_sha', 'first.outputs.number'))).toEqual([]);
    expect(comingInto(looking(...steps).replace('issue_comment', 'issues'))).toEqual([]);
    expect(comingInto(looking('id: look\nrun: echo', 'run: echo'))).toEqual([]);
    // Of a job that it does not need it gets nothing.
    expect(comingInto(looking(...steps).replace('needs.first', 'needs.other'))).toEqual([]);
  });
});

describe('a text in a script', () => {
  const inScript = (uses: string) => `uses: ${uses}\nwith: { script: "say('\${{ github.event.issue.title }}')" }`;

  test('of a shell, or of github-script', () => {
    const said = 'line 7 puts `github.event.issue.title` into a script';
    expect(comingInBy('issues', 'run: echo "${{ github.event.issue.title }}"')).toEqual([said]);
    expect(comingInBy('issues', inScript('actions/github-script@v8'))).toEqual([said]);
    expect(comingInBy('issues', inScript('Actions/GitHub-Script@v8'))).toEqual([said]);
  });

  test.each(['o/actions/github-script@v8', 'actions/github-script/post@v8', 'o/script@v1'])('not of %s', (uses) => {
    expect(comingInBy('issues', inScript(uses))).toEqual([]);
  });

  test('not where an action takes none', () => {
    expect(comingInBy('issues', 'uses: actions/github-script@v8')).toEqual([]);
    expect(comingInBy('issues', 'wait-all:')).toEqual([]);
  });
});
