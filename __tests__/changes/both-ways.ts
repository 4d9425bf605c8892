import { describe, expect, test } from '@jest/globals';

import { changesUnder, stateOf } from '../helpers/comparing.ts';
import type { Texts } from '../helpers/comparing.ts';
import { settingsOf } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';
import { CALLED, KNOWN, told } from './written.ts';

/** Two states, and what is told, and where, from the one to the other and back, in this order. */
export type Case = readonly [what: string, base: Texts, head: Texts, there: readonly string[], back: readonly string[]];

/** What is told of a change of files, which may call what `called` holds. */
export function toldOf(base: Texts, head: Texts, known: Known = KNOWN): readonly string[] {
  const settings = settingsOf(known);
  return changesUnder(stateOf(base, CALLED), stateOf(head, CALLED), settings, settings).map(told);
}

/** A test there, and one back, for each case. */
export function tellsBothWays(cases: readonly Case[], known: Known = KNOWN): void {
  describe.each(cases)('%s', (_, base, head, there, back) => {
    test('there', () => {
      expect(toldOf(base, head, known)).toEqual(there);
    });

    test('and back', () => {
      expect(toldOf(head, base, known)).toEqual(back);
    });
  });
}
