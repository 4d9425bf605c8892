import { describe, expect, test } from '@jest/globals';

import { callTree } from '../../src/calls/call-tree.ts';
import type { Grant } from '../../src/model/grant.ts';
import { jobNeeds } from '../../src/needs/job-needs.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { bytesOf, jobOf, PATH, settingsOf } from '../helpers/checking.ts';
import { short } from './using.ts';

const settings = settingsOf({ repository: 'octo/hello', visibility: 'public' });

/** What the job of a workflow needs, and the rows in short. */
function needsIn(text: string) {
  const [file] = readFiles([{ path: PATH, bytes: bytesOf(text) }]);
  const [chained] = file === undefined ? [] : callTree(file, { checkout: new Map(), called: new Map(), settings });
  if (chained === undefined) throw new Error('no job');
  const { grants, declared } = jobOf(text, { repository: 'octo/hello', visibility: 'public' });
  const world = { settings, actionFiles: new Map(), readFile: () => null, declaredActions: [] };
  return jobNeeds({ chained, grants, declared }, world, {
    jobs: new Map(),
    steps: { scripts: new Map(), actions: new Map() },
  });
}

const job = (on: string, ...steps: readonly string[]) =>
  `on: ${on}\npermissions: { pull-requests: write }\njobs:\n  a:\n    runs-on: x\n    env: { GH_TOKEN: '\${{ github.token }}' }\n    steps:\n${steps
    .map((step) => `      - ${step.replaceAll('\n', '\n        ')}\n`)
    .join('')}`;

const actors = (rows: readonly { readonly row: Grant }[]) => rows.map(({ row }) => row.actor);

describe('a step that runs for one actor alone', () => {
  test('is seen where Dependabot shares the row of the repository', () => {
    const needs = needsIn(job('pull_request_target', "run: gh pr merge 1\nif: github.actor == 'dependabot[bot]'"));
    expect(short(needs)).toContain('contents: write');
    expect(actors(needs.rows)).toContain('dependabot');
  });

  test('makes no rows where all run the same', () => {
    const needs = needsIn(job('schedule', 'run: gh pr comment 1 -b x'));
    expect(actors(needs.rows)).toEqual(['repository']);
  });

  test('is not seen where nobody runs it', () => {
    expect(
      short(needsIn(job('pull_request_target', "run: gh pr merge 1\nif: github.actor == 'nobody' && false"))),
    ).toEqual([]);
  });
});

describe('credentials of another repository', () => {
  const push = 'run: git push\nworking-directory: other';
  const own = 'run: git config --global url.https://x:${{ github.token }}@github.com/.insteadOf https://github.com/';

  test.each([
    ['a clone with another token', 'run: git clone https://x:${{ secrets.PAT }}@github.com/octo/other'],
    ['a checkout with another token', 'uses: actions/checkout@v6\nwith: { token: "${{ secrets.PAT }}", path: other }'],
    ['a checkout of another repository', 'uses: actions/checkout@v6\nwith: { repository: octo/other, path: other }'],
    ['a checkout with a key', 'uses: actions/checkout@v6\nwith: { ssh-key: "${{ secrets.KEY }}" }'],
  ])('%s leaves it open where a later push goes', (_, step) => {
    expect(short(needsIn(job('push', own, step, push)))).not.toContain('contents: write');
    expect(short(needsIn(job('push', own, push)))).toContain('contents: write');
  });
});

describe('a workflow whose callers are not known', () => {
  const called = (name: string, uses: string) =>
    job(`\n  workflow_call:\n    secrets: { ${name}: { required: true } }`, uses).replace(/^ {4}env: .*\n/m, '');

  test('may be handed the token as a secret', () => {
    const needs = needsIn(called('github-token', "run: ./push.sh\nenv: { T: '${{ secrets.github-token }}' }"));
    expect([needs.complete, needs.open]).toEqual([false, 'all']);
  });

  test('only where it uses that', () => {
    expect(needsIn(called('github-token', "run: echo\nenv: { T: '${{ secrets.OTHER }}' }")).complete).toBe(true);
  });
});

test('an identity that is given is not asked for', () => {
  const sign = (option: string) => short(needsIn(job('push', `run: python -m sigstore sign ${option} a.txt`)));
  expect(sign('')).toContain('id-token: write');
  expect(sign('--identity-token x')).not.toContain('id-token: write');
});
