import { describe, expect, test } from '@jest/globals';

import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { JOBS, problemsOf, problemsOfJob } from '../helpers/reading.ts';

const VALID = `on: push\n${JOBS}`;
const END_EXPECTED = 'Expected stream end parse event';

function syntaxError(position: string): string {
  return `${position} You have an error in your yaml syntax on line ${position.split(':')[0]}`;
}

describe('documents', () => {
  test.each([
    ['one', `---\n${VALID}`, []],
    ['one with an end', `---\n${VALID}...\n`, []],
    ['one with a version', `%YAML 1.2\n---\n${VALID}`, []],
    ['two', `${VALID}---\n${VALID}`, [`7:1 ${END_EXPECTED}`]],
    ['one and an empty one', `${VALID}---\n`, [`7:1 ${END_EXPECTED}`]],
    ['one and a comment', `${VALID}# the end\n`, []],
    ['something behind the end', `${VALID}...\nmore\n`, [`8:1 ${END_EXPECTED}`]],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });
});

describe('a file without a mapping', () => {
  const NOTHING = 'No event triggers defined in `on`';
  test.each([
    ['', [`1:1 ${NOTHING}`]],
    ['\n\n', [`1:1 ${NOTHING}`]],
    ['   ', [`1:1 ${NOTHING}`]],
    ['# only a comment\n', [`1:1 ${NOTHING}`]],
    ['---\n', ["1:4 Unexpected value ''"]],
    ['---', ["1:4 Unexpected value ''"]],
    ['null\n', ["1:1 Unexpected value ''"]],
    ['push\n', ["1:1 Unexpected value 'push'"]],
    ['- on: push\n', ['1:1 A sequence was not expected']],
    ['{}\n', ['1:1 Required property is missing: jobs']],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
    expect(readWorkflow(text).workflow).toMatchObject({
      name: null,
      triggers: [],
      permissions: null,
      call: null,
      jobs: [],
    });
  });
});

describe('keys', () => {
  test.each([
    ['`on` is no boolean', `on: push\n${JOBS}`, []],
    ['nor is it in quotes', `"on": push\n${JOBS}`, []],
    ['`true` is another key', `true: push\n${JOBS}`, ["1:1 Unexpected value 'true'"]],
    ['`yes` and `off` are texts', `on: push\nname: yes\nenv:\n  off: no\n${JOBS}`, []],
    ['the case matters', `On: push\nJOBS: {}\n`, ["1:1 Unexpected value 'On'", "2:1 Unexpected value 'JOBS'"]],
    ['the case does not make two of one', `on: push\nON: push\n${JOBS}`, ["2:1 'ON' is already defined"]],
    [
      'also in the keys that everybody chooses',
      `on: push\nenv:\n  a: 1\n  A: 2\n${JOBS}`,
      ["4:3 'A' is already defined"],
    ],
    ['also in job ids', `on: push\n${JOBS}  Build:\n    runs-on: x\n`, ["7:3 'Build' is already defined"]],
    ['also in events', `on: { push: null, Push: null }\n${JOBS}`, ["1:19 'Push' is already defined"]],
    [
      'numbers and booleans are texts as keys',
      `on: push\nenv:\n  1: a\n  true: b\n  1.0: c\n${JOBS}`,
      ["5:3 '1' is already defined"],
    ],
    ['a key must be a word', `on: push\n[a]: b\n${JOBS}`, ['2:1 Expected mapping end']],
    ['the same in the long form', `on: push\n? { a: b }\n: c\n${JOBS}`, ['2:3 Expected mapping end']],
    ['merge keys are unknown keys', `on: push\n<<: { permissions: {} }\n${JOBS}`, ["2:1 Unexpected value '<<'"]],
    [
      'also in a job',
      `on: push\njobs:\n  a: &a\n    runs-on: x\n  b:\n    <<: *a\n`,
      [
        "6:5 Unexpected value '<<'",
        "6:5 There's not enough info to determine what you meant. Add one of these properties: cancel-timeout-minutes, container, continue-on-error, defaults, env, environment, outputs, runs-on, secrets, services, snapshot, steps, timeout-minutes, uses, with",
      ],
    ],
    ['where any key may stand they are keys', `on: push\nenv:\n  <<: b\n${JOBS}`, []],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });
});

describe('anchors and aliases', () => {
  test.each([
    ['are fine', `on: push\njobs:\n  a: &a\n    runs-on: x\n  b: *a\n`, []],
    ['of scalars, too', `on: &e push\nname: *e\n${JOBS}`, []],
    ['of keys, too', `&on on: push\nenv:\n  *on : 1\n${JOBS}`, []],
    ['may be defined again', `on: &a push\nname: *a\nenv: { A: &a x, B: *a }\n${JOBS}`, []],
    ['must be defined', `on: *event\n${JOBS}`, ["1:5 Unknown anchor 'event'"]],
    ['must be defined before', `on: *event\nname: &event push\n${JOBS}`, ["1:5 Unknown anchor 'event'"]],
    [
      'a job cannot have two keys by an alias either',
      `on: push\nenv: &e { A: 1 }\njobs:\n  a:\n    runs-on: x\n    env: *e\n    ENV: *e\n`,
      ["7:5 'ENV' is already defined"],
    ],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });
});

