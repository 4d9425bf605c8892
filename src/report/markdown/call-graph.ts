import type { Report, ReportedJob, ReportedProblem, ReportedWorkflow } from '../../model/report.ts';
import { UNREAD_CALL } from '../issues.ts';
import { once } from '../words.ts';

/** How the calls of one file by another one end: the worst of them. */
export type CallState = 'fails' | 'may-fail' | 'unread' | 'ok';

/** All calls of one workflow file by another one. */
export interface Call {
  /** Paths, or `OWNER/NAME/path@REF`. */
  readonly from: string;
  readonly to: string;
  /** The ids of the jobs that call. */
  readonly jobs: readonly string[];
  readonly state: CallState;
}

/** Takes a report and returns which workflow file calls which, each pair once, in the order of the report. */
export function callsIn({ workflows }: Report): readonly Call[] {
  const calls = new Map<string, Call>();
  for (const workflow of workflows) {
    for (const job of workflow.jobs) {
      if (job.uses === null) continue;
      const call = callOf(job, job.uses, workflow);
      const key = JSON.stringify([call.from, call.to]);
      const same = calls.get(key);
      calls.set(key, same === undefined ? call : merged(same, call));
    }
  }
  return [...calls.values()];
}

function callOf(job: ReportedJob, uses: string, { jobs, problems }: ReportedWorkflow): Call {
  const below = jobs.find(({ path }) => path.length === job.path.length + 1 && startsWith(path, job.path));
  return {
    from: job.definedIn,
    to: below?.definedIn ?? calledFile(uses, job.definedIn),
    jobs: job.path.slice(-1),
    state: stateOf(problems.filter((problem) => problem.job !== undefined && isSame(problem.job, job.path))),
  };
}

function merged(one: Call, other: Call): Call {
  const state = STATES.find((each) => each === one.state || each === other.state) ?? 'ok';
  return { ...one, jobs: once([...one.jobs, ...other.jobs]), state };
}

/** The worst first. */
const STATES: readonly CallState[] = ['fails', 'may-fail', 'unread'];

function stateOf(problems: readonly ReportedProblem[]): CallState {
  const failing = problems.filter(({ code }) => code !== UNREAD_CALL);
  if (failing.length === 0) return problems.length > 0 ? 'unread' : 'ok';
  return failing.every(({ defaultPermissions }) => defaultPermissions !== undefined) ? 'may-fail' : 'fails';
}

/** The file that a reference means, seen from the file in which it stands, where none of its jobs is known. */
function calledFile(uses: string, from: string): string {
  if (!/^[.$]\//.test(uses)) return uses;
  const outside = /^([^/]+\/[^/]+\/).*(@[^@]*)$/.exec(from);
  return outside === null ? uses.slice(2) : `${outside[1]}${uses.slice(2)}${outside[2]}`;
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((id, index) => id === path[index]);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && startsWith(one, other);
}
