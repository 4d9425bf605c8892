import { tellsBothWays } from './both-ways.ts';
import { calling, CI, DEPLOY, file, job, READ, remote, WRITE } from './written.ts';

const callOf = (target: string, more: readonly string[] = [WRITE]) =>
  file('push', calling('other', remote('v4'), [READ]), calling('build', target, more));
const local = (...jobs: readonly string[]) => ({ [DEPLOY]: file('workflow_call', ...jobs) });

tellsBothWays([
  [
    'another version',
    callOf(remote('v1')),
    callOf(remote('v3')),
    [
      "becomes-unknown ci/build\n  ci:7:11 The called workflow 'octo-org/tools/.github/workflows/deploy.yml@v3' was not read: Files of other repositories were not read",
    ],
    [
      'becomes-known ci/build\n  ci:7:11 What octo-org/tools/.github/workflows/deploy.yml@v3 gets could not be read in the base.',
    ],
  ],
  [
    'a version with two jobs',
    callOf(remote('v2')),
    callOf(remote('v3')),
    [
      "becomes-unknown ci/build\n  ci:7:11 The called workflow 'octo-org/tools/.github/workflows/deploy.yml@v3' was not read: Files of other repositories were not read",
    ],
    [
      'becomes-known ci/build\n  ci:7:11 What octo-org/tools/.github/workflows/deploy.yml@v3 gets could not be read in the base.',
    ],
  ],
  [
    'a file of the repository',
    { [CI]: callOf(DEPLOY), ...local(job('b', [READ])) },
    { [CI]: callOf(remote('v3')), ...local(job('b', [READ])) },
    [
      "becomes-unknown ci/build\n  ci:7:11 The called workflow 'octo-org/tools/.github/workflows/deploy.yml@v3' was not read: Files of other repositories were not read",
    ],
    [
      'becomes-known ci/build\n  deploy:3:3 What octo-org/tools/.github/workflows/deploy.yml@v3 gets could not be read in the base.',
    ],
  ],
  [
    'what a called file calls',
    { [CI]: callOf(DEPLOY), ...local(calling('mid', remote('v1'))) },
    { [CI]: callOf(DEPLOY), ...local(calling('mid', remote('v3'))) },
    [
      "becomes-unknown ci/build/mid\n  deploy:4:11 The called workflow 'octo-org/tools/.github/workflows/deploy.yml@v3' was not read: Files of other repositories were not read",
    ],
    [
      'becomes-known ci/build/mid\n  deploy:4:11 What octo-org/tools/.github/workflows/deploy.yml@v3 gets could not be read in the base.',
    ],
  ],
  [
    'neither all of a file of the repository nor another version, whose block is that of the first job',
    {
      [CI]: file('push', calling('build', DEPLOY, [WRITE])),
      ...local(job('b', [READ]), calling('mid', remote('v3'), [WRITE])),
    },
    {
      [CI]: file('push', calling('build', remote('v3'), [READ])),
      ...local(job('b', [READ]), calling('mid', remote('v3'), [WRITE])),
    },
    ['lowered ci/build\n  ci:4:11 What is called changed.'],
    ['raised ci/build\n  deploy:3:3 What is called changed.'],
  ],
  [
    'neither version, and the block is another one',
    callOf(remote('v3'), [READ]),
    callOf(remote('v4')),
    ["raised ci/build\n  ci:8:20 The block of the job 'build' changed."],
    ["lowered ci/build\n  ci:8:20 The block of the job 'build' changed."],
  ],
]);
