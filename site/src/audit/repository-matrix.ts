import type { JobFacts, OutcomeFacts, RepositoryFacts, WorkflowFacts } from '../../../src/organization/facts.ts';
import type { Cell } from '../../../src/report/cells.ts';
import { byImportance } from '../../../src/report/levels.ts';
import type { CellRuns, Matrix, MatrixCell, MatrixFile, MatrixJob } from '../compute/answer.ts';
import type { Audit } from './audit.ts';

/** Takes a repository and returns the matrix of its jobs and their permissions. */
export function repositoryMatrix({ facts }: Audit, { workflows }: RepositoryFacts): Matrix {
  const rowsOf = ({ outcomes }: JobFacts) => outcomes.flatMap((place) => facts.outcomes[place] ?? []);
  const columns = columnsOf(workflows.flatMap(({ jobs }) => jobs.flatMap(rowsOf)));
  const files = workflows.map((workflow): MatrixFile => {
    const { path, name, events, outcome } = workflow;
    const words = fileWords(workflow);
    const jobs = words === null ? workflow.jobs.map((job) => matrixJob(job, rowsOf(job), workflow, columns)) : [];
    return { path, name, events, outcome, words, jobs };
  });
  return { columns, files };
}

function columnsOf(rows: readonly OutcomeFacts[]): readonly string[] {
  const held = rows.flatMap(({ permissions }) => Object.entries(permissions).filter(([, level]) => level !== 'none'));
  return [...new Set(held.map(([permission]) => permission))].sort(byImportance);
}

function fileWords({ outcome, problem, jobs }: WorkflowFacts): string | null {
  switch (outcome) {
    case 'invalid':
      return `GitHub refuses this file, so no job runs. ${problem ?? ''}`;
    case 'startup_failure':
      return `This cannot start, so no job runs. ${problem ?? ''}`;
    case 'unresolved':
    case 'ok':
      return jobs.length === 0 ? 'It has no jobs.' : null;
  }
}

function matrixJob(
  { job, definedIn, line }: JobFacts,
  rows: readonly OutcomeFacts[],
  workflow: WorkflowFacts,
  columns: readonly string[],
): MatrixJob {
  const place = { path: definedIn ?? workflow.path, line, column: 1 };
  const cells = columns.map((permission): MatrixCell => {
    const runs = runsOf(rows, permission);
    return { permission, level: levelIn(rows, permission), runs, uses: [], mark: null, place };
  });
  const words = wordsFor(rows, cells, workflow);
  return { ids: job.split('/'), place, words, cells: words === null ? cells : [] };
}

/** The most of any run; with `?` where not every run in the repository gets it. */
function levelIn(rows: readonly OutcomeFacts[], permission: string): Cell | null {
  const own = rows.filter(({ actor, notRun }) => actor === 'repository' && notRun !== true);
  const levels = own.map(({ permissions }) => permissions[permission] ?? 'none');
  const most = (['write', 'read'] as const).find((level) => levels.includes(level));
  if (most === undefined) return null;
  return levels.every((level) => level === most) ? most : `${most}?`;
}

function wordsFor(
  rows: readonly OutcomeFacts[],
  cells: readonly MatrixCell[],
  { events }: WorkflowFacts,
): string | null {
  if (rows.length === 0) return events.includes('workflow_call') ? 'gets what the calling workflow gives' : 'not known';
  if (rows.every(({ notRun }) => notRun === true)) return 'does not run';
  return cells.every(({ level }) => level === null) ? 'no permissions' : null;
}

/** Runs that get the same are one. */
function runsOf(outcomes: readonly OutcomeFacts[], permission: string): readonly CellRuns[] {
  const byLevel = new Map<CellRuns['level'], string[]>();
  for (const outcome of outcomes) {
    const level = outcome.notRun === true ? 'does not run' : (outcome.permissions[permission] ?? 'none');
    byLevel.set(level, [...(byLevel.get(level) ?? []), runWords(outcome)]);
  }
  return [...byLevel].map(([level, runs]) => ({ level, runs: [...new Set(runs)].join('; '), origin: '' }));
}

const ACTORS = { repository: '', fork: ' from a fork', dependabot: ' by Dependabot' } as const;

function runWords({
  events,
  actions = [],
  actor,
  defaultPermissions,
  visibility,
  forkPullRequests,
  upperBound,
}: OutcomeFacts): string {
  const which = actions.length === 0 ? '' : ` (${actions.join(', ')})`;
  const conditions = [
    ...(defaultPermissions === undefined ? [] : [`the default is ${defaultPermissions}`]),
    ...(visibility === undefined ? [] : [`the repository is ${visibility}`]),
    ...(forkPullRequests === undefined
      ? []
      : [`forks get ${forkPullRequests === 'off' ? 'no run' : forkPullRequests}`]),
  ];
  const when = conditions.length === 0 ? '' : ` if ${conditions.join(' and ')}`;
  return `${events.join(', ')}${which}${ACTORS[actor]}${when}${upperBound === true ? ', at most' : ''}`;
}
