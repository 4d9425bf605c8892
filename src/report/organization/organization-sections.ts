import type { OrganizationFacts } from '../../organization/facts.ts';
import { alikeUnknown, alikeWrites } from '../../organization/alike.ts';
import { findingsByRepository, findingsByRule } from '../../organization/findings.ts';
import { heldByEvent, isConditional, reachedByOutsiders, type Reached } from '../../organization/held.ts';
import { number, plural } from '../../words/in-words.ts';
import { byImportance, importance } from '../levels.ts';
import { askedSection } from './organization-asked.ts';
import { firstNames, jobName, repositoryName } from './organization-name.ts';
import { sharedSection } from './organization-shared.ts';
import { sinceSections } from './organization-since.ts';
import type { Section } from './organization-table.ts';
import { triedSection } from './organization-tried.ts';
import { phrase, quoted, type Phrase } from '../phrase.ts';
import { shortPath } from '../words.ts';

/** Takes facts and returns the parts of a report about them, what matters most first. */
export function organizationSections(facts: OrganizationFacts): readonly Section[] {
  return [
    ...sinceSections(facts),
    ...unknownSection(facts),
    ...askedSection(facts),
    ...triedSection(facts),
    ...findingsSections(facts),
    ...outsidersSection(facts),
    ...writesSections(facts),
    ...sharedSection(facts),
  ];
}

/** What is not known is no smaller thing than a finding. */
function unknownSection(facts: OrganizationFacts): readonly Section[] {
  const unknown = alikeUnknown(facts);
  if (unknown.length === 0) return [];
  const rows = unknown.map((alike) => {
    const [{ state, reason = '' }] = alike;
    return [
      [state === 'lost' ? 'lost' : 'not read'],
      [number(alike.length)],
      [quoted(reason)],
      firstNames(alike.map(repositoryName), MOST_UNKNOWN),
    ];
  });
  const columns = [
    { title: 'state' },
    { title: 'repositories', isNumber: true } as const,
    { title: 'why' },
    { title: 'which' },
  ];
  return [
    { title: ['Nothing is known of these'], says: [], tables: [{ columns, rows, open: 10, csv: 'repositories' }] },
  ];
}

/** Of repositories that could not be read for one reason, so many are named. */
const MOST_UNKNOWN = 10;

function findingsSections(facts: OrganizationFacts): readonly Section[] {
  const rules = findingsByRule(facts);
  if (rules.length === 0) return [{ title: ['Findings'], says: [['No rule found anything.']], tables: [] }];
  const byRepository = findingsByRepository(facts);
  const count = facts.repositories.reduce((sum, { findings }) => sum + findings.length, 0);
  const suppressed = facts.repositories.reduce((sum, one) => sum + one.suppressed, 0);
  const excused = suppressed === 0 ? '' : ` ${plural(suppressed, 'more is', 'more are')} excused.`;
  return [
    {
      title: ['Findings'],
      says: [
        [`${plural(count, 'finding')} in ${plural(byRepository.length, 'repository', 'repositories')}.${excused}`],
      ],
      tables: [
        {
          columns: [
            { title: 'level' },
            { title: 'rule' },
            { title: 'findings', isNumber: true },
            { title: 'repositories', isNumber: true },
          ],
          rows: rules.map(({ rule, level, findings, repositories }) => [
            [level],
            [quoted(rule)],
            [number(findings)],
            [number(repositories)],
          ]),
          open: 12,
          csv: 'findings',
        },
        {
          columns: [
            { title: 'repository' },
            { title: 'errors', isNumber: true },
            { title: 'warnings', isNumber: true },
            { title: 'notes', isNumber: true },
            { title: 'the first of the worst' },
          ],
          rows: byRepository.map(({ facts: repository, counts, worst }) => [
            repositoryName(repository),
            [number(counts.error)],
            [number(counts.warning)],
            [number(counts.note)],
            phrase`${quoted(worst.rule)} in ${quoted(`${shortPath(worst.path)}:${worst.line}`)}`,
          ]),
          open: 10,
          csv: 'findings',
        },
      ],
    },
  ];
}

