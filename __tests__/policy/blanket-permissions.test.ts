import { describe, expect, test } from '@jest/globals';

import { TABLE_DATE } from '../../src/permissions/permission-table.ts';
import { briefly, foundBy } from '../helpers/judging.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const steps = '    runs-on: x\n    steps:\n      - uses: actions/checkout@v6\n';

function blanket(texts: string | Record<string, string>) {
  return foundBy('blanket-permissions', texts);
}

describe('a shorthand that applies to a job', () => {
  test.each<readonly [string, string | Record<string, string>, readonly string[]]>([
    ['of the workflow', `on: push\npermissions: write-all\njobs:\n  a:\n${steps}  b:\n${steps}`, ['ci.yml:2:14 a b']],
    ['of the job', `on: push\njobs:\n  a:\n    permissions: read-all\n${steps}`, ['ci.yml:4:18 a']],
    [
      'is silent where every job has a block of its own',
      `on: push\npermissions: write-all\njobs:\n  a:\n    permissions: {}\n${steps}`,
      [],
    ],
    [
      'names the jobs that have none',
      `on: push\npermissions: write-all\njobs:\n  a:\n    permissions: {}\n${steps}  b:\n${steps}`,
      ['ci.yml:2:14 b'],
    ],
    ['is silent where no job ever runs', `on: push\npermissions: write-all\njobs:\n  a:\n    if: false\n${steps}`, []],
    [
      'counts where a caller passes it on',
      {
        [CI]: `on: push\njobs:\n  call:\n    permissions: write-all\n    uses: ./${CALLED}\n`,
        [CALLED]: `on: workflow_call\njobs:\n  inner:\n${steps}`,
      },
      ['ci.yml:4:18 call/inner'],
    ],
    [
      'is silent at a caller whose called jobs have their own',
      {
        [CI]: `on: push\njobs:\n  call:\n    permissions: write-all\n    uses: ./${CALLED}\n`,
        [CALLED]: `on: workflow_call\npermissions: {}\njobs:\n  inner:\n${steps}`,
      },
      [],
    ],
    [
      'is one finding in a called file, whoever calls it',
      {
        [CI]: `on: push\npermissions: write-all\njobs:\n  call:\n    uses: ./${CALLED}\n  other:\n    uses: ./${CALLED}\n`,
        [CALLED]: `on: workflow_call\npermissions: read-all\njobs:\n  inner:\n${steps}`,
      },
      ['called.yml:2:14 call/inner other/inner inner'],
    ],
    ['lists are none', `on: push\npermissions:\n  contents: write\njobs:\n  a:\n${steps}`, []],
  ])('%s', (_, texts, expected) => {
    expect(blanket(texts).map(briefly)).toEqual(expected);
  });
});

test('it says what the shorthand means today, and what to begin with', () => {
  const [finding] = blanket(`on: push\npermissions: write-all\njobs:\n  a:\n${steps}`);
  expect(finding?.message).toContain('18 permissions to write');
  expect(finding?.message).toContain('contents, copilot-requests');
  expect(finding?.message).toContain(TABLE_DATE);
  expect(finding?.advice).toEqual([expect.objectContaining({ path: CI, line: 2, permissions: { contents: 'read' } })]);
  expect(blanket(`on: push\npermissions: read-all\njobs:\n  a:\n${steps}`)[0]?.message).toMatch(
    /\d+ permissions to read/,
  );
});

test('a list in its place must hold what called workflows ask for', () => {
  const calling = (called: string) =>
    `on: push\npermissions: write-all\njobs:\n  a:\n${steps}  call:\n    uses: ${called}\n`;
  const own = {
    [CI]: calling(`./${CALLED}`),
    [CALLED]: `on: workflow_call\npermissions: { id-token: write }\njobs:\n  i:\n${steps}`,
  };
  expect(blanket(own)[0]?.advice?.[0]?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  const [unread] = blanket(calling('octo/else/.github/workflows/a.yml@v1'));
  expect(unread?.advice?.map(({ permissions }) => permissions)).toEqual([undefined]);
});

test('the block to write holds what the steps use, where that is known', () => {
  const text =
    "on: push\npermissions: write-all\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: gh issue create\n        env: { GH_TOKEN: '${{ github.token }}' }\n";
  const found = foundBy('blanket-permissions', text, { needsOf: 'real' });
  expect(found.map(({ advice }) => advice?.map(({ permissions }) => permissions))).toEqual([[{ issues: 'write' }]]);
});
