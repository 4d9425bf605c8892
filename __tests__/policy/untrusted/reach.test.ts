import { describe, expect, test } from '@jest/globals';

import { checkWorkflow } from '../../../src/check-workflow.ts';
import { isStepStopped } from '../../../src/token/outsider.ts';
import { reachOf } from '../../../src/policy/untrusted/reach.ts';
import { readFiles } from '../../../src/workflow/read-files.ts';
import { bytesOf, settingsOf, whenOf } from '../../helpers/checking.ts';
import type { Known } from '../../helpers/checking.ts';

type Files = Readonly<Record<string, string>>;

function reachedIn(files: Files, known: Known) {
  const settings = settingsOf(known);
  const read = readFiles(Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) })));
  const checkout = new Map(read.map((file) => [file.path, file]));
  const workflows = read.map((file) => checkWorkflow(file, { checkout, called: new Map(), settings }));
  const reachedBy = reachOf(workflows, settings);
  return workflows.flatMap((workflow) => workflow.jobs.map((job) => ({ job, all: reachedBy(workflow, job) })));
}

/** Which jobs outsiders start, in short: the job, the event behind its source, activity types, and each kind of run. */
function reached(files: Files | string, known: Known = {}): readonly string[] {
  const texts = typeof files === 'string' ? { 'ci.yml': files } : files;
  return reachedIn(texts, known).flatMap(({ job, all }) =>
    all.map(({ source, event, actions, rows }) =>
      [
        job.reported.path.join('/'),
        source === null ? event : `${source}>${event}`,
        actions.map((action) => action ?? '*').join(),
        rows.map((row) => whenOf(row)).join(' | '),
      ].join(': '),
    ),
  );
}

function one(on: string, condition = '', id = 'build'): string {
  const written = condition === '' ? '' : `    if: ${JSON.stringify(condition)}\n`;
  return `on: ${on}\npermissions: { contents: write }\njobs:\n  ${id}:\n    runs-on: x\n${written}    steps: [{ run: x }]\n`;
}

describe('events', () => {
  test.each<readonly [string, readonly string[]]>([
    ['issues', ['build: issues: opened,edited,closed,reopened: issues repository']],
    ['issue_comment', ['build: issue_comment: *: issue_comment repository']],
    ['{ issues: { types: [opened, labeled] } }', ['build: issues: opened: issues repository']],
    ['{ issues: { types: [labeled] } }', []],
    ['[push, fork, release]', ['build: fork: *: push+fork+release repository']],
    ['[push, workflow_dispatch]', []],
    ['pull_request', []],
    [
      '{ pull_request_target: { types: [closed] } }',
      ['build: pull_request_target: closed: pull_request_target repository if allowed'],
    ],
  ])('%s', (on, found) => {
    expect(reached(one(on))).toEqual(found);
  });

  test('each has its own rows', () => {
    expect(reached(one('[pull_request_target, fork]'))).toEqual([
      'build: pull_request_target: opened,synchronize,reopened: pull_request_target repository if allowed',
      'build: fork: *: fork repository',
    ]);
  });

  test('rows of activities that outsiders do not cause are none of theirs', () => {
    const types = (names: string) => `{ pull_request_target: { types: [${names}] } }`;
    const inPrivate = (action: string) =>
      `github.event.action == 'opened' || (github.event.action == '${action}' && github.event.repository.private)`;
    const opened = 'build: pull_request_target: opened: pull_request_target [opened] repository if allowed';
    expect(reached(one(types('opened, labeled'), inPrivate('labeled')))).toEqual([opened]);
    expect(reached(one(types('opened, closed'), inPrivate('closed')))).toEqual([
      `${opened.replace(': opened:', ': opened,closed:')} | pull_request_target [closed] repository private if allowed`,
    ]);
  });

  test('one row stands for each kind of run', () => {
    const conditional = one('[push, issues]', "github.event_name == 'push' || github.event.action == 'opened'");
    expect(reached(conditional)).toEqual(['build: issues: opened: push+issues repository']);
  });
});

