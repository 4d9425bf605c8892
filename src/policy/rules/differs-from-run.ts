import type { ObservedDifference, ObservedJob, ObservedResult } from '../../model/observation.ts';
import { listed } from '../../words/in-words.ts';
import type { CheckedWorkflow } from '../checked-workflow.ts';
import { placeInCheckout, subjectOf } from '../job-places.ts';
import type { Rule, Violation } from '../rule.ts';
import { observedResults } from '../observed-results.ts';

/** The rule `differs-from-run`: GitHub granted something else than was computed. */
export const differsFromRun: Rule = {
  name: 'differs-from-run',
  check: ({ workflows, observed }) =>
    (observed === undefined ? [] : observedResults(observed)).flatMap((result) =>
      result.jobs.flatMap((job) => (job.result === 'differs' ? violationsFor(result, job, workflows) : [])),
    ),
};

/** None for a job that is not there any more. */
function violationsFor(
  { run, actor }: ObservedResult,
  observed: ObservedJob,
  workflows: readonly CheckedWorkflow[],
): readonly Violation[] {
  const workflow = workflows.find(({ report }) => report.path === run.path);
  const key = observed.job?.join('/');
  const job = workflow?.jobs.find(({ reported }) => reported.path.join('/') === key);
  if (workflow === undefined || job === undefined) return [];
  const { differences } = observed;
  const [first, ...others] = differences.map((one) => ({
    ...subjectOf(workflow, job),
    permission: one.permission,
    granted: one.logged,
    about: run.event,
  }));
  const whole = { ...subjectOf(workflow, job), about: run.event };
  const when = run.date.slice(0, 10);
  const who = actor === null || actor === 'repository' ? '' : ` of ${actor === 'fork' ? 'a fork' : 'Dependabot'}`;
  const said = differences.length === 0 ? observed.reason : `GitHub granted ${inWords(differences)}.`;
  const what = `In the run on ${run.event}${who} of ${when}, the job '${job.reported.path.join(' / ')}' got something else than is computed for its commit.`;
  return [
    {
      cause: `${run.path}:${key ?? ''}:${run.event}:${actor ?? ''}`,
      place: placeInCheckout(job.chained, job.chained.job.position),
      subjects: [first ?? whole, ...others],
      isWhole: true,
      tell: () => ({
        message: `${what} ${said}`,
        hint: [...observed.causes.slice(0, 2), ...(run.url === '' ? [] : [`The run: ${run.url}`])].join(' '),
      }),
    },
  ];
}

function inWords(differences: readonly ObservedDifference[]): string {
  return listed(
    differences.map(
      ({ permission, computed, logged }) => `\`${permission}: ${logged}\` instead of \`${permission}: ${computed}\``,
    ),
  );
}
