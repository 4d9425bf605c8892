import { sharedWorkflows } from '../../../src/organization/shared.ts';
import type { SharedWorkflow } from '../../../src/organization/shared.ts';
import type { Audit } from './audit.ts';
import { figure } from './chips.ts';
import { calledName, contractMarks, contractOf } from './contract.ts';
import { headed } from './headed.ts';
import { viewLink } from './links.ts';
import { dataTable } from './table.ts';
import type { Column } from './table.ts';
import type { View } from './view.ts';

/** All workflow files that others call. */
export const sharedView: View = {
  id: 'shared',
  title: 'Shared workflows',
  count: ({ facts }) => facts.called.length,
  draw: (audit, { chosen, onChosen }) => [
    headed(
      'Shared workflows',
      'What each asks of its callers, and who calls it. Open one to see who breaks if it asks for more.',
    ),
    dataTable(
      {
        title: 'Shared workflows',
        noun: 'workflow',
        rows: sharedWorkflows(audit.facts),
        columns: columnsFor(audit),
        filters: [
          {
            id: 'contract',
            label: 'Asks for',
            all: 'anything',
            options: [
              ['write', 'any write'],
              ['unknown', 'not known'],
            ],
            has: ({ called }, value) => {
              const asked = contractOf(audit, called);
              return value === 'unknown' ? asked === null : asked !== null && Object.values(asked).includes('write');
            },
          },
        ],
        text: ({ called }) => called.file,
      },
      chosen,
      onChosen,
    ),
  ],
};

function columnsFor(audit: Audit): readonly Column<SharedWorkflow>[] {
  const count = (id: string, title: string, of: (row: SharedWorkflow) => number): Column<SharedWorkflow> => ({
    id,
    title,
    key: of,
    cell: (row) => [figure(of(row))],
    isCount: true,
  });
  return [
    {
      id: 'file',
      title: 'Workflow',
      key: ({ called }) => called.file.toLowerCase(),
      cell: ({ called }) => [viewLink(calledName(called.file), 'shared-workflow', called.file)],
    },
    {
      id: 'contract',
      title: 'Asks its callers for',
      key: ({ called }) => Object.keys(contractOf(audit, called) ?? {}).length,
      cell: ({ called }) => contractMarks(audit, called),
    },
    count('repositories', 'Repositories', ({ repositories }) => repositories),
    count('calls', 'Calls', ({ calls }) => calls),
    count('refs', 'Refs', ({ refs }) => refs.length),
  ];
}
