import { findingsByRule } from '../../../src/organization/findings.ts';
import { heldByEvent, heldWrites } from '../../../src/organization/held.ts';
import type { Held } from '../../../src/organization/held.ts';
import { byImportance } from '../../../src/report/levels.ts';
import { el, shown } from '../page/dom.ts';
import type { Audit } from './audit.ts';
import { figure, mark } from './chips.ts';
import { levelMark } from './findings-view.ts';
import { section } from './headed.ts';
import { viewLink } from './links.ts';
import { plainTable } from './table.ts';
import type { ShownColumn } from './table.ts';

/** Who holds which write. */
export function writesPart({ facts }: Audit): HTMLElement {
  const table = plainTable({
    title: 'Who can write',
    rows: [...heldWrites(facts)].sort((a, b) => byImportance(a.permission, b.permission)),
    columns: [
      {
        title: 'Permission',
        cell: ({ permission }) => [viewLink(mark(permission, 'write'), 'jobs', '', { holds: `${permission}: write` })],
      },
      ...JOBS,
      { title: 'For outsiders', cell: ({ byOutsiders }) => [figure(byOutsiders)], isCount: true },
    ],
    none: 'No job can write.',
  });
  return section('h2', 'Who can write', table);
}

/** What runs can write, by what starts them. */
export function eventsPart({ facts }: Audit): HTMLElement {
  const table = plainTable({
    title: 'What starts runs that can write',
    rows: heldByEvent(facts),
    columns: [
      {
        title: 'Trigger',
        cell: ({ event, byOutsiders }) => [
          viewLink(shown(event), 'jobs', '', { event, holds: 'write' }),
          ...(byOutsiders ? [' ', el('span', { class: 'level error' }, 'outsiders')] : []),
        ],
      },
      ...JOBS,
    ],
    none: 'No run can write.',
  });
  return section('h2', 'What starts runs that can write', table);
}

/** What is found wrong by rule, the worst first. */
export function rulesPart({ facts }: Audit): HTMLElement {
  const table = plainTable({
    title: 'What is wrong',
    rows: findingsByRule(facts),
    columns: [
      { title: 'Rule', cell: ({ rule, level }) => [viewLink(shown(rule), 'findings', '', { level, rule })] },
      { title: 'Level', cell: ({ level }) => [levelMark(level)] },
      { title: 'Findings', cell: ({ findings }) => [figure(findings)], isCount: true },
      { title: 'Repositories', cell: ({ repositories }) => [figure(repositories)], isCount: true },
    ],
    none: 'Nothing is found wrong.',
  });
  return section('h2', 'What is wrong', table);
}

/** Jobs that hold it only if a setting that is not known has one of its values are told apart. */
const JOBS: readonly ShownColumn<Held>[] = [
  { title: 'Jobs', cell: ({ jobs }) => [figure(jobs)], isCount: true },
  { title: 'Perhaps', cell: ({ maybe }) => [figure(maybe)], isCount: true },
  { title: 'Repositories', cell: ({ repositories }) => [figure(repositories)], isCount: true },
];
