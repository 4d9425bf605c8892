import { describe, expect, test } from '@jest/globals';

import type { Finding } from '../../src/model/report.ts';
import { foundBy, judgementOf, policyFile } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';

const RULE = 'insufficient-permission';
const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';

/** A job with scripts that have the token as `GH_TOKEN`, and lines for its first or last keys. */
function job(id: string, block: string, scripts: readonly string[], more = ''): string {
  const steps = scripts.map((script) => `      - ${script.replaceAll('\n', '\n        ')}\n`).join('');
  const permissions = block === '' ? '' : `    permissions: ${block}\n`;
  return `  ${id}:\n${permissions}${more}    runs-on: x\n    env: { GH_TOKEN: '\${{ github.token }}' }\n    steps:\n${steps}`;
}

const ci = (on: string, ...jobs: readonly string[]) => `on: ${on}\njobs:\n${jobs.join('')}`;

function found(texts: string | Record<string, string>, given: Judging = {}): readonly Finding[] {
  return foundBy(RULE, texts, { needsOf: 'real', ...given });
}

/** Level, line, what each permission is, and the setting under which alone it holds. */
function brief({ level, path, line, permissions = [], ...more }: Finding): string {
  const settings = [more.defaultPermissions, more.visibility, more.forkPullRequests].filter((one) => one !== undefined);
  const lacking = permissions.map(({ permission, granted }) => `${permission} ${granted}`);
  return [level, `${path.slice(path.lastIndexOf('/') + 1)}:${line}`, lacking.join(', '), ...settings].join(' ');
}

const ISSUE = 'run: gh issue create -t a';
const PUSH = 'run: git push https://x:${{ github.token }}@github.com/${{ github.repository }} HEAD';
const CLONE = 'run: git clone https://x:${{ github.token }}@github.com/${{ github.repository }}';

describe('in the repository’s own runs', () => {
  test.each<readonly [string, string, Judging, readonly string[]]>([
    ['a step needs what its job does not get', ci('push', job('a', '{}', [ISSUE])), {}, ['error ci.yml:8 issues none']],
    [
      'a read is too little for it',
      ci('push', job('a', '{ issues: read }', [ISSUE])),
      {},
      ['error ci.yml:8 issues read'],
    ],
    ['it gets what it needs', ci('push', job('a', '{ issues: write }', [ISSUE])), {}, []],
    ['one of several does', ci('push', job('a', '{ issues: write }', ['run: gh issue close 1'])), {}, []],
    ['two steps are one finding', ci('push', job('a', '{}', [ISSUE, ISSUE])), {}, ['error ci.yml:8 issues none']],
    [
      'two permissions are two',
      ci('push', job('a', '{}', [ISSUE, PUSH])),
      {},
      ['error ci.yml:8 issues none', 'error ci.yml:9 contents none'],
    ],
    [
      'jobs have one each',
      ci('push', job('a', '{}', [ISSUE]), job('b', '{}', [ISSUE])),
      {},
      ['error ci.yml:8 issues none', 'error ci.yml:14 issues none'],
    ],
    [
      'also with the block of the workflow',
      `permissions: {}\n${ci('push', job('a', '', [ISSUE]), job('b', '', [ISSUE]))}`,
      {},
      ['error ci.yml:8 issues none', 'error ci.yml:13 issues none'],
    ],
    [
      'another step cannot be seen into',
      ci('push', job('a', '{}', [ISSUE, 'run: ./unknown.sh'])),
      {},
      ['error ci.yml:8 issues none'],
    ],
    [
      'it is tolerated',
      ci('push', job('a', '{}', ['run: gh issue create -t a || true'])),
      {},
      ['warning ci.yml:8 issues none'],
    ],
    [
      'the step may fail',
      ci('push', job('a', '{}', [`${ISSUE}\ncontinue-on-error: true`])),
      {},
      ['warning ci.yml:8 issues none'],
    ],
    ['the step never runs', ci('push', job('a', '{}', [`${ISSUE}\nif: github.event_name == 'issues'`])), {}, []],
    ['the job never runs', ci('push', job('a', '{}', [ISSUE], '    if: false\n')), {}, []],
    ['the default decides', ci('push', job('a', '', [ISSUE])), {}, ['warning ci.yml:7 issues none read']],
    ['the default is known', ci('push', job('a', '', [ISSUE])), { default: 'read' }, ['error ci.yml:7 issues none']],
    ['the default is enough', ci('schedule', job('a', '', [ISSUE])), { default: 'write' }, []],
    ['nothing is known of it', ci('push', job('a', '{}', [ISSUE])), { needsOf: () => null }, []],
    ['GitHub refuses the file', ci('push', job('a', '{ nothing: write }', [ISSUE])), {}, []],
  ])('%s', (_, text, given, expected) => {
    expect(found(text, given).map(brief)).toEqual(expected);
  });
});

