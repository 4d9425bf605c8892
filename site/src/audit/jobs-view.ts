import { levelOf } from '../../../src/report/cells.ts';
import { byImportance } from '../../../src/report/levels.ts';
import { shortPath } from '../../../src/report/words.ts';
import { name, shown } from '../page/dom.ts';
import type { Audit } from './audit.ts';
import { REACH_WORDS, reachMark, writeMarks } from './chips.ts';
import { countedOptions } from './filters.ts';
import type { Filter } from './filters.ts';
import { headed } from './headed.ts';
import { REACHES } from './held.ts';
import type { Held, HeldJob, Reach } from './held.ts';
import { repositoryLink } from './links.ts';
import { tallyOf } from './rows.ts';
import { dataTable } from './table.ts';
import type { Column } from './table.ts';
import type { View } from './view.ts';

/** In the address: what is written whatever a setting is, and what rests on one. */
export const ANY_WRITE = 'any-write';

/** All jobs: who holds what. */
export const jobsView: View = {
  id: 'jobs',
  title: 'Permissions held',
  count: (audit) => audit.jobs().length,
  draw: (audit, { chosen, onChosen }) => [
    headed(
      'Permissions held',
      'What the token of each job may do, called workflows included: what outsiders reach first, then what writes most.',
    ),
    dataTable(
      {
        title: 'Jobs and what they hold',
        noun: 'job',
        rows: audit.jobs(),
        columns: columnsFor(audit),
        filters: filtersFor(audit.jobs()),
        text: ({ facts, workflow, job }) =>
          `${facts.repository} ${facts.branch ?? ''} ${workflow.path} ${workflow.name ?? ''} ${job.job}`,
      },
      chosen,
      onChosen,
    ),
  ],
};

function columnsFor(audit: Audit): readonly Column<HeldJob>[] {
  return [
    {
      id: 'repository',
      title: 'Repository',
      key: ({ facts }) => facts.repository.toLowerCase(),
      cell: ({ facts }) => [repositoryLink(audit, facts)],
    },
    {
      id: 'job',
      title: 'Job',
      key: ({ job }) => job.job.toLowerCase(),
      cell: ({ job, workflow }) => [name(job.job), ' ', name(shortPath(workflow.path), { class: 'quiet' })],
    },
    {
      id: 'writes',
      title: 'May write',
      key: ({ held: { writes } }) => writes.length,
      cell: ({ held: { levels } }) => writeMarks(levels),
      isGreatestFirst: true,
    },
    {
      id: 'reach',
      title: 'Outsiders',
      key: ({ held: { reach } }) => -REACHES.indexOf(reach),
      cell: ({ held: { reach } }) => [reachMark(reach)],
      isGreatestFirst: true,
    },
    {
      id: 'events',
      title: 'Triggers',
      key: ({ held: { events } }) => events.join(),
      cell: ({ held: { events } }) => [events.map(shown).join(', ')],
    },
  ];
}

function filtersFor(rows: readonly HeldJob[]): readonly Filter<HeldJob>[] {
  const all = rows.map(({ held }) => held);
  const names = [...new Set([...new Set(all)].flatMap(({ levels }) => [...levels.keys()]))].sort(byImportance);
  const order = ['write', ...names.map((one) => `${one}: write`), ...names.map((one) => `${one}: read`), 'nothing'];
  return [
    {
      id: 'holds',
      label: 'Holds',
      all: 'anything',
      options: countedOptions(tallyOf(all, holdings), order, (value) => (value === 'write' ? 'any write' : value)),
      has: ({ held: { levels, writes } }, value) => {
        if (value === 'write') return writes.length > 0;
        if (value === 'nothing') return levels.size === 0;
        const [permission = '', level] = value.split(': ');
        return levelOf(levels.get(permission)) === level;
      },
    },
    {
      id: 'event',
      label: 'Trigger',
      all: 'any',
      options: countedOptions(tallyOf(all, ({ events }) => events)),
      has: ({ held: { events } }, value) => events.includes(value),
    },
    {
      id: 'reach',
      label: 'Outsiders reach',
      all: 'anything',
      options: countedOptions(
        tallyOf(all, ({ reach }) => (reach.startsWith('write') ? [ANY_WRITE, reach] : [reach])),
        [ANY_WRITE, ...REACHES],
        (reach) => (reach === ANY_WRITE ? 'any write' : REACH_WORDS[reach as Reach]),
      ),
      has: ({ held: { reach } }, value) => (value === ANY_WRITE ? reach.startsWith('write') : reach === value),
    },
  ];
}

/** What the filter by what a job holds tells apart. */
function holdings({ levels, writes }: Held): readonly string[] {
  const each = [...levels].map(([permission, cell]) => `${permission}: ${levelOf(cell)}`);
  return [...(writes.length > 0 ? ['write'] : levels.size === 0 ? ['nothing'] : []), ...each];
}
