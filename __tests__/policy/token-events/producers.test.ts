import { describe, expect, test } from '@jest/globals';

import { producersOf } from '../../../src/policy/token-events/producers.ts';
import { readWorkflow } from '../../../src/workflow/read-workflow.ts';
import { findingsOf, jobWith } from '../rule-findings.ts';

/** What the steps of a job cause with its own token: `release by 'softprops/action-gh-release' in line 7`. */
function produced(steps: readonly string[], ofJob = '', ofWorkflow = ''): readonly string[] {
  const { workflow } = readWorkflow(`${ofWorkflow}${jobWith('push', '{ contents: write }', steps, ofJob)}`);
  return workflow.jobs.flatMap((job) =>
    producersOf(job, workflow).map(({ causes, does, position }) => {
      expect(does).toMatch(new RegExp(` in line ${position.line}$`));
      return `${causes.join()} by ${does}`;
    }),
  );
}

const RELEASE = 'softprops/action-gh-release@v2';
const TOKEN = '${{ github.token }}';
const CHECKOUT = 'uses: actions/checkout@v6';

function using(uses: string, ...inputs: readonly string[]): string {
  return `uses: ${uses}\nwith:\n${inputs.map((input) => `  ${input}`).join('\n')}`;
}

describe('an action', () => {
  const DOES = "release by 'softprops/action-gh-release' in line 7";

  test.each<readonly [string, string]>([
    ['with nothing', `uses: ${RELEASE}`],
    ['that may make a draft, and does not', using(RELEASE, 'draft: " False "')],
    ['with other inputs', using(RELEASE, 'files: "${{ secrets.NAME }}"', `TOKEN: ${TOKEN}`)],
    ['with the secret', using(RELEASE, 'token: ${{ secrets.GITHUB_TOKEN }}')],
    ['by way of a variable', `${using(RELEASE, 'token: "${{ env.T }}"')}\nenv: { T: "${TOKEN}" }`],
  ])('%s', (_, step) => {
    expect(produced([step])).toEqual([DOES]);
  });

  test.each<readonly [string, string]>([
    ['a draft', using(RELEASE, 'draft: true')],
    ['what only the run knows', using(RELEASE, 'draft: "${{ inputs.draft }}"')],
    ['another token', using(RELEASE, 'token: ${{ secrets.PAT }}')],
    ['another token if there is one', using(RELEASE, 'token: ${{ secrets.PAT || github.token }}')],
    ['no token', using(RELEASE, 'token: ""')],
    ['a variable that holds another', `uses: ${RELEASE}\nenv: { GITHUB_TOKEN: "\${{ secrets.PAT }}" }`],
    ['another action', 'uses: softprops/turnstyle@v2'],
    ['an action of the repository', 'uses: ./softprops/action-gh-release'],
  ])('not %s', (_, step) => {
    expect(produced([step])).toEqual([]);
  });

  test('with the variables of the job and the workflow', () => {
    const env = 'env: { GITHUB_TOKEN: "${{ secrets.PAT }}" }\n';
    expect(produced([`uses: ${RELEASE}`], `    ${env}`)).toEqual([]);
    expect(produced([`uses: ${RELEASE}`], '', env)).toEqual([]);
    expect(produced([`uses: ${RELEASE}`], '', env.replace('secrets.PAT', 'github.token'))).toEqual([
      DOES.replace('7', '8'),
    ]);
  });

  test('that makes two things', () => {
    expect(produced(['uses: googleapis/release-please-action@v4'])).toEqual([
      "release,tag by 'googleapis/release-please-action' in line 7",
    ]);
  });
});

describe('gh', () => {
  const create = (script: string, env = `GH_TOKEN: "${TOKEN}"`) => `run: ${script}\nenv: { ${env} }`;
  const DOES = 'release by `gh release create` in line 7';

  test.each<readonly [string, string]>([
    ['a release', create('gh release create v1')],
    ['with spaces between', create('gh  release   create v1')],
    ['behind another command', create('|\n  date\n  x && gh release create v1')],
    ['with the other variable', create('gh release create v1', `github_token: "${TOKEN}"`)],
    ['beside another secret', create('gh release create v1', `GH_TOKEN: "${TOKEN}", OTHER: "\${{ secrets.X }}"`)],
    ['beside a draft of another', create('|\n  gh release create v1\n  gh release create v2 --draft')],
    ['named with a -d', create('gh release create v1 --notes x-d')],
    ['by way of another variable', create('gh release create v1', `GH_TOKEN: "\${{ env.A }}", A: "${TOKEN}"`)],
  ])('makes %s', (_, step) => {
    expect(produced([step])).toEqual([DOES]);
  });

  test.each<readonly [string, string]>([
    ['a draft', create('gh release create v1 --draft')],
    ['a draft, in short', create('gh release create -d v1')],
    ['without a token', create('gh release create v1', 'X: y')],
    ['with one of a similar name', create('gh release create v1', `MY_GH_TOKEN: "${TOKEN}"`)],
    ['with one of a longer name', create('gh release create v1', `GH_TOKEN_2: "${TOKEN}"`)],
    [
      'where one of two is another',
      create('gh release create v1', `GH_TOKEN: "${TOKEN}", GITHUB_TOKEN: "\${{ secrets.X }}"`),
    ],
    ['with two tokens in one', create('gh release create v1', `GH_TOKEN: "\${{ inputs.x || github.token }}"`)],
    ['with all secrets', create('gh release create v1', 'GH_TOKEN: "${{ toJSON(secrets) }}"')],
    ['with what the job keeps', create('gh release create v1', 'GH_TOKEN: "${{ env.NONE }}"')],
    [
      'with a variable that is set elsewhere',
      create('gh release create v1', `GH_TOKEN: "\${{ env.NONE || github.token }}"`),
    ],
    ['with its own one or another', create('gh release create v1', 'GH_TOKEN: "${{ github.token || inputs.x }}"')],
    ['with all variables', create('gh release create v1', 'GH_TOKEN: "${{ toJSON(env) }}"')],
    ['which views one', create('gh release view create')],
    ['in a comment', create('|\n  # gh release create v1\n  date')],
  ])('makes none %s', (_, step) => {
    expect(produced([step])).toEqual([]);
  });

  test.each<readonly [number, boolean]>([
    [4, true],
    [5, false],
  ])('finds the token behind a chain of %d variables: %s', (length, is) => {
    const chain = Array.from(
      { length },
      (_, at) => `A${at}: "\${{ ${at + 1 < length ? `env.A${at + 1}` : 'github.token'} }}"`,
    );
    const step = using(RELEASE, 'token: "${{ env.A0 }}"');
    expect(produced([`${step}\nenv: { ${chain.join(', ')} }`])).toHaveLength(is ? 1 : 0);
  });
});

