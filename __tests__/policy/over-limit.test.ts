import { describe, expect, test } from '@jest/globals';

import type { Finding } from '../../src/model/report.ts';
import { briefly, foundBy, judgementOf, limit, mayLoosen, policyFile, POLICY_PATH } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const SHARED = 'octo-org/.github/permissions-policy.yml@main';
const steps = '    runs-on: x\n    steps:\n      - run: make\n';

const READ = limit({ contents: 'read' });

function over(texts: string | Record<string, string>, given: Judging) {
  return foundBy('over-limit', texts, given);
}

function under(...limits: readonly (typeof READ)[]): Judging {
  return { policy: [policyFile({ limits })] };
}

/** Where, who, and what is over: `ci.yml:3:3 a contents write>read`. */
function fully(finding: Finding): string {
  const all =
    finding.permissions?.map(({ permission, granted, allowed }) => `${permission} ${granted}>${allowed}`) ?? [];
  return `${finding.level} ${briefly(finding)} ${all.join(' ')}`;
}

describe('a job that gets more than the limit', () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      'is found at the line that gives it',
      `on: push\npermissions:\n  contents: write\njobs:\n  a:\n${steps}`,
      ['error ci.yml:3:3 a contents write>read'],
    ],
    [
      'with all jobs and permissions of one block',
      `on: push\npermissions:\n  actions: read\n  contents: write\njobs:\n  a:\n${steps}  b:\n${steps}`,
      ['error ci.yml:3:3 a b actions read>none contents write>read'],
    ],
    [
      'apart from a job with a block of its own',
      `on: push\npermissions:\n  contents: write\njobs:\n  a:\n${steps}  b:\n    permissions:\n      issues: write\n${steps}`,
      ['error ci.yml:3:3 a contents write>read', 'error ci.yml:11:7 b issues write>none'],
    ],
    ['what the limit allows is fine', `on: push\npermissions:\n  contents: read\njobs:\n  a:\n${steps}`, []],
    ['nothing at all is fine', `on: push\npermissions: {}\njobs:\n  a:\n${steps}`, []],
    [
      'a block that no job gets is fine',
      `on: push\npermissions: write-all\njobs:\n  a:\n    permissions: {}\n${steps}`,
      [],
    ],
    [
      'a job that never runs violates nothing',
      `on: push\npermissions: write-all\njobs:\n  a:\n    if: false\n${steps}`,
      [],
    ],
  ])('%s', (_, text, expected) => {
    expect(over(text, under(READ)).map(fully)).toEqual(expected);
  });

  test('a shorthand is one line', () => {
    const [finding, ...others] = over(`on: push\npermissions: write-all\njobs:\n  a:\n${steps}`, under(READ));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ line: 2, column: 14 });
    expect(finding?.permissions?.length).toBe(20);
  });

  test('without limits nothing is over', () => {
    expect(over(`on: push\npermissions: write-all\njobs:\n  a:\n${steps}`, {})).toEqual([]);
  });
});

describe('the default', () => {
  const text = `on: push\njobs:\n  a:\n${steps}`;

  test('counts where it is known', () => {
    const [finding] = over(text, { ...under(READ), default: 'read' });
    expect(fully(finding!)).toBe('error ci.yml:3:3 a packages read>none');
  });

  test('what only one value gives is a guess, what both give is certain', () => {
    const found = over(text, under(READ));
    expect(found.map(({ level, defaultPermissions }) => [level, defaultPermissions])).toEqual([
      ['warning', 'write'],
      ['error', undefined],
    ]);
    expect(found.at(-1)?.permissions).toEqual([{ permission: 'packages', granted: 'read', allowed: 'none' }]);
    expect(found[0]?.message).toContain("This holds only if the repository's default is 'write'.");
  });
});

describe('a guess', () => {
  test('of the most that a call may get is one, not another for the reads among it', () => {
    const text = 'on: push\njobs:\n  call:\n    uses: octo/x/.github/workflows/a.yml@v1\n';
    const found = over(text, under(limit({})));
    expect(found.map(({ level, defaultPermissions }) => [level, defaultPermissions])).toEqual([['warning', 'write']]);
  });

  test('is not what forks alone start, whatever the settings let them get', () => {
    const only =
      '    if: github.event.pull_request.head.repo.full_name != github.repository\n    permissions: { contents: read }\n';
    const text = `on: pull_request\njobs:\n  a:\n${only}${steps}`;
    expect(over(text, under(limit({}))).map(fully)).toEqual(['error ci.yml:5:20 a contents read>none']);
  });
});

