import type { RepositoryFacts, TriedFacts, TriedRepository } from '../../../src/organization/facts.ts';
import { triedTitle, triedWords } from '../../../src/report/organization/organization-tried.ts';
import { renderPhrase } from '../../../src/report/phrase.ts';
import type { Phrase } from '../../../src/report/phrase.ts';
import { el, sentence } from '../page/dom.ts';
import type { Audit } from './audit.ts';
import { figure } from './chips.ts';
import { emptyView, headed } from './headed.ts';
import { keyOf, repositoryLink, viewLink } from './links.ts';
import { inOrder } from './rows.ts';
import { dataTable } from './table.ts';
import type { Column } from './table.ts';
import type { View } from './views.ts';

/** A repository that would notice the other value. */
interface TriedRow {
  readonly repository: RepositoryFacts;
  readonly tried: TriedRepository;
}

/** What the organization would notice of another value of a setting. */
export const triedView: View = {
  id: 'what-if',
  title: 'What if',
  count: ({ facts: { whatIf } }) => whatIf?.repositories.length ?? null,
  draw: (audit, { chosen, onChosen }) => {
    const { whatIf, repositories } = audit.facts;
    if (whatIf === null) {
      return emptyView(
        'What if',
        'No other value of a setting was tried. Run the audit with',
        '--what-if default-permissions=read',
      );
    }
    const rows = whatIf.repositories.flatMap((tried): readonly TriedRow[] => {
      const repository = repositories[tried.repository];
      return repository === undefined ? [] : [{ repository, tried }];
    });
    return [
      headed(sentence(triedHeading(whatIf)), sentence(triedLead(whatIf))),
      dataTable(
        {
          title: 'Who would notice',
          noun: 'repository',
          nouns: 'repositories',
          rows: worstFirst(rows),
          columns: columnsFor(audit),
          filters: [
            {
              id: 'effect',
              label: 'Effect',
              all: 'any',
              options: [
                ['losing', 'jobs lose what they use'],
                ['failing', 'workflows would not start'],
                ['unclear', 'jobs may lose what they use'],
                ['blocks', 'blocks to write first'],
              ],
              has: ({ tried }, value) =>
                value === 'blocks'
                  ? tried.blocks > 0
                  : (value === 'losing' || value === 'failing' || value === 'unclear') && tried[value].length > 0,
            },
          ],
          text: ({ repository }) => `${repository.repository} ${repository.branch ?? ''}`,
        },
        chosen,
        onChosen,
      ),
    ];
  },
};

/** What is tried, as a heading. */
export function triedHeading(whatIf: TriedFacts): string {
  return inBackticks(triedTitle(whatIf));
}

/** What would come of it, in a few sentences. */
export function triedLead(whatIf: TriedFacts): string {
  return triedWords(whatIf).map(inBackticks).join(' ');
}

/** A phrase as `sentence` reads it. */
function inBackticks(phrase: Phrase): string {
  return renderPhrase(phrase, (quoted) => `\`${quoted}\``);
}

/** What does not start is worse than what fails later. */
function worstFirst(rows: readonly TriedRow[]): readonly TriedRow[] {
  const badness = ({ tried: { failing, losing, unclear } }: TriedRow) =>
    failing.length * 1e8 + losing.length * 1e4 + unclear.length;
  return inOrder(rows, badness, true);
}

function columnsFor(audit: Audit): readonly Column<TriedRow>[] {
  const count = (id: string, title: string, of: (tried: TriedRepository) => number): Column<TriedRow> => ({
    id,
    title,
    key: ({ tried }) => of(tried),
    cell: ({ tried }) => [figure(of(tried))],
    isCount: true,
  });
  return [
    {
      id: 'repository',
      title: 'Repository',
      key: ({ repository }) => repository.repository.toLowerCase(),
      cell: ({ repository }) => [repositoryLink(audit, repository)],
    },
    count('failing', 'Do not start', ({ failing }) => failing.length),
    count('losing', 'Jobs that lose', ({ losing }) => losing.length),
    count('unclear', 'May lose', ({ unclear }) => unclear.length),
    count('blocks', 'Blocks to write', ({ blocks }) => blocks),
    {
      id: 'patch',
      title: 'Migration',
      key: ({ tried }) => (tried.patch === null ? 1 : 0),
      cell: ({ repository, tried }) =>
        tried.patch === null
          ? [el('span', { class: 'quiet' }, 'no patch')]
          : [viewLink('Patch', 'repository', keyOf(repository), { part: 'patch' })],
    },
  ];
}
