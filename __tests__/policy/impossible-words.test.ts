import { describe, expect, test } from '@jest/globals';

import { briefly, foundBy } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';

const APP =
  'Hand the step the token of a GitHub App that has this permission (`actions/create-github-app-token`), or a personal access token, from a secret.';
const ELSEWHERE =
  'Hand the step a personal access token from a secret, or where an app will do, the token of a GitHub App that is installed there (`actions/create-github-app-token`).';
const ON_SERVER = 'Leave the step out on this server, or run it where there is such a permission.';
const SET = 'run: gh secret set A';

const job = (id: string, ...steps: readonly string[]) =>
  `  ${id}:\n    runs-on: x\n    env: { GH_TOKEN: '\${{ github.token }}' }\n    steps:\n${steps
    .map((step) => `      - ${step.replaceAll('\n', '\n        ')}\n`)
    .join('')}`;
const ci = (...jobs: readonly string[]) => `on: push\npermissions: write-all\njobs:\n${jobs.join('')}`;

function found(text: string, given: Judging = {}) {
  return foundBy('impossible-permission', text, { needsOf: 'real', repository: 'octo/hello', ...given });
}

describe('what it says', () => {
  test.each<readonly [string, string, string, string]>([
    ['a permission', SET, "`gh secret set` in the job 'a' needs `secrets: write`, which no block can give.", APP],
    [
      'another repository',
      'run: gh issue create -R octo/other',
      "`gh issue create` in the job 'a' needs a token for octo/other (the job’s token is good for its own repository only), which no block can give.",
      ELSEWHERE,
    ],
    [
      'what only a user may do',
      'run: gh gist create a',
      "`gh gist create` in the job 'a' needs a user's token (gh gist: the job's token stands for no user), which no block can give.",
      ELSEWHERE,
    ],
    [
      'what an option needs',
      'run: gh issue create --project x',
      "`gh issue create` in the job 'a' needs `projects: write` (gh issue create --project), which no block can give.",
      APP,
    ],
    [
      'what has the name of a permission and is none of a repository',
      "uses: actions/add-to-project@v1\nwith: { github-token: '${{ github.token }}' }",
      "`actions/add-to-project` in the job 'a' needs projects: write (Projects) (adds to a project: github-token 'must be a personal access token'), which no block can give.",
      ELSEWHERE,
    ],
    [
      'a call of the API, with the route',
      'uses: actions/github-script@v8\nwith: { script: "await github.rest.actions.createOrUpdateRepoSecret({})" }',
      "`github.rest.actions.createOrUpdateRepoSecret` in the job 'a' needs `secrets: write` (PUT /repos/{owner}/{repo}/actions/secrets/…), which no block can give.",
      APP,
    ],
  ])('%s', (_, step, message, hint) => {
    expect(found(ci(job('a', step)))).toMatchObject([{ message, hint }]);
  });

  const VERIFY = 'run: gh attestation verify x -R octo/hello';
  const onServer = (...steps: readonly string[]) =>
    found(ci(job('a', ...steps)), { visibility: 'private', ghes: '3.10' }).map(({ message, hint }) => [message, hint]);

  test('a permission that a server does not have', () => {
    expect(onServer(VERIFY)).toEqual([
      [
        "`gh attestation verify` in the job 'a' needs `attestations: read`, which GitHub Enterprise Server 3.10 does not have.",
        ON_SERVER,
      ],
    ]);
  });

  test('what no block can give at all is said so on a server, too', () => {
    expect(onServer(SET)).toEqual([
      ["`gh secret set` in the job 'a' needs `secrets: write`, which no block can give.", APP],
    ]);
  });

  test('each of two as what it is', () => {
    expect(onServer(SET, VERIFY).map(([, hint]) => hint)).toEqual([APP, ON_SERVER]);
  });

  test('no news where it may fail', () => {
    expect(onServer(`${VERIFY} || true\ncontinue-on-error: true`)).toEqual([]);
  });
});

describe('what is one finding', () => {
  test('not what needs different things, nor what other jobs do', () => {
    const text = ci(job('a', SET, 'run: gh repo edit --description x', 'run: gh secret delete B'), job('b', SET));
    expect(found(text).map((finding) => [finding.level, briefly(finding), finding.subjects[0]?.about])).toEqual([
      ['error', 'ci.yml:8:1 a', 'secrets: write'],
      ['error', 'ci.yml:9:1 a', 'administration: write'],
      ['error', 'ci.yml:10:1 a', 'secrets: write'],
      ['error', 'ci.yml:15:1 b', 'secrets: write'],
    ]);
  });

  test('what holds in a private repository alone is a guess', () => {
    const text = ci(job('a', SET)).replace('runs-on', 'if: github.event.repository.private\n    runs-on');
    expect(found(text)).toMatchObject([{ level: 'warning', visibility: 'private' }]);
    expect(found(text, { visibility: 'private' })).toMatchObject([{ level: 'error' }]);
  });

  test('what is certain in the runs of one event, beside what is a guess in those of another', () => {
    const steps = [SET, "run: gh repo edit --description x\nif: github.event_name == 'issues'"];
    const text = ci(job('a', ...steps))
      .replace('on: push', 'on: [push, issues]')
      .replace('runs-on', "if: github.event.repository.private || github.event_name == 'push'\n    runs-on");
    expect(found(text).map(({ level, line, visibility }) => [level, line, visibility])).toEqual([
      ['error', 9, undefined],
      ['warning', 10, 'private'],
    ]);
  });

  test.each([
    ['Dependabot', "github.actor == 'dependabot[bot]'"],
    ['forks', 'github.event.pull_request.head.repo.full_name != github.repository'],
  ])('what is done for %s alone is certain, though these runs get what all others get', (_, condition) => {
    const text = ci(job('a', `${SET}\nif: ${condition}`))
      .replace('push', 'pull_request')
      .replace('write-all', '{}');
    expect(found(text)).toMatchObject([{ level: 'error', line: 8 }]);
  });
});
