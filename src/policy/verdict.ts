import type { Finding, FindingLevel, Result } from '../model/report.ts';
import { stricter } from './levels.ts';

/** Which findings count when there is a base: all, or only those that the base does not have. */
export type Reported = 'all' | 'new';

/** The findings that count. */
export function countingFindings(findings: readonly Finding[], reported: Reported): readonly Finding[] {
  return reported === 'all' ? findings : findings.filter(({ existing }) => existing !== true);
}

/** Whether findings fail the run: one that counts, at or above the level that is asked for, does. */
export function verdict(
  findings: readonly Finding[],
  failOn: FindingLevel | 'never',
  reported: Reported = 'all',
): Result {
  if (failOn === 'never') return 'pass';
  return countingFindings(findings, reported).some(({ level }) => stricter(level, failOn) === level) ? 'fail' : 'pass';
}
