import { calledPlace, placeKey } from '../../calls/place.ts';
import { groupBy } from '../../calls/group-by.ts';
import type { UnreadCall } from '../../calls/failures.ts';
import { rootOf } from '../../calls/call-tree.ts';
import { workflowReference } from '../../workflow/workflow-reference.ts';
import { jobsInWords } from '../job-words.ts';
import { chainOf, isOurs, nearestOfOurs, placeOf } from '../job-places.ts';
import type { Rule, Subject, Violation } from '../rule.ts';

/** The rule `unresolved-call`: a called workflow could not be read. One finding for a file, whoever calls it. */
export const unresolvedCall: Rule = {
  name: 'unresolved-call',
  check: ({ workflows }) =>
    groupBy(
      workflows.flatMap(({ unread }) => unread),
      calledFile,
    ).map((same): Violation => {
      const [first] = same;
      const { message, hint, calling } = first;
      const own = nearestOfOurs(calling);
      const [subject, ...subjects] = same.map(subjectOfCall);
      return {
        cause: calledFile(first),
        place: { path: own.file.path, ...(own.job.uses?.position ?? own.job.position) },
        subjects: [subject as Subject, ...subjects],
        tell: (left) => ({
          message: `${sentence(message)} Shown is the most that ${jobsInWords(left.flatMap(({ job }) => (job === null ? [] : [job])))} can get.`,
          ...(hint === null ? {} : { hint }),
        }),
      };
    }),
};

/** The called file in one spelling, at the ref that is written. */
function calledFile({ calling: { file, job, call } }: UnreadCall): string {
  const written = job.uses?.reference ?? call?.reference ?? '';
  const reference = workflowReference(written);
  return 'error' in reference ? written : placeKey(calledPlace(reference, file.place));
}

function subjectOfCall(unread: UnreadCall): Subject {
  const { calling } = unread;
  return {
    workflow: rootOf(calling).file.path,
    job: calling.ids,
    definedIn: calling.file.path,
    about: calledFile(unread),
    places: chainOf(calling).filter(isOurs).map(placeOf),
  };
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
