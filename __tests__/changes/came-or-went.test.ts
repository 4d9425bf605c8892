import { expect, test } from '@jest/globals';

import { settingsOf } from '../helpers/checking.ts';
import { changesUnder, stateOf } from '../helpers/comparing.ts';
import { tellsBothWays } from './both-ways.ts';
import { called, calling, CI, DEPLOY, file, job, KNOWN, LIB, READ, remote, told, WRITE } from './written.ts';

const B = file('workflow_call', job('b', [READ]));
const C = file('workflow_call', job('c', [WRITE]));
const other = job('other', [READ]);
const callOf = (target: string) => file('push', other, calling('build', target, [WRITE]));
const deep = (...more: readonly string[]) => ({
  [CI]: callOf(DEPLOY),
  [DEPLOY]: file('workflow_call', calling('mid', LIB)),
  [LIB]: file('workflow_call', job('b', [READ]), ...more),
});

tellsBothWays([
  [
    'a job',
    file('push', other),
    file('push', other, job('b', [WRITE])),
    ['new ci/b\n  ci:8:3 The job is new.'],
    ['removed ci/b\n  ci:8:3 The job was removed.'],
  ],
  [
    'a workflow',
    { [CI]: file('push', other) },
    { [CI]: file('push', other), [LIB]: file('create', job('b', [READ])) },
    ['new lib/b\n  lib:3:3 The workflow is new.'],
    ['removed lib/b\n  lib:3:3 The workflow was removed.'],
  ],
  [
    'a workflow that calls one that is there',
    { [DEPLOY]: B },
    { [CI]: callOf(DEPLOY), [DEPLOY]: B },
    ['new ci/other\n  ci:3:3 The workflow is new.', 'new ci/build/b\n  ci:8:3 The workflow is new.'],
    ['removed ci/other\n  ci:3:3 The workflow was removed.', 'removed ci/build/b\n  ci:8:3 The workflow was removed.'],
  ],
  [
    'a workflow that calls another repository',
    {},
    { [CI]: callOf(remote('v1')) },
    ['new ci/other\n  ci:3:3 The workflow is new.', 'new ci/build/b\n  ci:8:3 The workflow is new.'],
    ['removed ci/other\n  ci:3:3 The workflow was removed.', 'removed ci/build/b\n  ci:8:3 The workflow was removed.'],
  ],
  [
    'a job that calls a workflow that is there',
    { [CI]: file('push', other), [DEPLOY]: B },
    { [CI]: callOf(DEPLOY), [DEPLOY]: B },
    ['new ci/build/b\n  ci:8:3 The job is new.'],
    ['removed ci/build/b\n  ci:8:3 The job was removed.'],
  ],
  [
    'a job of a called workflow',
    { [CI]: callOf(DEPLOY), [DEPLOY]: B },
    { [CI]: callOf(DEPLOY), [DEPLOY]: B + job('c', [WRITE]) },
    [
      'new ci/build/c\n  deploy:8:3 The called workflow .github/workflows/deploy.yml has this job now.',
      "contract-raised deploy\n  deploy:10:20 The block of the job 'c' asks for it.",
    ],
    [
      'removed ci/build/c\n  deploy:8:3 The called workflow .github/workflows/deploy.yml no longer has this job.',
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'a job of a workflow that a called one calls',
    deep(),
    deep(job('c', [READ])),
    ['new ci/build/mid/c\n  lib:8:3 The called workflow .github/workflows/lib.yml has this job now.'],
    ['removed ci/build/mid/c\n  lib:8:3 The called workflow .github/workflows/lib.yml no longer has this job.'],
  ],
  [
    'a job that a called workflow calls with',
    { ...deep(), [DEPLOY]: file('workflow_call', job('c')) },
    { ...deep(), [DEPLOY]: file('workflow_call', job('c'), calling('mid', LIB)) },
    [
      'new ci/build/mid/b\n  deploy:7:3 The job is new.',
      'contract-raised deploy\n  deploy:8:11 The workflow that it calls, ./.github/workflows/lib.yml, asks for it.',
    ],
    [
      'removed ci/build/mid/b\n  deploy:7:3 The job was removed.',
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'another workflow is called',
    { [CI]: callOf(DEPLOY), [DEPLOY]: B, [LIB]: C },
    { [CI]: callOf(LIB), [DEPLOY]: B, [LIB]: C },
    [
      'new ci/build/c\n  ci:9:11 `uses` names ./.github/workflows/lib.yml now.',
      'removed ci/build/b\n  ci:9:11 `uses` names ./.github/workflows/lib.yml now.',
    ],
    [
      'new ci/build/b\n  ci:9:11 `uses` names ./.github/workflows/deploy.yml now.',
      'removed ci/build/c\n  ci:9:11 `uses` names ./.github/workflows/deploy.yml now.',
    ],
  ],
  [
    'another version is called, which has one more job',
    callOf(remote('v1')),
    callOf(remote('v2')),
    [
      'raised ci/build/b\n  ci:9:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v2 now.',
      'new ci/build/c\n  ci:9:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v2 now.',
    ],
    [
      'lowered ci/build/b\n  ci:9:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v1 now.',
      'removed ci/build/c\n  ci:9:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v1 now.',
    ],
  ],
  [
    'a job calls what it did itself otherwise',
    { [CI]: file('push', other, job('build', [READ])), [DEPLOY]: B },
    { [CI]: callOf(DEPLOY), [DEPLOY]: B },
    [
      'removed ci/build\n  ci:8:3 The job was removed.',
      'new ci/build/b\n  ci:9:11 `uses` names ./.github/workflows/deploy.yml now.',
    ],
    ['new ci/build\n  ci:8:3 The job is new.', 'removed ci/build/b\n  ci:8:3 `uses` names no workflow now.'],
  ],
]);

test('a job behind a moving ref', () => {
  const [before, after] = [B, B + job('c', [WRITE])].map((v1) => stateOf(callOf(remote('v1')), called({ v1 })));
  const settings = settingsOf(KNOWN);
  const at = `ci:9:11 The called workflow ${remote('v1')}`;
  expect(changesUnder(before!, after!, settings, settings).map(told)).toEqual([
    `new ci/build/c\n  ${at} has this job now.`,
  ]);
  expect(changesUnder(after!, before!, settings, settings).map(told)).toEqual([
    `removed ci/build/c\n  ${at} no longer has this job.`,
  ]);
});
