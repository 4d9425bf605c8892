import { describe, expect, test } from '@jest/globals';

import type { Limit } from '../../src/model/policy.ts';
import { limit } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';
import { needing } from '../helpers/needs.ts';
import { advices, calling, CALLED, CI, ids, job, OTHER, over, overWithCalls, REMOTE, workflow } from './over-limits.ts';

const WRITES = 'permissions:\n  contents: write\n';

describe('what to write', () => {
  const INSTEAD = 'Write this block instead: it is what the limit leaves of it. Test that it is enough.';
  const atJob = (id: string) =>
    `Write this block at the job '${id}': it takes the place of the workflow's, which other jobs may have. Test that it is enough.`;
  /** Allows the job what it has. */
  const excused = (id: string) => limit({ contents: 'write', issues: 'write' }, { jobs: [id] });

  test('the least that all limits leave', () => {
    const lines = 'permissions:\n  actions: read\n  contents: write\n  issues: write\n  packages: write\n';
    const limits = [
      limit({ actions: 'read', contents: 'write', packages: 'write' }, { jobs: ['a'] }),
      limit({ actions: 'read', contents: 'read', issues: 'read', packages: 'write' }, { jobs: ['b'] }),
      limit({ actions: 'read', issues: 'read', contents: 'read', packages: 'read' }, { jobs: ['c'] }),
    ];
    expect(advices(over(workflow('push', lines, job('a'), job('b'), job('c')), limits))).toEqual([
      {
        text: INSTEAD,
        path: CI,
        line: 2,
        permissions: { actions: 'read', contents: 'read', packages: 'read' },
      },
    ]);
  });

  test('the block of the workflow where all that have it are over, those that calls lead to included', () => {
    const files = {
      [CI]: workflow('push', WRITES, calling('call', `./${CALLED}`), job('a'), job('own', '    permissions: {}\n')),
      [CALLED]: workflow('workflow_call', '', job('inner')),
      [OTHER]: workflow('push', '', job('a')),
    };
    const found = over(files, [limit({}), limit({ contents: 'write' }, { workflows: ['other.yml'] })]);
    expect(advices(found.filter(({ path }) => path === CI))).toEqual([
      {
        text: INSTEAD.replace('enough', 'enough, also for what the called workflows ask'),
        path: CI,
        line: 2,
        permissions: {},
      },
    ]);
  });

  test('the same for what is new and for what the base has', () => {
    const lines = 'permissions:\n  contents: write\n  issues: write\n';
    const inBase: Judging['inBase'] = (_, __, { permission }) => permission === 'issues';
    const blocks = (text: string, limits: readonly Limit[]) =>
      over(text, limits, { inBase }).map(({ permission, advice }) => [
        permission,
        advice?.map((one) => one.permissions),
      ]);
    expect(blocks(workflow('push', lines, job('a')), [limit({ contents: 'read' })])).toEqual([
      ['contents', [{ contents: 'read' }]],
      ['issues', [{ contents: 'read' }]],
    ]);
    const keeping = limit({ contents: 'write', issues: 'write' }, { jobs: ['b'] });
    expect(blocks(workflow('push', lines, job('a'), job('b')), [limit({}, { jobs: ['a'] }), keeping])).toEqual([
      ['contents', [{}]],
      ['issues', [{}]],
    ]);
  });

  test('with what is excused', () => {
    const ignore = '# effective-permissions: ignore[over-limit] for the release of this week';
    const lines = `permissions:\n  contents: write ${ignore}\n  issues: write\n`;
    expect(advices(over(workflow('push', lines, job('a')), [limit({})]))).toEqual([
      { text: `${INSTEAD} What is excused stays.`, path: CI, line: 2, permissions: { contents: 'write' } },
    ]);
  });

  test('one at each job where another keeps it', () => {
    const text = workflow('push', `${WRITES}  issues: read\n`, job('a'), job('b'), job('c'));
    expect(advices(over(text, [limit({ issues: 'read' }), excused('b')]))).toEqual([
      { text: atJob('a'), path: CI, line: 6, permissions: { issues: 'read' } },
      { text: atJob('c'), path: CI, line: 14, permissions: { issues: 'read' } },
    ]);
  });

  test('for as many jobs as are told', () => {
    const text = workflow('push', WRITES, ...ids(6).map((id) => job(id)), job('z'));
    expect(advices(over(text, [limit({}), excused('z')])).map(({ text: said }) => said)).toEqual(ids(5).map(atJob));
  });

  test('at the job of a called workflow', () => {
    const files = {
      [CI]: workflow('push', '', calling('x', `./${CALLED}`), calling('y', `./${CALLED}`)),
      [CALLED]: workflow('workflow_call', WRITES, job('inner'), job('kept')),
    };
    expect(advices(over(files, [limit({}), excused('*/kept')], { default: 'write' }))).toEqual([
      { text: atJob('inner'), path: CALLED, line: 5, permissions: {} },
    ]);
    const below = {
      [CI]: workflow('push', WRITES, calling('x', `./${CALLED}`), job('kept')),
      [CALLED]: workflow('workflow_call', '', job('inner')),
    };
    expect(advices(over(below, [limit({}), excused('kept')]))).toEqual([
      {
        text: atJob('inner').replace('enough', 'enough, also for what the called workflows ask'),
        path: CALLED,
        line: 3,
        permissions: {},
      },
    ]);
  });

  test('once at the call that leads to jobs of another repository', async () => {
    const files = { [CI]: workflow('push', WRITES, calling('x', REMOTE), job('kept')) };
    const remote = { [REMOTE]: workflow('workflow_call', '', job('one'), job('two')) };
    expect(advices(await overWithCalls(files, remote, [limit({}), excused('kept')]))).toEqual([
      {
        text: atJob('x').replace('enough', 'enough, also for what the called workflows ask'),
        path: CI,
        line: 5,
        permissions: {},
      },
    ]);
  });

  test('some of what a caller passes on, and some that is its own', () => {
    const files = {
      [CI]: workflow('push', WRITES, job('a'), calling('x', `./${CALLED}`), job('kept')),
      [CALLED]: workflow('workflow_call', '', job('inner')),
    };
    expect(advices(over(files, [limit({}), excused('kept')])).map(({ text }) => text)).toEqual([
      atJob('a'),
      atJob('inner').replace('enough', 'enough, also for what the called workflows ask'),
    ]);
  });

  describe('a first block in place of the default', () => {
    const BEGIN = (id: string) =>
      `Write a block at the job '${id}', to begin with this one, and test that it is enough.`;
    const ALLOWED = (id: string) =>
      `Write a block at the job '${id}' that the limit allows, and test that it is enough.`;
    const checkout = (id: string) => `  ${id}:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n`;

    test('to begin with where the limit allows it', () => {
      const text = workflow('push', '', checkout('a'), checkout('b'));
      expect(advices(over(text, [limit({ contents: 'read' })], { default: 'write' }))).toEqual([
        { text: BEGIN('a'), path: CI, line: 3, permissions: { contents: 'read' } },
        { text: BEGIN('b'), path: CI, line: 7, permissions: { contents: 'read' } },
      ]);
      expect(advices(over(text, [limit({})], { default: 'write' }))).toEqual([
        { text: ALLOWED('a'), path: CI, line: 3 },
        { text: ALLOWED('b'), path: CI, line: 7 },
      ]);
    });

    test('that holds no more than the limit allows', () => {
      const known: Judging = {
        default: 'write',
        needsOf: () => needing({ contents: 'read', issues: 'write' }),
      };
      const text = workflow('push', '', job('a'));
      expect(advices(over(text, [limit({ contents: 'read' })], known))).toEqual([
        { text: ALLOWED('a'), path: CI, line: 3 },
      ]);
      expect(advices(over(text, [limit({ contents: 'read', issues: 'write' })], known))).toEqual([
        { text: BEGIN('a'), path: CI, line: 3, permissions: { contents: 'read', issues: 'write' } },
      ]);
    });

    test('at the job that calls, once', () => {
      const files = {
        [CI]: workflow('push', '', calling('x', `./${CALLED}`)),
        [CALLED]: workflow('workflow_call', '', checkout('one'), checkout('two')),
      };
      expect(advices(over(files, [limit({ contents: 'read' })], { default: 'write' }))).toEqual([
        { text: BEGIN('x'), path: CI, line: 3, permissions: { contents: 'read' } },
      ]);
    });

    test('none that is known where the called workflow was not read', () => {
      const text = workflow('push', '', calling('x', REMOTE));
      expect(advices(over(text, [limit({ contents: 'read' })], { default: 'write' }))).toEqual([
        { text: ALLOWED('x'), path: CI, line: 3 },
      ]);
    });

    test('for as many jobs as are told', () => {
      const text = workflow('push', '', ...ids(6).map(checkout));
      expect(advices(over(text, [limit({ contents: 'read' })], { default: 'write' })).map((one) => one.text)).toEqual(
        ids(5).map(BEGIN),
      );
    });
  });
});
