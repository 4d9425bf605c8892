import type { AskedCaller, AskedFacts, OrganizationFacts } from '../organization/facts.ts';
import { number, plural } from '../words/in-words.ts';
import { levelsInWords, levelsOf } from './levels.ts';
import { repositoryName } from './organization-name.ts';
import type { Section } from './organization-table.ts';
import { phrase, quoted, type Phrase } from './phrase.ts';
import { shortPath, shortReference } from './words.ts';

/** What becomes of a caller, the worst first. */
const EFFECTS: Readonly<Record<AskedCaller['effect'], string>> = {
  breaks: 'breaks',
  'breaks-if-read': 'breaks if the default is read',
  'breaks-if-write': 'breaks if the default is write',
  'by-callers': 'its callers decide',
  'fails-already': 'does not start as it is',
  fits: 'goes on',
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
  const callers = [...asked.callers].sort((a, b) => ORDER.indexOf(a.effect) - ORDER.indexOf(b.effect));
  return [
    {
      title,
      says: [[summary(asked)], ...already(asked), ...pinned(asked), ...unread(asked)],
      tables: [
        {
          columns: [
            { title: 'what becomes of it' },
            { title: 'repository' },
            { title: 'calling job' },
            { title: 'calls it at' },
            { title: 'lacks' },
            { title: 'to write at' },
          ],
          rows: callers.flatMap((caller) => rowOf(caller, facts)),
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
    return count === 0 ? [] : [`${number(count)}: ${EFFECTS[effect as AskedCaller['effect']]}`];
  });
  return `Of ${plural(callers.length, 'call')}, ${parts.join('; ')}. A call that breaks keeps the whole run from starting.`;
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

function rowOf(caller: AskedCaller, { repositories }: OrganizationFacts): readonly (readonly Phrase[])[] {
  const repository = repositories[caller.repository];
  const workflow = repository?.workflows[caller.workflow];
  const call = workflow?.calls[caller.call];
  if (repository === undefined || workflow === undefined || call === undefined) return [];
  const lacks = caller.lacks.map(({ permission, needed, has }) => `${permission}: ${needed} (has ${has})`);
  return [
    [
      [EFFECTS[caller.effect]],
      repositoryName(repository),
      phrase`${quoted(call.job.replaceAll('/', ' / '))} of ${quoted(shortPath(workflow.path))}`,
      call.ref === null ? ['its own checkout'] : [quoted(shortReference(`@${call.ref}`))],
      lacks.length === 0 ? [] : [quoted(lacks.join(', '))],
      lacks.length === 0 ? [] : [quoted(`${call.at.path}:${call.at.line}`)],
    ],
  ];
}
