import type { Report, ReportedJob, ReportedWorkflow } from '../../../src/model/report.ts';
import type { Permissions } from '../../../src/model/permission.ts';
import { levelsInWords, levelsOf } from '../../../src/report/levels.ts';
import { contractInWords } from '../../../src/report/origin-words.ts';
import type { Chain, ChainJob } from './answer.ts';

/** Takes a report and returns the files that call others, or can be called, each with its jobs as a tree. */
export function chainsOf({ workflows }: Report): readonly Chain[] {
  return workflows
    .filter(({ outcome }) => outcome !== 'invalid')
    .flatMap((workflow): readonly Chain[] => {
      const { path, outcome } = workflow;
      const contract = contractInWords(workflow.contract);
      const calls = workflow.jobs.some(({ uses }) => uses !== null);
      if (!calls && contract === null) return [];
      return [{ path, outcome, contract, jobs: calls ? jobsBelow([], workflow) : [] }];
    });
}

/** The jobs of a called workflow follow the job that calls it, with its ids before their own. */
function jobsBelow(above: readonly string[], workflow: ReportedWorkflow): readonly ChainJob[] {
  return workflow.jobs
    .filter(({ path }) => path.length === above.length + 1 && above.every((id, index) => id === path[index]))
    .map((job) => ({
      id: job.path.at(-1) ?? '',
      place: { path: job.definedIn, ...job.position },
      uses: job.uses,
      has: hasWords(job, workflow),
      problems: problemsOf(job, workflow),
      jobs: jobsBelow(job.path, workflow),
    }));
}

function hasWords({ uses, declared, grants }: ReportedJob, { events }: ReportedWorkflow): string {
  if (uses !== null) return `passes on ${declared === null ? unsetWords(events) : inWords(declared)}`;
  const tokens = grants.filter(({ actor, status }) => actor === 'repository' && status === 'granted');
  const words = [...new Set(tokens.map(({ permissions }) => inWords(permissions)))];
  if (words.length > 0) return `gets ${words.join(', or ')}`;
  if (declared !== null) return `asks for ${inWords(declared)}`;
  return grants.length > 0 ? 'does not run' : `gets ${unsetWords(events)}`;
}

function unsetWords(events: readonly string[]): string {
  return events.every((event) => event === 'workflow_call')
    ? 'what the calling workflow gives'
    : "the repository's default";
}

/** More permissions than these are no words any more. */
const MOST = 8;

function inWords(permissions: Permissions): string {
  const levels = levelsOf(permissions);
  const { write, read } = levels;
  if (write.length + read.length <= MOST) return levelsInWords(levels);
  return [
    ...(write.length > 0 ? [`write to ${write.length} permissions`] : []),
    ...(read.length > 0 ? [`read of ${read.length} permissions`] : []),
  ].join(' and ');
}

function problemsOf({ path }: ReportedJob, { problems }: ReportedWorkflow): readonly string[] {
  const key = path.join('/');
  const own = problems.filter(({ job }) => job?.join('/') === key);
  return [...new Set(own.map(({ message }) => message))];
}
