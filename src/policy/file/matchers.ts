import type { JobMatcher } from '../../model/policy.ts';
import type { Node } from '../../workflow/node.ts';
import { readGlob } from '../glob.ts';
import { textsOf } from './nodes.ts';
import type { Pair } from './nodes.ts';
import type { Reading } from './reading.ts';

/** The keys that say which jobs an entry is about. */
export const MATCHER_KEYS = ['workflows', 'jobs', 'called'] as const;

/** Which jobs an entry of the policy is about. */
export function matcherIn(reading: Reading, pairs: ReadonlyMap<string, Pair>): JobMatcher {
  const [workflows, jobs, called] = MATCHER_KEYS.map((key) => {
    const pair = pairs.get(key);
    return pair === undefined ? null : globsIn(reading, pair.value, key);
  });
  return { workflows: workflows ?? null, jobs: jobs ?? null, called: called ?? null };
}

function globsIn(reading: Reading, node: Node, key: string): readonly string[] {
  const texts = textsOf(reading, node, `\`${key}\``, 'patterns') ?? [];
  return texts.map(({ text, node: place }) => {
    const glob = readGlob(text);
    if ('error' in glob) reading.problem(place, `The pattern '${text}' can match nothing: ${glob.error}.`, glob.hint);
    return text;
  });
}