describe('of forks and Dependabot', () => {
  test.each<readonly [string, string, Judging, readonly string[]]>([
    [
      'a fork gets a read',
      ci('pull_request', job('a', '{ pull-requests: write }', ['run: gh pr comment 1 -b x'])),
      { visibility: 'public' },
      ['warning ci.yml:8 pull-requests read'],
    ],
    [
      'a private repository may give forks more, which is said',
      ci('pull_request', job('a', '{ pull-requests: write }', ['run: gh pr comment 1 -b x'])),
      {},
      ['warning ci.yml:8 pull-requests read'],
    ],
    [
      'with write tokens for forks there is nothing to say',
      ci('pull_request', job('a', '{ pull-requests: write }', ['run: gh pr comment 1 -b x'])),
      { visibility: 'private', forks: 'write' },
      [],
    ],
    [
      'a tolerated failure for forks alone is a note',
      ci('pull_request', job('a', '{ pull-requests: write }', ['run: gh pr comment 1 -b x || true'])),
      { visibility: 'public' },
      ['note ci.yml:8 pull-requests read'],
    ],
    [
      'a step that is left out for forks is no mistake',
      ci(
        'pull_request',
        job('a', '{ pull-requests: write }', [
          'run: gh pr comment 1 -b x\nif: github.event.pull_request.head.repo.full_name == github.repository',
        ]),
      ),
      { visibility: 'public' },
      [],
    ],
    [
      'a condition that is not known may leave them out',
      ci(
        'pull_request',
        job('a', '{ pull-requests: write }', ["run: gh pr comment 1 -b x\nif: steps.b.outputs.changed == 'true'"]),
      ),
      { visibility: 'public' },
      [],
    ],
    [
      'so may that of the job',
      ci(
        'pull_request',
        job('a', '{ pull-requests: write }', ['run: gh pr comment 1 -b x'], "    if: vars.COMMENT == 'true'\n"),
      ),
      { visibility: 'public' },
      [],
    ],
    [
      'a step that tells of failures does not',
      ci('pull_request', job('a', '{ pull-requests: write }', ['run: gh pr comment 1 -b x\nif: failure()'])),
      { visibility: 'public' },
      ['warning ci.yml:8 pull-requests read'],
    ],
    [
      'results of code scanning are taken from all of them',
      ci(
        'pull_request',
        job('a', '{ security-events: write }', [
          'run: gh api -X POST repos/${{ github.repository }}/code-scanning/sarifs',
        ]),
      ),
      { visibility: 'public' },
      [],
    ],
    [
      'what fails for all is told once',
      ci('pull_request', job('a', '{}', ['run: gh pr comment 1 -b x'])),
      { visibility: 'public' },
      ['error ci.yml:8 pull-requests none'],
    ],
    [
      'pull_request_target has a token of its own',
      ci('pull_request_target', job('a', '{ pull-requests: write }', ['run: gh pr comment 1 -b x'])),
      { visibility: 'public' },
      [],
    ],
    [
      'Dependabot gets a read of the default',
      ci('push', job('a', '', [ISSUE])),
      { default: 'write' },
      ['warning ci.yml:7 issues read'],
    ],
    ['a block is honoured for Dependabot', ci('push', job('a', '{ issues: write }', [ISSUE])), {}, []],
    [
      'pushes to other branches are not those of Dependabot',
      ci('{ push: { branches: [main] } }', job('a', '', [ISSUE])),
      { default: 'write' },
      [],
    ],
    [
      'what is certain of Dependabot is told before a guess about all',
      ci('pull_request', job('a', '', ['run: gh pr comment 1 -b x'])),
      { visibility: 'public' },
      ['warning ci.yml:7 pull-requests read'],
    ],
    [
      'a step for Dependabot alone counts where it shares the row of the repository',
      ci(
        'pull_request_target',
        job('a', '{ pull-requests: read }', ["run: gh pr edit 1 --add-label x\nif: github.actor == 'dependabot[bot]'"]),
      ),
      { visibility: 'public' },
      ['warning ci.yml:8 pull-requests read'],
    ],
  ])('%s', (_, text, given, expected) => {
    expect(found(text, given).map(brief)).toEqual(expected);
  });

  test('no block helps a fork, and one helps Dependabot', () => {
    const [fork] = found(ci('pull_request', job('a', '{ issues: write }', [ISSUE])), { visibility: 'public' });
    expect(fork?.hint).toContain('workflow_run');
    expect(fork?.advice).toEqual([]);
    expect(fork?.message).toContain('on pull requests from forks');
    const [other] = found(ci('pull_request', job('a', '', [ISSUE])), {
      default: 'write',
      visibility: 'private',
      forks: 'off',
    });
    expect(other?.message).toContain('in runs that Dependabot starts');
    expect(other?.advice?.map(({ permissions }) => permissions)).toEqual([{ issues: 'write' }]);
  });
});