describe('which limit counts', () => {
  const text = `on: [push, pull_request]\npermissions:\n  contents: write\njobs:\n  publish:\n${steps}`;
  const WRITE = { contents: 'write' } as const;

  test.each<readonly [string, readonly (typeof READ)[], number]>([
    ['the last that matches', [READ, limit(WRITE, { workflows: ['ci.yml'], jobs: ['publish'] })], 0],
    ['which may be smaller', [limit(WRITE), READ], 1],
    ['one of another workflow is none', [limit({}, { workflows: ['release.yml'] })], 0],
    ['one of an event only there', [limit(WRITE), limit({}, { events: ['release'] })], 0],
    ['one of an event', [limit(WRITE), limit({ contents: 'read' }, { events: ['pull_request'] })], 1],
    ['an actor: a fork gets less by itself', [limit({ contents: 'read' }, { actors: ['fork'] })], 1],
    ['an actor: Dependabot gets what the block says', [limit({ contents: 'read' }, { actors: ['dependabot'] })], 1],
  ])('%s', (_, limits, count) => {
    expect(over(text, under(...limits))).toHaveLength(count);
  });

  test('on forks: where private repositories may send write tokens, it is a guess; in a public one, nothing', () => {
    const limits = [limit({ contents: 'read' }, { actors: ['fork'] })];
    expect(over(text, { ...under(...limits), visibility: 'public' })).toEqual([]);
    const [guess] = over(text, under(...limits));
    expect(guess).toMatchObject({ level: 'warning', visibility: 'private', forkPullRequests: 'write' });
    const known = { ...under(...limits), visibility: 'private', forks: 'write' } as const;
    expect(over(text, known).map(({ level }) => level)).toEqual(['error']);
    expect(over(text, { ...known, forks: 'read' })).toEqual([]);
  });

  test('the runs are named where the limit is one of some', () => {
    const found = over(text, under(limit(WRITE), limit({}, { events: ['pull_request'], actors: ['dependabot'] })));
    expect(found[0]?.message).toContain('on `pull_request` by Dependabot');
  });
});

describe('with a policy that is extended', () => {
  const text = `on: push\npermissions:\n  contents: write\njobs:\n  a:\n${steps}`;
  const shared = (permissions: object, more = {}) =>
    policyFile({ path: SHARED, limits: [limit(permissions as never, { path: SHARED })], ...more });
  const own = (permissions: object) => policyFile({ limits: [limit(permissions as never)] });

  test.each<readonly [string, Judging['policy'], readonly string[]]>([
    ['the smaller counts: the shared one', [own({ contents: 'write' }), shared({ contents: 'read' })], ['read']],
    ['the smaller counts: our own', [own({ contents: 'read' }), shared({ contents: 'write' })], ['read']],
    ['equal ones are told once', [own({ contents: 'read' }), shared({ contents: 'read' })], ['read']],
    ['ours beside it where it says more', [own({}), shared({ contents: 'read' })], ['read', 'none']],
    [
      'ours in its place where it allows that',
      [own({ contents: 'write' }), shared({}, { mayLoosen: mayLoosen({ limits: true }) })],
      [],
    ],
    [
      'ours in its place through one in between that lets it',
      [
        own({ contents: 'write' }),
        policyFile({ path: 'between', mayLoosen: mayLoosen({ limits: true }) }),
        shared({}, { mayLoosen: mayLoosen({ limits: true }) }),
      ],
      [],
    ],
    [
      'one in between in its place, where ours says nothing',
      [
        policyFile(),
        policyFile({
          path: 'between',
          limits: [limit({ contents: 'read' }, { path: 'between' })],
          mayLoosen: mayLoosen({ limits: true }),
        }),
        shared({}, { mayLoosen: mayLoosen({ limits: true }) }),
      ],
      ['read'],
    ],
    [
      'but only for the jobs that ours is about',
      [
        policyFile({ limits: [limit({ contents: 'write' }, { jobs: ['other'] })] }),
        shared({}, { mayLoosen: mayLoosen({ limits: true }) }),
      ],
      ['none'],
    ],
    [
      'and only if those in between may, too',
      [
        own({ contents: 'write' }),
        policyFile({ path: 'between' }),
        shared({}, { mayLoosen: mayLoosen({ limits: true }) }),
      ],
      ['none'],
    ],
  ])('%s', (_, policy, allowed) => {
    const found = over(text, { policy: policy ?? [] });
    expect(found.flatMap(({ permissions = [] }) => permissions.map((one) => one.allowed))).toEqual(allowed);
    expect(found.length).toBe(allowed.length === 0 ? 0 : 1);
  });

  test('a limit of our own and an exception from it do not excuse from the shared one', () => {
    const exception = { rule: 'over-limit', permissions: null, reason: 'x', expires: null } as const;
    const everything = { workflows: null, jobs: null, called: null, path: POLICY_PATH, line: 9, column: 3 };
    const loose = { ...own({}), exceptions: [{ ...exception, ...everything }] };
    const { findings } = judgementOf(text, { policy: [loose, shared({ contents: 'read' })] });
    const found = findings.filter(({ rule }) => rule === 'over-limit');
    expect(found.map(fully)).toEqual(['error ci.yml:3:3 a contents write>read']);
  });
});

