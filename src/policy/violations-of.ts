import type { NonEmpty } from '../calls/group-by.ts';
import type { Location } from '../model/position.ts';
import type { Subject, Told, Violation } from './rule.ts';

/** How to tell of several things that one change mends. */
export interface Together<Item> extends Pick<Violation, 'cause' | 'grade' | 'guess'> {
  readonly placeOf: (item: Item) => Location;
  readonly subjectsOf: (item: Item) => readonly Subject[];
  /** Words for those of which something is left when others are excused. */
  readonly tell: (items: NonEmpty<Item>) => Told;
}

/**
 * A violation for each of several things that one change mends, which become one finding: each has its own place, so that
 * an ignore comment at one of them is about that one alone.
 */
export function violationsOf<Item>(
  items: NonEmpty<Item>,
  { placeOf, subjectsOf, tell, ...same }: Together<Item>,
): readonly Violation[] {
  const facts = new Map<Subject, Item>();
  return items.flatMap((item): readonly Violation[] => {
    const [first, ...others] = subjectsOf(item);
    if (first === undefined) return [];
    for (const subject of [first, ...others]) facts.set(subject, item);
    return [
      {
        ...same,
        place: placeOf(item),
        subjects: [first, ...others],
        tell: (subjects) => {
          const [one = item, ...more] = new Set(subjects.flatMap((subject) => facts.get(subject) ?? []));
          return tell([one, ...more]);
        },
      },
    ];
  });
}
