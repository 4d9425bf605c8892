import { describe, expect, test } from '@jest/globals';

import { OPPOSITES } from '../../src/changes/opposites.ts';
import { settingsOf } from '../helpers/checking.ts';
import { brief, changesOf, changesUnder, stateOf } from '../helpers/comparing.ts';
import type { Texts } from '../helpers/comparing.ts';
import { called, CALLED, CI, DEPLOY, file, job, KNOWN, READ, remote, WRITE } from './written.ts';

const OWNER = "if: github.event.comment.author_association == 'OWNER'";
const HEAD = 'github.event.pull_request.head.repo.full_name';
const call = (target: string, more = '') => `  build:\n    uses: ${target}\n${more}`;
const callers = (more: string, called: string) => ({ [CI]: file('push', call(`./${DEPLOY}`, more)), [DEPLOY]: called });

/** The changes from one state to the other, and the opposite ones. */
const CASES: readonly (readonly [
  what: string,
  base: Texts,
  head: Texts,
  there: readonly string[],
  back: readonly string[],
])[] = [
  [
    'a level is raised',
    file('push', job('a', [READ])),
    file('push', job('a', [WRITE])),
    ['raised ci/a push repository+dependabot contents:read>write'],
    ['lowered ci/a push repository+dependabot contents:write>read'],
  ],
  [
    'one permission is raised and another lowered',
    file('push', job('a', [READ])),
    file('push', job('a', ['permissions: { issues: write }'])),
    [
      'raised ci/a push repository+dependabot issues:none>write',
      'lowered ci/a push repository+dependabot contents:read>none',
    ],
    [
      'raised ci/a push repository+dependabot contents:none>read',
      'lowered ci/a push repository+dependabot issues:write>none',
    ],
  ],
  [
    'a block is removed',
    file('push', job('a', ['permissions: {}'])),
    file('push', job('a')),
    ['raised ci/a push repository+dependabot contents:none>read packages:none>read'],
    ['lowered ci/a push repository+dependabot contents:read>none packages:read>none'],
  ],
  [
    'a job is new',
    file('push', job('a', [READ])),
    file('push', job('a', [READ]), job('b', [WRITE])),
    ['new ci/b push repository+dependabot contents:none>write'],
    ['removed ci/b push repository+dependabot contents:write>none'],
  ],
  [
    'a workflow is new',
    { [CI]: file('push', job('a', [READ])) },
    {
      [CI]: file('push', job('a', [READ])),
      [DEPLOY]: file('schedule', job('b', [WRITE])).replace('schedule', '{ schedule: [{ cron: 0 0 * * * }] }'),
    },
    ['new deploy/b schedule repository contents:none>write'],
    ['removed deploy/b schedule repository contents:write>none'],
  ],
  [
    'an event is added that no outsider can cause',
    file('push', job('a', [WRITE])),
    file('[push, create]', job('a', [WRITE])),
    ['raised ci/a create repository+dependabot contents:none>write'],
    ['lowered ci/a create repository+dependabot contents:write>none'],
  ],
  [
    'an event is added that outsiders can cause',
    file('push', job('a', [WRITE])),
    file('[push, issue_comment]', job('a', [WRITE])),
    ['reachable-by-outsiders ci/a issue_comment repository+dependabot outsiders contents:none>write'],
    ['no-longer-reachable ci/a issue_comment repository+dependabot outsiders contents:write>none'],
  ],
  [
    'an event is added that a guard keeps outsiders from',
    file('push', job('a', [WRITE])),
    file('[push, issue_comment]', job('a', [WRITE, `${OWNER} || github.event_name == 'push'`])),
    ['raised ci/a issue_comment repository+dependabot contents:none>write'],
    ['lowered ci/a issue_comment repository+dependabot contents:write>none'],
  ],
  [
    'pull requests are added: forks get a reduced token',
    file('push', job('a', [WRITE])),
    file('[push, pull_request]', job('a', [WRITE])),
    [
      'raised ci/a pull_request repository+dependabot contents:none>write',
      'reachable-by-outsiders ci/a pull_request fork outsiders contents:none>read',
    ],
    [
      'lowered ci/a pull_request repository+dependabot contents:write>none',
      'no-longer-reachable ci/a pull_request fork outsiders contents:read>none',
    ],
  ],
  [
    'an activity type is added',
    file('{ issues: { types: [labeled] } }', job('a', [WRITE])),
    file('{ issues: { types: [labeled, opened] } }', job('a', [WRITE])),
    ['reachable-by-outsiders ci/a issues[opened] repository+dependabot outsiders contents:none>write'],
    ['no-longer-reachable ci/a issues[opened] repository+dependabot outsiders contents:write>none'],
  ],
  [
    'an `if` is taken away that kept outsiders out',
    file('issue_comment', job('a', [WRITE, OWNER])),
    file('issue_comment', job('a', [WRITE])),
    ['reachable-by-outsiders ci/a issue_comment repository+dependabot outsiders contents:none>write'],
    ['no-longer-reachable ci/a issue_comment repository+dependabot outsiders contents:write>none'],
  ],
  [
    'an `if` is taken away that kept the job from running',
    file('[push, create]', job('a', [WRITE, "if: github.event_name == 'push'"])),
    file('[push, create]', job('a', [WRITE])),
    ['raised ci/a create repository+dependabot contents:none>write'],
    ['lowered ci/a create repository+dependabot contents:write>none'],
  ],
  [
    'a job for the repository alone becomes one for forks alone',
    file('pull_request_target', job('a', [WRITE, `if: ${HEAD} == github.repository`])),
    file('pull_request_target', job('a', [WRITE, `if: ${HEAD} != github.repository`])),
    [
      'lowered ci/a pull_request_target dependabot own base contents:read>none',
      'lowered ci/a pull_request_target repository+dependabot contents:write>none',
      'reachable-by-outsiders ci/a pull_request_target fork outsiders contents:none>write',
    ],
    [
      'no-longer-reachable ci/a pull_request_target fork outsiders contents:write>none',
      'raised ci/a pull_request_target dependabot own base contents:none>read',
      'raised ci/a pull_request_target repository+dependabot contents:none>write',
    ],
  ],
  [
    'outsiders can start it from now on, with less',
    file('issue_comment', job('a', [WRITE, OWNER])),
    file('issue_comment', job('a', [READ])),
    [
      'reachable-by-outsiders ci/a issue_comment repository+dependabot outsiders contents:none>read',
      'lowered ci/a issue_comment repository+dependabot contents:write>read',
    ],
    [
      'no-longer-reachable ci/a issue_comment repository+dependabot outsiders contents:read>none',
      'raised ci/a issue_comment repository+dependabot contents:read>write',
    ],
  ],
  [
    'another workflow lets outsiders start one that did not change',
    {
      [CI]: `name: CI\n${file('push', job('a', [READ]))}`,
      [DEPLOY]: file('{ workflow_run: { workflows: [CI] } }', job('b', [WRITE])),
    },
    {
      [CI]: `name: CI\n${file('[push, pull_request]', job('a', [READ]))}`,
      [DEPLOY]: file('{ workflow_run: { workflows: [CI] } }', job('b', [WRITE])),
    },
    [
      'raised ci/a pull_request repository+dependabot contents:none>read',
      'reachable-by-outsiders ci/a pull_request fork outsiders contents:none>read',
      'reachable-by-outsiders deploy/b workflow_run repository+dependabot outsiders contents:none>write',
    ],
    [
      'lowered ci/a pull_request repository+dependabot contents:read>none',
      'no-longer-reachable ci/a pull_request fork outsiders contents:read>none',
      'no-longer-reachable deploy/b workflow_run repository+dependabot outsiders contents:write>none',
    ],
  ],
  [
    'a file becomes invalid',
    file('push', job('a', [WRITE])),
    file('push', job('a', [WRITE, 'colour: red'])),
    ['starts-to-fail ci/a push repository+dependabot contents:write>none'],
    ['stops-failing ci/a push repository+dependabot contents:none>write'],
  ],
  [
    'a file can no longer be read at all',
    file('push', job('a', [WRITE])),
    'on: [',
    ['starts-to-fail ci/a push repository+dependabot contents:write>none'],
    ['stops-failing ci/a push repository+dependabot contents:none>write'],
  ],
  [
    'a file of which no job got a token becomes invalid',
    file('push', job('a', ['if: false'])),
    file('push', job('a', ['if: false', 'colour: red'])),
    ['starts-to-fail ci push repository'],
    ['stops-failing ci push repository'],
  ],
  [
    'a workflow is new and GitHub refuses it',
    {},
    file('push', job('a', ['colour: red'])),
    ['new ci push repository'],
    ['removed ci push repository'],
  ],
  ['both sides fail', file('push', job('a', ['colour: red'])), file('push', job('a', ['colour: blue', WRITE])), [], []],
  [
    'a called file is raised, and its caller grants it',
    callers(`    ${WRITE}\n`, file('workflow_call', job('b', [READ]))),
    callers(`    ${WRITE}\n`, file('workflow_call', job('b', [WRITE]))),
    [
      'raised ci/build/b push repository+dependabot contents:read>write',
      'contract-raised deploy workflow_call repository contents:read>write',
    ],
    [
      'lowered ci/build/b push repository+dependabot contents:write>read',
      'contract-lowered deploy workflow_call repository contents:write>read',
    ],
  ],
  [
    'a called file asks for more than its caller grants',
    callers(`    ${READ}\n`, file('workflow_call', job('b', [READ]))),
    callers(`    ${READ}\n`, file('workflow_call', job('b', [WRITE]))),
    [
      'starts-to-fail ci/build/b push repository+dependabot contents:read>none',
      'contract-raised deploy workflow_call repository contents:read>write',
    ],
    [
      'stops-failing ci/build/b push repository+dependabot contents:none>read',
      'contract-lowered deploy workflow_call repository contents:write>read',
    ],
  ],
  [
    'a called file is removed that is still called',
    callers(`    ${READ}\n`, file('workflow_call', job('b', [READ]))),
    { [CI]: callers(`    ${READ}\n`, '')[CI] },
    ['starts-to-fail ci/build push repository+dependabot contents:read>none'],
    ['stops-failing ci/build push repository+dependabot contents:none>read'],
  ],
  [
    'the caller grants more to a called file without a block',
    callers(`    ${READ}\n`, file('workflow_call', job('b'))),
    callers(`    ${WRITE}\n`, file('workflow_call', job('b'))),
    ['raised ci/build/b push repository+dependabot contents:read>write'],
    ['lowered ci/build/b push repository+dependabot contents:write>read'],
  ],
  [
    'a file that nobody here calls: its token and what it asks for',
    file('workflow_call', job('a', [READ])),
    file('workflow_call', job('a', [WRITE])),
    [
      'contract-raised ci workflow_call repository contents:read>write',
      'raised ci/a workflow_call repository contents:read>write',
    ],
    [
      'contract-lowered ci workflow_call repository contents:write>read',
      'lowered ci/a workflow_call repository contents:write>read',
    ],
  ],
  [
    'a file that nobody here calls leaves it to its callers',
    file('workflow_call', job('a', [READ])),
    file('workflow_call', job('a')),
    [
      'contract-lowered ci workflow_call repository contents:read>none',
      'becomes-unknown ci/a workflow_call repository',
    ],
    ['contract-raised ci workflow_call repository contents:none>read', 'becomes-known ci/a workflow_call repository'],
  ],
  [
    'a file can be called from now on',
    file('push', job('a', [READ])),
    file('[push, workflow_call]', job('a', [READ])),
    ['raised ci/a workflow_call repository contents:none>read'],
    ['lowered ci/a workflow_call repository contents:read>none'],
  ],
  ['a file is renamed', { [CI]: file('push', job('a', [READ])) }, { [DEPLOY]: file('push', job('a', [READ])) }, [], []],
  [
    'a file is renamed and changed',
    { [CI]: file('push', job('a', [READ]), job('b')) },
    { [DEPLOY]: file('push', job('a', [WRITE]), job('b')) },
    ['raised deploy/a from ci push repository+dependabot contents:read>write'],
    ['lowered ci/a from deploy push repository+dependabot contents:write>read'],
  ],
  ['a job is renamed', file('push', job('a', [READ])), file('push', job('z', [READ], 'a')), [], []],
  [
    'a job is renamed and raised',
    file('push', job('a', [READ])),
    file('push', job('z', [WRITE], 'a')),
    ['raised ci/z from ci/a push repository+dependabot contents:read>write'],
    ['lowered ci/a from ci/z push repository+dependabot contents:write>read'],
  ],
  [
    'a job moves to a file that other events start',
    { [CI]: file('push', job('a', [READ]), job('b', [READ])), [DEPLOY]: file('create', job('c', [READ])) },
    { [CI]: file('push', job('b', [READ])), [DEPLOY]: file('create', job('c', [READ]), job('a', [READ])) },
    [
      'raised deploy/a from ci create repository+dependabot contents:none>read',
      'lowered deploy/a from ci push repository+dependabot contents:read>none',
    ],
    [
      'raised ci/a from deploy push repository+dependabot contents:none>read',
      'lowered ci/a from deploy create repository+dependabot contents:read>none',
    ],
  ],
  [
    'a job moves to a file that is called instead',
    { [CI]: file('push', job('b', [READ])) },
    callers(`    ${READ}\n`, file('workflow_call', job('b', [READ]))),
    [],
    [],
  ],
  [
    'two jobs that are alike get other names',
    file('push', job('a', [READ], 'x'), job('b', [WRITE], 'x')),
    file('push', job('y', [WRITE], 'x'), job('z', [READ], 'x')),
    [],
    [],
  ],
];

