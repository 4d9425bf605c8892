import { describe, expect, test } from '@jest/globals';

import type { Permissions } from '../../src/model/permission.ts';
import type { CheckedJob } from '../../src/policy/checked-workflow.ts';
import type { JobNeeds } from '../../src/model/needs.ts';
import { briefly, foundBy } from '../helpers/judging.ts';
import { needing, needingAtLeast, needingMaybe } from '../helpers/needs.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const steps = '    runs-on: x\n    steps:\n      - run: make\n';
const two = `on: push\npermissions:\n  contents: write\njobs:\n  a:\n${steps}  b:\n${steps}`;

/** What jobs need, by id; of others nothing is known. */
function needs(byId: Record<string, Permissions | 'incomplete'>): (job: CheckedJob) => JobNeeds | null {
  return ({ chained: { job } }) => {
    const known = byId[job.id];
    if (known === undefined) return null;
    return known === 'incomplete' ? needingAtLeast({}) : needing(known);
  };
}

const WRITES = { contents: 'write' } as const;

describe('a write in the block of a workflow', () => {
  test.each<readonly [string, string | Record<string, string>, Parameters<typeof needs>[0], readonly string[]]>([
    ['reaches a job that does not use it', two, { a: WRITES, b: { contents: 'read' } }, ['ci.yml:3:3 b']],
    ['that none uses has a rule of its own', two, { a: {}, b: {} }, []],
    ['is used by all', two, { a: WRITES, b: WRITES }, []],
    ['is silent while nothing is known of one', two, { a: WRITES }, []],
    ['is silent while not all is known of one', two, { a: WRITES, b: 'incomplete' }, []],
    ['is silent with one job', `on: push\npermissions:\n  contents: write\njobs:\n  a:\n${steps}`, { a: {} }, []],
    [
      'is silent where the other job has a block of its own',
      `on: push\npermissions:\n  contents: write\njobs:\n  a:\n${steps}  b:\n    permissions: {}\n${steps}`,
      { a: {}, b: {} },
      [],
    ],
    [
      'is silent where the other job never runs',
      `on: push\npermissions:\n  contents: write\njobs:\n  a:\n${steps}  b:\n    if: false\n${steps}`,
      { a: {}, b: {} },
      [],
    ],
    ['reads do no harm', two.replace('write', 'read'), { a: {}, b: {} }, []],
    ['write-all has a rule of its own', two.replace('\n  contents: write', ' write-all'), { a: {}, b: {} }, []],
    [
      'counts a job of a called workflow once',
      {
        [CI]: `on: push\npermissions: { contents: write }\njobs:\n  x:\n    uses: ./${CALLED}\n  y:\n    uses: ./${CALLED}\n`,
        [CALLED]: `on: workflow_call\npermissions:\n  contents: write\njobs:\n  a:\n${steps}`,
      },
      { a: {} },
      [],
    ],
  ])('%s', (_, texts, known, expected) => {
    expect(foundBy('workflow-level-write', texts, { needsOf: needs(known) }).map(briefly)).toEqual(expected);
  });

  const callers = (block: string) => ({
    [CI]: `on: push\npermissions: { contents: write, id-token: write }\njobs:\n  call:\n    uses: ./${CALLED}\n  b:\n${steps}`,
    [CALLED]: `on: workflow_call\n${block}jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: git push https://x:\${{ github.token }}@github.com/\${{ github.repository }}\n`,
  });

  test('is used by a call whose workflow asks for it', () => {
    const [finding, ...others] = foundBy('workflow-level-write', callers('permissions: { contents: write }\n'), {
      needsOf: 'real',
    });
    expect([finding === undefined ? '' : briefly(finding), others]).toEqual(['ci.yml:2:16 b', []]);
    expect(finding?.message).toContain("only the job 'call' uses it");
    expect(finding?.advice?.map(({ line, permissions }) => [line, permissions])).toEqual([
      [2, undefined],
      [4, { contents: 'write' }],
    ]);
  });

  test('is used by a call that passes it on', () => {
    const found = foundBy('workflow-level-write', callers(''), { needsOf: 'real' });
    expect(found.map(briefly)).toEqual(['ci.yml:2:16 b']);
    expect(found[0]?.message).toContain("only the job 'call / a' uses it");
  });

  test('is judged where something else is open', () => {
    const known = { a: needingMaybe(WRITES, 'pages'), b: needingMaybe({}, 'issues') };
    const needsOf = ({ chained }: CheckedJob) => (chained.job.id === 'a' ? known.a : known.b);
    expect(foundBy('workflow-level-write', two, { needsOf }).map(briefly)).toEqual(['ci.yml:3:3 b']);
  });

  test('is silent while nothing is known of what jobs use', () => {
    expect(foundBy('workflow-level-write', two)).toEqual([]);
  });

  test('is to be moved to the jobs that use it, in a block with all that they use', () => {
    const known = { a: { contents: 'write', packages: 'read' }, b: {} } as const;
    const [finding] = foundBy('workflow-level-write', two, { needsOf: needs(known) });
    expect(finding?.message).toContain("only the job 'a' uses it");
    expect(finding?.advice?.map(({ line, permissions }) => [line, permissions])).toEqual([
      [3, undefined],
      [5, known.a],
    ]);
  });
});
