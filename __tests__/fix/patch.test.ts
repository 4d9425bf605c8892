import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { patchOf } from '../../src/fix/patch.ts';
import { applyEdits } from '../../src/fix/text-edit.ts';
import type { TextEdit } from '../../src/fix/text-edit.ts';
import { temporaryFolder } from '../edge/temporary-folder.ts';
import { tried } from '../helpers/property.ts';

const TWENTY = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join('');

function replaced(text: string, ...pairs: readonly (readonly [string, string])[]): readonly TextEdit[] {
  return pairs.map(([from, to]) => {
    const start = text.indexOf(from);
    return { start, end: start + from.length, text: to };
  });
}

test('a patch has three lines around each change, and changes that are near each other together', () => {
  expect(patchOf('a.yml', TWENTY, replaced(TWENTY, ['line 2\n', ''], ['line 7', 'new'], ['line 20', 'x\nlast']))).toBe(
    [
      '--- a/a.yml\n+++ b/a.yml\n@@ -1,10 +1,9 @@\n line 1\n-line 2\n line 3\n line 4\n line 5\n line 6\n-line 7\n+new\n',
      ' line 8\n line 9\n line 10\n@@ -17,4 +16,5 @@\n line 17\n line 18\n line 19\n-line 20\n+x\n+last\n',
    ].join(''),
  );
});

test('a patch shows lines that stay between others of one edit', () => {
  const text = 'a\nb\nc\n';
  expect(patchOf('x', text, [{ start: 0, end: 6, text: 'A\nb\nC\n' }])).toBe(
    '--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n-a\n+A\n b\n-c\n+C\n',
  );
});

test('no edit, or one that changes nothing, makes no patch', () => {
  expect(patchOf('x', 'a\n', [])).toBe('');
  expect(patchOf('x', 'a\n', [{ start: 0, end: 1, text: 'a' }])).toBe('');
});

/** What git makes of a patch. */
function gitApplied(name: string, before: string, patch: string): string {
  const folder = temporaryFolder({ [name]: before });
  const file = path.join(temporaryFolder({ 'fix.patch': patch }), 'fix.patch');
  execFileSync('git', ['apply', '--check', '--whitespace=nowarn', file], { cwd: folder });
  execFileSync('git', ['apply', '--whitespace=nowarn', file], { cwd: folder });
  return readFileSync(path.join(folder, name), 'utf8');
}

test.each([
  ['.github/workflows/a b.yml'],
  ['.github/workflows/ä.yml'],
  ...(process.platform === 'win32' ? [] : [['.github/workflows/"quoted"\\.yml'], ['.github/workflows/tab\there.yml']]),
])('git applies a patch of %j', (name) => {
  const edits = replaced(TWENTY, ['line 10', 'ten']);
  expect(gitApplied(name, TWENTY, patchOf(name, TWENTY, edits))).toBe(applyEdits(TWENTY, edits));
});

const piece = fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', '\n\n', ' x\n', '-', '+', '\\', '@@ -1 +1 @@\n');
const someText = fc.array(piece, { minLength: 1, maxLength: 40 }).map((pieces) => pieces.join(''));

const editedText = someText.chain((text) =>
  fc
    .uniqueArray(fc.nat(text.length), { maxLength: 8 })
    .chain((places) =>
      fc.tuple(
        fc.constant([...places].sort((a, b) => a - b)),
        fc.array(fc.oneof(fc.constant(''), someText), { minLength: 4, maxLength: 4 }),
      ),
    )
    .map(([places, texts]) => {
      const edits: TextEdit[] = [];
      for (let index = 0; index + 1 < places.length; index += 2) {
        edits.push({ start: places[index]!, end: places[index + 1]!, text: texts[index / 2] ?? '' });
      }
      return { text, edits };
    }),
);

test('git makes of a patch what the edits make', () => {
  fc.assert(
    fc.property(editedText, ({ text, edits }) => {
      const patch = patchOf('x.yml', text, edits);
      const after = applyEdits(text, edits);
      if (patch === '') expect(after).toBe(text);
      // A patch that leaves nothing deletes the file, which no change of a workflow does.
      else if (after !== '') expect(gitApplied('x.yml', text, patch)).toBe(after);
    }),
    tried(40),
  );
}, 60_000);