describe('conditions', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['an activity', "github.event.action == 'edited'", ['edited']],
    ['an activity of people', "github.event.action == 'labeled'", []],
    ['an owner', 'github.actor == github.repository_owner', []],
    ['never', 'false', []],
    ['what is not known', 'vars.X', ['opened', 'edited', 'closed', 'reopened']],
  ])('%s', (_, condition, actions) => {
    const found = reached(one('{ issues: { types: [opened, edited, closed, reopened, labeled] } }', condition));
    expect(found.map((line) => line.split(': ')[2])).toEqual(actions.length === 0 ? [] : [actions.join()]);
  });

  test.each<readonly [Known['visibility'], string, boolean]>([
    ['unknown', 'github.event.repository.private', true],
    ['unknown', '!github.event.repository.private', true],
    ['public', 'github.event.repository.private', false],
    ['public', '!github.event.repository.private', true],
    ['public', "github.event.repository.private || github.actor == 'octocat'", false],
    ['private', 'github.event.repository.private', true],
    ['private', '!github.event.repository.private', false],
    ['internal', '!github.event.repository.private', false],
  ])('of a repository that is %s: %s', (visibility, condition, runs) => {
    expect(reached(one('issue_comment', condition), { visibility: visibility ?? 'unknown' })).toHaveLength(
      runs ? 1 : 0,
    );
  });

  test('a bot whose push to a branch of its own is none of an outsider', () => {
    const bot = "github.actor == 'dependabot[bot]'";
    expect(reached(one('pull_request_target', bot))).toEqual([
      'build: pull_request_target: opened,synchronize,reopened: pull_request_target fork if allowed',
    ]);
  });

  test.each<readonly [string, string]>([
    ['github.event.pull_request.head.repo.full_name != github.repository', 'pull_request_target fork if allowed'],
    [
      "github.event.pull_request.head.repo.full_name != github.repository && github.actor != 'octocat'",
      'pull_request_target fork if allowed',
    ],
    ['github.event.pull_request.head.repo.fork', 'pull_request_target repository if allowed'],
    [
      "github.event.pull_request.head.repo.full_name != github.repository || github.event.action == 'opened'",
      'pull_request_target [opened] repository if allowed | pull_request_target [synchronize,reopened] fork if allowed',
    ],
  ])('a job that runs for forks alone: %s', (condition, rows) => {
    const started = 'build: pull_request_target: opened,synchronize,reopened: ';
    expect(reached(one('pull_request_target', condition))).toEqual([started + rows]);
  });

  test('a bot in the run after that of its push', () => {
    const files = {
      'a.yml': 'name: CI\non: pull_request\njobs: { test: { runs-on: x } }\n',
      'b.yml': one('{ workflow_run: { workflows: [CI] } }', "github.actor == 'dependabot[bot]'"),
    };
    expect(reached(files)).toEqual(['build: pull_request>workflow_run: *: workflow_run dependabot']);
  });
});

describe('calls', () => {
  const files = (on: string, condition = '') => ({
    'a.yml': `on: ${on}\npermissions: { contents: write }\njobs:\n  call:\n${condition === '' ? '' : `    if: ${condition}\n`}    uses: ./.github/workflows/b.yml\n`,
    '.github/workflows/b.yml': one('[workflow_call, issues]', "github.event_name == 'issues'"),
  });

  test('the caller decides, and its event is the one of the called workflow', () => {
    expect(reached(files('issues')).slice(0, 1)).toEqual([
      'call/build: issues: opened,edited,closed,reopened: issues repository',
    ]);
    expect(reached(files('issue_comment'))).toEqual([
      'build: issues: opened,edited,closed,reopened: issues repository',
    ]);
    expect(reached(files('issues', 'false'))).toHaveLength(1);
  });

  test.each<readonly [string, boolean, boolean]>([
    // Inputs are known to be none where nobody calls, and unknown where somebody does.
    ['inputs.it', false, true],
    ['!inputs.it', true, true],
    ["inputs.it || github.actor == 'octocat'", false, true],
  ])('%s at a job and at a step', (condition, byItself, called) => {
    const texts = {
      '.github/workflows/b.yml': one('[workflow_call, issue_comment]', condition),
      'a.yml':
        'on: issue_comment\npermissions: { contents: write }\njobs:\n  call:\n    uses: ./.github/workflows/b.yml\n',
    };
    expect(reached(texts).map((line) => line.split(': ')[0])).toEqual([
      ...(byItself ? ['build'] : []),
      ...(called ? ['call/build'] : []),
    ]);
    const open = { ...texts, '.github/workflows/b.yml': one('[workflow_call, issue_comment]') };
    const stops = reachedIn(open, {}).flatMap(({ all }) =>
      all.map(({ contexts }) => isStepStopped(condition, contexts)),
    );
    expect(stops).toEqual([!byItself, !called]);
  });
});

