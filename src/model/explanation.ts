import type { ObservedRun } from './observed-run.ts';
import type { Report, ReportedProblem } from './report.ts';

/** Why a run did not start, as `explain --format json` prints it. */
export interface Explanation {
  readonly schemaVersion: 1;
  readonly tool: Report['tool'];
  readonly run: ObservedRun;
  /** The run's own, as GitHub's API names it; `null` while it runs. */
  readonly conclusion: string | null;
  /** `unknown`: what is wrong, if anything, does not stand in the files. */
  readonly cause: 'permissions' | 'other' | 'unknown';
  /** All that is wrong, GitHub's first one first. */
  readonly problems: readonly ReportedProblem[];
  /** What else there is to know, one sentence each. */
  readonly notes: readonly string[];
}
