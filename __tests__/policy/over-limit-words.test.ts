import { describe, expect, test } from '@jest/globals';

import type { Finding } from '../../src/model/report.ts';
import { limit, POLICY_PATH } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';
import {
  advices,
  calling,
  CALLED,
  CI,
  DEEP,
  ids,
  job,
  messages,
  MIDDLE,
  OTHER,
  over,
  overWithCalls,
  REMOTE,
  workflow,
} from './over-limits.ts';

const AT = `the limit at ${POLICY_PATH}:5`;
const FROM_LINE_3 = `It is written in the block of the workflow (${CI}, line 3).`;
const WRITES = 'permissions:\n  contents: write\n';

describe('what a job gets, and what the limit allows', () => {
  test.each<readonly [string, string, string]>([
    ['one that it may not have at all', '  issues: write\n', `\`issues: write\`, but ${AT} allows \`issues: none\``],
    [
      'two of them',
      '  issues: write\n  packages: read\n',
      `\`issues: write\` and \`packages: read\`, but ${AT} allows none of these`,
    ],
    [
      'one of them',
      '  contents: write\n  issues: read\n',
      `\`contents: write\` and \`issues: read\`, but ${AT} allows \`contents: read\` and \`issues: none\``,
    ],
    [
      'as many as are told',
      '  actions: read\n  checks: read\n  contents: write\n  issues: read\n  packages: read\n  statuses: read\n',
      `\`actions: read\`, \`checks: read\`, \`contents: write\`, \`issues: read\`, \`packages: read\` and \`statuses: read\`, but ${AT} allows \`actions: none\`, \`checks: none\`, \`contents: read\`, \`issues: none\`, \`packages: none\` and \`statuses: none\``,
    ],
    [
      'more than that',
      '  actions: read\n  checks: read\n  contents: write\n  issues: read\n  packages: read\n  pages: read\n  statuses: read\n',
      `\`actions: read\`, \`checks: read\`, \`contents: write\`, \`issues: read\`, \`packages: read\` and 2 more, but ${AT} allows \`actions: none\`, \`checks: none\`, \`contents: read\`, \`issues: none\`, \`packages: none\` and 2 more`,
    ],
  ])('%s', (_, entries, expected) => {
    const [finding] = over(workflow('push', `permissions:\n${entries}`, job('a')), [limit({ contents: 'read' })]);
    expect(finding?.message.split('. It is written')[0]).toBe(`The job 'a' gets ${expected}`);
  });

  test('the hint says whose entry it would be', () => {
    const said = (...jobs: readonly string[]) => over(workflow('push', WRITES, ...jobs), [limit({})])[0]?.hint;
    const one = `Where more is needed, the policy has to allow it: by an entry for this job under \`limits\` in ${POLICY_PATH}.`;
    expect(said(job('a'))).toBe(one);
    expect(said(job('a'), job('b'))).toBe(one.replace('this job', 'these jobs'));
  });

  test.each([
    [5, "The jobs 'j1', 'j2', 'j3', 'j4' and 'j5' get"],
    [6, "6 jobs ('j1', 'j2', 'j3' and 3 more) get"],
    [7, "7 jobs ('j1', 'j2', 'j3' and 4 more) get"],
  ])('%i jobs', (count, expected) => {
    expect(messages(over(workflow('push', WRITES, ...ids(count).map((id) => job(id))), [limit({})]))).toEqual([
      `${expected} \`contents: write\`, but ${AT} allows \`contents: none\`. ${FROM_LINE_3}`,
    ]);
  });

  test('jobs of one name in two workflows', () => {
    const files = {
      [CI]: workflow('push', '', calling('x', `./${CALLED}`)),
      [OTHER]: workflow('push', '', calling('x', `./${CALLED}`)),
      [CALLED]: workflow('workflow_call', WRITES, job('inner')),
    };
    const found = over(files, [limit({})], { default: 'write' });
    expect(messages(found)).toEqual([
      expect.stringMatching(`^The job 'x / inner' gets \`contents: write\`, but ${AT} allows \`contents: none\``),
    ]);
    expect(advices(found)).toMatchObject([{ path: CALLED, line: 2, permissions: {} }]);
  });

  test('jobs are told together where they get the same over the same limit', () => {
    const text = workflow(
      'push',
      'permissions:\n  contents: write\n  issues: write\n',
      job('a'),
      job('b'),
      job('c'),
      job('d'),
    );
    const limits = [
      limit({}),
      limit({ contents: 'read' }, { jobs: ['b'], line: 7 }),
      limit({ contents: 'write' }, { jobs: ['c'], line: 8 }),
      limit({}, { jobs: ['d'], line: 9 }),
    ];
    expect(messages(over(text, limits))).toEqual([
      [
        `The job 'a' gets \`contents: write\` and \`issues: write\`, but ${AT} allows none of these.`,
        `The job 'b' gets \`contents: write\` and \`issues: write\`, but the limit at ${POLICY_PATH}:7 allows \`contents: read\` and \`issues: none\`.`,
        `The job 'd' gets \`contents: write\` and \`issues: write\`, but the limit at ${POLICY_PATH}:9 allows none of these.`,
        `The job 'c' gets \`issues: write\`, but the limit at ${POLICY_PATH}:8 allows \`issues: none\`.`,
        `It is written in the block of the workflow (${CI}, lines 3 and 4).`,
      ].join(' '),
    ]);
  });

  test.each([
    [5, ''],
    [6, 'The same holds, with other permissions, for 1 more job. '],
    [7, 'The same holds, with other permissions, for 2 more jobs. '],
  ])('%i sentences', (count, rest) => {
    const limits = ids(count).map((id, index) => limit({}, { jobs: [id], line: 10 + index }));
    const sentences = ids(Math.min(count, 5)).map(
      (id, index) =>
        `The job '${id}' gets \`contents: write\`, but the limit at ${POLICY_PATH}:${10 + index} allows \`contents: none\`. `,
    );
    expect(messages(over(workflow('push', WRITES, ...ids(count).map((id) => job(id))), limits))).toEqual([
      `${sentences.join('')}${rest}${FROM_LINE_3}`,
    ]);
  });
});

