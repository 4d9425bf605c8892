import type { SinceFacts, SinceFinding, SinceJob } from '../../../src/organization/facts.ts';
import { kindEffect, kindName } from '../../../src/report/told-changes.ts';
import type { Effect } from '../../../src/report/told-changes.ts';
import { shortPath } from '../../../src/report/words.ts';
import { el, name, sentence, shown } from '../page/dom.ts';
import type { Child } from '../page/dom.ts';
import { countedOptions } from './filters.ts';
import { levelMark } from './findings-view.ts';
import { emptyView, headed } from './headed.ts';
import { keyOf, viewLink } from './links.ts';
import { tally } from './rows.ts';
import { dataTable } from './table.ts';
import type { Column } from './table.ts';
import type { View } from './view.ts';

/** One difference between this audit and the one before. */
interface ChangeRow {
  /** `raised`, `new finding`, `gone repository`. */
  readonly kind: string;
  readonly effect: Effect;
  /** The repository, and its branch. */
  readonly repository: string;
  readonly link: string | null;
  readonly what: string;
  readonly cell: () => readonly Child[];
}

/** What is different since the last audit. */
export const changesView: View = {
  id: 'changes',
  title: 'Changes',
  count: ({ facts: { since } }) =>
    since === null
      ? null
      : since.jobs.length + since.findings.length + since.new.length + since.gone.length + since.notCompared.length,
  draw: ({ facts: { since, repositories } }, { chosen, onChosen }) => {
    if (since === null) {
      return emptyView(
        'Changes',
        'This audit was compared with none before. To compare, merge with',
        '--previous FILE',
      );
    }
    const rows = rowsOf(since, new Map(repositories.map((one) => [named(one), keyOf(one)])));
    return [
      headed('Changes', 'What is different since the last audit. What gives more comes first.'),
      dataTable(
        {
          title: 'Changes',
          noun: 'change',
          rows,
          columns: COLUMNS,
          filters: [
            {
              id: 'kind',
              label: 'Kind',
              all: 'any',
              options: countedOptions(tally(rows.map(({ kind }) => kind))),
              has: ({ kind }, value) => kind === value,
            },
          ],
          text: ({ repository, kind, what }) => `${repository} ${kind} ${what}`,
        },
        chosen,
        onChosen,
      ),
    ];
  },
};

const LOOKS = { more: 'error', less: 'good', other: 'note' } as const;

const COLUMNS: readonly Column<ChangeRow>[] = [
  {
    id: 'repository',
    title: 'Repository',
    key: ({ repository }) => repository.toLowerCase(),
    cell: ({ repository, link }) => [link === null ? name(repository) : viewLink(name(repository), 'repository', link)],
  },
  {
    id: 'kind',
    title: 'Kind',
    key: ({ kind }) => kind,
    cell: ({ kind, effect }) => [el('span', { class: `level ${LOOKS[effect]}` }, kind)],
  },
  { id: 'what', title: 'What', key: ({ what }) => what, cell: ({ cell }) => cell() },
];

/** `known` has where each repository of this audit is to be seen. */
function rowsOf(
  { jobs, findings, ...repositories }: SinceFacts,
  known: ReadonlyMap<string, string>,
): readonly ChangeRow[] {
  const whole = (names: readonly string[], kind: string, what: string): readonly ChangeRow[] =>
    names.map((repository) => {
      const link = known.get(repository) ?? null;
      return { kind, effect: 'other', repository, link, what, cell: () => [what] };
    });
  const rows: readonly ChangeRow[] = [
    ...jobs.map(jobRow),
    ...findings.map(findingRow),
    ...whole(repositories.notCompared, 'not compared', 'One of the two audits could not read it.'),
    ...whole(repositories.new, 'new repository', 'The last audit did not have it.'),
    ...whole(repositories.gone, 'gone repository', 'This audit does not have it.'),
  ];
  return (['more', 'other', 'less'] as const).flatMap((effect) => rows.filter((row) => row.effect === effect));
}

function jobRow(change: SinceJob): ChangeRow {
  const { kind, workflow, job, events, permissions } = change;
  const said = [job ?? '', shortPath(workflow), ...permissions.map(({ permission }) => permission)].join(' ');
  return {
    kind: kindName(kind),
    effect: kindEffect(kind),
    repository: named(change),
    link: keyOf(change),
    what: said,
    cell: () => [
      ...(job === undefined ? [] : [name(job), ' ']),
      name(shortPath(workflow), { class: 'quiet' }),
      el('span', { class: 'quiet' }, ` on ${events.map(shown).join(', ')}`),
      el(
        'span',
        { class: 'marks' },
        ...permissions.map(({ permission, before, after }) =>
          el('span', {}, name(`${permission}: ${before} → ${after}`)),
        ),
      ),
    ],
  };
}

function findingRow(finding: SinceFinding): ChangeRow {
  const { kind, rule, level, message, path, line } = finding;
  return {
    kind: kind === 'new' ? 'new finding' : 'mended finding',
    effect: kind === 'new' ? 'more' : 'less',
    repository: named(finding),
    link: keyOf(finding),
    what: `${rule} ${path} ${message}`,
    cell: () => [
      levelMark(level),
      ' ',
      el('span', { class: 'quiet' }, shown(rule)),
      ' ',
      name(`${shortPath(path)}:${line}`),
      el('span', { class: 'message' }, sentence(message)),
    ],
  };
}

function named({ repository, branch }: { readonly repository: string; readonly branch: string | null }): string {
  return branch === null ? repository : `${repository}@${branch}`;
}
