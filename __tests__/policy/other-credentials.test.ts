import { describe, expect, test } from '@jest/globals';

import { findingsOf, jobWith } from './rule-findings.ts';

const RULE = 'other-credentials';

function abouts(step: string, more = ''): readonly (string | undefined)[] {
  const findings = findingsOf(RULE, jobWith('push', '{}', [step], more));
  return findings.flatMap(({ subjects }) => subjects.map(({ about }) => about));
}

function inputs(uses: string, ...lines: readonly string[]): string {
  return `uses: ${uses}\nwith:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

describe('a token of somebody', () => {
  test.each<readonly [string, string]>([
    ['an input of checkout', inputs('actions/checkout@v6', 'token: ${{ secrets.PAT }}')],
    ['or the own one', inputs('actions/checkout@v6', 'token: ${{ secrets.PAT || github.token }}')],
    ['an input that says whose it is', inputs('o/r@v1', 'github-token: "${{ secrets.PAT }}"')],
    ['an input in another case', inputs('o/r@v1', 'GITHUB_TOKEN: "${{ secrets.PAT }}"')],
    ['a variable that gh reads', 'run: gh pr list\nenv: { GH_TOKEN: "${{ secrets.PAT }}" }'],
    ['a variable that many read', 'run: x\nenv: { GITHUB_TOKEN: "${{ secrets.PAT }}" }'],
    ['a URL of git', 'run: git push https://x-access-token:${{ secrets.PAT }}@github.com/o/r main'],
  ])('%s', (_, step) => {
    expect(abouts(step)).toEqual(['secrets.PAT']);
  });

  test('a variable of the job', () => {
    expect(abouts('run: gh pr list', '    env: { GH_TOKEN: "${{ secrets.PAT }}" }\n')).toEqual(['secrets.PAT']);
  });

  test('by way of a variable', () => {
    const step = `${inputs('actions/checkout@v6', 'token: ${{ env.MINE }}')}\nenv: { MINE: "\${{ secrets.PAT }}" }`;
    expect(abouts(step)).toEqual(['secrets.PAT']);
  });

  test('an input named `token` counts by what the secret is called', () => {
    expect(abouts(inputs('o/r@v1', 'token: ${{ secrets.MY_GITHUB_PAT }}'))).toEqual(['secrets.MY_GITHUB_PAT']);
    expect(abouts(inputs('slackapi/slack-github-action@v2', 'token: ${{ secrets.SLACK_BOT_TOKEN }}'))).toEqual([]);
    expect(abouts(inputs('codecov/codecov-action@v5', 'token: ${{ secrets.CODECOV_TOKEN }}'))).toEqual([]);
  });

  test.each<readonly [string, string]>([
    ['the own token', inputs('actions/checkout@v6', 'token: ${{ secrets.GITHUB_TOKEN }}')],
    ['the own token, in the context', inputs('o/r@v1', 'github-token: ${{ github.token }}')],
    ['that of npm', 'run: npm publish\nenv: { NODE_AUTH_TOKEN: "${{ secrets.NPM_TOKEN }}" }'],
    ['a password of PyPI', inputs('pypa/gh-action-pypi-publish@v1', 'password: ${{ secrets.PYPI_TOKEN }}')],
    ['a URL elsewhere', 'run: curl https://x:${{ secrets.PAT }}@example.com/'],
    [
      'what an App made, which is told where it is made',
      inputs('o/r@v1', 'github-token: ${{ steps.app.outputs.token }}'),
    ],
    ['a secret that is only asked for', inputs('o/r@v1', "github-token: ${{ secrets.PAT != '' && github.token }}")],
  ])('not %s', (_, step) => {
    expect(abouts(step)).toEqual([]);
  });
});

describe('the token of an App', () => {
  const message = (step: string) =>
    findingsOf(RULE, jobWith('push', '{}', [step]))
      .map((one) => one.message)
      .join();

  test('with all that the App may do', () => {
    expect(message(inputs('actions/create-github-app-token@v2', 'app-id: 1'))).toContain(
      'with all that the App may do',
    );
  });

  test('limited', () => {
    const step = inputs('actions/create-github-app-token@v2', 'permission-contents: write');
    expect(message(step)).toContain('limited to some permissions');
  });

  test('of another action', () => {
    expect(abouts('uses: tibdex/github-app-token@v2')).toEqual(['tibdex/github-app-token']);
  });
});

describe('a key', () => {
  test.each([
    inputs('actions/checkout@v6', 'ssh-key: ${{ secrets.KEY }}'),
    inputs('webfactory/ssh-agent@v0.9.0', 'ssh-private-key: ${{ secrets.KEY }}'),
  ])('%s', (step) => {
    expect(abouts(step)).toEqual(['secrets.KEY']);
  });
});

test('one finding for a credential, wherever it is used; a job that does not run uses none', () => {
  const text = jobWith('push', '{}', [inputs('actions/checkout@v6', 'token: ${{ secrets.PAT }}')]);
  const files = { '.github/workflows/a.yml': text, '.github/workflows/b.yml': text };
  expect(findingsOf(RULE, files)).toMatchObject([
    {
      level: 'note',
      path: '.github/workflows/a.yml',
      line: 9,
      subjects: [{ workflow: '.github/workflows/a.yml' }, { workflow: '.github/workflows/b.yml' }],
    },
  ]);
  expect(findingsOf(RULE, text.replace('runs-on: x', 'if: false\n    runs-on: x'))).toEqual([]);
});

describe('what it says', () => {
  const PAT = inputs('actions/checkout@v6', 'token: ${{ secrets.PAT }}');
  const APP = 'actions/create-github-app-token@v2';
  const found = (steps: readonly string[]) => findingsOf(RULE, jobWith('push', '{}', steps));

  test.each<readonly [string, string, string, string]>([
    [
      'of a token',
      PAT,
      "'secrets.PAT' is used as a token of GitHub beside the job's own, which no `permissions` block limits: .github/workflows/ci.yml:9.",
      'Where the own token is enough, use `${{ github.token }}` and a `permissions` block. Otherwise prefer the token of a GitHub App with `permission-…` inputs, and keep the secret in an environment.',
    ],
    [
      'of an App',
      inputs(APP, 'app-id: 1'),
      "'actions/create-github-app-token' makes a token of a GitHub App, with all that the App may do, which no `permissions` block limits: .github/workflows/ci.yml:7.",
      'Give the token only what the job needs, such as `permission-contents: write`: without any such input it can do all that the App may.',
    ],
    [
      'of an App with limits',
      inputs(APP, 'permission-contents: write'),
      "'actions/create-github-app-token' makes a token of a GitHub App, limited to some permissions, which no `permissions` block limits: .github/workflows/ci.yml:7.",
      'Where the own token is enough, use `${{ github.token }}` and a `permissions` block. Otherwise keep the key of the App in an environment.',
    ],
    [
      'of a key',
      inputs('actions/checkout@v6', 'ssh-key: ${{ secrets.KEY }}'),
      "'secrets.KEY' is used as an SSH key, such as a deploy key, which no `permissions` block limits: .github/workflows/ci.yml:9.",
      'Where the own token is enough, leave the key out: `actions/checkout` stores the own token. Otherwise let the key read only, and keep it in an environment.',
    ],
  ])('%s', (_, step, message, hint) => {
    expect(found([step])).toMatchObject([{ message, hint }]);
  });

  test('of each credential apart, and of an App with limits and without', () => {
    const steps = [
      PAT,
      PAT.replace('PAT', 'OTHER'),
      inputs(APP, 'app-id: 1'),
      inputs(APP, 'permission-contents: write'),
    ];
    expect(found(steps).map(({ line }) => line)).toEqual([9, 12, 13, 16]);
  });

  test('with all places, by file', () => {
    const files = {
      '.github/workflows/a.yml': jobWith('push', '{}', [PAT, PAT]),
      '.github/workflows/b.yml': jobWith('push', '{}', [PAT]),
    };
    expect(findingsOf(RULE, files).map(({ message }) => message.slice(message.indexOf(': ')))).toEqual([
      ': .github/workflows/a.yml:9,12 and .github/workflows/b.yml:9.',
    ]);
  });

  test('of a file that is only called, and of a job that does not run by each event', () => {
    expect(findingsOf(RULE, jobWith('workflow_call', '{}', [PAT]))).toHaveLength(1);
    expect(findingsOf(RULE, jobWith('workflow_call', '{}', [PAT]).replace('    permissions: {}\n', ''))).toHaveLength(
      1,
    );
    const sometimes = jobWith('[push, pull_request]', '{}', [PAT], "    if: github.event_name == 'push'\n");
    expect(findingsOf(RULE, sometimes)).toHaveLength(1);
  });

  test('nothing of what GitHub refuses', () => {
    expect(findingsOf(RULE, `${jobWith('push', '{}', [PAT])}foo: 1\n`)).toEqual([]);
  });

  test('an ignore comment at the job is about all of it', () => {
    const text = jobWith('push', '{}', [PAT, PAT]);
    const ignored = text.replace('  build:\n', `  build: # effective-permissions: ignore[${RULE}] moves soon\n`);
    expect(findingsOf(RULE, ignored)).toEqual([]);
  });

  test('an ignore comment at the line of one use leaves the others', () => {
    const ignored = `${PAT} # effective-permissions: ignore[${RULE}] moves soon`;
    expect(found([PAT, ignored]).map(({ line, message }) => [line, message.slice(message.indexOf(': '))])).toEqual([
      [9, ': .github/workflows/ci.yml:9.'],
    ]);
  });
});
