import type { ChangeKind } from '../model/change.ts';
import type { OrganizationFacts, SinceFacts, SinceJob } from '../organization/facts.ts';
import { listed, listedShort, number, plural } from '../words/in-words.ts';
import { byImportance } from './levels.ts';
import { repositoryName } from './organization-name.ts';
import type { Section, Table } from './organization-table.ts';
import { quoted, type Phrase } from './phrase.ts';
import { KINDS_IN_ORDER, kindName } from './told-changes.ts';
import { shortPath } from './words.ts';
import { worstFirst } from './worst-first.ts';

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
    ...KINDS_IN_ORDER.flatMap((kind) => {
      const count = jobs.filter((one) => one.kind === kind).length;
      return count === 0 ? [] : [`${kindName(kind)}: ${number(count)}`];
    }),
    ...(come > 0 ? [`new findings: ${number(come)}`] : []),
    ...(findings.length > come ? [`mended findings: ${number(findings.length - come)}`] : []),
  ];
  return [
    [counts.length === 0 ? 'No job gets anything else, and no finding came or went.' : `${listed(counts)}.`],
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
  return [
    [`${plural(names.length, 'repository is', 'repositories are')} ${what}: `, quoted(listedShort(names, MOST_NAMES))],
  ];
}

function jobsTable({ jobs }: SinceFacts): readonly Table[] {
  if (jobs.length === 0) return [];
  const sorted = [...jobs].sort(
    (a, b) =>
      Number(isWrite(b)) - Number(isWrite(a)) || KINDS_IN_ORDER.indexOf(a.kind) - KINDS_IN_ORDER.indexOf(b.kind),
  );
  return [
    {
      columns: [{ title: 'change' }, { title: 'repository' }, { title: 'job' }, { title: 'what' }, { title: 'on' }],
      rows: sorted.map((one) => [
        [kindName(one.kind)],
        repositoryName(one),
        one.job === undefined
          ? [quoted(shortPath(one.workflow))]
          : [quoted(one.job.replaceAll('/', ' / ')), ' of ', quoted(shortPath(one.workflow))],
        levels(one),
        [quoted(one.events.join(', ')), ...ofWhom(one)],
      ]),
      open: 15,
      csv: 'changes',
    },
  ];
}

function isWrite({ permissions }: SinceJob): boolean {
  return permissions.some(({ before, after }) => after === 'write' && before !== 'write');
}

const MOST_LEVELS = 6;

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
