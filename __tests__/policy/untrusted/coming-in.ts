import type { Known } from '../../helpers/checking.ts';
import { findingsOf, jobWith } from '../rule-findings.ts';

const RULE = 'write-on-untrusted-trigger';

/**
 * What findings say of how something of an outsider's comes into a job, without who starts the job and what that gives:
 * `line 7 checks out the code of the pull request, and line 9 uses it`.
 */
export function comingInto(files: Parameters<typeof findingsOf>[1], known: Known = {}): readonly string[] {
  return findingsOf(RULE, files, known).flatMap(
    ({ message }) => /, and (line .*?): what they /s.exec(message)?.[1] ?? [],
  );
}

/** The same of a job with these steps, the first of which stands in line 7. */
export function comingInBy(on: string, ...steps: readonly string[]): readonly string[] {
  return comingInto(jobWith(on, '{ contents: write }', steps));
}