describe('a called workflow', () => {
  const root = (go: string) =>
    `on: issue_comment\npermissions: { contents: write }\njobs:\n  call:\n    uses: ./.github/workflows/b.yml\n    with: { go: ${go} }\n`;
  const callee = one('{ workflow_call: { inputs: { go: { type: boolean } } } }', 'inputs.go');

  test.each([
    ['true', ['call/build: issue_comment: *: issue_comment repository']],
    ['false', []],
    ['"${{ vars.GO }}"', ['call/build: issue_comment: *: issue_comment repository']],
  ])('with the input %s', (go, found) => {
    expect(reached({ '.github/workflows/a.yml': root(go), '.github/workflows/b.yml': callee })).toEqual(found);
  });
});

describe('the run before', () => {
  const files = (on: string, condition = '') => ({
    'a.yml': `name: CI\non: ${on}\njobs: { test: { runs-on: x } }\n`,
    'b.yml': one('{ workflow_run: { workflows: [CI] } }', condition),
  });
  const AFTER = 'build: pull_request>workflow_run: *: workflow_run repository';

  test.each<readonly [string, Known, readonly string[]]>([
    ['pull_request', {}, [AFTER]],
    ['[push, pull_request, pull_request_review]', {}, [AFTER, AFTER.replace('request>', 'request_review>')]],
    ['{ pull_request: { types: [labeled] } }', {}, []],
    ['push', {}, []],
    ['pull_request', { visibility: 'private' }, [AFTER]],
    ['pull_request', { visibility: 'private', forks: 'read' }, [AFTER]],
    ['pull_request', { visibility: 'private', forks: 'off' }, []],
    ['pull_request', { visibility: 'internal', forks: 'off' }, []],
    ['pull_request', { visibility: 'public', forks: 'off' }, [AFTER]],
    ['pull_request', { forks: 'off' }, [AFTER]],
  ])('by %s %j', (on, known, found) => {
    expect(reached(files(on), known)).toEqual(found);
  });

  const afterRunBy = (source: string) => AFTER.replace('pull_request>', `${source}>`);

  test.each<readonly [string, readonly string[]]>([
    ['issue_comment', ['issue_comment']],
    ['[issues, watch, push, release]', ['issues', 'watch']],
    ['{ issues: { types: [labeled] } }', []],
    ['pull_request_target', ['pull_request_target']],
    ['[schedule, workflow_dispatch]', []],
  ])('by %s, which outsiders cause, too', (on, sources) => {
    expect(reached(files(on)).filter((line) => line.includes('>'))).toEqual(sources.map(afterRunBy));
  });

  test('by `pull_request_target`, which a private repository runs for forks whatever it does else', () => {
    const found = reached(files('pull_request_target'), { visibility: 'private', forks: 'off' });
    expect(found.filter((line) => line.includes('>'))).toEqual([afterRunBy('pull_request_target')]);
  });

  test('of several workflows with the same name', () => {
    const first = files('pull_request');
    const second = { 'c.yml': 'name: CI\non: push\njobs: { test: { runs-on: x } }\n' };
    expect(reached({ ...first, ...second })).toEqual([AFTER]);
    expect(reached({ ...second, ...first })).toEqual([AFTER]);
  });

  test('which follows another one, three deep at most', () => {
    const after = (before: string, name: string) =>
      `name: ${name}\n${one(`{ workflow_run: { workflows: [${before}] } }`, '', name)}`;
    const chain = {
      'a.yml': files('pull_request')['a.yml'],
      'b.yml': after('CI', 'first'),
      'c.yml': after('first', 'second'),
      'd.yml': after('second', 'third'),
      'e.yml': after('third', 'fourth'),
      'f.yml': after('f', 'f'),
    };
    expect(reached(chain).map((line) => line.split(': ').slice(0, 2).join(' '))).toEqual([
      'first pull_request>workflow_run',
      'second workflow_run>workflow_run',
      'third workflow_run>workflow_run',
    ]);
  });

  test('of a workflow without a name, by its path', () => {
    const unnamed = { ...files('pull_request'), 'a.yml': 'on: pull_request\njobs: { test: { runs-on: x } }\n' };
    expect(reached(unnamed)).toEqual([]);
    expect(reached({ ...unnamed, 'b.yml': unnamed['b.yml'].replace('[CI]', '[a.yml]') })).toEqual([AFTER]);
  });

  test('of one that is not there, that GitHub refuses, or that nobody names', () => {
    expect(reached({ 'b.yml': files('push')['b.yml'] })).toEqual([]);
    expect(
      reached({
        ...files('pull_request'),
        'a.yml': 'name: CI\non: pull_request\njobs: { test: { runs-on: x, what: x } }\n',
      }),
    ).toEqual([]);
    expect(reached({ 'a.yml': files('pull_request')['a.yml'], 'b.yml': one('workflow_run') })).toEqual([]);
  });

  test('conditions that ask for it', () => {
    const asks = (event: string) =>
      files('[pull_request, pull_request_review]', `github.event.workflow_run.event == '${event}'`);
    expect(reached(asks('pull_request'))).toEqual([AFTER]);
    expect(reached(asks('push'))).toEqual([]);
  });
});

