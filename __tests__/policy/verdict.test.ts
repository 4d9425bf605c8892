import { describe, expect, test } from '@jest/globals';

import type { Finding, FindingLevel } from '../../src/model/report.ts';
import { verdict } from '../../src/policy/verdict.ts';

function finding(level: FindingLevel): Finding {
  return { id: level, rule: 'some-rule', level, message: 'Something', subjects: [], path: 'a.yml', line: 1, column: 1 };
}

describe('whether a run fails', () => {
  test.each<readonly [readonly FindingLevel[], readonly FindingLevel[]]>([
    [[], []],
    [['note'], ['note']],
    [['warning'], ['warning', 'note']],
    [['error'], ['error', 'warning', 'note']],
    [
      ['note', 'warning'],
      ['warning', 'note'],
    ],
    [
      ['note', 'error'],
      ['error', 'warning', 'note'],
    ],
  ])('findings %j fail on %j', (levels, failing) => {
    const findings = levels.map(finding);
    for (const failOn of ['error', 'warning', 'note'] as const) {
      expect(verdict(findings, failOn)).toBe(failing.includes(failOn) ? 'fail' : 'pass');
    }
    expect(verdict(findings, 'never')).toBe('pass');
  });
});
