import { alikeCallers } from '../../organization/alike.ts';
import type { AskedCaller, AskedFacts, OrganizationFacts } from '../../organization/facts.ts';
import { listed, number, plural } from '../../words/in-words.ts';
import { levelsInWords, levelsOf } from '../levels.ts';
import { firstNames, repositoryName } from './organization-name.ts';
import type { Section } from './organization-table.ts';
import { phrase, quoted, type Phrase } from '../phrase.ts';
import { shortPath, shortReference } from '../words.ts';

/** What becomes of a caller, the worst first. */
export const EFFECTS: Readonly<Record<AskedCaller['effect'], string>> = {
  breaks: 'breaks',
  'breaks-if-read': 'breaks if the default is read',
  'by-callers': 'its callers decide',
  'fails-already': 'does not start as it is',
  fits: 'goes on',
};

const SEVERAL: typeof EFFECTS = {
  breaks: 'would break',
  'breaks-if-read': 'would break if the default is read',
  'by-callers': 'in files that are only called, whose callers decide',
  'fails-already': 'of workflows that do not start as it is',
  fits: 'would go on',
};

const ORDER = Object.keys(EFFECTS);

/** Whose runs would not start any more if a called workflow asked for more. */
export function askedSection(facts: OrganizationFacts): readonly Section[] {
  const { asked } = facts;
  if (asked === null) return [];
  const permissions = levelsInWords(levelsOf(asked.permissions));
  const title = phrase`If ${quoted(asked.file)} asked for ${quoted(permissions)}`;
  if (asked.callers.length === 0)
    return [{ title, says: [['No job of these repositories calls it.'], ...unread(asked)], tables: [] }];
  const callers = [...alikeCallers(asked, facts)].sort(([a], [b]) => ORDER.indexOf(a.effect) - ORDER.indexOf(b.effect));
  return [
    {
      title,
      says: [[summary(asked)], ...already(asked), ...pinned(asked), ...unread(asked)],
      tables: [
        {
          columns: [
            { title: 'repository' },
            { title: 'calls', isNumber: true },
            { title: 'then' },
            { title: 'ref' },
            { title: 'lacks' },
            { title: 'jobs, and where to write it' },
          ],
          rows: callers.flatMap((alike) => rowOf(alike, facts)),
          open: 20,
          csv: 'calls',
        },
      ],
    },
  ];
}

function summary({ callers }: AskedFacts): string {
  const parts = ORDER.flatMap((effect) => {
    const count = callers.filter((one) => one.effect === effect).length;
    return count === 0 ? [] : [`${number(count)} ${SEVERAL[effect as AskedCaller['effect']]}`];
  });
  return `${plural(callers.length, 'call')}: ${listed(parts)}. A call that breaks keeps the whole run from starting.`;
}

function already({ isAskedAlready }: AskedFacts): readonly Phrase[] {
  return isAskedAlready ? [['It asks for as much already.']] : [];
}

function pinned({ callers }: AskedFacts): readonly Phrase[] {
  const count = callers.filter(({ isPinned }) => isPinned).length;
  if (count === 0) return [];
  return [
    [`${plural(count, 'call names', 'calls name')} a commit: nothing happens there until somebody takes a newer one.`],
  ];
}

function unread({ unreadCalls }: AskedFacts): readonly Phrase[] {
  if (unreadCalls === 0) return [];
  return [
    [
      `${plural(unreadCalls, 'other called workflow')} could not be read. Whether ${unreadCalls === 1 ? 'it calls' : 'they call'} this one is not known.`,
    ],
  ];
}

function rowOf(alike: NonEmptyCallers, { repositories }: OrganizationFacts): readonly (readonly Phrase[])[] {
  const [{ repository: place, effect, lacks }] = alike;
  const repository = repositories[place];
  if (repository === undefined) return [];
  const calls = alike.flatMap(({ workflow, call }) => repository.workflows[workflow]?.calls[call] ?? []);
  const ref = calls[0]?.ref ?? null;
  const lacking = lacks.map(({ permission, needed, has }) => {
    return `${permission}: ${needed}${has === 'none' ? '' : ` (has ${has})`}`;
  });
  const jobs = calls.map(({ job, at }) => {
    const where = quoted(`${shortPath(at.path)}:${at.line}`);
    return phrase`${quoted(job.replaceAll('/', ' / '))} (${where})`;
  });
  return [
    [
      repositoryName(repository),
      [number(alike.length)],
      [EFFECTS[effect]],
      [ref === null ? 'its own checkout' : quoted(shortReference(`@${ref}`).slice(1))],
      lacking.length === 0 ? [] : [quoted(lacking.join(', '))],
      firstNames(jobs, MOST_JOBS),
    ],
  ];
}

type NonEmptyCallers = ReturnType<typeof alikeCallers>[number];

const MOST_JOBS = 4;
