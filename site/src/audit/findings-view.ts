import { el, name, sentence } from '../page/dom.ts';
import type { Audit, FindingRow } from './audit.ts';
import { countedOptions } from './filters.ts';
import { headed } from './headed.ts';
import { placeLink, repositoryLink } from './links.ts';
import { ruleLink } from './rule-link.ts';
import { tally } from './rows.ts';
import { dataTable } from './table.ts';
import type { Column } from './table.ts';
import type { View } from './view.ts';

const LEVELS = ['error', 'warning', 'note'] as const;

/** What the policy finds wrong, the worst first. */
export const findingsView: View = {
  id: 'findings',
  title: 'Findings',
  count: (audit) => audit.findings().length,
  draw: (audit, { chosen, onChosen }) => [
    headed('Findings', 'What the policy finds wrong, the worst first.'),
    dataTable(
      {
        title: 'Findings',
        noun: 'finding',
        rows: audit.findings(),
        columns: columnsFor(audit),
        filters: [
          {
            id: 'level',
            label: 'Level',
            all: 'any',
            options: countedOptions(tally(audit.findings().map(({ finding }) => finding.level)), LEVELS),
            has: ({ finding }, value) => finding.level === value,
          },
          {
            id: 'rule',
            label: 'Rule',
            all: 'any',
            options: countedOptions(tally(audit.findings().map(({ finding }) => finding.rule))),
            has: ({ finding }, value) => finding.rule === value,
          },
        ],
        text: ({ repository, finding }) =>
          `${repository.repository} ${repository.branch ?? ''} ${finding.path} ${finding.job ?? ''} ${finding.rule} ${finding.message}`,
      },
      chosen,
      onChosen,
    ),
  ],
};

function columnsFor(audit: Audit): readonly Column<FindingRow>[] {
  return [
    {
      id: 'repository',
      title: 'Repository',
      key: ({ repository }) => repository.repository.toLowerCase(),
      cell: ({ repository }) => [repositoryLink(audit, repository)],
    },
    {
      id: 'level',
      title: 'Level',
      key: ({ finding }) => LEVELS.indexOf(finding.level),
      cell: ({ finding: { level } }) => [levelMark(level)],
    },
    {
      id: 'rule',
      title: 'Rule',
      key: ({ finding }) => finding.rule,
      cell: ({ finding }) => [ruleLink(audit, finding.rule)],
    },
    {
      id: 'place',
      title: 'Where',
      key: ({ finding }) => `${finding.path}:${String(finding.line).padStart(6, '0')}`,
      cell: ({ repository, finding }) => [
        placeLink(repository, finding.path, finding.line),
        ...(finding.job === undefined ? [] : [' ', name(finding.job, { class: 'quiet' })]),
      ],
    },
    {
      id: 'message',
      title: 'What is wrong',
      key: ({ finding }) => finding.message,
      cell: ({ finding }) => [el('span', { class: 'message' }, sentence(finding.message))],
    },
  ];
}

/** Makes the level of a finding. */
export function levelMark(level: (typeof LEVELS)[number]): HTMLElement {
  return el('span', { class: `level ${level}` }, level);
}