describe('git', () => {
  const TAGS = 'run: git push --tags';
  const pushes = (line: number, what = 'tag') => `${what} by \`git push\` in line ${line}`;

  test.each<readonly [string, readonly string[], string]>([
    ['all tags', [CHECKOUT, TAGS], pushes(8)],
    ['tags beside a branch', [CHECKOUT, 'run: |\n  date\n  git push --follow-tags origin main'], pushes(8)],
    [
      'a tag among lines that move others',
      [CHECKOUT, 'run: |\n  git push -f origin refs/tags/v1\n  git push origin refs/tags/v1.2'],
      pushes(8),
    ],
    ['a site', [CHECKOUT, 'run: |\n  date\n  git push origin HEAD:gh-pages'], pushes(8, 'pages')],
    ['with its token written', [using('actions/checkout@v6', `token: ${TOKEN}`), TAGS], pushes(10)],
    [
      'beside a configuration',
      [CHECKOUT, 'run: git config user.name x', 'run: git remote -v; curl https://x.org', TAGS],
      pushes(10),
    ],
    ['beside an address and a mail', [CHECKOUT, 'run: echo https://x.org me@x.org', TAGS], pushes(9)],
    ['beside its own token', [CHECKOUT, `${TAGS} \${{ secrets.GITHUB_TOKEN }} \${{ github.ref }}`], pushes(8)],
  ])('pushes %s', (_, steps, does) => {
    expect(produced(steps)).toEqual([does]);
  });

  test.each<readonly [string, readonly string[]]>([
    ['without a checkout', [TAGS]],
    [
      'where one of two checkouts stores another token',
      [CHECKOUT, using('actions/checkout@v6', 'token: ${{ secrets.P }}'), TAGS],
    ],
    ['where one of two is of another repository', [CHECKOUT, using('actions/checkout@v6', 'repository: o/r'), TAGS]],
    ['where nothing is stored', [using('actions/checkout@v6', 'persist-credentials: False'), TAGS]],
    ['with a key', [CHECKOUT, 'uses: webfactory/ssh-agent@v0.9.0', TAGS]],
    ['to another address', [CHECKOUT, 'run: git  remote  set-url origin x', TAGS]],
    ['to one more', [CHECKOUT, 'run: git remote add x y', TAGS]],
    ['with a header', [CHECKOUT, 'run: |\n  date\n  git  config x.extraheader y', TAGS]],
    ['with an address in the same script', [CHECKOUT, 'run: git push https://x:$T@github.com/o/r --tags']],
    ['with a secret in the script', [CHECKOUT, `${TAGS} \${{ secrets.P }}`]],
    ['with a secret in a variable', [CHECKOUT, `${TAGS}\nenv: { X: y, T: "\${{ secrets.P }}" }`]],
    ['with a secret behind a variable', [CHECKOUT, `${TAGS}\nenv: { T: "\${{ env.A }}", A: "\${{ secrets.P }}" }`]],
    ['all that it deletes', [CHECKOUT, 'run: git push --delete origin refs/tags/v1']],
    ['what only stands beside it', [CHECKOUT, 'run: |\n  git push\n  git tag --tags']],
    ['a site with a secret', [CHECKOUT, 'run: git push origin gh-pages ${{ secrets.P }}']],
  ])('pushes nothing %s', (_, steps) => {
    expect(produced(steps)).toEqual([]);
  });
});

test('the finding names what is awaited, and what makes it', () => {
  const wait = (on: string, ...steps: readonly string[]) =>
    findingsOf('waits-for-token-event', {
      'make.yml': jobWith('{ push: { branches: [main] } }', '{ contents: write }', steps),
      'wait.yml': jobWith(on, '{}', ['run: x']),
    }).map(({ message }) => message);
  expect(wait('release', `uses: ${RELEASE}`)).toEqual([
    "This workflow starts by a release alone, and what 'softprops/action-gh-release' in line 7 of make.yml makes with the job's own token starts no runs.",
  ]);
  expect(wait('page_build', CHECKOUT, 'run: git push origin gh-pages')).toEqual([
    "This workflow starts by a build of GitHub Pages alone, and what `git push` in line 8 of make.yml pushes with the job's own token builds no GitHub Pages.",
  ]);
});