function outsidersSection(facts: OrganizationFacts): readonly Section[] {
  const reached = [...reachedByOutsiders(facts)].sort(byStrongest);
  const title: Phrase = ['What outsiders reach'];
  if (reached.length === 0) {
    const says = 'Nobody without write access can start a job, as far as was read, so that it can write anything.';
    return [{ title, says: [[says]], tables: [] }];
  }
  const repositories = new Set(reached.map((one) => one.facts.repository)).size;
  return [
    {
      title,
      says: [
        [
          `Somebody without write access can start ${plural(reached.length, 'job')} of ${plural(repositories, 'repository', 'repositories')} so that ${reached.length === 1 ? 'it' : 'they'} can write.`,
        ],
      ],
      tables: [
        {
          columns: [{ title: 'repository' }, { title: 'job' }, { title: 'on' }, { title: 'can write' }],
          rows: reached.map(({ facts: repository, workflow, job, events, writes, isMaybe }) => [
            repositoryName(repository),
            jobName(job.job, workflow.path),
            [quoted(events.join(', '))],
            [...writesInWords(writes), ...(isMaybe ? [', perhaps'] : [])],
          ]),
          open: 10,
          csv: 'permissions',
        },
      ],
    },
  ];
}

function writesSections(facts: OrganizationFacts): readonly Section[] {
  const held = alikeWrites(facts);
  const title: Phrase = ['Who can write what'];
  if (held.length === 0) return [{ title, says: [['No job can write anything.']], tables: [] }];
  const isAnyMaybe = held.some(([{ maybe }]) => maybe > 0) || facts.outcomes.some(isConditional);
  const maybe = isAnyMaybe ? [{ title: 'perhaps', isNumber: true } as const] : [];
  const cells = (count: number) => (isAnyMaybe ? [[number(count)]] : []);
  const says =
    '"Perhaps": more jobs, under one value of a setting that is not known, or at most, as a called workflow could not be read.';
  return [
    {
      title,
      says: isAnyMaybe ? [[says]] : [],
      tables: [
        {
          columns: [
            { title: 'permission' },
            { title: 'jobs', isNumber: true },
            ...maybe,
            { title: 'repositories', isNumber: true },
            { title: 'by outsiders', isNumber: true },
          ],
          rows: held.map((alike) => [
            writesInWords(alike.map(({ permission }) => permission)),
            [number(alike[0].jobs)],
            ...cells(alike[0].maybe),
            [number(alike[0].repositories)],
            [number(alike[0].byOutsiders)],
          ]),
          open: 25,
          csv: 'permissions',
        },
        {
          columns: [
            { title: 'event' },
            { title: 'jobs', isNumber: true },
            ...maybe,
            { title: 'repositories', isNumber: true },
            { title: 'what they can write' },
          ],
          rows: heldByEvent(facts).map(({ event, jobs, maybe: perhaps, repositories, byOutsiders, writes }) => [
            [quoted(event), ...(byOutsiders ? [' (outsiders too)'] : [])],
            [number(jobs)],
            ...cells(perhaps),
            [number(repositories)],
            writesInWords(writes.map(({ permission }) => permission)),
          ]),
          open: 12,
          csv: 'permissions',
        },
      ],
    },
  ];
}

/** What is certain first, then by the strongest of what they can write. */
function byStrongest(a: Reached, b: Reached): number {
  return Number(a.isMaybe) - Number(b.isMaybe) || strongest(a) - strongest(b) || b.writes.length - a.writes.length;
}

function strongest({ writes }: Reached): number {
  return Math.min(...writes.map(importance));
}

const MOST_NAMES = 4;

function writesInWords(writes: readonly string[]): Phrase {
  const sorted = [...writes].sort(byImportance);
  const left = sorted.length - MOST_NAMES;
  return [quoted(sorted.slice(0, MOST_NAMES).join(', ')), ...(left > 0 ? [` and ${number(left)} more`] : [])];
}
