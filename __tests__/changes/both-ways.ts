import { describe, expect, test } from '@jest/globals';

import { changesUnder } from '../helpers/comparing.ts';
import type { Texts } from '../helpers/comparing.ts';
import { bytesOf, PATH, settingsOf } from '../helpers/checking.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import type { Known } from '../helpers/checking.ts';
import { CALLED, KNOWN, told } from './written.ts';

/** Two states, and what is told, and where, from the one to the other and back, in this order. */
export type Case = readonly [what: string, base: Texts, head: Texts, there: readonly string[], back: readonly string[]];

/** What is told of a change of files, which may call what `CALLED` holds. What both have is read once. */
export function toldOf(base: Texts, head: Texts, known: Known = KNOWN, words = told): readonly string[] {
  const settings = settingsOf(known);
  const [before, after] = [base, head].map(sourcesOf) as [readonly WorkflowSource[], readonly WorkflowSource[]];
  const files = readFiles([...before, ...after]);
  const [one, other] = [files.slice(0, before.length), files.slice(before.length)];
  return changesUnder({ files: one, called: CALLED }, { files: other, called: CALLED }, settings, settings).map((one) =>
    words(one),
  );
}

function sourcesOf(texts: Texts): readonly WorkflowSource[] {
  const files = typeof texts === 'string' ? { [PATH]: texts } : texts;
  return Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
}

/** A test there, and one back, for each case. */
export function tellsBothWays(cases: readonly Case[], known: Known = KNOWN, words = told): void {
  describe.each(cases)('%s', (_, base, head, there, back) => {
    test('there', () => {
      expect(toldOf(base, head, known, words)).toEqual(there);
    });

    test('and back', () => {
      expect(toldOf(head, base, known, words)).toEqual(back);
    });
  });
}
