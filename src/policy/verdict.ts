import type { Finding, FindingLevel, Result } from '../model/report.ts';

/** From worst to best. */
const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'note'];

/** Whether findings fail the run: one at or above the level that is asked for does. */
export function verdict(findings: readonly Finding[], failOn: FindingLevel | 'never'): Result {
  if (failOn === 'never') return 'pass';
  const least = LEVELS.indexOf(failOn);
  return findings.some(({ level }) => LEVELS.indexOf(level) <= least) ? 'fail' : 'pass';
}
