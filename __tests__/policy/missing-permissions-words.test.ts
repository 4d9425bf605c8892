import { describe, expect, test } from '@jest/globals';

import type { JobNeeds } from '../../src/model/needs.ts';
import type { Permissions } from '../../src/model/permission.ts';
import { foundBy } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';
import { needing, needingMaybe } from '../helpers/needs.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const OTHERS = 'octo/else/.github/workflows/a.yml@v1';

const DECIDES = "the repository's default decides.";
const IS_WRITE = "It is 'write', which gives 17 permissions to write, `contents` among them (as of 2026-11-12).";
const TOP = 'Write this block at the top of the workflow';
const TOGETHER = ', together with those for the jobs that call workflows';
const NO_TOKEN = 'No step is given the token.';
const START = 'It is a start to test: a step that needs more fails with "Resource not accessible by integration".';
const asksFor = (called: string) => `It holds what '${called}' asks for: with less the run does not start.`;
const unread = (job: string, called: string) =>
  `Write a block at the job '${job}' that holds what '${called}' and the workflows that it calls ask for: with less the run does not start. Not all of them were read.`;

const run = (id: string, script = 'make', more = '') =>
  `  ${id}:\n${more}    runs-on: x\n    steps:\n      - run: ${script}\n`;
const call = (id: string, uses = `./${CALLED}`, block = '') => `  ${id}:\n${block}    uses: ${uses}\n`;
const ci = (...jobs: readonly string[]) => `on: push\njobs:\n${jobs.join('')}`;
const called = (...jobs: readonly string[]) => `on: workflow_call\njobs:\n${jobs.join('')}`;
const PACKAGES = called(run('inner', 'make', '    permissions: { packages: write }\n'));

type Advised = readonly [number, string, Permissions?];

function found(texts: Parameters<typeof foundBy>[1], given: Judging = { default: 'write' }) {
  return foundBy('missing-permissions', texts, given);
}

function advised(texts: Parameters<typeof foundBy>[1], given?: Judging): readonly Advised[] {
  return found(texts, given).flatMap(({ advice = [] }) =>
    advice.map(({ line, text, permissions }): Advised => (permissions ? [line, text, permissions] : [line, text])),
  );
}

function knowing(needs: JobNeeds): Judging {
  return { default: 'write', needsOf: () => needs };
}

describe('what it says', () => {
  const message = (texts: Parameters<typeof foundBy>[1], given?: Judging) => found(texts, given)[0]?.message;

  test.each<readonly [string, Parameters<typeof foundBy>[1], Judging['default'], string]>([
    [
      'one value that is known',
      ci(run('a')),
      'read',
      `to the job 'a': ${DECIDES} It is 'read', which gives \`contents: read\` and \`packages: read\` only.`,
    ],
    ['the other one', ci(run('a')), 'write', `to the job 'a': ${DECIDES} ${IS_WRITE}`],
    [
      'neither is known, and under one of them nothing starts',
      { [CI]: ci(run('a'), call('c')), [CALLED]: PACKAGES },
      undefined,
      `to the job 'a': ${DECIDES} If it is 'read', the run does not start. If it is 'write', it gives 17 permissions to write, \`contents\` among them (as of 2026-11-12).`,
    ],
    [
      'one of several jobs calls what was not read',
      ci(run('a'), run('b'), call('c', OTHERS)),
      'write',
      `to the jobs 'a', 'b' and 'c': ${DECIDES} ${IS_WRITE} What the job 'c' can call was not read and may have blocks of its own.`,
    ],
    [
      'further down, too',
      { [CI]: ci(run('a'), call('c')), [CALLED]: called(call('deep', OTHERS)) },
      'write',
      `to the jobs 'a' and 'c / deep': ${DECIDES} ${IS_WRITE} What the job 'c / deep' can call was not read and may have blocks of its own.`,
    ],
    [
      'all of them do: once',
      ci(call('c', OTHERS)),
      'write',
      `to the job 'c': ${DECIDES} ${IS_WRITE} This holds only if the called workflow that could not be read has no block of its own that asks for less.`,
    ],
    [
      'a job that does not run by each event is certain all the same',
      `on: [push, pull_request]\njobs:\n${run('a', 'make', "    if: github.event_name == 'push'\n")}`,
      'write',
      `to the job 'a': ${DECIDES} ${IS_WRITE}`,
    ],
  ])('%s', (_, texts, value, expected) => {
    expect(message(texts, value === undefined ? {} : { default: value })).toBe(
      `No \`permissions\` block applies ${expected}`,
    );
  });
});