describe('through calls', () => {
  const caller = (block: string) => `on: push\njobs:\n  call:\n${block}    uses: ./${CALLED}\n`;

  test('the job of a called file is judged as what it is in the run, and only there', () => {
    const texts = {
      [CI]: caller('    permissions: { contents: write }\n'),
      [CALLED]: `on: workflow_call\njobs:\n  inner:\n    permissions:\n      contents: write\n${steps}`,
    };
    const limits = [READ, limit({ contents: 'write' }, { workflows: ['ci.yml'], jobs: ['call/*'] })];
    expect(over(texts, under(...limits))).toEqual([]);
    const [finding, ...others] = over(texts, under(READ));
    expect(others).toEqual([]);
    expect(fully(finding!)).toBe('error called.yml:5:7 call/inner contents write>read');
    expect(finding?.message).toContain(`${CALLED} is called by the job 'call' at ${CI}:3.`);
  });

  test('a file that nobody here calls is judged by itself', () => {
    const called = `on: workflow_call\npermissions:\n  contents: write\njobs:\n  inner:\n${steps}`;
    expect(over({ [CALLED]: called }, under(READ)).map(fully)).toEqual([
      'error called.yml:3:3 inner contents write>read',
    ]);
  });

  test('what a caller passes on is found at the caller', () => {
    const texts = {
      [CI]: caller('    permissions:\n      contents: write\n'),
      [CALLED]: `on: workflow_call\njobs:\n  inner:\n${steps}`,
    };
    expect(over(texts, under(READ)).map(fully)).toEqual(['error ci.yml:5:7 call/inner contents write>read']);
  });

  test('what a file that was not read may have is a guess', () => {
    const text =
      'on: push\njobs:\n  call:\n    permissions:\n      contents: write\n    uses: octo/x/.github/workflows/a.yml@v1\n';
    expect(over(text, under(READ)).map(fully)).toEqual(['warning ci.yml:5:7 call contents write>read']);
  });
});

describe('what it says', () => {
  const text = `on: push\npermissions:\n  contents: write\n  issues: write\njobs:\n  a:\n${steps}  b:\n${steps}`;

  test('the limit with its place, and where the permission is written', () => {
    const [finding] = over(text, under(READ));
    expect(finding?.message).toBe(
      "The jobs 'a' and 'b' get `contents: write` and `issues: write`, but the limit at .github/permissions-policy.yml:5 allows `contents: read` and `issues: none`. It is written in the block of the workflow (.github/workflows/ci.yml, lines 3 and 4).",
    );
    expect(finding?.hint).toContain(POLICY_PATH);
    expect(finding?.advice).toEqual([
      expect.objectContaining({ path: CI, line: 2, permissions: { contents: 'read' } }),
    ]);
  });

  test('a job that is excused is not named, and its block stays', () => {
    const limits = [READ, limit({ contents: 'write', issues: 'write' }, { jobs: ['b'] })];
    const [finding] = over(text, under(...limits));
    expect(finding?.message).not.toContain("'b'");
    expect(finding?.advice).toEqual([expect.objectContaining({ line: 6, permissions: { contents: 'read' } })]);
  });
});
