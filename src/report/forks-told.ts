import type { Change } from '../model/change.ts';
import { withoutReductions } from '../policy/reductions.ts';

/**
 * Takes changes and returns those that people are told of: what reaches forks in the same way is told with the
 * repository's own runs, what reaches them in part is not told, but what they can write always is.
 */
export function forksTold(changes: readonly Change[]): readonly Change[] {
  const own = new Map<string, Change>();
  for (const change of changes) if (change.actors.includes('repository')) own.set(keyOf(change), change);
  const parts = changes.filter((change) => !change.actors.includes('repository') && own.has(keyOf(change)));
  const others = new Map(parts.map((change) => [own.get(keyOf(change)), change.actors]));
  const merged = changes
    .filter((change) => !parts.includes(change))
    .map((change) => ({ ...change, actors: [...new Set([...change.actors, ...(others.get(change) ?? [])])] }));
  const whole = new Set(withoutReductions(merged));
  return merged.filter((change) => whole.has(change) || isWriteOfForks(change));
}

/** The same, whoever starts the runs. */
function keyOf({ actor: _actor, actors: _actors, byOutsiders: _byOutsiders, ...same }: Change): string {
  return JSON.stringify(same);
}

function isWriteOfForks({ actors, permissions }: Change): boolean {
  return actors.includes('fork') && permissions.some(({ before, after }) => after === 'write' && before !== 'write');
}
