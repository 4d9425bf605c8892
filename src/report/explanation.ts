import type { Explanation } from '../model/explanation.ts';
import type { ObservedRun } from '../model/observed-run.ts';
import type { ProblemCode } from '../model/problem.ts';
import type { Report, ReportedProblem, ReportedWorkflow } from '../model/report.ts';
import { isInPermissions } from './permissions-lines.ts';

/** What was found out about a run. */
export interface RunFacts {
  readonly tool: Report['tool'];
  readonly run: ObservedRun;
  /** How many jobs it has. */
  readonly jobs: number;
  /** Its workflow as it was computed; `null` when its commit has no such file. */
  readonly workflow: ReportedWorkflow | null;
  /** The text of a file, to see what a problem is about; `null` where it was not read. */
  readonly textOf: (path: string) => string | null;
  readonly notes: readonly string[];
}

const ABOUT_PERMISSIONS: ReadonlySet<ProblemCode> = new Set([
  'call-permissions',
  'unknown-permission',
  'permission-not-on-server',
]);

/** These events take the workflow file from the merge of the head with its base. */
const FROM_MERGE: ReadonlySet<string> = new Set(['pull_request', 'pull_request_review', 'pull_request_review_comment']);

/** Says why a run did not start, as far as its files tell. Pure. */
export function explanationOf(facts: RunFacts): Explanation {
  const { tool, run, workflow } = facts;
  const started = whyNot(facts);
  const problems = started === null ? (workflow?.problems ?? []) : [];
  const cause = started === null ? causeOf(problems, facts) : started.cause;
  const notes = [
    ...(started === null ? [] : [started.note]),
    ...facts.notes,
    ...(started === null ? doubts(problems, cause, facts) : []),
  ];
  return { schemaVersion: 1, tool, run, conclusion: run.conclusion, cause, problems, notes };
}

/** Why there is nothing to explain with the files of a run; `null` when there is. */
function whyNot({ run, jobs }: RunFacts): { readonly cause: Explanation['cause']; readonly note: string } | null {
  if (run.conclusion === null) return { cause: 'unknown', note: 'The run is not over yet.' };
  if (run.conclusion === 'action_required') {
    return { cause: 'other', note: 'The run waits until somebody who may write approves it on its page.' };
  }
  if (jobs === 0) return null;
  const note = `The run did start, with ${jobs} ${jobs === 1 ? 'job' : 'jobs'}. Their logs say how they ended.`;
  return { cause: 'unknown', note };
}

function causeOf(problems: readonly ReportedProblem[], { textOf }: RunFacts): Explanation['cause'] {
  const seen = problems.filter((problem) => problem.code !== 'encoding' && !isUnread(problem));
  if (seen.length === 0) return 'unknown';
  const isAboutPermissions = ({ code, path, line }: ReportedProblem): boolean =>
    ABOUT_PERMISSIONS.has(code) || (code !== 'call-broken' && isInPermissions(textOf(path), line));
  return seen.some(isAboutPermissions) ? 'permissions' : 'other';
}

/** A called file that nobody could ask for. One that is not found may well be the cause. */
function isUnread({ code, message }: ReportedProblem): boolean {
  return code === 'call-not-read' && !message.includes('workflow was not found');
}

function doubts(
  problems: readonly ReportedProblem[],
  cause: Explanation['cause'],
  { run, workflow }: RunFacts,
): readonly string[] {
  const notes: string[] = [];
  const values = new Set(problems.map(({ defaultPermissions }) => defaultPermissions));
  const [only] = values;
  if (values.size === 1 && only !== undefined) {
    notes.push(`So the setting "Workflow permissions" of this repository is most likely '${only}'.`);
  }
  if (workflow === null) notes.push(`The commit ${run.commit} has no file ${run.path}.`);
  if (FROM_MERGE.has(run.event)) {
    notes.push(
      'GitHub took the files from the merge of this commit with its base, which the API does not name. ' +
        'If the base branch has changed them since, the run used other versions of them.',
    );
  }
  if (cause !== 'unknown') return notes;
  if (workflow !== null) notes.push('These files are right, as far as they could be read.');
  notes.push(
    'Other things stop a run before its first job, too: a policy about Actions that does not allow an action, a called ' +
      'workflow or the event; a called workflow of a private repository that is not shared with this one; billing; ' +
      'an incident at GitHub.',
  );
  return notes;
}
