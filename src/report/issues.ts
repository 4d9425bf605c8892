import type { Advice, FindingLevel, Report, ReportedProblem, ReportedWorkflow } from '../model/report.ts';

/** A finding, or a problem of a workflow that no finding is about. */
export interface Issue {
  readonly level: FindingLevel;
  readonly rule: string;
  readonly message: string;
  readonly hint: string | null;
  /** Ways to mend it. */
  readonly advice: readonly Advice[];
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'note'];

/** Told once for all calls, as what is not known: nobody can act on them in the workflow files. */
export const UNREAD_CALL: ReportedProblem['code'] = 'call-not-read';

/** Takes a report and returns all that a reader should act on, errors first, otherwise in the order of the report. */
export function issuesOf(report: Report): readonly Issue[] {
  const told = new Set(report.findings.map(placeAndMessage));
  for (const finding of report.suppressed) told.add(placeAndMessage(finding));
  const issues: readonly Issue[] = [
    ...report.workflows.flatMap((workflow) =>
      workflow.problems
        .filter((problem) => problem.code !== UNREAD_CALL && !told.has(placeAndMessage(problem)))
        .map((problem) => issueOf(problem, workflow)),
    ),
    ...report.findings.map((finding) => ({ ...finding, hint: finding.hint ?? null, advice: finding.advice ?? [] })),
  ];
  return LEVELS.flatMap((level) => issues.filter((issue) => issue.level === level));
}

function issueOf(problem: ReportedProblem, workflow: ReportedWorkflow): Issue {
  const { path, line, column, defaultPermissions } = problem;
  const isCertain = workflow.outcome !== 'unresolved' && workflow.outcome !== 'ok';
  const condition =
    defaultPermissions === undefined ? '' : `Only if the repository's default is ${defaultPermissions}: `;
  return {
    level: isCertain && defaultPermissions === undefined ? 'error' : 'warning',
    rule: defaultPermissions === undefined ? problem.code : 'startup_failure',
    message: condition + problem.message,
    hint: problem.hint ?? null,
    advice: problem.advice ?? [],
    path,
    line,
    column,
  };
}

function placeAndMessage({ path, line, column, message }: Pick<Issue, 'path' | 'line' | 'column' | 'message'>): string {
  return JSON.stringify([path, line, column, message]);
}
