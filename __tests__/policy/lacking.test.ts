import { describe, expect, test } from '@jest/globals';

import type { Grant } from '../../src/model/grant.ts';
import type { StepNeed } from '../../src/model/needs.ts';
import type { Finding } from '../../src/model/report.ts';
import type { Judging } from '../helpers/judging.ts';
import { block, CALLED, CI, job, lacking, messages, use, using, workflow } from './lacking-uses.ts';

const NONE = block({});
const WRITE: Judging = { default: 'write', visibility: 'private', forks: 'off' };
const PUBLIC: Judging = { visibility: 'public' };

const OF_FORKS = 'github.event.pull_request.head.repo.full_name != github.repository';
/** A step that writes issues under a condition. */
const issue = (condition: string) =>
  `      - if: ${condition}\n        run: gh issue create --title x --body x\n        env: { GH_TOKEN: "\${{ github.token }}" }\n`;

/** Level, what is lacking, and the setting under which alone it is so. */
const brief = ({ level, permissions = [], defaultPermissions, visibility, forkPullRequests }: Finding) =>
  [
    level,
    ...permissions.map(({ permission, granted }) => `${permission} ${granted}`),
    ...[defaultPermissions, visibility, forkPullRequests].filter((one) => one !== undefined),
  ].join(' ');

type Uses = Parameters<typeof using>[0][string];
const found = (
  on: string,
  lines: string,
  uses: Uses,
  given: Judging = PUBLIC,
  more: Parameters<typeof using>[1] = {},
) => lacking(workflow(on, lines, job('a')), using({ a: uses }, more), given).map(brief);

describe('runs of Dependabot that lack something are news', () => {
  test.each([
    ['push', ['warning issues read']],
    ['pull_request', ['warning issues read']],
    ['{ push: { branches-ignore: [main] } }', ['warning issues read']],
    ['{ push: { branches: [main] } }', []],
    ['{ push: { tags: [v*] } }', []],
    ['{ push: { tags-ignore: [v*] } }', []],
    ['{ issues: {}, push: { branches: [main] } }', []],
    ['create', []],
    ['{ create: {}, push: { branches: [main] } }', []],
  ])('on %s: %j', (on, expected) => {
    expect(found(on, '', [use('issues')], WRITE)).toEqual(expected);
  });
});

describe('what a need says of itself', () => {
  test.each<readonly [string, StepNeed, readonly string[]]>([
    ['it is not asked for', use('issues', { optional: true }), []],
    ['it is there for every token', use('metadata', { level: 'read' }), []],
    ['results of code scanning on a push', use('security-events'), ['error security-events none']],
    ['a level that no block can give', use('models'), []],
    [
      'another permission would do, which blocks can give',
      use('models', { instead: ['issues'] }),
      ['error models none'],
    ],
    ['a permission that nobody knows', use('no-such-thing'), []],
  ])('%s', (_, need, expected) => {
    expect(found('push', NONE, [need])).toEqual(expected);
  });

  test.each<readonly [string, Parameters<typeof using>[1], string]>([
    ['is needed anyway', { permissions: { 'pull-requests': 'write' } }, 'error pull-requests none'],
    ['is needed anyway, though to read alone', { permissions: { 'pull-requests': 'read' } }, 'error issues none'],
    ['is the first', {}, 'error issues none'],
  ])('of several permissions the one that %s', (_, more, expected) => {
    expect(found('push', NONE, [use('issues', { instead: ['pull-requests'] })], PUBLIC, more)).toEqual([expected]);
  });

  test('where it may be an issue or a pull request, the one that is granted to others', () => {
    const either = use('issues', { instead: ['pull-requests'], subject: 'unknown' });
    const more = { permissions: { 'pull-requests': 'write' } } as const;
    expect(found('pull_request', block({ 'pull-requests': 'write' }), [either], {}, more)).toEqual([
      'warning pull-requests read',
    ]);
  });

  test.each<readonly [readonly StepNeed[], readonly string[]]>([
    [[], ['error issues none']],
    [[use('pull-requests')], ['error pull-requests none']],
    [[use('pull-requests', { level: 'read' })], ['error pull-requests none issues none']],
  ])('where it may be an issue or a pull request, beside %j', (others, expected) => {
    const either = use('issues', { instead: ['pull-requests'], subject: 'unknown' });
    const more = { permissions: { issues: 'write', 'pull-requests': 'write' } } as const;
    expect(found('push', NONE, [...others, either], PUBLIC, more)).toEqual(expected);
  });

  test('a server that does not have it', () => {
    expect(found('push', NONE, [use('models', { level: 'read' })], { ghes: '3.17', visibility: 'private' })).toEqual(
      [],
    );
    expect(found('push', NONE, [use('models', { level: 'read' })])).toEqual(['error models none']);
  });

  test.each<readonly [readonly StepNeed['when'][], Judging, string]>([
    [[{ visibility: 'public' }], {}, 'warning issues none public'],
    [[{ visibility: 'private' }, { visibility: 'private' }], {}, 'warning issues none private'],
    [[{ visibility: 'private' }, { visibility: 'public' }], {}, 'error issues none'],
    [[{ visibility: 'private' }, undefined], {}, 'error issues none'],
    [[undefined, { visibility: 'private' }], {}, 'error issues none'],
    [[{ visibility: 'public' }], PUBLIC, 'error issues none'],
  ])('the visibility under which it is one: %j, %j', (conditions, given, expected) => {
    const uses = conditions.map((when, index) => use('issues', { line: 8 + index, ...(when && { when }) }));
    expect(found('push', NONE, uses, given)).toEqual([expected]);
  });

  test('a condition that may well leave out others', () => {
    const needs = [use('issues')];
    const unsure = { unsure: () => needs };
    expect(found('push', NONE, needs, PUBLIC, unsure)).toEqual(['error issues none']);
    expect(found('pull_request', block({ issues: 'write' }), needs, PUBLIC, unsure)).toEqual([]);
    const called = { [CALLED]: workflow('workflow_call', NONE, job('a')) };
    expect(lacking(called, using({ a: needs }), PUBLIC).map(brief)).toEqual(['error issues none']);
    expect(lacking(called, using({ a: needs }, unsure), PUBLIC)).toEqual([]);
  });
});

