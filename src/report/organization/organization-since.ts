import type { ChangeKind } from '../../model/change.ts';
import { alikeChanges } from '../../organization/alike.ts';
import type { OrganizationFacts, SinceFacts, SinceJob } from '../../organization/facts.ts';
import { changeCounts } from '../change-counts.ts';
import { capital, listed, listedShort, number, plural } from '../../words/in-words.ts';
import { byImportance } from '../levels.ts';
import { firstNames, jobName, repositoryName } from './organization-name.ts';
import type { Section, Table } from './organization-table.ts';
import { quoted, type Phrase } from '../phrase.ts';
import { KINDS_IN_ORDER, kindName } from '../told-changes.ts';
import { shortPath } from '../words.ts';
import { worstFirst } from '../worst-first.ts';

/** What is different since an earlier audit, what gives more first. */
export function sinceSections({ since }: OrganizationFacts): readonly Section[] {
  if (since === null) return [];
  const tables = [...jobsTable(since), ...findingsTable(since)];
  return [{ title: ['What changed since the last audit'], says: summary(since), tables }];
}

function summary(since: SinceFacts): readonly Phrase[] {
  const { jobs, findings, notCompared } = since;
  const come = findings.filter(({ kind }) => kind === 'new').length;
  const counts = [
    ...changeCounts(
      jobs.map(({ kind, repository, branch, workflow, job }) => ({
        kind,
        workflow: JSON.stringify([repository, branch, workflow]),
        ...(job === undefined ? {} : { job: [job] }),
      })),
    ),
    ...(come > 0 ? [`${plural(come, 'finding is', 'findings are')} new`] : []),
    ...(findings.length > come ? [`${plural(findings.length - come, 'is', 'are')} mended`] : []),
  ];
  return [
    [counts.length === 0 ? 'No job gets anything else, and no finding came or went.' : `${capital(listed(counts))}.`],
    ...named('new', since.new),
    ...named('gone', since.gone),
    ...(notCompared.length === 0
      ? []
      : [
          [
            `${plural(notCompared.length, 'repository', 'repositories')} could not be compared: one of the two audits could not read ${notCompared.length === 1 ? 'it' : 'them'}.`,
          ],
        ]),
  ];
}

const MOST_NAMES = 5;

function named(what: string, names: readonly string[]): readonly Phrase[] {
  if (names.length === 0) return [];
  const list = firstNames(
    names.map((name) => [quoted(name)]),
    MOST_NAMES,
  );
  return [[`${plural(names.length, 'repository is', 'repositories are')} ${what}: `, ...list, '.']];
}

function jobsTable(since: SinceFacts): readonly Table[] {
  if (since.jobs.length === 0) return [];
  const sorted = [...alikeChanges(since)].sort(
    ([a], [b]) =>
      Number(isWrite(b)) - Number(isWrite(a)) || KINDS_IN_ORDER.indexOf(a.kind) - KINDS_IN_ORDER.indexOf(b.kind),
  );
  return [
    {
      columns: [{ title: 'repository' }, { title: 'change' }, { title: 'jobs' }, { title: 'what' }, { title: 'on' }],
      rows: sorted.map((alike) => [
        repositoryName(alike[0]),
        [kindName(alike[0].kind)],
        firstNames(
          alike.map(({ job, workflow }) => jobName(job, workflow)),
          MOST_JOBS,
        ),
        levels(alike[0]),
        [
          quoted(
            listedShort(
              alike.flatMap(({ events }) => events),
              MOST_EVENTS,
            ),
          ),
          ...ofWhom(alike[0]),
        ],
      ]),
      open: 10,
      csv: 'changes',
    },
  ];
}

const MOST_JOBS = 3;
const MOST_EVENTS = 4;

function isWrite({ permissions }: SinceJob): boolean {
  return permissions.some(({ before, after }) => after === 'write' && before !== 'write');
}

const MOST_LEVELS = 4;

const WITHOUT_LEVELS: ReadonlySet<ChangeKind> = new Set([
  'starts-to-fail',
  'stops-failing',
  'becomes-unknown',
  'becomes-known',
]);

function levels({ kind, permissions }: SinceJob): Phrase {
  if (WITHOUT_LEVELS.has(kind)) return [];
  if (permissions.length === 0) return ['no permissions'];
  const sorted = [...permissions].sort(
    (a, b) => Number(b.after === 'write') - Number(a.after === 'write') || byImportance(a.permission, b.permission),
  );
  const shown = sorted.slice(0, MOST_LEVELS).map((one) => `${one.permission} ${one.before} → ${one.after}`);
  const left = sorted.length - shown.length;
  return [quoted(shown.join(', ')), ...(left > 0 ? [` and ${number(left)} more`] : [])];
}

function ofWhom({ actors }: SinceJob): Phrase {
  const others = actors
    .filter((actor) => actor !== 'repository')
    .map((actor) => (actor === 'fork' ? 'forks' : 'Dependabot'));
  if (actors.includes('repository') || others.length === 0) return [];
  return [`, ${listed(others)} only`];
}

function findingsTable({ findings }: SinceFacts): readonly Table[] {
  if (findings.length === 0) return [];
  const sorted = [
    ...worstFirst(findings.filter(({ kind }) => kind === 'new')),
    ...worstFirst(findings.filter(({ kind }) => kind === 'mended')),
  ];
  return [
    {
      columns: [{ title: 'finding' }, { title: 'level' }, { title: 'rule' }, { title: 'repository' }, { title: 'at' }],
      rows: sorted.map((one) => [
        [one.kind],
        [one.level],
        [quoted(one.rule)],
        repositoryName(one),
        [quoted(`${shortPath(one.path)}:${one.line}`)],
      ]),
      open: 10,
      csv: 'changes',
    },
  ];
}
