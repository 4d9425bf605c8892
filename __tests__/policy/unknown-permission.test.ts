import { describe, expect, test } from '@jest/globals';

import { TABLE_DATE } from '../../src/permissions/permission-table.ts';
import { foundBy, judgementOf } from '../helpers/judging.ts';
import { policyOf } from './file/reading-policy.ts';

const steps = '    runs-on: x\n    steps:\n      - run: make\n';

function unknown(name: string) {
  return foundBy('unknown-permission', `on: push\npermissions:\n  ${name}: read\njobs:\n  a:\n${steps}`);
}

describe('a permission that the table does not know', () => {
  test('is told with the date of the table, and how to make it known', () => {
    const [finding] = unknown('holograms');
    expect(finding).toMatchObject({ level: 'error', line: 3, column: 3, message: "Unexpected value 'holograms'" });
    expect(finding?.hint).toContain(TABLE_DATE);
    expect(finding?.hint).toContain('`scopes: { holograms: [read, write] }`');
  });

  test('that is nearly one of it is told which', () => {
    expect(unknown('content')[0]?.hint).toContain('Did you mean contents?');
    expect(unknown('pull_requests')[0]?.hint).toMatch(/Did you mean pull-requests\?(?!.*scopes)/);
  });

  test('that no workflow file can have is told what can', () => {
    expect(unknown('administration')[0]?.hint).toMatch(/GitHub App(?!.*scopes)/);
  });

  test.each(['metadata', '<<'])('%s is known and cannot be written: that is another rule', (name) => {
    expect(unknown(name)).toEqual([]);
    const text = `on: push\npermissions:\n  ${name}: read\njobs:\n  a:\n${steps}`;
    expect(foundBy('invalid-workflow', text)).toHaveLength(1);
  });

  test('in a called file is what keeps its callers from starting', () => {
    const called = '.github/workflows/called.yml';
    const texts = {
      '.github/workflows/ci.yml': `on: push\npermissions: {}\njobs:\n  a:\n    uses: ./${called}\n`,
      [called]: `on: workflow_call\npermissions:\n  holograms: read\njobs:\n  a:\n${steps}`,
    };
    expect(foundBy('unknown-permission', texts).map(({ path }) => path)).toEqual([called]);
    expect(foundBy('startup-failure', texts)).toHaveLength(1);
  });
});

test('one permission that is not known can be excepted, and the others not', () => {
  const text = `on: push\npermissions:\n  holograms: read\n  telepathy: read\njobs:\n  a:\n${steps}`;
  const exceptions = 'version: 1\nexceptions: [{ rule: unknown-permission, permissions: holograms, reason: why }]';
  const { findings, suppressed } = judgementOf(text, { policy: [policyOf(exceptions)] });
  expect([findings, suppressed].map((all) => all.map(({ permission }) => permission))).toEqual([
    ['telepathy'],
    ['holograms'],
  ]);
});
