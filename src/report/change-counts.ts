import type { Change, ChangeKind } from '../model/change.ts';
import type { Report } from '../model/report.ts';
import { capital, listed, plural } from '../words/in-words.ts';

/** What a kind of change is counted as, and the words for one and for several. */
const COUNTED: readonly {
  readonly kinds: readonly ChangeKind[];
  readonly noun: string;
  readonly one: string;
  readonly several: string;
}[] = [
  {
    kinds: ['reachable-by-outsiders'],
    noun: 'job',
    one: 'can be started by outsiders now',
    several: 'can be started by outsiders now',
  },
  { kinds: ['raised'], noun: 'job', one: 'gets more', several: 'get more' },
  { kinds: ['new'], noun: 'job', one: 'is new', several: 'are new' },
  { kinds: ['stops-failing'], noun: 'job', one: 'starts now', several: 'start now' },
  { kinds: ['starts-to-fail'], noun: 'workflow', one: 'does not start any more', several: 'do not start any more' },
  {
    kinds: ['contract-raised'],
    noun: 'called workflow',
    one: 'asks its callers for more',
    several: 'ask their callers for more',
  },
  { kinds: ['becomes-unknown'], noun: 'job', one: 'is not known any more', several: 'are not known any more' },
  { kinds: ['becomes-known'], noun: 'job', one: 'is known now', several: 'are known now' },
  { kinds: ['lowered', 'no-longer-reachable'], noun: 'job', one: 'gets less', several: 'get less' },
  {
    kinds: ['contract-lowered'],
    noun: 'called workflow',
    one: 'asks its callers for less',
    several: 'ask their callers for less',
  },
  { kinds: ['removed'], noun: 'job', one: 'is gone', several: 'are gone' },
];

/** Takes changes and returns how many jobs and files they are about, one clause each, what gives more first. */
export function changeCounts(changes: readonly Pick<Change, 'kind' | 'workflow' | 'job'>[]): readonly string[] {
  return COUNTED.flatMap(({ kinds, noun, one, several }) => {
    const own = changes.filter(({ kind }) => kinds.includes(kind));
    const count = new Set(own.map(({ workflow, job }) => JSON.stringify([workflow, noun === 'job' ? job : null]))).size;
    return count === 0 ? [] : [`${plural(count, noun)} ${count === 1 ? one : several}`];
  });
}

/** What a section about changes begins with. */
export interface ChangesInShort {
  readonly title: string;
  readonly summary: string;
}

/** Takes a report and returns its changes in one line; `null` when nobody asked for a comparison. */
export function changesInShort({ changes, compared, whatIf }: Report): ChangesInShort | null {
  if (compared === undefined) return whatIf === undefined || !changes?.length ? null : changesOfSetting(changes);
  if (compared.with === null) return { title: 'Not compared', summary: compared.how };
  const title = `Compared with ${compared.with}`;
  if (changes === undefined || changes.length === 0) {
    return { title, summary: `No change: every job gets what it got before. ${compared.how}` };
  }
  return { title, summary: `${capital(listed(changeCounts(changes)))}. ${compared.how}` };
}

function changesOfSetting(changes: readonly Change[]): ChangesInShort {
  return { title: 'What jobs would get then', summary: `${capital(listed(changeCounts(changes)))}.` };
}
