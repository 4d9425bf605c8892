import { describe, expect, test } from '@jest/globals';

import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { indented, JOBS, problemsOf, problemsOfJob, problemsOfStep, sentences } from '../helpers/reading.ts';

const NOT_ALLOWED = 'A template expression is not allowed in this context';

/** The text behind `permissions:`, and what GitHub says about it in line 2, where the value begins in column 14. */
const VALUES: readonly (readonly [string, readonly string[]])[] = [
  // Fine.
  ['read-all', []],
  ['write-all', []],
  ['"read-all"', []],
  ["'write-all'", []],
  ['!!str read-all', []],
  ['>-\n  read-all', []],
  ['|-\n  write-all', []],
  ['read-all # all of them', []],
  ['\n  read-all', []],
  ['{}', []],
  ['\n  contents: read', []],
  ['{ contents: read, issues: none, id-token: write }', []],
  ['{ "contents": "read" }', []],
  ["{ 'contents': 'read' }", []],
  ['{ contents: !!str read }', []],
  ['{ ? contents : read }', []],
  ['{ contents: &level read, issues: *level }', []],
  ['\n  contents: >-\n    read', []],
  ["${{ 'read-all' }}", []],
  ['{ contents: "${{ \'read\' }}" }', []],
  // Nothing is not `{}`.
  ['', ["2:13 Unexpected value ''"]],
  [' # nothing', ["2:13 Unexpected value ''"]],
  ['null', ["2:14 Unexpected value ''"]],
  ['~', ["2:14 Unexpected value ''"]],
  ["''", ["2:14 Unexpected value ''"]],
  ['""', ["2:14 Unexpected value ''"]],
  // Other words.
  ['none', ["2:14 Unexpected value 'none'"]],
  ['read', ["2:14 Unexpected value 'read'"]],
  ['write', ["2:14 Unexpected value 'write'"]],
  ['READ-ALL', ["2:14 Unexpected value 'READ-ALL'"]],
  ['Read-All', ["2:14 Unexpected value 'Read-All'"]],
  ['read_all', ["2:14 Unexpected value 'read_all'"]],
  ['"read-all "', ["2:14 Unexpected value 'read-all '"]],
  ['|\n  read-all', ["2:14 Unexpected value 'read-all\n'"]],
  ['true', ["2:14 Unexpected value 'true'"]],
  ['True', ["2:14 Unexpected value 'true'"]],
  ['1', ["2:14 Unexpected value '1'"]],
  ['0x10', ["2:14 Unexpected value '16'"]],
  ['1.50', ["2:14 Unexpected value '1.5'"]],
  // Other forms.
  ['[contents]', ['2:14 A sequence was not expected']],
  ['[]', ['2:14 A sequence was not expected']],
  ['\n  - contents: read', ['3:3 A sequence was not expected']],
  ['[contents: read]', ['2:14 A sequence was not expected']],
  // Names: the position is the name's.
  ['\n  metadata: read', ["3:3 Unexpected value 'metadata'"]],
  ['\n  workflows: write', ["3:3 Unexpected value 'workflows'"]],
  ['\n  administration: read', ["3:3 Unexpected value 'administration'"]],
  ['\n  pull_requests: read', ["3:3 Unexpected value 'pull_requests'"]],
  ['\n  all: read', ["3:3 Unexpected value 'all'"]],
  ['\n  Contents: read', ["3:3 Unexpected value 'Contents'"]],
  ['\n  "contents ": read', ["3:3 Unexpected value 'contents '"]],
  [
    '\n  contents: read\n  metadata: read\n  issues: write\n  nosuch: none',
    ["4:3 Unexpected value 'metadata'", "6:3 Unexpected value 'nosuch'"],
  ],
  ['\n  : read', ["3:3 Unexpected value ''"]],
  ['\n  1: read', ["3:3 Unexpected value '1'"]],
  ['\n  true: read', ["3:3 Unexpected value 'true'"]],
  ['{contents:read}', ["2:15 Unexpected value 'contents:read'"]],
  ['{contents}', ["2:23 Unexpected value ''"]],
  // An unknown name is reported; what stands behind it is not looked at.
  ['\n  metadata: { a: [b] }', ["3:3 Unexpected value 'metadata'"]],
  // Levels: the position is the level's.
  ['\n  contents: Read', ["3:13 Unexpected value 'Read'"]],
  ['\n  contents: admin', ["3:13 Unexpected value 'admin'"]],
  ['\n  contents: read|write', ["3:13 Unexpected value 'read|write'"]],
  ['\n  contents: "read "', ["3:13 Unexpected value 'read '"]],
  ['\n  contents: read-all', ["3:13 Unexpected value 'read-all'"]],
  ['\n  contents:', ["3:12 Unexpected value ''"]],
  ['\n  contents: null', ["3:13 Unexpected value ''"]],
  ['\n  contents: true', ["3:13 Unexpected value 'true'"]],
  ['\n  contents: { read: true }', ['3:13 A mapping was not expected']],
  ['\n  contents: [read]', ['3:13 A sequence was not expected']],
  ['\n  id-token: read', ["3:13 Unexpected value 'read'"]],
  ['\n  copilot-requests: read', ["3:21 Unexpected value 'read'"]],
  ['\n  models: write', ["3:11 Unexpected value 'write'"]],
  ['\n  vulnerability-alerts: write', ["3:25 Unexpected value 'write'"]],
  // Twice: the case does not matter, and the message has the later spelling and place.
  ['\n  contents: read\n  contents: write', ["4:3 'contents' is already defined"]],
  ['\n  contents: read\n  Contents: write', ["4:3 'Contents' is already defined"]],
  ['\n  Contents: read\n  contents: write', ["3:3 Unexpected value 'Contents'", "4:3 'contents' is already defined"]],
  [
    '\n  contents: read\n  issues: read\n  CONTENTS: none\n  contents: none',
    ["5:3 'CONTENTS' is already defined", "6:3 'contents' is already defined"],
  ],
  // Expressions: no context is allowed here.
  [
    '${{ inputs.x }}',
    [
      "2:14 Unrecognized named-value: 'inputs'. Located at position 1 within expression: inputs.x",
      "2:14 Unexpected value '${{ inputs.x }}'",
    ],
  ],
  [
    '${{ fromJSON(inputs.x) }}',
    [
      "2:14 Unrecognized named-value: 'inputs'. Located at position 10 within expression: fromJSON(inputs.x)",
      "2:14 Unexpected value '${{ fromJSON(inputs.x) }}'",
    ],
  ],
  [
    '\n  contents: ${{ matrix.p }}',
    [
      "3:13 Unrecognized named-value: 'matrix'. Located at position 1 within expression: matrix.p",
      "3:13 Unexpected value '${{ matrix.p }}'",
    ],
  ],
  [
    '\n  contents: ${{ vars.LEVEL }}',
    [
      "3:13 Unrecognized named-value: 'vars'. Located at position 1 within expression: vars.LEVEL",
      "3:13 Unexpected value '${{ vars.LEVEL }}'",
    ],
  ],
  ["\n  contents: ${{ format('{0}', 'read') }}", [`3:13 ${NOT_ALLOWED}`]],
  ["${{ fromJSON('{}') }}", [`2:14 ${NOT_ALLOWED}`]],
  ['\n  ${{ insert }}: { contents: read }', [`3:3 ${NOT_ALLOWED}`]],
  ['${{ insert }}', ["2:14 Unexpected value '${{ insert }}'"]],
  // Merge keys are keys like others.
  ['\n  <<: { contents: read }', ["3:3 Unexpected value '<<'"]],
  ['\n  contents: read\n  <<: *p', ["4:7 Unknown anchor 'p'"]],
];

