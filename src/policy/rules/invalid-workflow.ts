import type { Position } from '../../model/position.ts';
import type { ReportedProblem, ReportedWorkflow } from '../../model/report.ts';
import { withoutPlaces } from '../../words/without-places.ts';
import type { Rule, Violation } from '../rule.ts';

/**
 * The rule `invalid-workflow`: GitHub refuses a file, so none of its jobs runs. One finding for each problem; that a file
 * is not UTF-8 is none of GitHub's reasons, and permissions that are not known have a rule of their own.
 */
export const invalidWorkflow: Rule = {
  name: 'invalid-workflow',
  check: ({ workflows }) =>
    workflows.flatMap(({ report }) =>
      problemsOf(report, ({ code }) => code !== 'encoding' && code !== 'unknown-permission'),
    ),
};

/** A violation for each problem of a file that GitHub refuses. Some are about a permission, which stands at their place. */
export function problemsOf(
  { path, outcome, problems }: ReportedWorkflow,
  counts: (problem: ReportedProblem) => boolean,
  permissionAt?: (position: Position) => string | undefined,
): readonly Violation[] {
  if (outcome !== 'invalid') return [];
  const seen = new Map<string, number>();
  return problems.filter(counts).map(({ message, hint, line, column }) => {
    const cause = withoutPlaces(message);
    const count = (seen.get(cause) ?? 0) + 1;
    seen.set(cause, count);
    // The second of two equal sentences in a file is told apart by its number.
    const about = `${cause}${count === 1 ? '' : ` (${count})`}`;
    const permission = permissionAt?.({ line, column });
    return {
      cause: `${path}:${about}`,
      place: { path, line, column },
      subjects: [
        {
          workflow: path,
          job: null,
          definedIn: path,
          ...(permission === undefined ? {} : { permission }),
          about,
          places: [],
        },
      ],
      tell: () => ({ message, ...(hint === undefined ? {} : { hint }) }),
    };
  });
}
