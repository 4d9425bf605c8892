import { expect, test } from '@jest/globals';

import { judgementOf } from '../helpers/judging.ts';
import { needing } from '../helpers/needs.ts';
import type { RuleName } from '../../src/policy/rule-table.ts';

const IGNORE = (rule: RuleName) => `# effective-permissions: ignore[${rule}] fine`;

/** A comment in the line of a job, which is about that line alone: the block that is told stands above. */
test.each<readonly [RuleName, string, string]>([
  ['write-on-untrusted-trigger', 'issue_comment', 'contents'],
  ['id-token-boundary', 'push', 'id-token'],
])('a comment at the job excuses what %s tells of the block of the workflow', (rule, on, permission) => {
  const text = (comment: string) =>
    `on: ${on}\npermissions: { ${permission}: write }\njobs:\n  a: ${comment}\n    runs-on: x\n    steps: [{ run: make }]\n`;
  const lines = (comment: string) => {
    const { findings, suppressed } = judgementOf(text(comment), { needsOf: () => needing({}) });
    return [findings, suppressed].map((all) => all.filter((one) => one.rule === rule).map(({ line }) => line));
  };
  expect(lines('')).toEqual([[2], []]);
  expect(lines(IGNORE(rule))).toEqual([[], [2]]);
});
