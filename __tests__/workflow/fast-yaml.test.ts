import { isDeepStrictEqual } from 'node:util';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { fastTree } from '../../src/workflow/fast-yaml/fast-tree.ts';
import { yamlTree } from '../../src/workflow/yaml/yaml-tree.ts';
import { corpusFiles, hasCorpus } from '../helpers/corpus.ts';
import { tried } from '../helpers/property.ts';
import { changed, drawing, yamlText } from '../helpers/random-yaml.ts';
import { JOBS } from '../helpers/reading.ts';

/** Compares with the reader of all of YAML, and returns whether the fast one was sure. */
function isSame(text: string): boolean {
  const fast = fastTree(text);
  if (fast === null) return false;
  const [found, expected] = [fast, yamlTree(text)].map((tree) => ({ ...tree, comments: tree.comments() }));
  // The matcher takes ten times as long, and is here for what it says.
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
  return true;
}

function inStep(value: string): string {
  return `on: push\njobs:\n  build:\n    runs-on: x\n    steps:\n      - run: ${value}\n      - run: x\n`;
}

describe('the fast reader reads as the full one', () => {
  test.each<[string, string]>([
    ['blocks', `name: A\non: push\n${JOBS}`],
    ['a list at the root', '- a\n- b: c\n  d: e\n-   - f\n    - g\n'],
    ['a list that is indented as its key', 'a:\n- b\n- c:\n  - d\ne: f\n'],
    ['values on the next line', 'a:\n  b\nc:\n  "d"\ne:\n  [f]\n'],
    ['an item on the next line', 'a:\n  -\n    b: c\n  - # d\n    e\n'],
    ['keys without a value', 'a:\nb: # c\nd :\n'],
    ['types', 'a: [1, 0x1f, 0o17, .5, true, NULL, ~, 1.10, .inf, "1", \'true\']\n'],
    ['quotes', 'a: "b \\"c\\" \\n\\u00e9\\x41\\U0001F50D"\n"d e": \'it\'\'s # no comment\' # one\n'],
    ['quotes on several lines', 'a: "b  \n\n   c \\\\\n  d  "\ne: \'f\n    g\'\n'],
    ['plain scalars on several lines', 'a: b &&\n   - c\n\n\n   d # e\n'],
    ['block scalars', inStep('|  # why\n\n          a\n\n         \n          # b\n            c\n\n\n')],
    ['stripped block scalars', inStep('|-\n          a\n          b')],
    [
      'folded scalars',
      inStep('>-\n\n          a\n          b\n\n          c\n            d\n\n            e\n          f\n'),
    ],
    ['flow collections', 'a: { b: c, "d": [ e, {f: g} ] , } # h\ni: [\n  j, # k\n  # l\n  m\n]\nn: []\no: {}\n'],
    ['expressions', "a: ${{ b }}\nc: d ${{ 'e' }}\nf: ${{ 'g' }}\n${{ h }}: ${{ i\n"],
    ['comments', '# a\n\n---\n# b\nc:\n# d\n  e: f # g\n      # h\n  i: j#k\n'],
    ['carriage returns', 'a:\r\n  b: |\r\n    c\r\n\r\n    d\r\ne: f # g\r\n'],
    ['no line feed at the end', 'a:\n  - b: |\n      c'],
    ['characters of other languages', 'größe: 大きさ # 😀\n'],
  ])('%s', (_, text) => {
    expect(isSame(text)).toBe(true);
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['a comment alone', '# a\n'],
    ['one scalar', 'a\n'],
    ['a flow collection at the root', '[a]\n'],
    ['an anchor', 'a: &b c\n'],
    ['an alias', 'a: *b\n'],
    ['a tag', 'a: !!str b\n'],
    ['a directive', '%YAML 1.2\n---\na: b\n'],
    ['two documents', 'a: b\n---\nc: d\n'],
    ['an end of a document', 'a: b\n...\n'],
    ['an explicit key', '? a\n: b\n'],
    ['a tab', 'a:\tb\n'],
    ['a byte order mark', '\ufeffa: b\n'],
    ['a carriage return alone', 'a: b\rc: d\n'],
    ['a character that cannot be printed', 'a: b\u0001\n'],
    ['another separator of lines', 'a: b\u2028c\n'],
    ['two keys on a line', 'a: b: c\n'],
    ['too little indentation', 'a:\n   b: c\n  d: e\n'],
    ['too much of it', 'a: b\n  c: d\n'],
    ['an open quote', 'a: "b\n'],
    ['an unknown escape', 'a: "\\q"\n'],
    ['text behind quotes', 'a: "b" c\n'],
    ['an open bracket', 'a: [b\nc: d\n'],
    ['a pair in a list', 'a: [b: c]\n'],
    ['an empty item', 'a: [b, , c]\n'],
    ['a list on the line of its key', 'a: - b\n'],
    ['a block scalar that is kept whole', 'a: |+\n  b\n\n'],
    ['a block scalar with its indentation', 'a: |2\n   b\n'],
    ['a scalar behind a comment', 'a:\n#b\n  c\n'],
    ['a very long key', `${'a'.repeat(1025)}: b\n`],
    ['a very long text', `a: ${'b'.repeat(300_000)}\n`],
    ['many nodes', `a: [${'b,'.repeat(50_000)}]\n`],
    ['deep nodes', `a: ${'['.repeat(51)}${']'.repeat(51)}\n`],
  ])('and leaves to it: %s', (_, text) => {
    expect(fastTree(text)).toBeNull();
  });

  test('texts that look like YAML', () => {
    let sure = 0;
    fc.assert(
      fc.property(fc.gen(), (generate) => {
        const { pick, below } = drawing(generate);
        const text = yamlText(pick);
        sure += Number(isSame(text));
        isSame(changed(text, pick, below));
      }),
      tried(1500),
    );
    expect(sure).toBeGreaterThan(100);
  });

  (hasCorpus ? test : test.skip)('real workflow files, nearly all of them, and changed ones', () => {
    const files = corpusFiles().map(({ bytes }) => new TextDecoder().decode(bytes));
    expect(files.filter((text) => fastTree(text) !== null).length / files.length).toBeGreaterThan(0.98);
    // Every third file; all of them on a longer hunt.
    const isHunt = tried(1).numRuns > 1;
    files.filter((_, index) => isHunt || index % 3 === 0).forEach(isSame);
    fc.assert(
      fc.property(fc.nat(files.length - 1), fc.gen(), (index, generate) => {
        const { pick, below } = drawing(generate);
        isSame(changed((files[index] ?? '').slice(0, 4000), pick, below));
      }),
      tried(300),
    );
  });
});
