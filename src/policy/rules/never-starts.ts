import type { NeverStarting } from '../../model/observation.ts';
import type { Rule, Violation } from '../rule.ts';

/** The rule `never-starts`: every run of a workflow ends as `startup_failure`. */
export const neverStarts: Rule = {
  name: 'never-starts',
  check: ({ workflows, observed }) =>
    (observed?.neverStarts ?? []).flatMap((never): readonly Violation[] => {
      const found = workflows.find(({ report }) => report.path === never.path);
      if (found === undefined) return [];
      const { path } = never;
      return [
        {
          cause: path,
          place: { path, ...found.file.workflow.position },
          subjects: [{ workflow: path, job: null, definedIn: path, places: [] }],
          tell: () => ({ message: message(never), hint: hint(never) }),
        },
      ];
    }),
};

function message({ runs, since, startedLast, why }: NeverStarting): string {
  const before =
    startedLast === null ? 'No run that started was found.' : `The last run that started is of ${startedLast}.`;
  const count = runs === 1 ? 'The last run' : `The last ${runs} runs`;
  const reason = why[0] === undefined ? '' : ` GitHub refuses: ${why[0]}`;
  const more = why.length > 1 ? ` And ${why.length - 1} more.` : '';
  return `${count} of this workflow ended as startup_failure, since ${since.date.slice(0, 10)}. ${before}${reason}${more}`;
}

function hint({ last, why }: NeverStarting): string {
  const command = `\`explain ${last.url === '' ? last.id : last.url}\``;
  return why.length === 0
    ? `The files of that commit do not tell why. Look at the page of the run, or run ${command}.`
    : `For all sentences and the blocks to write, run ${command}.`;
}
