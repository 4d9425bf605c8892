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
      'a call of the API, with the route',
      'uses: actions/github-script@v8\nwith: { script: "await github.rest.actions.createOrUpdateRepoSecret({})" }',
      "`github.rest.actions.createOrUpdateRepoSecret` in the job 'a' needs `secrets: write` (PUT /repos/{owner}/{repo}/actions/secrets/…), which no block can give.",
      APP,
    ],
  ])('%s', (_, step, message, hint) => {
    expect(found(ci(job('a', step)))).toMatchObject([{ message, hint }]);
  });

  const VERIFY = 'run: gh attestation verify x -R octo/hello';
  const onServer = (step: string) =>
    found(ci(job('a', step)), { visibility: 'private', ghes: '3.10' }).map(({ message, hint }) => [message, hint]);

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

  test('no news where it may fail', () => {
    expect(onServer(`${VERIFY} || true\ncontinue-on-error: true`)).toEqual([]);
  });
});

describe('what is one finding', () => {
  test('not what needs different things, nor what other jobs do', () => {
    const text = ci(job('a', SET, 'run: gh repo edit --description x', 'run: gh secret delete B'), job('b', SET));
    expect(found(text).map((finding) => [briefly(finding), finding.subjects[0]?.about])).toEqual([
      ['ci.yml:8:1 a', 'secrets: write'],
      ['ci.yml:9:1 a', 'administration: write'],
      ['ci.yml:10:1 a', 'secrets: write'],
      ['ci.yml:15:1 b', 'secrets: write'],
    ]);
  });

  test('what holds in a private repository alone is a guess', () => {
    const text = ci(job('a', SET)).replace('runs-on', 'if: github.event.repository.private\n    runs-on');
    expect(found(text)).toMatchObject([{ level: 'warning', visibility: 'private' }]);
    expect(found(text, { visibility: 'private' })).toMatchObject([{ level: 'error' }]);
  });
});
