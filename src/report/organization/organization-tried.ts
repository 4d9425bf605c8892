import type { OrganizationFacts, TriedFacts, TriedRepository } from '../../organization/facts.ts';
import { number, plural } from '../../words/in-words.ts';
import { jobName, repositoryName } from './organization-name.ts';
import type { Section } from './organization-table.ts';
import { quoted, type Phrase } from '../phrase.ts';

/** What all repositories would notice of another value of a setting, with what to write first. */
export function triedSection(facts: OrganizationFacts): readonly Section[] {
  const { whatIf } = facts;
  if (whatIf === null) return [];
  const { repositories } = whatIf;
  const title = triedTitle(whatIf);
  const says = [...triedWords(whatIf), ...patches(whatIf)];
  if (repositories.length === 0) return [{ title, says, tables: [] }];
  const rows = [...repositories].sort(
    (a, b) =>
      b.failing.length - a.failing.length || b.losing.length - a.losing.length || b.unclear.length - a.unclear.length,
  );
  return [
    {
      title,
      says,
      tables: [
        {
          columns: [
            { title: 'repository' },
            { title: 'does not start', isNumber: true },
            { title: 'loses', isNumber: true },
            { title: 'may lose', isNumber: true },
            { title: 'blocks to write', isNumber: true },
            { title: 'the first' },
          ],
          rows: rows.flatMap((row) => rowOf(row, facts)),
          open: 15,
          csv: 'changes',
        },
      ],
    },
  ];
}

const SETTINGS = { 'default-permissions': 'the default', visibility: 'the visibility' } as const;

/** What is tried. */
export function triedTitle({ setting, value }: Pick<TriedFacts, 'setting' | 'value'>): Phrase {
  return [`If ${SETTINGS[setting]} were `, quoted(value), ' everywhere'];
}

/** What would come of it, and of which repositories that is known. */
export function triedWords(whatIf: TriedFacts): readonly Phrase[] {
  return [[summary(whatIf)], ...assumed(whatIf), ...notComputed(whatIf)];
}

function summary({ repositories, computed, unaffected }: TriedFacts): string {
  const sum = (of: (one: TriedRepository) => number) => repositories.reduce((all, one) => all + of(one), 0);
  const [failing, losing, unclear] = [
    sum((one) => one.failing.length),
    sum((one) => one.losing.length),
    sum((one) => one.unclear.length),
  ];
  const noticed = [
    ...(failing > 0 ? [`${plural(failing, 'workflow')} would not start`] : []),
    ...(losing > 0 ? [`${plural(losing, 'job')} would lose what ${losing === 1 ? 'it needs' : 'they need'}`] : []),
    ...(unclear > 0 ? [`${plural(unclear, 'job')} may lose what ${unclear === 1 ? 'it needs' : 'they need'}`] : []),
  ];
  const first =
    noticed.length > 0
      ? `${noticed.join(', ')}, in ${plural(repositories.length, 'repository', 'repositories')} of ${number(computed)}.`
      : `None of ${plural(computed, 'repository', 'repositories')} would notice.`;
  return `${first} ${plural(unaffected, 'job')} would get the same as now.`;
}

function assumed({ repositories }: TriedFacts): readonly Phrase[] {
  const count = repositories.filter(({ isAssumed }) => isAssumed).length;
  if (count === 0) return [];
  return [
    [
      `In ${plural(count, 'repository', 'repositories')} the present value is not known. It is taken to be the other one.`,
    ],
  ];
}

function notComputed({ notComputed: count }: TriedFacts): readonly Phrase[] {
  if (count === 0) return [];
  return [[`For ${plural(count, 'repository', 'repositories')} it was not computed.`]];
}

function patches({ repositories }: TriedFacts): readonly Phrase[] {
  const blocks = repositories.reduce((sum, one) => sum + one.blocks, 0);
  if (blocks === 0) return [];
  const ready = repositories.filter(({ patch }) => patch !== null).length;
  const how =
    ready === 0 ? '' : ` \`--patches FOLDER\` writes them as ${plural(ready, 'patch', 'patches')}, one a repository.`;
  return [[`${plural(blocks, 'block')} should be written first.${how}`]];
}

function rowOf(row: TriedRepository, { repositories }: OrganizationFacts): readonly (readonly Phrase[])[] {
  const facts = repositories[row.repository];
  if (facts === undefined) return [];
  const { failing, losing, unclear, blocks } = row;
  return [
    [
      repositoryName(facts),
      ...[failing, losing, unclear].map((one) => [number(one.length)]),
      [number(blocks)],
      firstOf(row),
    ],
  ];
}

function firstOf({ failing, losing, unclear }: TriedRepository): Phrase {
  const [file] = failing;
  if (file !== undefined) return [...jobName(undefined, file), ' does not start'];
  const [job] = losing;
  if (job !== undefined) return [...jobName(job.job, job.workflow), ' needs ', quoted(job.permissions.join(', '))];
  const [open] = unclear;
  return open === undefined ? [] : [...jobName(open.job, open.workflow), ' has steps that this tool cannot see into'];
}
