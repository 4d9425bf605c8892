import type { FindingLevel } from '../model/report.ts';

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'note'];

/** Takes what has a level and returns it errors first, otherwise in the order in which it came. */
export function worstFirst<Item extends { readonly level: FindingLevel }>(items: readonly Item[]): readonly Item[] {
  return LEVELS.flatMap((level) => items.filter((item) => item.level === level));
}
