import type { FindingLevel, Outcome, Report } from '../model/report.ts';
import { foldWorkflows, type FoldedWorkflow } from './fold.ts';
import { issuesOf, type Issue } from './issues.ts';

/** A report with its jobs folded, and what there is to count in it. All outputs for people are made of this. */
export interface Digest {
  readonly report: Report;
  readonly workflows: readonly FoldedWorkflow[];
  readonly issues: readonly Issue[];
  readonly counts: Counts;
}

/** How many of each there are. */
export interface Counts {
  readonly computedWorkflows: number;
  /** Workflows that could not be computed, by the reason. */
  readonly failed: Readonly<Record<Exclude<Outcome, 'ok'>, number>>;
  readonly computedJobs: number;
  /** Jobs whose called workflow could not be read. */
  readonly unknownJobs: number;
  readonly callersDecide: number;
  readonly writing: number;
  /** Of those that write, how many only under one value of the repository's default. */
  readonly writingIfDefault: number;
  /** Jobs that write in a run that a pull request from a fork starts. */
  readonly writingForForks: number;
  readonly issues: Readonly<Record<FindingLevel, number>>;
}

/** Takes a report and returns its digest. */
export function digestOf(report: Report): Digest {
  const workflows = foldWorkflows(report.workflows, report.repository);
  const issues = issuesOf(report);
  return { report, workflows, issues, counts: countsOf(report, workflows, issues) };
}

function countsOf(report: Report, workflows: readonly FoldedWorkflow[], issues: readonly Issue[]): Counts {
  const groups = workflows.flatMap((each) => each.groups);
  const jobs = (accepted: typeof groups) => accepted.reduce((sum, group) => sum + group.jobs.length, 0);
  const failed = { invalid: 0, startup_failure: 0, unresolved: 0 };
  for (const { outcome } of report.workflows) if (outcome !== 'ok') failed[outcome] += 1;
  const levels = { error: 0, warning: 0, note: 0 };
  for (const { level } of issues) levels[level] += 1;
  const computed = groups.filter(({ knowledge }) => knowledge === 'computed' || knowledge === 'never-runs');
  return {
    computedWorkflows: report.workflows.filter(({ outcome }) => outcome === 'ok').length,
    failed,
    computedJobs: jobs(computed),
    unknownJobs: jobs(groups.filter(({ knowledge }) => knowledge === 'unknown' || knowledge === 'at-most')),
    callersDecide: jobs(groups.filter(({ knowledge }) => knowledge === 'callers-decide')),
    writing: jobs(computed.filter(({ writes }) => writes !== 'no')),
    writingIfDefault: jobs(computed.filter(({ writes }) => writes === 'if-default')),
    writingForForks: jobs(
      computed.filter(({ forkToken }) => forkToken === 'write' || forkToken === 'write-if-default'),
    ),
    issues: levels,
  };
}