describe('the runs', () => {
  const text = workflow('[push, pull_request]', WRITES, job('a'));
  test.each<readonly [string, Parameters<typeof limit>[1], Judging, string]>([
    ['all', {}, {}, ''],
    ['those of events', { events: ['push', 'pull_request'] }, {}, ' on `push` and `pull_request`'],
    ['those of one event', { events: ['push'] }, {}, ' on `push`'],
    ['those of the repository', { actors: ['repository'] }, {}, ' on `push` and `pull_request`'],
    [
      'those of Dependabot',
      { actors: ['dependabot'] },
      {},
      ' on `push` by Dependabot and `pull_request` by Dependabot',
    ],
    [
      'those of forks',
      { actors: ['fork'] },
      { visibility: 'private', forks: 'write' },
      ' on `pull_request` from a fork',
    ],
    [
      'those of an event and an actor',
      { events: ['pull_request'], actors: ['repository', 'dependabot'] },
      {},
      ' on `pull_request` and `pull_request` by Dependabot',
    ],
  ])('%s', (_, given, known, runs) => {
    expect(messages(over(text, [limit({}, given)], known))).toEqual([
      `The job 'a' gets \`contents: write\`${runs}, but ${AT} allows \`contents: none\`. ${FROM_LINE_3}`,
    ]);
  });
});

test('a limit on all actors names none, whatever others do', () => {
  const limits = [limit({}, { events: ['push'] }), limit({}, { actors: ['fork'], jobs: ['other'] })];
  expect(messages(over(workflow('push', WRITES, job('a')), limits))).toEqual([
    `The job 'a' gets \`contents: write\` on \`push\`, but ${AT} allows \`contents: none\`. ${FROM_LINE_3}`,
  ]);
});

