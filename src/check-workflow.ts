import { allJobs, callTree } from './calls/call-tree.ts';
import type { Chains, JobInChain } from './calls/call-tree.ts';
import { askedAt } from './calls/advice.ts';
import { askedByDefault } from './calls/asked-by-default.ts';
import { contractOf } from './calls/contract.ts';
import { failuresOf, hintOf, unreadCalls } from './calls/failures.ts';
import type { Failure, UnreadCall } from './calls/failures.ts';
import { fileProblems, isRefused } from './calls/file-problems.ts';
import type { UnsetCallers } from './calls/violations.ts';
import type { Problem } from './model/problem.ts';
import type { Outcome, ReportedJob, ReportedProblem } from './model/report.ts';
import type { DefaultPermissions, Settings } from './model/settings.ts';
import type { WorkflowFile } from './model/workflow.ts';
import { declaredPermissions } from './permissions/declared.ts';
import { possibleDefaults } from './permissions/default-setting.ts';
import type { CheckedWorkflow } from './policy/checked-workflow.ts';
import { doubtAboutAsking } from './token/doubts.ts';
import { grantsOf, MAY_RUN } from './token/grants.ts';
import type { Grants, IsNotRun } from './token/grants.ts';
import { notRunJobs } from './token/not-run.ts';
import type { NotRun } from './token/not-run.ts';
import { withDoubt } from './token/with-doubt.ts';

/** Computes all that the report says of one workflow file; who does not meet its contract is for the caller to add. */
export function checkWorkflow(file: WorkflowFile, chains: Chains): CheckedWorkflow {
  const { path, workflow } = file;
  const { settings } = chains;
  const problems = fileProblems(file, settings.platform);
  const isInvalid = isRefused(problems);
  const tree = callTree(file, chains);
  const unset = unsetCallers(file, settings);
  const failures = isInvalid ? [] : failuresOf(workflow, tree, unset);
  const unread = isInvalid ? [] : unreadCalls(tree);
  const outcome = outcomeOf(isInvalid, failures, unread, settings);
  const cannotRun = outcome === 'invalid' || outcome === 'startup_failure';
  const grants = cannotRun
    ? null
    : doubted(grantsOf(workflow, settings, failingDefaults(failures)), doubtAboutAsking(askedByDefault(tree, unset)));
  const contract = isInvalid ? null : contractOf({ read: file }, tree, settings.platform);
  const notRun = notRunInChain(settings);
  const jobs = (isInvalid ? tree : allJobs(tree)).map((chained) => ({
    chained,
    reported: reportJob(chained, settings, grants, notRun),
  }));
  return {
    file,
    tree,
    failures,
    unread,
    contract,
    jobs,
    report: {
      path,
      name: workflow.name,
      events: workflow.triggers.map(({ event }) => event),
      outcome,
      problems: [
        ...problems.map((problem) => fileProblem(problem, path)),
        ...failures.map(failureProblem),
        ...unread.map((call) => callProblem(call, { code: 'call-not-read' })),
      ],
      contract:
        contract === null ? null : { permissions: contract.permissions, complete: contract.complete, unmetBy: [] },
      jobs: jobs.map(({ reported }) => reported),
    },
  };
}

/** What decides about the calls of a workflow without a block; for a file that is only called, its callers do. */
export function unsetCallers({ workflow }: WorkflowFile, settings: Settings): UnsetCallers {
  const { platform, repository } = settings;
  const isOnlyCalled = workflow.triggers.every(({ event }) => event === 'workflow_call');
  return { defaults: isOnlyCalled ? [] : possibleDefaults(settings), platform, repository };
}

/** All rows with a doubt about the whole run: where one calls for it, no row stands for another value of the setting. */
function doubted(grants: Grants, doubt: string | null): Grants {
  return doubt === null ? grants : (granted, isNotRun) => withDoubt(grants(granted, isNotRun), doubt);
}

/** The values of the setting under which no run starts. */
function failingDefaults(failures: readonly Failure[]): ReadonlySet<DefaultPermissions> {
  return new Set(failures.flatMap(({ defaultPermissions }) => defaultPermissions ?? []));
}

function outcomeOf(
  isInvalid: boolean,
  failures: readonly Failure[],
  unread: readonly UnreadCall[],
  settings: Settings,
): Outcome {
  if (isInvalid) return 'invalid';
  const isCertain =
    failures.some(({ defaultPermissions, othersMayRun }) => defaultPermissions === null && !othersMayRun) ||
    failingDefaults(failures).size === possibleDefaults(settings).length;
  if (isCertain) return 'startup_failure';
  return unread.length > 0 ? 'unresolved' : 'ok';
}

/** A job does not run when its own condition says so, or when a job that calls its workflow does not. */
function notRunInChain(settings: Settings): (job: JobInChain) => IsNotRun {
  const known = new Map<string, NotRun>();
  const lookup = ({ file, caller }: JobInChain): NotRun => {
    const key = `${caller === null ? '' : 'called '}${file.path}`;
    let notRun = known.get(key);
    if (notRun === undefined) {
      notRun = notRunJobs(file.read.workflow, settings.repository, caller !== null);
      known.set(key, notRun);
    }
    return notRun;
  };
  return (leaf) => {
    const conditions: IsNotRun[] = [];
    for (let chained: JobInChain | null = leaf; chained !== null; chained = chained.caller) {
      const { job } = chained;
      const { isConditional, isNotRun } = lookup(chained);
      if (isConditional(job)) conditions.push((run, one) => isNotRun(job, run, one));
    }
    return conditions.length === 0 ? MAY_RUN : (run, one) => conditions.some((isNotRun) => isNotRun(run, one));
  };
}

function reportJob(
  chained: JobInChain,
  settings: Settings,
  grants: Grants | null,
  notRun: (job: JobInChain) => IsNotRun,
): ReportedJob {
  const { ids, job, file, block, call } = chained;
  const isRead = call !== null && call.callee.kind === 'found';
  // Without our name, a called workflow may well be inside the trust boundary: a bound has to reckon with it.
  const bound = call === null ? null : { trusted: call.trusted || settings.repository === null };
  return {
    path: ids,
    name: job.name,
    uses: job.uses?.reference ?? null,
    definedIn: file.path,
    position: job.position,
    declared: block === null ? null : declaredPermissions(block.block, settings.platform),
    declaredAt: block === null ? null : { path: block.path, ...block.block.position },
    grants: grants === null || isRead ? [] : grants({ block, call: bound }, notRun(chained)),
    needs: null,
    suggested: null,
  };
}

function fileProblem({ code, message, hint, line, column }: Problem, path: string): ReportedProblem {
  return { code, message, ...(hint === undefined ? {} : { hint }), path, line, column };
}

/** What a refused call and one that was not read have in common. */
function callProblem(
  { message, hint, path, line, column, calling, anyRef }: UnreadCall,
  own: Pick<ReportedProblem, 'code' | 'askedAt' | 'advice' | 'defaultPermissions'>,
): ReportedProblem {
  const { code, ...rest } = own;
  return {
    code,
    message,
    ...(hint === null ? {} : { hint }),
    path,
    line,
    column,
    job: calling.ids,
    ...rest,
    ...(anyRef ? { anyRef: true } : {}),
  };
}

function failureProblem(failure: Failure): ReportedProblem {
  const { code, violations, advice, defaultPermissions } = failure;
  const [violation] = violations;
  return callProblem(
    { ...failure, hint: hintOf(failure) },
    {
      code,
      ...(violation === undefined ? {} : { askedAt: askedAt(violation), advice }),
      ...(defaultPermissions === null ? {} : { defaultPermissions }),
    },
  );
}