describe('what every token may read in a public repository', () => {
  const text = ci('push', job('a', '{}', [CLONE]));
  test.each<readonly [string, Judging, readonly string[]]>([
    ['is no mistake there', { visibility: 'public' }, []],
    ['is one in a private repository', { visibility: 'private' }, ['error ci.yml:8 contents none']],
    ['is a note while nobody knows', {}, ['note ci.yml:8 contents none private']],
  ])('%s', (_, given, expected) => {
    expect(found(text, given).map(brief)).toEqual(expected);
  });

  test('is told once for a block, with all of its jobs', () => {
    const two = `permissions: {}\n${ci('push', job('a', '', [CLONE]), job('b', '', [CLONE]))}`;
    const all = found(two);
    expect(all.map(({ jobs, advice }) => [jobs, advice])).toMatchObject([
      [[['a'], ['b']], [{ line: 1, permissions: { contents: 'read' } }]],
    ]);
  });
});

describe('a called workflow', () => {
  const call = (block: string, id = 'call') => `  ${id}:\n    permissions: ${block}\n    uses: ./${CALLED}\n`;
  const called = (block: string) => ci('workflow_call', job('inner', block, [ISSUE]));

  test('lacks what its own block does not give, once', () => {
    const all = found({
      [CI]: ci('push', call('{ issues: read }', 'x'), call('{ issues: read }', 'y')),
      [CALLED]: called('{ issues: read }'),
    });
    expect(all.map(brief)).toEqual(['error called.yml:8 issues read']);
    expect(all[0]?.jobs).toEqual([['x', 'inner'], ['y', 'inner'], ['inner']]);
    expect(all[0]?.advice).toMatchObject([{ path: CALLED, permissions: { issues: 'write' } }]);
    expect(all[0]?.advice?.[0]?.text).toContain('Whoever calls');
  });

  test('lacks what the default does not give, for each workflow that calls it', () => {
    const call = ci('push', `  x:\n    uses: ./${CALLED}\n`);
    const files = { [CI]: call, '.github/workflows/other.yml': call, [CALLED]: called('') };
    const all = found(files, { default: 'read' });
    expect(all.map(brief)).toEqual(['error called.yml:7 issues none', 'error called.yml:7 issues none']);
    expect(all.map(({ advice = [] }) => advice.map(({ path }) => path))).toEqual([
      [CI],
      ['.github/workflows/other.yml'],
    ]);
  });

  test('lacks what its caller does not pass on', () => {
    const all = found({ [CI]: ci('push', call('{ contents: read }')), [CALLED]: called('') });
    expect(all.map(brief)).toEqual(['error called.yml:7 issues none']);
    expect(all[0]?.advice).toMatchObject([{ path: CI, line: 4, permissions: { issues: 'write' } }]);
  });
});

describe('what it says', () => {
  const said = (text: string, given: Judging = {}) =>
    found(text, { visibility: 'public', ...given }).map(({ message }) => message);

  test('what fails, in GitHub’s words', () => {
    expect(said(ci('push', job('a', '{ contents: read }', [ISSUE, PUSH])))).toEqual([
      "`gh issue create` needs `issues: write`, and the job 'a' gets no `issues`: `Resource not accessible by integration`.",
      expect.stringContaining('`remote: Permission to OWNER/NAME.git denied to github-actions[bot]`'),
    ]);
    expect(said(ci('push', job('a', '{}', ['run: cosign sign-blob a'])))[0]).toContain('ACTIONS_ID_TOKEN_REQUEST_URL');
    expect(
      said(ci('push', job('a', '{}', ['run: docker login ghcr.io -p $GH_TOKEN && docker push ghcr.io/octo/hello']))),
    ).toEqual([expect.stringContaining('`denied: installation not allowed to Write organization package`')]);
  });

  test('without a hint where a block helps', () => {
    const [finding] = found(ci('push', job('a', '{}', [ISSUE])));
    expect(finding).not.toHaveProperty('hint');
  });

  test('in which runs', () => {
    const step = `${ISSUE}\nif: github.event_name == 'push'`;
    expect(said(ci('[push, schedule]', job('a', '{}', [step])))[0]).toContain('on `push` the job');
  });

  test('the block to write, at the job where others have that of the workflow', () => {
    const text = `permissions: { contents: read }\n${ci('push', job('a', '', [ISSUE, 'run: ./unknown.sh']), job('b', '', ['run: echo']))}`;
    expect(found(text)[0]?.advice).toMatchObject([{ line: 4, permissions: { contents: 'read', issues: 'write' } }]);
    const one = `permissions: { contents: read }\n${ci('push', job('a', '', [ISSUE]))}`;
    expect(found(one)[0]?.advice).toMatchObject([{ line: 1, permissions: { issues: 'write' } }]);
  });
});

test('permissions can be excused one by one', () => {
  const policy = [
    policyFile({
      exceptions: [
        {
          rule: RULE,
          workflows: null,
          jobs: ['a'],
          called: null,
          permissions: ['issues'],
          reason: 'x',
          expires: null,
          path: 'p',
          line: 1,
          column: 1,
        },
      ],
    }),
  ];
  const text = ci('push', job('a', '{}', [ISSUE, PUSH]));
  const { findings, suppressed } = judgementOf(text, { needsOf: 'real', policy });
  expect(findings.filter(({ rule }) => rule === RULE).map(brief)).toEqual(['error ci.yml:9 contents none']);
  expect(suppressed.map(brief)).toEqual(['error ci.yml:8 issues none']);
});
