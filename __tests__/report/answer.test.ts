import { describe, expect, test } from '@jest/globals';

import type { Finding, Gate, Report } from '../../src/model/report.ts';
import { verdict } from '../../src/policy/verdict.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { blockJob, finding, PATH, permissions, report, workflow } from './sample.ts';

const ERROR = finding();
const OLD_ERROR = finding({ existing: true, line: 5 });
const WARNING = finding({ level: 'warning', line: 6 });
const GATE: Gate = { failOn: 'error', report: 'all', beforeMerge: true };

function judged(findings: readonly Finding[], changes: Partial<Gate> = {}): Report {
  const gate = { ...GATE, ...changes };
  const workflows = [workflow(PATH, [blockJob('build', permissions({ read: 'contents' }), 7)])];
  return report(workflows, { findings, gate, result: verdict(findings, gate.failOn, gate.report) });
}

/** What stands right below the title. */
function answer(given: Report): string | undefined {
  return /^### (.*)$/m.exec(markdownReport(given))?.[1];
}

describe('the first line of a summary', () => {
  test.each<[string, readonly Finding[], Partial<Gate>]>([
    ['✅ Nothing found here keeps this from being merged', [], {}],
    ['✅ Nothing found here keeps this from being merged', [WARNING], {}],
    ['❌ 1 error keeps this from being merged', [ERROR, WARNING], {}],
    ['❌ 1 error and 1 warning keep this from being merged', [ERROR, WARNING], { failOn: 'warning' }],
    ['❌ 1 new error keeps this from being merged', [ERROR, OLD_ERROR], { report: 'new' }],
    ['✅ Nothing found here keeps this from being merged. What was there before does not count', [OLD_ERROR], { report: 'new' }],
    ['✅ Nothing found here keeps this from being merged. Findings never fail this check', [ERROR], { failOn: 'never' }],
    ['✅ Passed', [WARNING], { beforeMerge: false }],
    ['❌ Failed: 1 error', [ERROR, WARNING], { beforeMerge: false }],
  ])('%s', (expected, findings, gate) => {
    expect(answer(judged(findings, gate))).toBe(expected);
  }); // prettier-ignore

  test('is never a plain yes where something could not be computed', () => {
    const unread = workflow(PATH, [], { outcome: 'unresolved' });
    const given = (beforeMerge: boolean) => report([unread], { gate: { ...GATE, beforeMerge } });
    expect(answer(given(true))).toBe(
      '⚠️ Nothing found here keeps this from being merged, but not all could be computed',
    );
    expect(answer(given(false))).toBe('⚠️ Passed, but not all could be computed');
    expect(answer(report([]))).toBe('⚠️ Passed, but nothing was computed');
  });

  test('is the second one on a terminal, behind how much was computed', () => {
    const text = textReport(judged([ERROR]), { width: 80, color: false });
    expect(text).toMatch(/^1 workflow, 1 job computed\.\n1 error keeps this from being merged\.\n/);
  });
});