describe('what to write, and how sure that is', () => {
  test.each<readonly [string, string, Judging | undefined, readonly Advised[]]>([
    ['scripts without the token', ci(run('a')), undefined, [[1, `${TOP}. ${NO_TOKEN} ${START}`, {}]]],
    [
      'a script with it',
      ci(run('a', 'gh ${{ github.token }}')),
      undefined,
      [[1, `${TOP}. ${START}`, { contents: 'read' }]],
    ],
    [
      'what the restricted default gives',
      ci(run('a')),
      { default: 'read' },
      [
        [
          1,
          `${TOP}. It holds what the default gives now. Test whether less is enough.`,
          { contents: 'read', packages: 'read' },
        ],
      ],
    ],
    [
      'what the steps use',
      ci(run('a')),
      knowing(needing({ issues: 'write' })),
      [[1, `${TOP}. It holds what the steps use.`, { issues: 'write' }]],
    ],
    [
      'what they use as far as can be seen',
      ci(run('a')),
      knowing({ ...needingMaybe({ issues: 'write' }, 'pages'), suggested: { issues: 'write', pages: 'read' } }),
      [
        [
          1,
          `${TOP}. It holds what the steps use, and keeps what a step may use whose code this tool cannot see.`,
          { issues: 'write', pages: 'read' },
        ],
      ],
    ],
    [
      'at the one job that lacks it',
      ci(run('a'), run('b', 'make', '    permissions: {}\n')),
      undefined,
      [[3, `Write this block at the job 'a'. ${NO_TOKEN} ${START}`, {}]],
    ],
    [
      'not for a job that never runs',
      ci(run('a'), run('b'), run('c', 'gh ${{ github.token }}', '    if: false\n')),
      undefined,
      [[1, `${TOP}. ${NO_TOKEN} ${START}`, {}]],
    ],
  ])('%s', (_, text, given, expected) => {
    expect(advised(text, given)).toEqual(expected);
  });

  const inner = called(run('inner'));

  test.each<readonly [string, Record<string, string>, readonly Advised[]]>([
    [
      'for a job that calls, too, where the top is too little for it',
      {
        [CI]: ci(run('a'), run('b'), call('call')),
        [CALLED]: called(run('own', 'make'), ...PACKAGES.split('jobs:\n').slice(1)),
      },
      [
        [1, `${TOP}${TOGETHER}. ${NO_TOKEN} ${START}`, {}],
        [11, `Write this block at the job 'call'. ${asksFor(`./${CALLED}`)} ${START}`, { packages: 'write' }],
      ],
    ],
    [
      'not for one that has a block',
      {
        [CI]: ci(run('a'), run('b'), call('call', undefined, '    permissions: { packages: write }\n')),
        [CALLED]: PACKAGES,
      },
      [[1, `${TOP}. ${NO_TOKEN} ${START}`, {}]],
    ],
    [
      'where there are calls alone',
      { [CI]: ci(call('one'), call('two')), [CALLED]: inner },
      [
        [3, `Write this block at the job 'one'. ${asksFor(`./${CALLED}`)} ${NO_TOKEN} ${START}`, {}],
        [5, `Write this block at the job 'two'. ${asksFor(`./${CALLED}`)} ${NO_TOKEN} ${START}`, {}],
      ],
    ],
    [
      'where a called workflow was not read',
      { [CI]: ci(run('a'), run('b'), call('c', OTHERS)) },
      [
        [1, `${TOP}${TOGETHER}. ${NO_TOKEN} ${START}`, {}],
        [11, unread('c', OTHERS)],
      ],
    ],
    [
      'or one that it calls',
      { [CI]: ci(call('c')), [CALLED]: called(call('deep', OTHERS)) },
      [[3, unread('c', `./${CALLED}`)]],
    ],
  ])('%s', (_, files, expected) => {
    expect(advised(files)).toEqual(expected);
  });
});
