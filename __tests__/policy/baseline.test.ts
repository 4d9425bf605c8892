import { describe, expect, test } from '@jest/globals';

import type { Finding, Identity, SuppressedFinding } from '../../src/model/report.ts';
import { acceptedToday, baselineText, readBaseline } from '../../src/policy/baseline.ts';

const PATH = 'baseline.json';
const HINT = 'Mend it, or write it anew with `--write-baseline`.';

/** What is wrong with a baseline: `line:column message`. */
function wrongIn(text: string): readonly string[] {
  const read = readBaseline(text, PATH);
  if (!('problems' in read)) return [];
  return read.problems.map(({ path, line, column, message, hint }) => {
    expect([path, hint]).toEqual([PATH, HINT]);
    return `${line}:${column} ${message}`;
  });
}

function entriesIn(text: string): readonly Identity[] {
  const read = readBaseline(text, PATH);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.entries;
}

const A: Identity = { rule: 'over-limit', workflow: 'a.yml', job: 'x', permission: 'contents', granted: 'write' };
const B: Identity = { rule: 'missing-permissions', workflow: 'b.yml', job: 'x' };
const NO_ENTRY = 'An entry is an object with `rule` and `workflow` at least.';

describe('the text of a baseline', () => {
  test('an empty one', () => {
    expect(baselineText([])).toBe('{\n  "schemaVersion": 1,\n  "findings": []\n}\n');
    expect(entriesIn(baselineText([]))).toEqual([]);
  });

  test('one entry a line, each once, its properties in one order', () => {
    const { rule, workflow, ...rest } = A;
    const text = [
      '{',
      '  "schemaVersion": 1,',
      '  "findings": [',
      '    {"rule":"over-limit","workflow":"a.yml","job":"x","permission":"contents","granted":"write"},',
      '    {"rule":"missing-permissions","workflow":"b.yml","job":"x"}',
      '  ]',
      '}',
      '',
    ].join('\n');
    expect(baselineText([B, { ...rest, workflow, rule }, A])).toBe(text);
    expect(entriesIn(text)).toEqual([A, B]);
  });

  test('sorted by workflow, job, rule, permission, level and what it is about', () => {
    const inOrder: readonly Identity[] = [
      { rule: 'z', workflow: 'a' },
      { rule: 'z', workflow: 'a', job: 'a' },
      { rule: 'z', workflow: 'a', job: 'a', permission: 'a', granted: 'z' },
      { rule: 'z', workflow: 'a', job: 'a', permission: 'b', granted: 'a', about: 'z' },
      { rule: 'z', workflow: 'a', job: 'a', permission: 'b', granted: 'b', about: 'a' },
      { rule: 'z', workflow: 'a', job: 'a', permission: 'b', granted: 'b', about: 'b' },
      { rule: 'a', workflow: 'a', job: 'b' },
      { rule: 'b', workflow: 'a', job: 'b' },
      // What ends a name comes before what goes on.
      { rule: 'a', workflow: 'a', job: 'b-c' },
      { rule: 'a', workflow: 'ab', job: 'a' },
    ];
    const [first, ...others] = inOrder;
    for (const entries of [[...inOrder].reverse(), [...others, first!], inOrder]) {
      const text = JSON.stringify({ schemaVersion: 1, findings: entries });
      expect(entriesIn(text)).toEqual(inOrder);
      expect(entriesIn(baselineText(entries))).toEqual(inOrder);
    }
  });
});

