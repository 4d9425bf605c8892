import type { Actor } from '../../model/grant.ts';
import type { Limit } from '../../model/policy.ts';
import type { Platform } from '../../model/settings.ts';
import { didYouMean } from '../../words/nearest-word.ts';
import { EVENT_NAMES } from '../../workflow/grammar/event-names.ts';
import type { Node } from '../../workflow/node.ts';
import { MATCHER_KEYS, matcherIn } from './matchers.ts';
import { itemsOf, knownPairs, textsOf, wordOf } from './nodes.ts';
import type { Pair } from './nodes.ts';
import { permissionsIn } from './permissions.ts';
import type { Reading } from './reading.ts';
import { replacementOf } from './replaced-limits.ts';

export const ACTORS = ['repository', 'fork', 'dependabot'] as const satisfies readonly Actor[];

/** The keys of a limit. */
export const LIMIT_KEYS = [...MATCHER_KEYS, 'events', 'actors', 'permissions'] as const;

/** The limits under `limits`, in their order. One that a later one always replaces is a mistake. */
export function limitsIn(reading: Reading, node: Node, platform: Platform): readonly Limit[] {
  const limits = itemsOf(reading, node, '`limits`', 'limits').flatMap((item): readonly Limit[] => {
    const pairs = knownPairs(reading, item, 'a limit', LIMIT_KEYS);
    return pairs === null ? [] : [limitIn(reading, item, pairs, platform)];
  });
  for (const [index, limit] of limits.entries()) {
    const later = replacementOf(limit, limits.slice(index + 1));
    if (later !== null) {
      const message = `The limit on line ${later.line} always replaces this one: the last that matches a job counts.`;
      reading.problem(limit, message, 'Put the wider one first, or remove this one.');
    }
  }
  return limits;
}

function limitIn(reading: Reading, item: Node, pairs: ReadonlyMap<string, Pair>, platform: Platform): Limit {
  const permissions = pairs.get('permissions')?.value;
  if (permissions === undefined) {
    reading.problem(
      item,
      'This limit does not say which permissions it allows.',
      'Write `permissions: {}` to allow none.',
    );
  }
  return {
    ...reading.locate(item),
    ...matcherIn(reading, pairs),
    events: wordsIn(reading, pairs.get('events'), 'event', EVENT_NAMES),
    actors: wordsIn(reading, pairs.get('actors'), 'actor', ACTORS),
    permissions: permissions === undefined ? {} : permissionsIn(reading, permissions, platform),
  };
}

function wordsIn<const Word extends string>(
  reading: Reading,
  pair: Pair | undefined,
  of: 'event' | 'actor',
  words: readonly Word[],
): readonly Word[] | null {
  if (pair === undefined) return null;
  const texts = textsOf(reading, pair.value, `\`${of}s\``, `${of}s`) ?? [];
  return texts.flatMap(({ node, text }) => {
    if (words.length <= ACTORS.length) return wordOf(reading, node, `an ${of}`, words) ?? [];
    const found = words.find((word) => word === text);
    if (found === undefined) reading.problem(node, `There is no ${of} '${text}'.`, didYouMean(text, words).trim());
    return found ?? [];
  });
}
