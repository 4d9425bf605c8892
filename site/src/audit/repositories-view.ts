import type { RepositoryFacts } from '../../../src/organization/facts.ts';
import { el } from '../page/dom.ts';
import type { Audit } from './audit.ts';
import { figure, reachMark } from './chips.ts';
import { countedOptions } from './filters.ts';
import { headed } from './headed.ts';
import { REACHES } from './held.ts';
import { repositoryLink } from './links.ts';
import { stateMark, stateOf, STATES } from './state.ts';
import { tally } from './rows.ts';
import { dataTable } from './table.ts';
import type { Column } from './table.ts';
import type { View } from './view.ts';

/** All repositories with what became of each. */
export const repositoriesView: View = {
  id: 'repositories',
  title: 'Repositories',
  count: (audit) => audit.facts.repositories.length,
  draw: (audit, { chosen, onChosen }) => {
    const { repositories } = audit.facts;
    return [
      headed('Repositories', audit.hasBranches ? 'Each with the branches that were read.' : null),
      dataTable(
        {
          title: 'Repositories',
          noun: 'repository',
          nouns: 'repositories',
          rows: repositories,
          columns: columnsFor(audit),
          filters: [
            {
              id: 'state',
              label: 'Result',
              all: 'any',
              options: countedOptions(
                tally(repositories.map(stateOf)),
                Object.keys(STATES),
                (state) => STATES[state as keyof typeof STATES],
              ),
              has: (repository, value) => stateOf(repository) === value,
            },
            {
              id: 'default',
              label: 'Default permissions',
              all: 'any',
              options: countedOptions(tally(repositories.map(({ defaultPermissions }) => defaultPermissions))),
              has: ({ defaultPermissions }, value) => defaultPermissions === value,
            },
            {
              id: 'visibility',
              label: 'Visibility',
              all: 'any',
              options: countedOptions(tally(repositories.map(({ visibility }) => visibility))),
              has: ({ visibility }, value) => visibility === value,
            },
          ],
          text: ({ repository, branch }) => `${repository} ${branch ?? ''}`,
        },
        chosen,
        onChosen,
      ),
    ];
  },
};

function columnsFor(audit: Audit): readonly Column<RepositoryFacts>[] {
  const jobs = (repository: RepositoryFacts) => audit.jobsOf(repository);
  const writing = (repository: RepositoryFacts) => jobs(repository).filter(({ held }) => held.writes.length > 0).length;
  const reach = (repository: RepositoryFacts) =>
    jobs(repository).reduce((least, job) => Math.min(least, REACHES.indexOf(job.held.reach)), REACHES.length - 1);
  const count = (id: string, title: string, of: (repository: RepositoryFacts) => number): Column<RepositoryFacts> => ({
    id,
    title,
    key: (repository) => (isKnown(repository) ? of(repository) : -1),
    cell: (repository) => [isKnown(repository) ? figure(of(repository)) : el('span', { class: 'quiet' }, 'unknown')],
    isCount: true,
  });
  return [
    {
      id: 'repository',
      title: 'Repository',
      key: ({ repository }) => repository.toLowerCase(),
      cell: (repository) => [repositoryLink(audit, repository)],
    },
    {
      id: 'state',
      title: 'Result',
      key: (repository) => Object.keys(STATES).indexOf(stateOf(repository)),
      cell: (repository) => [stateMark(stateOf(repository))],
    },
    count('jobs', 'Jobs', (repository) => jobs(repository).length),
    count('writing', 'Can write', writing),
    {
      id: 'reach',
      title: 'Outsiders',
      key: (repository) => -reach(repository),
      cell: (repository) => [reachMark(REACHES[reach(repository)] ?? 'none')],
      isGreatestFirst: true,
    },
    count('findings', 'Findings', ({ findings }) => findings.length),
    {
      id: 'default',
      title: 'Default',
      key: ({ defaultPermissions }) => defaultPermissions,
      cell: ({ defaultPermissions }) => [defaultPermissions],
    },
    {
      id: 'visibility',
      title: 'Visibility',
      key: ({ visibility }) => visibility,
      cell: ({ visibility }) => [visibility],
    },
  ];
}

function isKnown({ state }: RepositoryFacts): boolean {
  return state === 'read' || state === 'no-workflows';
}