describe('what is wrong with a baseline', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['nothing in it', '', ['1:1 This is not JSON.']],
    ['no JSON', '{\n  "schemaVersion": 1,\n  "findings": ]\n}\n', ['3:15 This is not JSON.']],
    ['a list', '[]', ['1:1 A baseline is an object with `schemaVersion` and `findings`.']],
    ['a text', '"x"', ['1:1 A baseline is an object with `schemaVersion` and `findings`.']],
    ['null', 'null', ['1:1 A baseline is an object with `schemaVersion` and `findings`.']],
    ['no version', '{ "findings": [] }', ['1:1 `schemaVersion` must be 1: this version of the tool reads no other.']],
    [
      'another version, and nothing more is read',
      '{\n  "schemaVersion": 2,\n  "findings": 1\n}',
      ['2:20 `schemaVersion` must be 1: this version of the tool reads no other.'],
    ],
    [
      'another property beside another version',
      '{\n  "foo": [],\n  "schemaVersion": 2 }',
      [
        "2:10 There is no property 'foo' in a baseline.",
        '3:20 `schemaVersion` must be 1: this version of the tool reads no other.',
      ],
    ],
    ['no findings', '{ "schemaVersion": 1 }', ['1:1 `findings` must be a list.']],
    [
      'findings that are no list, beside another property',
      '{ "schemaVersion": 1, "findings": {}, "more": 1 }',
      ["1:47 There is no property 'more' in a baseline.", '1:35 `findings` must be a list.'],
    ],
    [
      'entries that are none',
      '{ "schemaVersion": 1, "findings": [\n  1,\n  null,\n  []\n] }',
      [`2:3 ${NO_ENTRY}`, `3:3 ${NO_ENTRY}`, `4:3 ${NO_ENTRY}`],
    ],
    [
      'an entry without what it must have',
      '{ "schemaVersion": 1, "findings": [\n  {}, { "rule": "over-limit" },\n  { "workflow": "x" }\n] }',
      ['2:3 `rule` is missing.', '2:3 `workflow` is missing.', '2:7 `workflow` is missing.', '3:3 `rule` is missing.'],
    ],
    [
      'another property of an entry, after one of a baseline',
      '{ "schemaVersion": 1, "x": 0, "findings": [\n  { "rule": "a", "workflow": "b", "permision": "c", "zzzzzz": 1 }\n] }',
      [
        "1:28 There is no property 'x' in a baseline.",
        "2:48 There is no property 'permision' in an entry. Did you mean permission?",
        "2:63 There is no property 'zzzzzz' in an entry.",
      ],
    ],
    [
      'values that are no texts',
      '{ "schemaVersion": 1, "findings": [\n  { "rule": "", "workflow": 1, "job": null, "about": "x", "granted": ["x"] }\n] }',
      [
        '2:13 `rule` must be a text that is not empty.',
        '2:29 `workflow` must be a text that is not empty.',
        '2:39 `job` must be a text that is not empty.',
        '2:70 `granted` must be a text that is not empty.',
      ],
    ],
    ['nothing', '{ "schemaVersion": 1, "findings": [{ "rule": "a", "workflow": "b", "about": "c" }] }', []],
  ])('%s', (_, text, expected) => {
    expect(wrongIn(text)).toEqual(expected);
  });
});

test('what is accepted today: errors and warnings, and what is still there of a baseline before', () => {
  const finding = (level: string, workflow: string, more: object = {}): Finding & SuppressedFinding =>
    ({
      rule: 'over-limit',
      level,
      subjects: [{ workflow, job: ['x', 'y'], permission: 'contents' }],
      ...more,
    }) as never;
  const two = {
    subjects: [
      { workflow: 'w', job: ['a'] },
      { workflow: 'w', job: null },
    ],
  };
  const accepted = acceptedToday(
    [finding('warning', 'b'), finding('error', 'a'), finding('note', 'n'), finding('error', 'a')],
    [
      finding('error', 'c', { by: 'baseline', ...two }),
      finding('note', 'm', { by: 'baseline' }),
      finding('error', 'd', { by: 'policy' }),
      finding('error', 'e', { by: 'comment' }),
    ],
  );
  const own = { rule: 'over-limit', job: 'x/y', permission: 'contents' };
  expect(accepted).toEqual([
    { ...own, workflow: 'a' },
    { ...own, workflow: 'b' },
    { rule: 'over-limit', workflow: 'w' },
    { rule: 'over-limit', workflow: 'w', job: 'a' },
  ]);
});
