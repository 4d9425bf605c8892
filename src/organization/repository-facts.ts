import type { AuditLine, Audited, AuditState } from '../model/audit.ts';
import type { Grant } from '../model/grant.ts';
import type { Permissions } from '../model/permission.ts';
import type { Finding, FindingLevel, Outcome, Report, ReportedJob, ReportedWorkflow, Result } from '../model/report.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import { picked } from '../words/picked.ts';
import { calledName } from './called-name.ts';
import type { CallFacts, FindingFacts, JobFacts, OutcomeFacts, RepositoryFacts, WorkflowFacts } from './facts.ts';
import { interned } from './interned.ts';
import type { Interned } from './interned.ts';

/** What facts name by a place. */
export interface Tables {
  readonly outcomes: Interned<OutcomeFacts>;
  readonly sets: Interned<Permissions>;
  /** Files, as the first call that names one writes it. */
  readonly called: Interned<string>;
}

/** Tables with nothing in them. */
export function newTables(): Tables {
  return { outcomes: interned(), sets: interned(), called: interned() };
}

const STATES: readonly AuditState[] = ['read', 'no-workflows', 'not-read', 'lost'];
const RESULTS: readonly Result[] = ['pass', 'fail', 'error'];
const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'note'];
const OUTCOMES: readonly Outcome[] = ['invalid', 'startup_failure', 'unresolved', 'ok'];

/** Lines come from files: what is said in our own words has to be one of them. */
function known(word: string, words: readonly string[]): void {
  if (!words.includes(word)) throw new TypeError(`'${word}' is none of ${words.join(', ')}`);
}

/**
 * Takes the line of one repository and returns what is kept of it.
 *
 * @throws when it has not the shape of a report.
 */
export function repositoryFacts(line: AuditLine, tables: Tables): RepositoryFacts {
  const { audit } = line;
  known(audit.state, STATES);
  known(line.result, RESULTS);
  if (!isReport(line)) return { ...unknown(audit), reason: line.error.message };
  const { repository, workflows, findings, suppressed, result } = line;
  const { canApprovePullRequestReviews: mayApprove } = repository;
  return {
    ...about(audit),
    visibility: repository.visibility,
    defaultPermissions: repository.defaultPermissions.value,
    forkPullRequests: repository.forkPullRequests,
    ...(mayApprove === undefined ? {} : { mayApprove }),
    platform: repository.platform,
    result,
    workflows: workflows.map((workflow) => workflowFacts(workflow, audit.repository, tables)),
    findings: findings.map(findingFacts),
    suppressed: suppressed.length,
  };
}

/** Whether a line has a report, and not an error in its place. */
export function isReport(line: AuditLine): line is Report & { readonly audit: Audited } {
  return !('error' in line);
}

/** What is said of a repository that was not read: nothing, which is not that all is well. */
function unknown(audit: Audited): RepositoryFacts {
  return {
    ...about(audit),
    visibility: 'unknown',
    defaultPermissions: 'unknown',
    forkPullRequests: 'unknown',
    platform: 'github.com',
    result: 'error',
    workflows: [],
    findings: [],
    suppressed: 0,
  };
}

function about({ repository, branch, commit, state, archived, fork, reused }: Audited) {
  return {
    ...{ repository, branch, commit, state },
    ...(archived ? { archived } : {}),
    ...(fork ? { fork } : {}),
    ...(reused === true ? { reused } : {}),
  } as const;
}

function workflowFacts(workflow: ReportedWorkflow, repository: string, tables: Tables): WorkflowFacts {
  const { path, name, events, outcome, problems, contract, jobs } = workflow;
  known(outcome, OUTCOMES);
  const unread = new Set(problems.filter(({ code }) => code === 'call-not-read').map(({ job = [] }) => job.join('/')));
  const [problem] = problems;
  const failsIf = problems.find(({ defaultPermissions }) => defaultPermissions !== undefined)?.defaultPermissions;
  return {
    ...{ path, name, events, outcome },
    ...(problem === undefined ? {} : { problem: problem.message }),
    ...(failsIf === undefined ? {} : { failsIf }),
    ...(contract === null
      ? {}
      : { contract: { permissions: tables.sets.placeOf(sorted(contract.permissions)), complete: contract.complete } }),
    jobs: jobs.flatMap((job) => jobFacts(job, path, tables)),
    calls: jobs.flatMap((job) => callFacts(job, repository, unread, tables)),
  };
}

/** Whether a job is counted: one that calls a workflow has no token, but stands for its jobs where that was not read. */
export function isCounted({ uses, grants }: ReportedJob): boolean {
  return uses === null || grants.length > 0;
}

function jobFacts(job: ReportedJob, path: string, { outcomes }: Tables): readonly JobFacts[] {
  if (!isCounted(job)) return [];
  return [
    {
      job: job.path.join('/'),
      line: job.position.line,
      ...(job.definedIn === path ? {} : { definedIn: job.definedIn }),
      outcomes: job.grants.map((row) => outcomes.placeOf(outcomeFacts(row))),
    },
  ];
}

function outcomeFacts(row: Grant): OutcomeFacts {
  const { status, permissions } = row;
  const { metadata: _always, ...others } = permissions;
  return {
    ...picked(row, ['events', 'actions', 'actor', 'baseRefCreatedByDependabot', 'byOutsiders']),
    ...picked(row, ['defaultPermissions', 'visibility', 'forkPullRequests']),
    ...(status === 'upper-bound' ? { upperBound: true } : {}),
    ...(status === 'not-run' ? { notRun: true } : {}),
    permissions: sorted(others),
  };
}

function callFacts(
  { path, uses, definedIn, position, declared, declaredAt }: ReportedJob,
  repository: string,
  unread: ReadonlySet<string>,
  { called, sets }: Tables,
): readonly CallFacts[] {
  const name = uses === null ? null : calledName(uses, definedIn, repository);
  if (name === null) return [];
  const job = path.join('/');
  return [
    {
      job,
      to: called.placeOf(name.file),
      ref: name.ref,
      ...(unread.has(job) ? { unread: true } : {}),
      passes: declared === null ? null : sets.placeOf(sorted(declared)),
      at:
        declaredAt === null
          ? { path: definedIn, line: position.line }
          : { path: declaredAt.path, line: declaredAt.line },
    },
  ];
}

function findingFacts({ id, rule, level, message, path, line, job, subjects }: Finding): FindingFacts {
  known(level, LEVELS);
  return {
    ...{ id, rule, level, message, path, line },
    ...(job === undefined ? {} : { job: job.join('/') }),
    subjects: subjects.length,
  };
}

/** What is the same is written the same. */
function sorted(permissions: Permissions): Permissions {
  const entries = Object.entries(permissions).filter(([, level]) => level !== 'none');
  return Object.fromEntries(entries.sort(([a], [b]) => byCodeUnit(a, b)));
}
