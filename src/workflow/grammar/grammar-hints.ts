import { didYouMean } from '../../words/nearest-word.ts';
import { alternatives, definitionOf, typeOfProperty } from './grammar.ts';
import type { Definition, MappingDefinition } from './grammar.ts';
import { listed } from '../../words/in-words.ts';

/** More allowed values than this are not listed. */
const MOST_LISTED = 12;

/**
 * What to write instead of a key that GitHub does not know; `null` when nothing is near. `mappings` are those that the
 * keys before it leave of `all`.
 */
export function hintForKey(
  key: string,
  mappings: readonly MappingDefinition[],
  all: readonly MappingDefinition[],
  before: readonly string[],
): string | null {
  const withKey = all.filter((mapping) => typeOfProperty(mapping, key) !== undefined);
  if (withKey.length > 0) {
    const others = before.filter((other) => withKey.every((mapping) => typeOfProperty(mapping, other) === undefined));
    const names =
      others.length === 0
        ? 'the keys before it'
        : listed(
            others.map((other) => `'${other}'`),
            'or',
          );
    return `'${key}' does not go together with ${names}.`;
  }
  const known = [...new Set(mappings.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  if (key === '<<') return 'GitHub does not take YAML merge keys. Write the keys out.';
  const nearest = didYouMean(key, known).trim();
  if (nearest !== '') return nearest;
  return known.length > 0 && known.length <= MOST_LISTED ? `Allowed here: ${known.join(', ')}.` : null;
}

/** A `permissions` block that is a list of permissions. */
const PERMISSIONS = definitionOf('permissions-mapping');

/** What may stand in the place of a value that GitHub does not take; `null` when that is not a short list. */
export function hintForValue(value: string, definition: Definition): string | null {
  const all = alternatives(definition);
  if (all.includes(PERMISSIONS) && /^(?:none)?$/i.test(value)) return 'For no permissions write `permissions: {}`.';
  const texts = all.flatMap(
    (one) => one['allowed-values'] ?? (one.string?.constant === undefined ? [] : [one.string.constant]),
  );
  const kinds = [
    ...(all.some(({ mapping }) => mapping) ? ['a mapping'] : []),
    ...(all.some(({ sequence }) => sequence) ? ['a list'] : []),
    ...(all.some(({ boolean }) => boolean) ? ['true', 'false'] : []),
    ...(all.some(({ number }) => number) ? ['a number'] : []),
    ...(all.some(({ string }) => string && string.constant === undefined) ? ['a text'] : []),
  ];
  const allowed = [...texts, ...kinds];
  if (texts.length > MOST_LISTED) return didYouMean(value, texts).trim() || null;
  return allowed.length === 0 ? null : `Allowed here: ${allowed.join(', ')}.`;
}
