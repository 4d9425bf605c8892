import { expect, test } from '@jest/globals';

import { rowsByActor } from '../../src/policy/kinds-of-run.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { jobOf, settingsOf, whatOf, whenOf } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';

const workflow = (on: string, lines: string) =>
  `on: ${on}\njobs:\n  a:\n    runs-on: x\n${lines}    steps:\n      - run: make\n`;
const WRITE = '    permissions: { issues: write }\n';
const READS = 'contents:read packages:read';
const WRITES = '17 writes, 2 reads';
const REDUCED = '0 writes, 18 reads';
const TYPES = '{ pull_request: { types: [opened, closed] } }';

test.each<readonly [string, string, Known, readonly string[]]>([
  [
    'events are apart, and Dependabot shares what the repository gets',
    workflow('[issues, push]', WRITE),
    {},
    [
      'issues repository: issues:write',
      'push repository: issues:write',
      'issues dependabot: issues:write',
      'push dependabot: issues:write',
    ],
  ],
  [
    'a fork shares it where the settings give it that',
    workflow('[pull_request, push]', WRITE),
    { default: 'read' },
    [
      'pull_request repository: issues:write',
      'push repository: issues:write',
      'pull_request fork public: issues:read',
      'pull_request fork private forks=off: not-run',
      'pull_request fork private forks=read: issues:read',
      'pull_request fork private forks=write: issues:write',
      'pull_request dependabot: issues:write',
      'push dependabot: issues:write',
    ],
  ],
  ['nobody else starts what a clock does', workflow('schedule', WRITE), {}, ['schedule repository: issues:write']],
  [
    'settings that are not known are named',
    workflow('pull_request', WRITE),
    { visibility: 'private', forks: 'unknown' },
    [
      'pull_request repository: issues:write',
      'pull_request fork forks=off: not-run',
      'pull_request fork forks=read: issues:read',
      'pull_request fork default=read forks=write: issues:write',
      'pull_request fork default=write forks=write: issues:write',
      'pull_request dependabot: issues:write',
    ],
  ],
  [
    'what is known of forks is not',
    workflow('pull_request', WRITE),
    { default: 'read', forks: 'write' },
    [
      'pull_request repository: issues:write',
      'pull_request fork public: issues:read',
      'pull_request fork private: issues:write',
      'pull_request dependabot: issues:write',
    ],
  ],
  [
    'a setting that is known is not named',
    workflow('pull_request', WRITE),
    { default: 'read', visibility: 'private' },
    [
      'pull_request repository: issues:write',
      'pull_request fork forks=off: not-run',
      'pull_request fork forks=read: issues:read',
      'pull_request fork forks=write: issues:write',
      'pull_request dependabot: issues:write',
    ],
  ],
  [
    'the default is shared where nothing reduces it',
    workflow('push', ''),
    { visibility: 'public' },
    [
      `push repository default=read: ${READS}`,
      `push repository default=write medium: ${WRITES}`,
      `push dependabot default=write medium: ${REDUCED}`,
      `push dependabot default=read: ${READS}`,
    ],
  ],
  [
    'a base that Dependabot created takes nothing from its other runs',
    workflow('pull_request_target', WRITE),
    { visibility: 'public', default: 'read' },
    [
      'pull_request_target repository if allowed: issues:write',
      'pull_request_target dependabot on its own base if allowed medium: issues:read',
      'pull_request_target fork if allowed: issues:write',
      'pull_request_target dependabot if allowed: issues:write',
    ],
  ],
  [
    'activity types are apart where the rows of the repository are',
    workflow(TYPES, `${WRITE}    if: github.event.action == 'opened'\n`),
    { visibility: 'public', default: 'read' },
    [
      'pull_request [opened] repository: issues:write',
      'pull_request [closed] repository: not-run',
      'pull_request [opened] fork: issues:read',
      'pull_request [closed] fork: not-run',
      'pull_request [opened] dependabot: issues:write',
      'pull_request [closed] dependabot: not-run',
    ],
  ],
  [
    'and where those of forks are',
    workflow(
      TYPES,
      `${WRITE}    if: github.event.action == 'opened' || github.event.pull_request.head.repo.full_name == github.repository\n`,
    ),
    { default: 'read', visibility: 'private' },
    [
      'pull_request repository: issues:write',
      'pull_request [opened] fork forks=off: not-run',
      'pull_request [opened] fork forks=read: issues:read',
      'pull_request [closed] fork: not-run',
      'pull_request [opened] fork forks=write: issues:write',
      'pull_request dependabot: issues:write',
    ],
  ],
  [
    'the types are those of the event, whatever stands before it',
    workflow(
      '{ issues: { types: [labeled] }, pull_request: { types: [opened, closed] } }',
      `${WRITE}    if: github.event.action != 'closed' || github.actor != 'dependabot[bot]'\n`,
    ),
    { visibility: 'public', default: 'read' },
    [
      'issues repository: issues:write',
      'pull_request repository: issues:write',
      'pull_request fork: issues:read',
      'pull_request [closed] dependabot: not-run',
      'issues dependabot: issues:write',
      'pull_request [opened] dependabot: issues:write',
    ],
  ],
  [
    'a type that no row names is shared as well',
    workflow(TYPES, `${WRITE}    if: github.event.action == 'opened' || github.actor != 'dependabot[bot]'\n`),
    { visibility: 'public', default: 'read' },
    [
      'pull_request repository: issues:write',
      'pull_request fork: issues:read',
      'pull_request [closed] dependabot: not-run',
      'pull_request [opened] dependabot: issues:write',
    ],
  ],
])('%s', (_, text, known, expected) => {
  const { triggers } = readWorkflow(text).workflow;
  const rows = rowsByActor(jobOf(text, known).grants, triggers, settingsOf(known));
  expect(rows.map((row) => `${whenOf(row)}: ${whatOf(row)}`)).toEqual(expected);
});