describe('the block of a workflow', () => {
  test.each(VALUES)('permissions: %j', (written, expected) => {
    expect(
      problemsOf(`on: push\npermissions: ${written}\n${JOBS}`.replace('permissions: \n', 'permissions:\n')),
    ).toEqual(expected);
  });
});

/** The same two lines and four columns further on: the block of a job stands in line 5. */
function shifted(sentence: string): string {
  const [, line, column, message] = /^(\d+):(\d+) (.*)$/s.exec(sentence) ?? [];
  return `${Number(line) + 3}:${Number(column) + 4} ${message}`;
}

describe('the block of a job', () => {
  test.each(VALUES)('permissions: %j', (written, expected) => {
    const lines = `permissions: ${written}`.replace('permissions: \n', 'permissions:\n');
    expect(problemsOfJob(lines)).toEqual(expected.map(shifted));
  });

  test.each(VALUES)('of a job that calls a workflow, permissions: %j', (written, expected) => {
    const lines = `permissions: ${written}`.replace('permissions: \n', 'permissions:\n');
    const text = `on: push\njobs:\n  call:\n    uses: ./.github/workflows/called.yml\n${indented(lines, 4)}`;
    expect(problemsOf(text)).toEqual(expected.map(shifted));
  });
});

describe('the key itself', () => {
  test('stands once in a mapping', () => {
    expect(problemsOf(`on: push\npermissions: {}\n${JOBS}permissions: read-all\n`)).toEqual([
      "8:1 'permissions' is already defined",
    ]);
    expect(problemsOfJob('permissions: {}\nPermissions: read-all')).toEqual(["6:5 'Permissions' is already defined"]);
  });

  test('is written in small letters', () => {
    expect(problemsOf(`on: push\nPermissions: {}\n${JOBS}`)).toEqual(["2:1 Unexpected value 'Permissions'"]);
    expect(problemsOfJob('Permissions: {}')).toEqual(["5:5 Unexpected value 'Permissions'"]);
  });

  test('is unknown to a step', () => {
    expect(problemsOfStep('run: make\npermissions: {}')).toEqual(["7:9 Unexpected value 'permissions'"]);
    expect(problemsOfStep('permissions: {}\nrun: make')).toEqual(["6:9 Unexpected value 'permissions'"]);
    expect(problemsOfStep('uses: actions/checkout@v4\npermissions: {}')).toEqual([
      "7:9 Unexpected value 'permissions'",
    ]);
  });

  test('may stand anywhere in its mapping', () => {
    expect(problemsOf(`${JOBS}permissions:\n  contents: read\non: push\n`)).toEqual([]);
  });

  test('may be given by an anchor, to a job as to the workflow', () => {
    const { workflow, problems } = readWorkflow(`on: push
permissions: &all
  contents: read
jobs:
  a:
    runs-on: x
    permissions: *all
  b:
    runs-on: x
    permissions: &none {}
  c:
    runs-on: x
    permissions: *none
`);
    expect(problems).toEqual([]);
    expect(workflow.jobs.map(({ permissions }) => permissions)).toEqual([
      // Each block has a key of its own; what stands in it is where the anchor is.
      {
        position: { line: 7, column: 5 },
        shorthand: null,
        entries: [{ permission: 'contents', level: 'read', position: { line: 3, column: 3 }, comment: null }],
      },
      { position: { line: 10, column: 5 }, shorthand: null, entries: [] },
      { position: { line: 13, column: 5 }, shorthand: null, entries: [] },
    ]);
  });

  test('what is wrong behind an anchor is said for each alias, at the anchor', () => {
    expect(problemsOf(`on: push\npermissions: &p\n  metadata: read\n${JOBS}    permissions: *p\n`)).toEqual([
      "3:3 Unexpected value 'metadata'",
      "3:3 Unexpected value 'metadata'",
    ]);
  });
});