describe('where it comes from', () => {
  const origin = (findings: readonly Finding[]) =>
    messages(findings).map((message) => message.replace(/^.* allows .*?\. /, ''));

  test('lines in their order', () => {
    const lines = 'permissions:\n  packages: read\n  issues: write\n  checks: write\n';
    expect(origin(over(workflow('push', lines, job('a')), [limit({})]))).toEqual([
      `It is written in the block of the workflow (${CI}, lines 3, 4 and 5).`,
    ]);
    const ten = `# ${'\n#'.repeat(5)}\npermissions:\n  issues: write\n  contents: write\n  checks: write\n`;
    expect(origin(over(workflow('push', ten, job('a')), [limit({})]))).toEqual([
      `It is written in the block of the workflow (${CI}, lines 9, 10 and 11).`,
    ]);
  });

  test('the block of a job, and one in braces', () => {
    const block = '    permissions: { contents: write, issues: write }\n';
    expect(origin(over(workflow('push', '', job('a', block)), [limit({})]))).toEqual([
      `It is written in the block of the job 'a' (${CI}, line 4).`,
    ]);
  });

  test('the default', () => {
    const found = over(workflow('push', '', job('a')), [limit({ contents: 'read' })], { default: 'read' });
    expect(origin(found)).toEqual(["No block applies, so the repository's default decides."]);
  });

  const called = workflow('workflow_call', WRITES, job('inner'), job('second'));
  const byCall = (id: string, line: number, file = CI) => `${CALLED} is called by the job '${id}' at ${file}:${line}.`;
  const IN_CALLED = `It is written in the block of the workflow (${CALLED}, line 3).`;

  test('each call is told once, from below', () => {
    const files = {
      [CI]: workflow('push', '', calling('x', `./${CALLED}`), calling('y', `./${MIDDLE}`)),
      [MIDDLE]: workflow('workflow_call', '', calling('z', `./${CALLED}`)),
      [OTHER]: workflow('push', '', calling('x', `./${CALLED}`)),
      [CALLED]: called,
    };
    expect(origin(over(files, [limit({})], { default: 'write' }))).toEqual([
      [
        IN_CALLED,
        byCall('x', 3),
        `${CALLED} is called by the job 'z' at ${MIDDLE}:3, and that file by the job 'y' at ${CI}:5.`,
        byCall('x', 3, OTHER),
      ].join(' '),
    ]);
  });

  test('a block that reaches several files', () => {
    const files = {
      [CI]: workflow('push', '', calling('x', `./${MIDDLE}`, '    permissions:\n      contents: write\n')),
      [MIDDLE]: workflow('workflow_call', '', job('own'), calling('z', `./${CALLED}`)),
      [CALLED]: workflow('workflow_call', '', job('inner')),
    };
    const found = over(files, [limit({})]);
    expect(origin(found)).toEqual([
      [
        `It is written in the block of the job 'x' (${CI}, line 5).`,
        `${MIDDLE} is called by the job 'x' at ${CI}:3.`,
        `${CALLED} is called by the job 'z' at ${MIDDLE}:7, and that file by the job 'x' at ${CI}:3.`,
      ].join(' '),
    ]);
    expect(advices(found)).toEqual([
      {
        text: 'Write this block instead: it is what the limit leaves of it. Test that it is enough, also for what the called workflows ask.',
        path: CI,
        line: 4,
        permissions: {},
      },
    ]);
  });

  test.each([
    [5, ''],
    [6, ' The same holds for 1 more call.'],
    [7, ' The same holds for 2 more calls.'],
  ])('%i calls', (count, rest) => {
    const files = {
      [CI]: workflow('push', '', ...ids(count).map((id) => calling(id, `./${CALLED}`))),
      [CALLED]: called,
    };
    const calls = ids(Math.min(count, 5)).map((id, index) => byCall(id, 3 + 2 * index));
    expect(origin(over(files, [limit({})], { default: 'write' }))).toEqual([`${IN_CALLED} ${calls.join(' ')}${rest}`]);
  });

  test('blocks of another repository', async () => {
    const files = { [CI]: workflow('push', '', calling('x', REMOTE, '    permissions: write-all\n')) };
    const remote = {
      [REMOTE]: workflow('workflow_call', WRITES, job('inner'), calling('z', DEEP)),
      [DEEP]: workflow('workflow_call', '', job('deep', '    permissions:\n      contents: write\n')),
    };
    const found = await overWithCalls(files, remote, [limit({ contents: 'read' })]);
    expect(origin(found)).toEqual([
      [
        `It is written in ${REMOTE}, line 3 and ${DEEP}, line 5.`,
        `${REMOTE} is called by the job 'x' at ${CI}:3.`,
        `${DEEP} is called by the job 'z' at ${REMOTE}:9, and that file by the job 'x' at ${CI}:3.`,
      ].join(' '),
    ]);
    expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual([`${CI}:3`]);
    expect(advices(found)).toEqual([
      {
        text: `The called workflow asks for it in its own block (${REMOTE}:2). Call one that asks for less.`,
        path: CI,
        line: 3,
      },
    ]);
  });

  test('several blocks and lines of another repository', async () => {
    const files = { [CI]: workflow('push', '', calling('x', REMOTE, '    permissions: write-all\n')) };
    const remote = {
      [REMOTE]: workflow(
        'workflow_call',
        'permissions:\n  packages: read\n  issues: write\n  checks: read\n  actions: read\n',
        job('inner'),
        job('own', '    permissions:\n      pages: write\n'),
        job('third', '    permissions:\n      statuses: read\n'),
      ),
    };
    expect(messages(await overWithCalls(files, remote, [limit({})]))).toEqual([
      [
        `The job 'x / inner' gets \`actions: read\`, \`checks: read\`, \`issues: write\` and \`packages: read\`, but ${AT} allows none of these.`,
        `The job 'x / own' gets \`pages: write\`, but ${AT} allows \`pages: none\`.`,
        `The job 'x / third' gets \`statuses: read\`, but ${AT} allows \`statuses: none\`.`,
        `It is written in ${REMOTE}, lines 3, 4, 5, 6, 14 and 20.`,
        `${REMOTE} is called by the job 'x' at ${CI}:3.`,
      ].join(' '),
    ]);
  });

  test('the call of ours that is nearest to a block of another repository', async () => {
    const files = {
      [CI]: workflow('push', '', calling('x', `./${MIDDLE}`, '    permissions: write-all\n')),
      [MIDDLE]: workflow('workflow_call', '', calling('y', REMOTE)),
    };
    const remote = { [REMOTE]: workflow('workflow_call', WRITES, job('inner')) };
    expect(advices(await overWithCalls(files, remote, [limit({ contents: 'read' })]))).toMatchObject([
      { path: MIDDLE, line: 3 },
    ]);
  });
});
