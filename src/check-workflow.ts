import { contractOf } from './calls/contract.ts';
import { isTrusted } from './calls/trust.ts';
import type { Problem } from './model/problem.ts';
import type { Outcome, ReportedJob, ReportedProblem, ReportedWorkflow } from './model/report.ts';
import type { Settings } from './model/settings.ts';
import type { Job, WorkflowFile } from './model/workflow.ts';
import { permissionsNotOnServer, withPermissionHint } from './permissions/check-permissions.ts';
import { declaredPermissions } from './permissions/declared.ts';
import { grantsOf } from './token/grants.ts';
import type { Grants } from './token/grants.ts';
import { jobBlock } from './permissions/job-block.ts';
import { workflowReference } from './workflow/workflow-reference.ts';

/** Problems that do not keep GitHub from running a file. */
const HARMLESS: ReadonlySet<Problem['code']> = new Set(['encoding', 'call-not-read']);

/** Computes all that the report says of one workflow file. */
export function reportWorkflow(file: WorkflowFile, settings: Settings): ReportedWorkflow {
  const { path, workflow } = file;
  const problems = [
    ...file.problems.map((problem) => withPermissionHint(problem, settings.platform)),
    ...permissionsNotOnServer(workflow, settings.platform),
  ];
  const isInvalid = problems.some(({ code }) => !HARMLESS.has(code));
  const calls = isInvalid ? [] : workflow.jobs.flatMap((job) => callNotRead(job));
  const grants = isInvalid ? null : grantsOf(workflow, settings);
  const contract = isInvalid ? null : contractOf(workflow, settings.platform);
  return {
    path,
    name: workflow.name,
    events: workflow.triggers.map(({ event }) => event),
    outcome: outcomeOf(isInvalid, calls),
    problems: [...problems, ...calls].map((problem) => reportedProblem(problem, path)),
    contract: contract === null ? null : { ...contract, unmetBy: [] },
    jobs: workflow.jobs.map((job) => reportJob(job, file, settings, grants)),
  };
}

function outcomeOf(isInvalid: boolean, calls: readonly Problem[]): Outcome {
  if (isInvalid) return 'invalid';
  return calls.length > 0 ? 'unresolved' : 'ok';
}

function reportJob(job: Job, { path, workflow }: WorkflowFile, settings: Settings, grants: Grants | null): ReportedJob {
  const block = jobBlock(job, workflow);
  return {
    path: [job.id],
    name: job.name,
    uses: job.uses?.reference ?? null,
    definedIn: path,
    position: job.position,
    declared: block === null ? null : declaredPermissions(block.block, settings.platform),
    declaredAt: block === null ? null : { path, ...block.block.position },
    grants: grants === null ? [] : grants(job, { path, block, call: callOf(job, settings) }),
  };
}

function callOf({ uses }: Job, { repository }: Settings): { trusted: boolean } | null {
  if (uses === null) return null;
  const reference = workflowReference(uses.reference);
  return { trusted: !('error' in reference) && isTrusted(reference, repository) };
}

/** This version does not follow calls: what the called jobs get is not known, only the most that they can. */
function callNotRead({ uses }: Job): readonly Problem[] {
  if (uses === null) return [];
  return [
    {
      code: 'call-not-read',
      value: uses.reference,
      message: `The called workflow '${uses.reference}' was not read: this version does not follow calls`,
      ...uses.position,
    },
  ];
}

function reportedProblem({ code, message, hint, line, column }: Problem, path: string): ReportedProblem {
  return { code, message, ...(hint === undefined ? {} : { hint }), path, line, column };
}
