import { matchesJob } from '../job-matcher.ts';
import type { Evidence, Violation } from '../rule.ts';

/** The rule `unused-limit`: a limit of the repository's own policy that matches no job. */
export function unusedLimit({ policy, workflows }: Evidence): readonly Violation[] {
  const jobs = workflows.flatMap(({ report, jobs: all }) =>
    all.map(({ reported }) => ({ workflow: report.path, job: reported.path, definedIn: reported.definedIn })),
  );
  // Without a job nothing can match, and that says nothing about the policy.
  if (jobs.length === 0) return [];
  return (policy[0]?.limits ?? [])
    .filter((limit) => !jobs.some((job) => matchesJob(limit, job)))
    .map(({ path, line, column, ...limit }): Violation => {
      const about = JSON.stringify([limit.workflows, limit.jobs, limit.called]);
      return {
        cause: `${path}:${about}`,
        place: { path, line, column },
        subjects: [{ workflow: path, job: null, definedIn: path, about, places: [] }],
        tell: () => ({
          message: 'This limit matches no job.',
          hint: 'Correct the names, or remove it.',
        }),
      };
    });
}