test('a use in an action of others is told at the job', () => {
  const place = (path: string) => {
    const [finding] = lacking(workflow('push', NONE, job('a')), using({ a: [use('issues', { path })] }), PUBLIC);
    return [finding?.path, finding?.line];
  };
  expect(place('octo-org/a/action.yml@v1')).toEqual([CI, 4]);
  expect(place('.github/actions/a/action.yml')).toEqual(['.github/actions/a/action.yml', 8]);
});

describe('the first use is named', () => {
  const first = (...uses: readonly StepNeed[]) => {
    const [finding] = lacking(workflow('push', NONE, job('a')), using({ a: uses }), PUBLIC);
    return [finding?.line, finding?.column, finding?.message.split(' needs')[0]!.split(' and')[0]];
  };
  test.each([
    [
      [9, 1],
      [8, 5],
    ],
    [
      [8, 5],
      [9, 1],
    ],
    [
      [8, 9],
      [8, 5],
    ],
    [
      [8, 5],
      [8, 9],
    ],
    [
      [10, 1],
      [8, 5],
    ],
  ] as const)('of %j and %j', ([lineA, columnA], [lineB, columnB]) => {
    const at = (line: number, column: number) => use('issues', { line, column, by: `gh ${line}:${column}` });
    expect(first(at(lineA, columnA), at(lineB, columnB))).toEqual(
      lineA < lineB || (lineA === lineB && columnA < columnB)
        ? [lineA, columnA, `\`gh ${lineA}:${columnA}\``]
        : [lineB, columnB, `\`gh ${lineB}:${columnB}\``],
    );
  });
});

test('the events are named, though it is not so by all activity types', () => {
  const on = '{ push: {}, pull_request: { types: [opened, closed] } }';
  const lines = `    if: github.event_name == 'push' || github.event.action == 'opened' || github.event.repository.private\n`;
  const steps = `    runs-on: x\n    steps:\n${issue("github.event.action == 'opened'")}`;
  const text = `on: ${on}\n${NONE}jobs:\n  a:\n${lines}${steps}`;
  expect(messages(lacking(text, 'real', { default: 'read', forks: 'read' }))).toEqual([
    expect.stringMatching(/ needs `issues: write`, and on `pull_request` the job 'a' gets no `issues`: /),
  ]);
});

