import type { Finding, FindingLevel, Result } from '../model/report.ts';
import { stricter } from './levels.ts';

/** Whether findings fail the run: one at or above the level that is asked for does. */
export function verdict(findings: readonly Finding[], failOn: FindingLevel | 'never'): Result {
  if (failOn === 'never') return 'pass';
  return findings.some(({ level }) => stricter(level, failOn) === level) ? 'fail' : 'pass';
}