describe('pull requests of forks', () => {
  const ALL = 'build: pull_request: opened,synchronize,reopened: pull_request';

  test.each<readonly [Known, readonly string[]]>([
    [{}, []],
    [{ forks: 'write' }, [`${ALL} fork`]],
    [{ visibility: 'private', forks: 'write' }, [`${ALL} fork`]],
    [{ visibility: 'public', forks: 'write' }, []],
    [{ visibility: 'private', forks: 'read' }, []],
    [{ visibility: 'private' }, []],
  ])('with %j', (known, found) => {
    expect(reached(one('pull_request'), known)).toEqual(found);
  });

  test('jobs that run for them alone, or in private alone', () => {
    const fork = one('pull_request', 'github.event.pull_request.head.repo.full_name != github.repository');
    expect(reached(fork, { forks: 'write' })).toEqual([`${ALL} fork private`]);
    expect(reached(fork, { visibility: 'private', forks: 'write' })).toEqual([`${ALL} fork`]);
    expect(reached(fork, { visibility: 'private', forks: 'read' })).toEqual([]);
    expect(reached(one('pull_request', 'github.event.repository.private'), { forks: 'write' })).toEqual([
      `${ALL} fork private`,
    ]);
  });

  test('jobs that run for them in public alone, where they get no token that can write', () => {
    const condition =
      '!github.event.repository.private && github.event.pull_request.head.repo.full_name != github.repository';
    expect(reached(one('pull_request', condition), { forks: 'write' })).toEqual([]);
    const orOwn =
      '!github.event.repository.private || github.event.pull_request.head.repo.full_name == github.repository';
    expect(reached(one('pull_request', orOwn), { forks: 'write' })).toEqual([]);
  });

  test('a job that does not run for them', () => {
    const known = { visibility: 'private', forks: 'write' } as const;
    expect(reached(one('pull_request', '!github.event.pull_request.head.repo.fork'), known)).toEqual([]);
    expect(reached(one('pull_request', "github.event.action == 'opened'"), known)).toEqual([
      'build: pull_request: opened: pull_request [opened] fork',
    ]);
  });
});

test('the jobs before are those that it needs, in any case, and theirs', () => {
  const text = `on: issue_comment
permissions: { contents: write }
jobs:
  Never: { if: false, runs-on: x }
  open: { runs-on: x }
  middle: { needs: [open, NEVER], runs-on: x }
  build: { needs: middle, runs-on: x }
  other: { needs: open, runs-on: x }
`;
  expect(reached(text).map((line) => line.split(':')[0])).toEqual(['open', 'other']);
});
