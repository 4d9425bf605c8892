import type {
  Advice,
  Finding,
  FindingLevel,
  FoundSubject,
  Report,
  ReportedProblem,
  ReportedWorkflow,
} from '../model/report.ts';
import type { Location } from '../model/position.ts';
import { worstFirst } from './worst-first.ts';

/** A finding, or a problem of a workflow that no finding is about. */
export interface Issue {
  readonly level: FindingLevel;
  readonly rule: string;
  readonly message: string;
  readonly hint: string | null;
  /** Ways to mend it. */
  readonly advice: readonly Advice[];
  /** What a finding is about; none for a problem that is no finding. */
  readonly subjects: readonly FoundSubject[];
  /** With a base: the base has it too. */
  readonly existing?: true;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Told once for all calls, as what is not known: nobody can act on them in the workflow files. */
export const UNREAD_CALL: ReportedProblem['code'] = 'call-not-read';

/** The rule that is about them. */
const UNRESOLVED_CALL = 'unresolved-call';

/** Whether a finding is told with what is not known. A policy that makes more of it wants it told as a finding. */
export function isToldOnce({ rule, level }: Pick<Finding, 'rule' | 'level'>): boolean {
  return rule === UNRESOLVED_CALL && level === 'note';
}

/** Whether the unread calls are told among the findings. */
export function areUnreadCallsFound({ findings }: Report): boolean {
  return findings.some((finding) => finding.rule === UNRESOLVED_CALL && !isToldOnce(finding));
}

/** Takes a report and returns all that a reader should act on, errors first, otherwise in the order of the report. */
export function issuesOf(report: Report): readonly Issue[] {
  const told = toldBy([...report.findings, ...report.suppressed]);
  const issues: readonly Issue[] = [
    ...report.workflows.flatMap((workflow) =>
      workflow.problems
        .filter((problem) => problem.code !== UNREAD_CALL && !told(problem))
        .map((problem) => issueOf(problem, workflow)),
    ),
    ...report.findings
      .filter((finding) => !isToldOnce(finding))
      .map((finding) => ({ ...finding, hint: finding.hint ?? null, advice: finding.advice ?? [] })),
  ];
  return worstFirst(issues);
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
    subjects: [],
    path,
    line,
    column,
  };
}

/** Makes the function that says whether findings tell of a problem: at its place, or as one of the jobs they list. */
function toldBy(findings: readonly Finding[]): (problem: ReportedProblem) => boolean {
  const places = new Set(findings.map(placeAndMessage));
  const byJob = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const job of finding.jobs ?? []) {
      const key = JSON.stringify(job);
      byJob.set(key, [...(byJob.get(key) ?? []), finding]);
    }
  }
  return (problem) =>
    places.has(placeAndMessage(problem)) ||
    (byJob.get(JSON.stringify(problem.job)) ?? []).some(
      ({ message, askedAt }) => message.includes(problem.message) || samePlace(askedAt, problem.askedAt),
    );
}

function samePlace(a: Location | undefined, b: Location | undefined): boolean {
  return a !== undefined && b !== undefined && a.path === b.path && a.line === b.line && a.column === b.column;
}

function placeAndMessage({ path, line, column, message }: Pick<Issue, 'path' | 'line' | 'column' | 'message'>): string {
  return JSON.stringify([path, line, column, message]);
}