describe('forks', () => {
  const ISSUES = block({ issues: 'write' });

  test('a guess about them is one of the setting where that decides', () => {
    expect(found('pull_request', ISSUES, [use('issues')], { visibility: 'private' })).toEqual([
      'warning issues read read',
    ]);
    const [finding] = lacking(workflow('pull_request', ISSUES, job('a')), using({ a: [use('issues')] }), {
      visibility: 'private',
    });
    expect(finding?.message).toContain(' This holds only if pull requests from forks get a read token.');
  });

  test('what fails for the repository on one event and for them on another is told together', () => {
    const uses = ({ actor }: Grant) => {
      if (actor === 'fork') return [use('checks')];
      return actor === 'repository' ? [use('checks', { when: { events: ['push'] } })] : [];
    };
    const text = workflow('[push, pull_request]', ISSUES, job('a'));
    expect(messages(lacking(text, using({ a: uses }), PUBLIC))).toEqual([
      expect.stringMatching(
        /^`gh x` needs `checks: write`, and on `push` and on pull requests from forks the job 'a' gets no `checks`: /,
      ),
    ]);
  });

  test('runs that do not start are no runs that work', () => {
    const text = workflow('pull_request', '', job('a'));
    const given: Judging = { default: 'write', forks: 'off' };
    expect(messages(lacking(text, using({ a: [use('issues')] }), given))).toEqual([
      expect.stringContaining(' and on pull requests from forks and in runs that Dependabot starts the job '),
    ]);
  });

  test('what works in public repositories may fail for them alone', () => {
    const step =
      'if: github.event.pull_request.head.repo.full_name != github.repository\n        run: git clone https://x:${{ github.token }}@github.com/${{ github.repository }}';
    const text = `on: pull_request\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - ${step}\n`;
    expect(lacking(text, 'real', { forks: 'read' }).map(brief)).toEqual(['note contents none private']);
    expect(lacking(text, 'real', PUBLIC)).toEqual([]);
  });

  test('runs on a base branch of Dependabot’s are not those of others', () => {
    const uses = ({ baseRefCreatedByDependabot }: Grant) =>
      baseRefCreatedByDependabot === true ? [use('checks')] : [];
    expect(found('pull_request_target', ISSUES, uses)).toEqual([]);
  });

  test('runs that do not start in private repositories are not among those that lack something', () => {
    const text = `on: pull_request\n${NONE}jobs:\n  a:\n    runs-on: x\n    steps:\n${issue(OF_FORKS)}`;
    expect(lacking(text, 'real', { forks: 'off' }).map(brief)).toEqual(['warning issues none public']);
  });

  test('all runs are named in which what private repositories alone need is too little', () => {
    const step = `      - if: ${OF_FORKS}\n        run: git clone https://x:\${{ github.token }}@github.com/\${{ github.repository }}\n`;
    const text = `on: [pull_request, pull_request_target]\n${NONE}jobs:\n  a:\n    runs-on: x\n    steps:\n${step}`;
    expect(messages(lacking(text, 'real'))).toEqual([
      expect.stringContaining(' and on pull requests from forks (`pull_request` and `pull_request_target`) the job '),
    ]);
  });

  test('what is certain of them counts, though only some activity types have rows of their own', () => {
    const lines = `    if: github.event.action == 'opened' || github.event.pull_request.head.repo.full_name == github.repository\n`;
    const text = workflow('{ pull_request: { types: [opened, closed] } }', '', job('a', lines));
    const [finding, ...others] = lacking(text, using({ a: [use('issues')] }), PUBLIC);
    expect([finding, ...others].map((one) => brief(one!))).toEqual(['warning issues read']);
    expect(finding?.message).toContain(" In all other runs it is so if the repository's default is 'read'.");
  });

  describe('what they share with the repository counts, though public ones have rows of their own', () => {
    const ofForks = (condition: string) => `(${OF_FORKS} && ${condition})`;
    const action = (name: string) => `github.event.action == '${name}'`;
    const text = (types: string, condition: string, ...steps: readonly string[]) =>
      `on: { pull_request: { types: [${types}] } }\npermissions: { contents: write }\njobs:\n  a:\n    if: ${condition}\n    runs-on: x\n    steps:\n${steps.join('')}`;
    const inPrivate = issue(ofForks('github.event.repository.private'));

    test('for all activity types, where those of the repository do not', () => {
      const condition = `${action('opened')} || ${ofForks('!github.event.repository.private')}`;
      expect(lacking(text('opened, closed', condition, inPrivate), 'real', { forks: 'write' })).toEqual([]);
    });

    test('for other activity types than those of the repository', () => {
      const inPublic = ofForks(`!github.event.repository.private && ${action('closed')}`);
      const condition = `${action('opened')} || ${inPublic}`;
      const steps = [inPrivate, issue(ofForks(action('opened')))];
      const found = lacking(text('opened, closed, reopened', condition, ...steps), 'real', { forks: 'write' });
      expect(found.map(brief)).toEqual(['warning issues none']);
    });
  });

  test('activity types are told apart', () => {
    const on = '{ pull_request: { types: [opened, closed] } }';
    const lines = "    permissions: { issues: write }\n    if: github.event.action == 'opened'\n";
    const text = workflow(on, '', job('a', lines));
    const uses = (type: string) => (row: Grant) =>
      row.actor === 'fork' && row.actions?.includes(type) === true ? [use('issues')] : [];
    expect(lacking(text, using({ a: uses('opened') }), PUBLIC).map(brief)).toEqual(['warning issues read']);
    expect(lacking(text, using({ a: uses('closed') }), PUBLIC)).toEqual([]);
    const last = workflow(on, NONE, job('a', "    if: github.event.action == 'closed'\n"));
    expect(lacking(last, using({ a: [use('checks')] }), PUBLIC).map(brief)).toEqual(['error checks none']);
  });
});
