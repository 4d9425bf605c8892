import { describe, expect, test } from '@jest/globals';

import { bytesOf, settingsOf } from '../helpers/checking.ts';
import { briefly, foundBy, judgementWithCalls, limit, policyFile, POLICY_PATH } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const SHARED = 'octo-org/.github/permissions-policy.yml@main';
const THEIRS = `octo/x/${CALLED}@v1`;
const READ = limit({ contents: 'read' });
const steps = '    runs-on: x\n    steps:\n      - run: make\n';

const under = (...limits: readonly (typeof READ)[]): Judging => ({ policy: [policyFile({ limits })] });

function over(texts: Parameters<typeof foundBy>[1], given: Judging) {
  return foundBy('over-limit', texts, given);
}

async function overWithCalls(files: Readonly<Record<string, string>>, called: string, { policy = [] }: Judging) {
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
  const { findings } = await judgementWithCalls(
    sources,
    settingsOf({}),
    () => Promise.resolve({ kind: 'found', bytes: bytesOf(called), commit: null, anyRef: false }),
    policy,
  );
  return findings.filter(({ rule }) => rule === 'over-limit');
}

describe('where it is told', () => {
  test('at the first line of the block that gives too much, whatever the order of names', () => {
    const text = `on: push\npermissions:\n  issues: write\n  contents: write\n  actions: read\njobs:\n  a:\n${steps}`;
    expect(over(text, under(READ)).map(briefly)).toEqual(['ci.yml:3:3 a']);
    const inLine = `on: push\npermissions: { issues: write, contents: write, actions: read }\njobs:\n  a:\n${steps}`;
    expect(over(inLine, under(READ)).map(briefly)).toEqual(['ci.yml:2:16 a']);
  });

  test('without a block, once for each workflow', () => {
    const text = `on: push\njobs:\n  a:\n${steps}`;
    const files = { [CI]: text, '.github/workflows/other.yml': text };
    expect(over(files, { ...under(READ), default: 'read' }).map(briefly)).toEqual(['ci.yml:3:3 a', 'other.yml:3:3 a']);
  });

  const call = (id: string) => `  ${id}:\n    uses: ${THEIRS}\n`;
  const theirs = `on: workflow_call\npermissions: { contents: write }\njobs:\n  inner:\n${steps}`;

  test('at the call that leads to a block in another repository', async () => {
    const files = { [CI]: `on: push\npermissions: write-all\njobs:\n${call('one')}${call('two')}` };
    const found = await overWithCalls(files, theirs, under(READ));
    expect(found.map(briefly)).toEqual(['ci.yml:4:3 one/inner', 'ci.yml:6:3 two/inner']);
    expect(found[0]?.message).toBe(
      `The job 'one / inner' gets \`contents: write\`, but the limit at ${POLICY_PATH}:5 allows \`contents: read\`. It is written in ${THEIRS}, line 2. ${THEIRS} is called by the job 'one' at ${CI}:4.`,
    );
    expect(found[0]?.advice).toEqual([
      {
        text: `The called workflow asks for it in its own block (${THEIRS}:2). Call one that asks for less.`,
        path: CI,
        line: 4,
      },
    ]);
  });

  test('a file is not called by a call of another repository that has the same path', async () => {
    const files = {
      [CI]: `on: push\npermissions: { contents: read }\njobs:\n${call('one')}`,
      [CALLED]: `on: workflow_call\npermissions:\n  contents: write\njobs:\n  inner:\n${steps}`,
    };
    const quiet = theirs.replace('contents: write', 'contents: read');
    expect((await overWithCalls(files, quiet, under(READ))).map(briefly)).toEqual(['called.yml:3:3 inner']);
  });
});

describe('which levels it tells', () => {
  const text = `on: [push, pull_request]\npermissions:\n  contents: write\njobs:\n  a:\n${steps}`;
  const brief = (given: Judging) => over(text, given).map(({ message }) => message.replace(/ It is written.*/, ''));

  test('the highest that is certain, though a fork gets less of it', () => {
    expect(brief(under(limit({})))).toEqual([
      `The job 'a' gets \`contents: write\`, but the limit at ${POLICY_PATH}:5 allows \`contents: none\`.`,
    ]);
  });

  const shared = (...limits: readonly (typeof READ)[]) =>
    policyFile({ path: SHARED, limits: limits.map((one) => ({ ...one, path: SHARED })) });
  const says = (path: string, allowed: string) =>
    `The job 'a' gets \`contents: write\`, but the limit at ${path}:5 allows \`contents: ${allowed}\`.`;
  const own = (...limits: readonly (typeof READ)[]) => policyFile({ limits });
  const onPush = (level: 'none' | 'read') => limit({ contents: level }, { events: ['push'] });

  test.each<readonly [string, Judging['policy'], readonly string[]]>([
    ['of two that allow the same, the shared one', [own(READ), shared(READ)], [says(SHARED, 'read')]],
    [
      'a smaller one of our own beside it',
      [own(limit({})), shared(READ)],
      [`${says(SHARED, 'read')} ${says(POLICY_PATH, 'none')}`],
    ],
    ['a larger one of our own not', [own(READ), shared(limit({}))], [says(SHARED, 'none')]],
    [
      'ours of all runs beside the shared one of some',
      [own(READ), shared(onPush('read'))],
      [
        `The job 'a' gets \`contents: write\` on \`push\`, but the limit at ${SHARED}:5 allows \`contents: read\`. ${says(POLICY_PATH, 'read')}`,
      ],
    ],
    ['ours of some runs not beside the shared one of all', [own(onPush('read')), shared(READ)], [says(SHARED, 'read')]],
  ])('%s', (_, policy, expected) => {
    expect(brief({ policy: policy ?? [] })).toEqual(expected);
  });

  test('actors count where any of the policies names some', () => {
    const byFork = limit({}, { actors: ['dependabot'] });
    const found = brief({ policy: [own(limit({ contents: 'write' })), shared(byFork)] });
    expect(found).toEqual([
      `The job 'a' gets \`contents: write\` on \`push\` by Dependabot and \`pull_request\` by Dependabot, but the limit at ${SHARED}:5 allows \`contents: none\`.`,
    ]);
  });
});
