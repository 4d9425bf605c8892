import { describe, expect, test } from '@jest/globals';

import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { JOBS, sentences } from '../helpers/reading.ts';

const MEGABYTE = 1024 * 1024;
const VALID = `on: push\n${JOBS}`;

const TOO_LARGE = `The maximum file size of ${MEGABYTE} characters has been exceeded`;
const TOO_MANY_NODES = 'Maximum YAML nodes exceeded';
const TOO_DEEP = 'Maximum object depth exceeded';
const TOO_MANY_TOKENS = 'The file has more than 500000 YAML tokens: that is more than this tool reads';
const NOTHING = 'No event triggers defined in `on`';

function filled(piece: string, length = MEGABYTE): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}

/** Reads a text. What takes time in proportion to the square of its length takes longer than a test may. */
function firstSentence(text: string): string | undefined {
  const [first] = sentences(readWorkflow(text).problems);
  return first;
}

describe('one mebibyte of one thing', () => {
  test.each([
    ['quotes', '"', `1:1 ${TOO_MANY_NODES}`],
    ['opening brackets', '[', `1:1 ${TOO_DEEP}`],
    ['opening braces', '{', `1:1 ${TOO_DEEP}`],
    ['closing brackets', ']', `1:1 ${TOO_MANY_TOKENS}`],
    ['commas', ',', '1:1 You have an error in your yaml syntax on line 1'],
    ['anchors', '&a ', `1:1 ${TOO_MANY_NODES}`],
    ['anchored items', '- &a\n', `1:1 ${TOO_MANY_NODES}`],
    ['aliases', '*a ', `1:1 ${TOO_MANY_NODES}`],
    ['tags', '!a ', `1:1 ${TOO_MANY_NODES}`],
    ['colons', ': ', `1:1 ${TOO_MANY_TOKENS}`],
    ['colons without a space', ':', '1:1 You have an error in your yaml syntax on line 1'],
    ['keys', 'a: 1\n', `1:1 ${TOO_MANY_NODES}`],
    ['dashes', '- ', `1:1 ${TOO_MANY_TOKENS}`],
    ['empty items', '-\n', `1:1 ${TOO_MANY_TOKENS}`],
    ['question marks', '?\n', `1:1 ${TOO_MANY_TOKENS}`],
    ['line feeds', '\n', `1:1 ${TOO_MANY_TOKENS}`],
    ['carriage returns', '\r', `1:1 ${TOO_MANY_TOKENS}`],
    ['both', '\r\n', `1:1 ${TOO_MANY_TOKENS}`],
    ['empty comments', '#\n', `1:1 ${TOO_MANY_TOKENS}`],
    ['directives', '%a\n', `1:1 ${TOO_MANY_TOKENS}`],
    ['documents', '--- a\n', `1:1 ${TOO_MANY_NODES}`],
    ['spaces', ' ', `1:1 ${NOTHING}`],
    ['tabs', '\t', `1:1 ${NOTHING}`],
  ])('%s', (_, piece, expected) => {
    expect(firstSentence(filled(piece))).toBe(expected);
  });

  test.each([
    ['commas in a list', `[${filled(',', MEGABYTE - 1)}`, `1:1 ${TOO_MANY_TOKENS}`],
    ['wrong escapes', `"${filled('\\x', MEGABYTE - 1)}`, '1:2 You have an error in your yaml syntax on line 1'],
    [
      'a quote that is never closed',
      `a: "${filled('b\n', MEGABYTE - 4)}`,
      '524287:1 You have an error in your yaml syntax on line 524287',
    ],
    [
      'expressions that are never closed',
      `on: push\nname: ${filled('${{', 900_000)}`,
      '2:7 The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.',
    ],
    [
      'expressions',
      `on: push\nname: ${filled('${{ a }}', 900_000)}`,
      "2:7 Unrecognized named-value: 'a'. Located at position 1 within expression: a",
    ],
  ])('%s', (_, text, expected) => {
    expect(firstSentence(text)).toBe(expected);
  });
});

describe('how large a file may be', () => {
  test('one mebibyte is fine, one character more is not', () => {
    expect(firstSentence(`${VALID}#`.padEnd(MEGABYTE, 'x'))).toBeUndefined();
    expect(firstSentence(`${VALID}#`.padEnd(MEGABYTE + 1, 'x'))).toBe(`1:1 ${TOO_LARGE}`);
  });

  test('it is characters that count, not bytes', () => {
    expect(firstSentence(`${VALID}#`.padEnd(MEGABYTE, 'ä'))).toBeUndefined();
  });
});

describe('how many nodes a file may have', () => {
  /** Stream and document, start and end of the mapping and of `on`, its key: 9 events and one for each type. */
  const events = (types: number) => `on: [${'push, '.repeat(types)}]`;

  test('50,000 are read, one more is not', () => {
    const most = 50_000 - 9;
    const atLimit = sentences(readWorkflow(events(most)).problems);
    expect(atLimit).toEqual(['1:1 Required property is missing: jobs']);
    expect(firstSentence(events(most + 1))).toMatch(TOO_MANY_NODES);
  });

  test('an alias counts as what it stands for', () => {
    const list = `on: push\nx: &x [${'a, '.repeat(20_000)}]\n`;
    expect(firstSentence(`${list}y: *x\n`)).toBe("2:1 Unexpected value 'x'");
    expect(firstSentence(`${list}y: *x\nz: *x\n`)).toBe(`4:4 ${TOO_MANY_NODES}`);
  });

  test('a billion laughs', () => {
    const laughs = times(9, (index) => `a${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(10)}]\n`);
    expect(firstSentence(`a0: &a0 ha\n${laughs}`)).toBe(`6:20 ${TOO_MANY_NODES}`);
  });

  test('200,000 aliases of one scalar', () => {
    expect(firstSentence(`a: &a x\nb: [${'*a, '.repeat(200_000)}]\n`)).toBe(`1:1 ${TOO_MANY_NODES}`);
  });

  test('5,000 jobs in a chain, in a circle, and all waiting for one', () => {
    const job = (id: string, needs: string) => `  ${id}:\n    runs-on: x\n    needs: ${needs}\n`;
    const jobs = (needs: (index: number) => string) =>
      `on: push\njobs:\n  j0:\n    runs-on: x\n${times(5000, (index) => job(`j${index + 1}`, needs(index)))}`;
    expect(firstSentence(jobs((index) => `j${index}`))).toBeUndefined();
    expect(firstSentence(jobs(() => 'j0'))).toBeUndefined();
    expect(firstSentence(jobs((index) => `j${index === 4999 ? 1 : index + 2}`))).toBe(
      "7:12 Job 'j1' depends on job 'j2' which creates a cycle in the dependency graph.",
    );
  });
});

