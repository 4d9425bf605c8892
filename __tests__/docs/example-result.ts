import type { Grant } from '../../src/model/grant.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { ReportedJob, ReportedWorkflow } from '../../src/model/report.ts';

/** Longer lines would have to be scrolled. */
const WIDTH = 100;

/** Says in a few lines what comes of a workflow file, as the documents do. `metadata: read` goes without saying. */
export function exampleResult(workflow: ReportedWorkflow): string {
  const refused = workflow.outcome === 'invalid' || workflow.outcome === 'startup_failure';
  return [
    ...(refused ? ['GitHub refuses the file:'] : []),
    ...(refused ? workflow.problems : []).map(
      ({ line, column, message }) => `  line ${line}, column ${column}: ${message}`,
    ),
    ...(refused ? [] : workflow.jobs.flatMap((job) => jobLines(job, workflow))),
    ...contractLines(workflow),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** What each job of a workflow gets. */
export function jobLines(job: ReportedJob, { events }: ReportedWorkflow): readonly string[] {
  const id = job.path.join(' / ');
  const rows = job.grants.flatMap((grant) => [`${id} ${whenOf(grant)}`, ...whatOf(grant)]);
  const isLeftToCallers = events.includes('workflow_call') && job.declared === null && job.uses === null;
  return isLeftToCallers ? [...rows, `${id} when called`, '  what the caller gives'] : rows;
}

const FORKS = { off: 'forks start no runs', read: 'forks get a read token', write: 'forks get write tokens' };

function whenOf(grant: Grant): string {
  const { events, actions, actor, baseRefCreatedByDependabot, defaultPermissions, visibility, forkPullRequests } =
    grant;
  const conditions = [
    ...(defaultPermissions === undefined ? [] : [`the default is ${defaultPermissions}`]),
    ...(visibility === undefined ? [] : [`the repository is ${visibility}`]),
    ...(forkPullRequests === undefined ? [] : [FORKS[forkPullRequests]]),
    ...(grant.ifAllowed ? ['the run is allowed'] : []),
  ];
  const isCalled = events.length === 1 && events[0] === 'workflow_call';
  const run = isCalled ? 'when called' : `on ${events.join(', ')}`;
  const types = actions === undefined ? '' : ` (${actions.join(', ')})`;
  const starter = { repository: '', fork: ' from a fork', dependabot: ' by Dependabot' }[actor];
  const base = baseRefCreatedByDependabot ? " into Dependabot's own branch" : '';
  const when = `${run}${types}${starter}${base}`;
  const most = grant.status === 'upper-bound' ? ': at most' : '';
  return (conditions.length === 0 ? when : `${when}, if ${conditions.join(' and ')}`) + most;
}

function whatOf({ status, permissions, doubts = [] }: Grant): readonly string[] {
  const what = status === 'not-run' ? ['does not run'] : levelLines(permissions);
  return [...what, ...doubts.flatMap((doubt) => wrapped(`doubt: ${doubt}`, '  '))].map((line) => `  ${line}`);
}

function levelLines(permissions: Permissions): readonly string[] {
  const lines = (['write', 'read'] as const).flatMap((level) => {
    const names = Object.keys(permissions).filter((name) => name !== 'metadata' && permissions[name] === level);
    return names.length === 0 ? [] : wrapped(`${level.padEnd(5)}  ${names.join(', ')}`, ' '.repeat(7));
  });
  return lines.length === 0 ? ['nothing'] : lines;
}

/** What a workflow that can be called asks for. */
export function contractLines({ contract }: ReportedWorkflow): readonly string[] {
  if (contract === null) return [];
  const more = contract.complete ? [] : ['and what the workflows ask for that this file calls'];
  return ['a caller must give', ...[...levelLines(contract.permissions), ...more].map((line) => `  ${line}`)];
}

/** Breaks a text into lines that fit. */
export function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) /)) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