describe('tags', () => {
  test.each([
    ['!!str 1', []],
    ['!!null ""', ["2:7 A quoted or block scalar is not valid with the tag 'tag:yaml.org,2002:null'"]],
    ['!!bool true', []],
    ['!!bool yes', ["2:7 The value 'yes' is invalid for the type 'tag:yaml.org,2002:bool'"]],
    ['!!int 1', []],
    ['!!int x', ["2:7 The value 'x' is invalid for the type 'tag:yaml.org,2002:int'"]],
    ['!!float 1.5', []],
    ['!!timestamp 2026-01-01', ["2:7 Unexpected tag 'tag:yaml.org,2002:timestamp'"]],
    ['!!binary AAAA', ["2:7 Unexpected tag 'tag:yaml.org,2002:binary'"]],
    ['!secret x', ["2:7 Unexpected tag '!secret'"]],
    ['!!js/function x', ["2:7 Unexpected tag 'tag:yaml.org,2002:js/function'"]],
  ])('name: %s', (written, expected) => {
    expect(problemsOf(`on: push\nname: ${written}\n${JOBS}`)).toEqual(expected);
  });

  test('of mappings and sequences mean nothing', () => {
    expect(problemsOf(`on: !!seq [push]\npermissions: !mine {}\n${JOBS}`)).toEqual([]);
  });
});

describe('what GitHub reads and YAML 1.2 does not', () => {
  test.each([
    ['a comment straight after a list', 'on: [push]#comment\n', []],
    ['a comment straight after a mapping', 'on: {push: }#comment\n', []],
    ['a comment straight after a quote', 'on: "push"#comment\n', []],
    ['a quoted scalar with too little indentation', 'on: push\nenv:\n  A: "b\nc\n d"\n', []],
    ['the same in single quotes', "on: push\nenv:\n  A: 'b\nit''s'\n", []],
    ['two of them', 'on: push\nenv:\n  A: "b\nc"\n  B: "b\nc"\n', []],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text + JOBS)).toEqual(expected);
  });

  test('positions behind such a scalar are those of the file', () => {
    expect(problemsOf(`on: push\nenv:\n  A: "b\nc" \npermissions: { nosuch: read }\n${JOBS}`)).toEqual([
      "5:16 Unexpected value 'nosuch'",
    ]);
    expect(problemsOf(`on: push\nenv: { A: "b\nc", a: d }\n${JOBS}`)).toEqual(["3:5 'a' is already defined"]);
  });
});

describe('what is no YAML', () => {
  test.each([
    ['a tab for indentation', `on:\n\tpush:\n${JOBS}`, [syntaxError('2:1')]],
    ['a colon in a plain value', `on: push\nname: a: b\n${JOBS}`, [syntaxError('2:7')]],
    ['a quote that is not closed', `on: push\nname: "a\n`, [syntaxError('3:1')]],
    ['a list that is not closed', `on: [push\n${JOBS}`, [syntaxError('2:1')]],
    ['a line that belongs nowhere', `on: push\n  more\nname: x\n  y: z\n`, [syntaxError('3:7')]],
    [
      'unindented lines of a block',
      `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          a\nb\n`,
      [syntaxError('8:1')],
    ],
    ['a reserved sign', `on: push\nname: @x\n${JOBS}`, [syntaxError('2:7')]],
    ['a wrong escape', `on: push\nname: "\\x"\n${JOBS}`, [syntaxError('2:8')]],
    ['an anchor on an alias', `on: &a push\nname: &b *a\n${JOBS}`, [syntaxError('2:10')]],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
    expect(readWorkflow(text).problems.map(({ code }) => code)).toEqual(['yaml-syntax']);
  });

  test('only the first mistake is reported, and it says more in a hint', () => {
    const { problems } = readWorkflow('on: push\nname: @x\nenv: @y\n');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.hint).toMatch(/reserved character/);
  });
});

describe('numbers are printed as GitHub prints them', () => {
  test.each([
    ['1.10', '1.1'],
    ['1e3', '1000'],
    ['0o17', '15'],
    ['-0x1', '-0x1'],
    ['+1', '1'],
    ['.5', '0.5'],
    ['1_000', '1_000'],
    ['0b1', '0b1'],
    ['.inf', 'Infinity'],
    ['.NaN', 'NaN'],
    ['FALSE', 'false'],
    ['NULL', ''],
  ])('%s as %s', (written, printed) => {
    expect(problemsOfJob(`permissions: ${written}`)).toEqual([`5:18 Unexpected value '${printed}'`]);
  });
});