describe('how deep a file may be', () => {
  const deep = (levels: number) => `on: push\nx: ${'['.repeat(levels)}${']'.repeat(levels)}\n`;

  test('50 levels are read, one more is not', () => {
    expect(firstSentence(deep(49))).toBe("2:1 Unexpected value 'x'");
    expect(firstSentence(deep(50))).toBe(`2:53 ${TOO_DEEP}`);
  });

  test('blocks count like brackets', () => {
    const blocks = (levels: number) => times(levels, (index) => `${'  '.repeat(index)}a:\n`);
    expect(firstSentence(blocks(50))).toBe("1:1 Unexpected value 'a'");
    expect(firstSentence(blocks(51))).toBe(`51:101 ${TOO_DEEP}`);
    expect(firstSentence(blocks(700))).toBe(`51:101 ${TOO_DEEP}`);
  });

  test('the place is the same when the stack ends before the file does', () => {
    const blocks = times(1400, (index) => `${' '.repeat(index)}a:\n`);
    expect(firstSentence(blocks)).toBe(`51:51 ${TOO_DEEP}`);
    expect(firstSentence(`on: push\nx: ${'{ a: '.repeat(5000)}`)).toBe(`2:249 ${TOO_DEEP}`);
  });

  test('an alias counts as what it stands for', () => {
    expect(firstSentence(`${deep(30).replace('[', '&x [')}y: ${'['.repeat(18)}*x${']'.repeat(18)}\n`)).toBe(
      "2:1 Unexpected value 'x'",
    );
    expect(firstSentence(`${deep(30).replace('[', '&x [')}y: ${'['.repeat(20)}*x${']'.repeat(20)}\n`)).toBe(
      `3:24 ${TOO_DEEP}`,
    );
  });

  test.each([
    ['a list in itself', 'a: &a [*a]\n', `1:8 ${TOO_DEEP}`],
    ['a mapping in itself', 'a: &a\n  b: *a\n', `2:6 ${TOO_DEEP}`],
    ['a mapping as its own key', 'a: &a { ? *a : b }\n', `1:11 ${TOO_DEEP}`],
    ['two lists in each other', 'a: &a [&b [*a, *b]]\n', `1:12 ${TOO_DEEP}`],
    ['the permissions in themselves', `on: push\npermissions: &p\n  contents: *p\n${JOBS}`, `3:13 ${TOO_DEEP}`],
  ])('%s', (_, text, expected) => {
    expect(firstSentence(text)).toBe(expected);
  });
});

describe('quoted scalars with too little indentation, each of which means to read the text again', () => {
  const under = (count: number) => times(count, (index) => `  A${index}: "b\n c"\n`);

  test('as many as anybody writes', () => {
    expect(firstSentence(`on: push\nenv:\n${under(50)}${JOBS}`)).toBeUndefined();
  });

  test('thousands are given up', () => {
    expect(firstSentence(`on: push\nenv:\n${under(3000)}${JOBS}`)).toMatch('You have an error in your yaml syntax');
  });

  test('a few of them in a large file, too', () => {
    const comment = `# ${'x'.repeat(98)}\n`.repeat(9000);
    expect(firstSentence(`on: push\n${comment}env:\n${under(20)}${JOBS}`)).toMatch(
      'You have an error in your yaml syntax',
    );
  });
});

describe('how deep and how long an expression may be', () => {
  test.each([
    ['parentheses', '('.repeat(20_000), /^4:9 Exceeded max expression depth 50/],
    ['negations', `"${'!'.repeat(20_000)}true"`, /^4:9 Exceeded max expression depth 50/],
    ['functions', `${'toJSON('.repeat(2000)}1${')'.repeat(2000)}`, /^4:9 Exceeded max expression depth 50/],
    ['indexes', `github${'[github'.repeat(2000)}${']'.repeat(2000)}`, /^4:9 Exceeded max expression depth 50/],
    ['parts', `github${'.a'.repeat(10_000)}`, /^4:9 Exceeded max expression depth 50/],
    ['more than 21000 characters', `github.a == '${'a'.repeat(21_000)}'`, /^4:9 Exceeded max expression length 21000$/],
  ])('%s', (_, condition, expected) => {
    expect(firstSentence(`on: push\njobs:\n  a:\n    if: ${condition}\n    runs-on: x\n`)).toMatch(expected);
  });

  test('a long chain is fine', () => {
    const condition = `${'true && '.repeat(2600)}true`;
    expect(firstSentence(`on: push\njobs:\n  a:\n    if: ${condition}\n    runs-on: x\n`)).toBeUndefined();
  });
});