describe.each(CASES)('%s', (_, base, head, there, back) => {
  test('there', () => {
    const changes = changesOf(base, head, KNOWN);
    expect(changes.map(brief).sort()).toEqual([...there].sort());
    expect(changes.map(({ actor }) => actor)).toEqual(changes.map(({ actors: [first] }) => first));
  });

  test('and back', () => {
    expect(changesOf(head, base, KNOWN).map(brief).sort()).toEqual([...back].sort());
  });
});

test('every kind is among them', () => {
  const kinds = new Set(CASES.flatMap(([, , , there, back]) => [...there, ...back].map((one) => one.split(' ')[0])));
  expect([...kinds].sort()).toEqual(Object.keys(OPPOSITES).sort());
});

describe('called workflows of other repositories', () => {
  const calling = (ref: string) => file('push', call(remote(ref), `    ${WRITE}\n`));
  const settings = settingsOf(KNOWN);
  const between = (base: string, head: string, before = CALLED, after = CALLED) =>
    changesUnder(stateOf(base, before), stateOf(head, after), settings, settings);

  test('show what the new version gets that the old one did not', () => {
    const changes = between(calling('v1'), calling('v2'));
    expect(changes.map(brief)).toEqual([
      'raised ci/build/b push repository+dependabot contents:read>write',
      'new ci/build/c push repository+dependabot contents:none>read',
    ]);
    const because = { path: CI, line: 4, column: 11, message: `\`uses\` names ${remote('v2')} now.` };
    expect(changes.map((change) => change.because)).toEqual([because, because]);
  });

  test('show what changed behind a moving ref', () => {
    const moved = called({ v1: file('workflow_call', job('b', [WRITE])) });
    const changes = between(calling('v1'), calling('v1'), CALLED, moved);
    expect(changes.map(brief)).toEqual(['raised ci/build/b push repository+dependabot contents:read>write']);
    expect(changes[0]!.because).toEqual({
      path: CI,
      line: 4,
      column: 11,
      message: `The block of the job 'b' in ${remote('v1')} changed.`,
    });
  });

  test('that can no longer be read take their jobs along', () => {
    const gone = between(calling('v1'), calling('v3'));
    expect(gone.map(brief)).toEqual([
      'becomes-unknown ci/build push repository+dependabot at most contents:read>write',
    ]);
    expect(between(calling('v3'), calling('v1')).map(brief)).toEqual([
      'becomes-known ci/build push repository+dependabot at most contents:write>read',
    ]);
    expect(gone[0]!.because.path).toBe(CI);
  });
});

describe('settings that differ', () => {
  const state = stateOf(file('[push, pull_request]', job('a')));

  test('the default', () => {
    const [read, write] = (['read', 'write'] as const).map((value) => settingsOf({ ...KNOWN, default: value }));
    const changes = changesUnder(state, state, read!, write!);
    expect(changes.map(({ kind, events, actors }) => [kind, events, actors])).toEqual([
      ['raised', ['push', 'pull_request'], ['repository']],
      ['raised', ['push', 'pull_request'], ['dependabot']],
      ['raised', ['pull_request'], ['fork']],
    ]);
    expect(changes[0]!.because).toMatchObject({
      path: CI,
      line: 3,
      message: "The repository's default is 'write', not 'read'.",
    });
  });

  test('one that both do not know is compared value by value', () => {
    const changes = changesOf(file('push', job('a', ['permissions: {}'])), file('push', job('a')), {
      visibility: 'public',
    });
    expect(
      changes.map(({ defaultPermissions, actors, permissions }) => [defaultPermissions, actors, permissions.length]),
    ).toEqual([
      ['read', ['repository', 'dependabot'], 2],
      ['write', ['repository'], 19],
      ['write', ['dependabot'], 18],
    ]);
  });
});
