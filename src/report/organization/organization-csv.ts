import type { OrganizationFacts, OutcomeFacts, RepositoryFacts } from '../../organization/facts.ts';

export type CsvTable = 'permissions' | 'repositories' | 'findings' | 'calls' | 'changes';

type Cell = string | number | boolean | null | undefined;

/** What a spreadsheet would take for a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** So much text is written at a time. */
const CHUNK = 65_536;

/** Takes facts and the name of a table, and returns it as CSV (RFC 4180), in chunks. The first row names the columns. */
export function* organizationCsv(facts: OrganizationFacts, table: CsvTable): Generator<string> {
  let chunk = rowText(CSV_COLUMNS[table]);
  for (const row of ROWS[table](facts)) {
    chunk += rowText(row);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function rowText(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** A text that could be a formula gets an apostrophe before it, which spreadsheets do not show. */
function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^'|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The columns of each table, in their order. */
export const CSV_COLUMNS = {
  permissions: [
    ...[
      'repository',
      'branch',
      'state',
      'workflow',
      'outcome',
      'job',
      'defined_in',
      'line',
      'events',
      'activity_types',
    ],
    ...['actor', 'outsiders', 'if_default', 'if_visibility', 'if_fork_pull_requests', 'if_base_by_dependabot'],
    ...['at_most', 'permission', 'level'],
  ],
  repositories: [
    ...['repository', 'branch', 'state', 'reason', 'commit', 'visibility', 'default_permissions'],
    ...['fork_pull_requests', 'may_approve', 'archived', 'fork', 'reused', 'platform', 'result', 'workflows', 'jobs'],
    ...['errors', 'warnings', 'notes', 'excused'],
  ],
  findings: ['repository', 'branch', 'level', 'rule', 'path', 'line', 'job', 'subjects', 'message', 'id'],
  calls: [
    ...['repository', 'branch', 'workflow', 'job', 'calls', 'ref', 'read', 'passes_on', 'path', 'line'],
    ...['callers_must_give', 'complete', 'if_it_asked', 'lacks'],
  ],
  changes: [
    ...['about', 'kind', 'repository', 'branch', 'workflow', 'job', 'events', 'actors', 'permission'],
    ...['before', 'after', 'text'],
  ],
} as const satisfies Readonly<Record<CsvTable, readonly string[]>>;

const ROWS: Readonly<Record<CsvTable, (facts: OrganizationFacts) => Iterable<readonly Cell[]>>> = {
  permissions: permissionRows,
  repositories: repositoryRows,
  findings: findingRows,
  calls: callRows,
  changes: changeRows,
};

/** A repository, workflow or job without anything has a row, too: no row would look like a clean one. */
function* permissionRows({ repositories, outcomes }: OrganizationFacts): Generator<readonly Cell[]> {
  for (const one of repositories) {
    const repository = [one.repository, one.branch, one.state];
    if (one.workflows.length === 0) yield [...repository, ...empty(16)];
    for (const { path, outcome, jobs } of one.workflows) {
      if (jobs.length === 0) yield [...repository, path, outcome, ...empty(14)];
      for (const { job, definedIn, line, outcomes: places } of jobs) {
        const own = [...repository, path, outcome, job, definedIn ?? path, line];
        if (places.length === 0) yield [...own, ...empty(11)];
        for (const place of places) {
          const row = outcomes[place];
          if (row === undefined) continue;
          const levels = Object.entries(row.permissions);
          const run = [...own, ...runCells(row)];
          if (levels.length === 0) yield [...run, '', row.notRun === true ? 'not run' : 'none'];
          for (const [permission, level] of levels) yield [...run, permission, level];
        }
      }
    }
  }
}

function runCells(row: OutcomeFacts): readonly Cell[] {
  const { events, actions, actor, byOutsiders, defaultPermissions, visibility, forkPullRequests } = row;
  const words = (list: readonly string[] | undefined) => list?.join(' ');
  return [
    ...[words(events), words(actions), actor, words(byOutsiders), defaultPermissions, visibility, forkPullRequests],
    ...[row.baseRefCreatedByDependabot, row.upperBound],
  ];
}

function empty(count: number): readonly Cell[] {
  return new Array<Cell>(count).fill(null);
}

function* repositoryRows({ repositories }: OrganizationFacts): Generator<readonly Cell[]> {
  for (const one of repositories) {
    const count = (level: string) => one.findings.filter((finding) => finding.level === level).length;
    const isKnown = one.state === 'read' || one.state === 'no-workflows';
    const counts = [count('error'), count('warning'), count('note'), one.suppressed];
    const jobs = one.workflows.reduce((sum, workflow) => sum + workflow.jobs.length, 0);
    yield [
      ...[one.repository, one.branch, one.state, one.reason, one.commit, one.visibility, one.defaultPermissions],
      ...[one.forkPullRequests, one.mayApprove, one.archived, one.fork, one.reused, one.platform, one.result],
      // Of what was not read there is no number, not even none.
      ...(isKnown ? [one.workflows.length, jobs, ...counts] : empty(6)),
    ];
  }
}

function* findingRows({ repositories }: OrganizationFacts): Generator<readonly Cell[]> {
  for (const { repository, branch, findings } of repositories) {
    for (const { level, rule, path, line, job, subjects, message, id } of findings) {
      yield [repository, branch, level, rule, path, line, job, subjects, message, id];
    }
  }
}

function* callRows(facts: OrganizationFacts): Generator<readonly Cell[]> {
  const { called, sets, asked } = facts;
  const effects = new Map(asked?.callers.map((one) => [`${one.repository} ${one.workflow} ${one.call}`, one]));
  const words = (place: number | null) => (place === null ? null : permissionWords(sets[place] ?? {}));
  for (const [index, { repository, branch, workflows }] of facts.repositories.entries()) {
    for (const [number, { path, calls }] of workflows.entries()) {
      for (const [place, { job, to, ref, unread, passes, at }] of calls.entries()) {
        const effect = effects.get(`${index} ${number} ${place}`);
        const lacks = effect?.lacks.map(({ permission, needed }) => `${permission}: ${needed}`).join(' ');
        const contract = called[to]?.contract ?? null;
        yield [
          ...[repository, branch, path, job, called[to]?.file, ref, unread !== true, words(passes), at.path, at.line],
          ...[words(contract?.permissions ?? null), contract?.complete, effect?.effect, lacks],
        ];
      }
    }
  }
}

function permissionWords(permissions: OutcomeFacts['permissions']): string {
  const words = Object.entries(permissions).map(([name, level]) => `${name}: ${level}`);
  return words.length === 0 ? 'none' : words.join(' ');
}

function* changeRows(facts: OrganizationFacts): Generator<readonly Cell[]> {
  const { since, whatIf } = facts;
  for (const kind of ['new', 'gone', 'notCompared'] as const) {
    for (const name of since?.[kind] ?? [])
      yield ['repository', kind === 'notCompared' ? 'not compared' : kind, name, ...empty(9)];
  }
  for (const one of since?.jobs ?? []) {
    const own = [
      'job',
      one.kind,
      one.repository,
      one.branch,
      one.workflow,
      one.job,
      one.events.join(' '),
      one.actors.join(' '),
    ];
    if (one.permissions.length === 0) yield [...own, ...empty(4)];
    for (const { permission, before, after } of one.permissions) yield [...own, permission, before, after, null];
  }
  for (const one of since?.findings ?? []) {
    yield [
      'finding',
      one.kind,
      one.repository,
      one.branch,
      one.path,
      one.job,
      ...empty(5),
      `${one.level} ${one.rule}: ${one.message}`,
    ];
  }
  for (const tried of whatIf?.repositories ?? []) {
    const repository: RepositoryFacts | undefined = facts.repositories[tried.repository];
    const own = (kind: string, workflow: string, job: string | null, text: string | null): readonly Cell[] => [
      ...['what-if', kind, repository?.repository, repository?.branch, workflow, job, ...empty(5), text],
    ];
    for (const path of tried.failing) yield own('does not start', path, null, null);
    for (const { workflow, job, permissions } of tried.losing) yield own('loses', workflow, job, permissions.join(' '));
    for (const { workflow, job } of tried.unclear) yield own('may lose', workflow, job, null);
  }
}
