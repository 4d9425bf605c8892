import type { Finding, ReportedProblem, ReportedWorkflow } from '../../model/report.ts';

/** The rule `invalid-workflow`: GitHub refuses a file, so none of its jobs runs. One finding for each problem. */
export function invalidWorkflow(workflows: readonly ReportedWorkflow[]): readonly Finding[] {
  return workflows
    .filter(({ outcome }) => outcome === 'invalid')
    .flatMap(({ problems }) => {
      const seen = new Map<string, number>();
      return problems.map((problem) => {
        const count = (seen.get(problem.message) ?? 0) + 1;
        seen.set(problem.message, count);
        return finding(problem, count);
      });
    });
}

function finding({ message, hint, path, line, column }: ReportedProblem, count: number): Finding {
  return {
    // The same when lines move: the second of two equal sentences in a file is told apart by its number.
    id: `invalid-workflow:${path}:${message}${count === 1 ? '' : ` (${count})`}`,
    rule: 'invalid-workflow',
    level: 'error',
    message,
    ...(hint === undefined ? {} : { hint }),
    path,
    line,
    column,
  };
}