describe('what was written', () => {
  function block(written: string) {
    return readWorkflow(`on: push\npermissions: ${written}\n${JOBS}`).workflow.permissions;
  }

  test('no block, an empty block and a block are three things', () => {
    expect(readWorkflow(`on: push\n${JOBS}`).workflow.permissions).toBeNull();
    expect(block('{}')).toEqual({ position: { line: 2, column: 1 }, shorthand: null, entries: [] });
    expect(block('{ issues: none }')).toEqual({
      position: { line: 2, column: 1 },
      shorthand: null,
      entries: [{ permission: 'issues', level: 'none', position: { line: 2, column: 16 }, comment: null }],
    });
  });

  test('all of them', () => {
    expect(block('write-all')).toEqual({
      position: { line: 2, column: 1 },
      shorthand: { value: 'write-all', position: { line: 2, column: 14 }, comment: null },
      entries: [],
    });
  });

  test('keeps the order in which it was written', () => {
    expect(block('{ statuses: write, actions: read }')?.entries.map(({ permission }) => permission)).toEqual([
      'statuses',
      'actions',
    ]);
  });
});

test('problems come in the order of the file, one for each mistake', () => {
  const { problems } = readWorkflow(`on: push
permissions: none
jobs:
  a:
    runs-on: x
    permissions: { contents: Read, nosuch: read, id-token: read }
  b:
    permissions: [a]
    runs-on: x
    timeout: 1
`);
  expect(sentences(problems)).toEqual([
    "2:14 Unexpected value 'none'",
    "6:30 Unexpected value 'Read'",
    "6:36 Unexpected value 'nosuch'",
    "6:60 Unexpected value 'read'",
    '8:18 A sequence was not expected',
    "10:5 Unexpected value 'timeout'",
  ]);
  expect(problems.map(({ code }) => code)).toEqual([
    'unexpected-value',
    'unexpected-value',
    'unknown-permission',
    'unexpected-value',
    'unexpected-sequence',
    'unexpected-value',
  ]);
});

test.each(['', 'none', 'None', '~', "''"])('%j: says how to write that there are none', (value) => {
  const { problems } = readWorkflow(`on: push\npermissions: ${value}\n${JOBS}`);
  expect(problems.map(({ hint }) => hint)).toContain('For no permissions write `permissions: {}`.');
});
