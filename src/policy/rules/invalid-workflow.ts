import type { Finding, ReportedProblem, ReportedWorkflow } from '../../model/report.ts';
import { withoutPlaces } from '../../words/without-places.ts';

/**
 * The rule `invalid-workflow`: GitHub refuses a file, so none of its jobs runs. One finding for each problem; that a file
 * is not UTF-8 is none of GitHub's reasons.
 */
export function invalidWorkflow(workflows: readonly ReportedWorkflow[]): readonly Finding[] {
  return workflows
    .filter(({ outcome }) => outcome === 'invalid')
    .flatMap(({ problems }) => {
      const seen = new Map<string, number>();
      return problems
        .filter(({ code }) => code !== 'encoding')
        .map((problem) => {
          const cause = withoutPlaces(problem.message);
          const count = (seen.get(cause) ?? 0) + 1;
          seen.set(cause, count);
          // The second of two equal sentences in a file is told apart by its number.
          return finding(problem, `${cause}${count === 1 ? '' : ` (${count})`}`);
        });
    });
}

function finding({ message, hint, path, line, column }: ReportedProblem, cause: string): Finding {
  return {
    id: `invalid-workflow:${path}:${cause}`,
    rule: 'invalid-workflow',
    level: 'error',
    message,
    ...(hint === undefined ? {} : { hint }),
    path,
    line,
    column,
  };
}
