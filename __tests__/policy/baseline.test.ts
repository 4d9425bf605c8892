import { describe, expect, test } from '@jest/globals';

import type { Finding, Identity, SuppressedFinding } from '../../src/model/report.ts';
import { baselineProblems } from '../../src/policy/baseline-problems.ts';
import { acceptedToday, baselineText, readBaseline } from '../../src/policy/baseline.ts';

const CI = '.github/workflows/ci.yml';
const LINES = `{
  "schemaVersion": 1,
  "findings": [
    {"rule":"missing-permissions","workflow":"${CI}","job":"build"}
  ]
}
`;

/** What is wrong with a text: `line:column message`. */
function wrongIn(text: string): readonly string[] {
  const read = readBaseline(text);
  if ('entries' in read) return [];
  const problems = baselineProblems(text, 'baseline.json', read.mistakes);
  for (const { path, hint } of problems) {
    expect({ path, hint }).toEqual({
      path: 'baseline.json',
      hint: 'Mend it, or write it anew with `--write-baseline`.',
    });
  }
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const entry = (lines: string) => `{"schemaVersion": 1,\n"findings": [\n${lines}\n]}`;
const RULE_AND_FILE = '"rule":"r","workflow":"w"';
const NO_OBJECT = 'A baseline is an object with `schemaVersion` and `findings`.';
const OTHER_VERSION = '`schemaVersion` must be 1: this version of the tool reads no other.';
const NO_ENTRY = 'An entry is an object with `rule` and `workflow` at least.';

describe('reading', () => {
  test('gives the entries in order, each once', () => {
    const one = { rule: 'a', workflow: 'w', job: 'j' };
    const other = { rule: 'b', workflow: 'v' };
    const text = JSON.stringify({ schemaVersion: 1, findings: [one, other, one] });
    expect(readBaseline(text)).toEqual({ entries: [other, one] });
    expect(readBaseline('{"findings":[],"schemaVersion":1}')).toEqual({ entries: [] });
    expect(readBaseline(LINES)).toEqual({
      entries: [{ rule: 'missing-permissions', workflow: CI, job: 'build' }],
    });
  });

  test.each<readonly [string, string, readonly string[]]>([
    ['nothing', '', ['1:1 This is not JSON.']],
    ['a text that YAML would take', 'findings', ['1:1 This is not JSON.']],
    ['a comma too many', '{"findings": [],}', ['1:1 This is not JSON.']],
    [
      'a word without quotes, at its place',
      '{\n  "findings": [],\n  "schemaVersion": one\n}',
      ['3:20 This is not JSON.'],
    ],
    ['a bracket that is missing', '{\n  "findings": [1\n}', ['3:1 This is not JSON.']],
    ['a list', '\n []', [`2:2 ${NO_OBJECT}`]],
    ['null', 'null', [`1:1 ${NO_OBJECT}`]],
    ['a text', '"a"', [`1:1 ${NO_OBJECT}`]],
    ['a number', ' 1', [`1:2 ${NO_OBJECT}`]],
    ['no version', ' {"findings": []}', [`1:2 ${OTHER_VERSION}`]],
    ['another version', '{"findings": [],\n "schemaVersion": 2}', [`2:19 ${OTHER_VERSION}`]],
    ['a version that is a text', '{"schemaVersion": "1", "findings": []}', [`1:19 ${OTHER_VERSION}`]],
    ['no findings', '\n{"schemaVersion": 1}', ['2:1 `findings` must be a list.']],
    ['findings that are no list', '{"schemaVersion": 1,\n"findings": {}}', ['2:13 `findings` must be a list.']],
    [
      'what a baseline does not have',
      '{"schemaVersion": 1,\n"rules": [], "findings": [],\n"path": 1}',
      ["2:10 There is no property 'rules' in a baseline.", "3:9 There is no property 'path' in a baseline."],
    ],
    [
      'the same beside another version',
      '{"schemaVersion": 2,\n"rules": []}',
      ["2:10 There is no property 'rules' in a baseline.", `1:19 ${OTHER_VERSION}`],
    ],
    [
      'the same beside no findings',
      '{"schemaVersion": 1,\n"finding": []}',
      ["2:12 There is no property 'finding' in a baseline.", '1:1 `findings` must be a list.'],
    ],
    [
      'the same beside a wrong entry',
      '{"schemaVersion": 1, "findings": [1],\n"path": 1}',
      ["2:9 There is no property 'path' in a baseline.", `1:35 ${NO_ENTRY}`],
    ],
    [
      'entries that are no objects',
      entry(`{${RULE_AND_FILE}},\n null,\n[], "a"`),
      [`4:2 ${NO_ENTRY}`, `5:1 ${NO_ENTRY}`, `5:5 ${NO_ENTRY}`],
    ],
    [
      'an entry under a key that is there twice',
      '{"schemaVersion": 1, "findings": [], "findings": [1]}',
      [`1:1 ${NO_ENTRY}`],
    ],
    ['an entry without its rule', entry(' {"workflow":"w"}'), ['3:2 `rule` is missing.']],
    ['an entry without anything', entry('{}'), ['3:1 `rule` is missing.', '3:1 `workflow` is missing.']],
    [
      'what an entry does not have',
      entry(`{${RULE_AND_FILE},\n"jobb":"j", "x":"y"}`),
      ["4:8 There is no property 'jobb' in an entry. Did you mean job?", "4:17 There is no property 'x' in an entry."],
    ],
    [
      'values that are no texts, or empty ones',
      entry(`{${RULE_AND_FILE},\n"job": 1, "permission": "", "granted": null,\n"about": ["a"]}`),
      [
        '4:8 `job` must be a text that is not empty.',
        '4:25 `permission` must be a text that is not empty.',
        '4:40 `granted` must be a text that is not empty.',
        '5:10 `about` must be a text that is not empty.',
      ],
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(wrongIn(text)).toEqual(expected);
  });
});

describe('writing', () => {
  test('one entry a line, its keys in the order of their weight', () => {
    expect(baselineText([{ job: 'build', workflow: CI, rule: 'missing-permissions' }])).toBe(LINES);
    expect(baselineText([])).toBe('{\n  "schemaVersion": 1,\n  "findings": []\n}\n');
    const full: Identity = { about: 'x', granted: 'write', permission: 'p', job: 'j', workflow: 'w', rule: 'r' };
    const written = '{"rule":"r","workflow":"w","job":"j","permission":"p","granted":"write","about":"x"}';
    expect(baselineText([full, { rule: 'r', workflow: 'x' }])).toBe(
      `{\n  "schemaVersion": 1,\n  "findings": [\n    ${written},\n    {"rule":"r","workflow":"x"}\n  ]\n}\n`,
    );
  });

  test('by workflow, job, rule, permission, what it gets and what it is about, each once', () => {
    const sorted: readonly Identity[] = [
      { workflow: 'a', rule: 'z' },
      { workflow: 'a', job: 'A', rule: 'z' },
      { workflow: 'a', job: 'a', rule: 'y', permission: 'q' },
      { workflow: 'a', job: 'a', rule: 'y', permission: 'q', granted: 'read' },
      { workflow: 'a', job: 'a', rule: 'y', permission: 'q', granted: 'write' },
      { workflow: 'a', job: 'a', rule: 'y', permission: 'q', granted: 'write', about: 'x' },
      { workflow: 'a', job: 'a', rule: 'y', permission: 'r' },
      { workflow: 'a', job: 'a', rule: 'z', permission: 'p' },
      { workflow: 'a', job: 'ab', rule: 'x' },
      { workflow: 'b', rule: 'a' },
    ];
    const read = readBaseline(baselineText([...sorted, ...sorted].reverse()));
    expect(read).toEqual({ entries: sorted });
    expect(baselineText(sorted)).toBe(baselineText([...sorted].reverse()));
  });

  test('the end of a name does not run into the next one', () => {
    const entries: readonly Identity[] = [
      { workflow: 'a', job: 'z', rule: 'r' },
      { workflow: 'ab', job: 'a', rule: 'r' },
    ];
    expect(readBaseline(baselineText([...entries].reverse()))).toEqual({ entries });
  });
});

describe('what is accepted today', () => {
  const finding = (level: Finding['level'], job: string, permission?: string): Finding => ({
    id: job,
    rule: 'over-limit',
    level,
    path: CI,
    line: 1,
    column: 1,
    message: job,
    subjects: [
      { workflow: CI, job: [job, 'inner'], definedIn: CI, ...(permission === undefined ? {} : { permission }) },
    ],
  });
  const suppressed = (by: SuppressedFinding['by'], level: Finding['level'], job: string): SuppressedFinding => ({
    ...finding(level, job),
    by,
    reason: 'why',
  });

  test('is what could fail a run, and what the last baseline still excuses', () => {
    const findings = [finding('warning', 'w'), finding('note', 'n'), finding('error', 'e', 'issues')];
    const excused = [
      suppressed('baseline', 'error', 'b'),
      suppressed('baseline', 'note', 'bn'),
      suppressed('exception', 'error', 'x'),
      suppressed('ignore', 'warning', 'i'),
    ];
    expect(acceptedToday(findings, excused)).toEqual([
      { rule: 'over-limit', workflow: CI, job: 'b/inner' },
      { rule: 'over-limit', workflow: CI, job: 'e/inner', permission: 'issues' },
      { rule: 'over-limit', workflow: CI, job: 'w/inner' },
    ]);
  });
});
