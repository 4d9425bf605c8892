import { describe, expect, test } from '@jest/globals';

import type { Permissions } from '../../src/model/permission.ts';
import { byId, fixedText } from './suggesting.ts';
import type { Users } from './suggesting.ts';

const USERS: Users = { contents: ['actions/checkout'], issues: ['gh issue comment'], packages: ['docker push'] };
const JOB = 'jobs:\n  build:\n    runs-on: x\n';

/** A workflow whose block is these lines, before and after. */
async function blockOf(lines: string, permissions: Permissions): Promise<string> {
  const { text, refused } = await fixedText(`on: push\n${lines}${JOB}`, byId({ build: permissions }), USERS);
  expect(refused).toEqual([]);
  expect([text.slice(0, 9), text.slice(-JOB.length)]).toEqual(['on: push\n', JOB]);
  return text.slice(9, -JOB.length);
}

describe('a block of one entry a line', () => {
  test.each<[string, string, Permissions, string]>([
    [
      'loses an entry',
      'permissions:\n  contents: read\n  issues: write\n',
      { contents: 'read' },
      'permissions:\n  contents: read\n',
    ],
    [
      'loses an entry with the comment beside it',
      'permissions:\n  issues: write # to comment\n  contents: read # to read\n',
      { contents: 'read' },
      'permissions:\n  contents: read # to read\n',
    ],
    [
      'keeps comments on lines of their own, and empty lines',
      'permissions:\n  # all of this\n  issues: write\n\n  # and that\n  contents: read\n  # the end\n',
      { contents: 'read' },
      'permissions:\n  # all of this\n\n  # and that\n  contents: read\n  # the end\n',
    ],
    [
      'gets a lower level, with its reason',
      'permissions:\n  contents: write\n',
      { contents: 'read' },
      'permissions:\n  contents: read # actions/checkout\n',
    ],
    [
      'gets a lower level, and keeps its comment',
      'permissions:\n  \'contents\' : "write"   # to push\n',
      { contents: 'read' },
      'permissions:\n  \'contents\' : "read"   # to push\n',
    ],
    [
      'gets an entry in the order of the alphabet',
      'permissions:\n  # to read\n  contents: read\n  packages: read\n',
      { contents: 'read', issues: 'write', packages: 'read', actions: 'read' },
      'permissions:\n  actions: read\n  # to read\n  contents: read\n  issues: write # gh issue comment\n  packages: read\n',
    ],
    [
      'gets an entry at the end, without such an order',
      'permissions:\n    packages: read\n    contents: read\n',
      { contents: 'read', issues: 'write', packages: 'read' },
      'permissions:\n    packages: read\n    contents: read\n    issues: write # gh issue comment\n',
    ],
    [
      'gets an entry as it quotes',
      'permissions:\n  "contents": "read"\n',
      { contents: 'read', issues: 'write' },
      'permissions:\n  "contents": "read"\n  "issues": "write" # gh issue comment\n',
    ],
    [
      'loses all',
      'permissions: # here\n  contents: read\n  # and this\n',
      {},
      'permissions: {} # here\n  # and this\n',
    ],
    [
      'loses all, with a reason',
      'permissions:\n  contents: read\n',
      {},
      'permissions: {} # no step needs a permission\n',
    ],
    ['keeps what is none', 'permissions:\n  contents: read\n  issues: none\n', {}, 'permissions:\n  issues: none\n'],
    [
      'gets more than none',
      'permissions:\n  contents: read\n  issues: none\n',
      { issues: 'write' },
      'permissions:\n  issues: write # gh issue comment\n',
    ],
    [
      'has one entry in the place of another',
      'permissions:\n  contents: read\n',
      { issues: 'write' },
      'permissions:\n  issues: write # gh issue comment\n',
    ],
    [
      'with carriage returns',
      'permissions:\r\n  contents: write\r\n',
      { contents: 'read', issues: 'write' },
      'permissions:\r\n  contents: read # actions/checkout\r\n  issues: write # gh issue comment\r\n',
    ],
  ])('%s', async (_, before, permissions, after) => {
    expect(await blockOf(before, permissions)).toBe(after);
  });
});

describe('a word or empty braces', () => {
  test.each<[string, string, Permissions, string]>([
    [
      'become entries',
      'permissions: write-all\n',
      { contents: 'read', issues: 'write' },
      'permissions:\n  contents: read # actions/checkout\n  issues: write # gh issue comment\n',
    ],
    [
      'keep their comment',
      "permissions: 'read-all'  # for now\n",
      { contents: 'read' },
      'permissions:  # for now\n  contents: read # actions/checkout\n',
    ],
    [
      'lose blanks behind',
      'permissions:   {}  \n',
      { contents: 'read' },
      'permissions:\n  contents: read # actions/checkout\n',
    ],
    ['become empty', 'permissions: read-all # for now\n', {}, 'permissions: {} # for now\n'],
    ['become empty, with a reason', 'permissions: read-all\n', {}, 'permissions: {} # no step needs a permission\n'],
    [
      'on a line of their own',
      'permissions:\n    write-all\n',
      { contents: 'read', issues: 'write' },
      'permissions:\n    contents: read # actions/checkout\n    issues: write # gh issue comment\n',
    ],
    [
      'with a comment on a line of their own',
      'permissions:\n    write-all # all\n',
      { contents: 'read', issues: 'write' },
      'permissions:\n    contents: read # actions/checkout\n    issues: write # all\n',
    ],
  ])('%s', async (_, before, permissions, after) => {
    expect(await blockOf(before, permissions)).toBe(after);
  });
});

describe('a block in braces', () => {
  test.each<[string, string, Permissions, string]>([
    [
      'loses entries',
      'permissions: {  contents: read, issues: write, packages: read}\n',
      { contents: 'read' },
      'permissions: {  contents: read}\n',
    ],
    [
      'loses its first entry',
      'permissions: { contents: read, issues: write } # both\n',
      { issues: 'write' },
      'permissions: { issues: write } # both\n',
    ],
    ['loses all', 'permissions: { contents: read }\n', {}, 'permissions: {} # no step needs a permission\n'],
    [
      'gets entries and levels, with their reasons',
      "permissions: { 'contents': 'write' }\n",
      { contents: 'read', issues: 'write' },
      "permissions: { 'contents': 'read', issues: write } # contents for actions/checkout and issues for gh issue comment\n",
    ],
    [
      'keeps its comment',
      'permissions: {contents: write} # mine\n',
      { contents: 'read' },
      'permissions: {contents: read} # mine\n',
    ],
  ])('%s', async (_, before, permissions, after) => {
    expect(await blockOf(before, permissions)).toBe(after);
  });
});

describe('a file', () => {
  test.each<[string, string, string]>([
    [
      'without a last line break',
      'on: push\njobs:\n  a:\n    runs-on: x\n    permissions:\n      contents: read\n      issues: write\n      packages: write',
      'on: push\njobs:\n  a:\n    runs-on: x\n    permissions:\n      contents: read',
    ],
    [
      'whose last line goes',
      'on: push\njobs:\n  a:\n    runs-on: x\n    permissions:\n      packages: write',
      'on: push\njobs:\n  a:\n    runs-on: x\n    permissions:\n      contents: read # actions/checkout',
    ],
    [
      'whose last line is a word',
      'on: push\njobs:\n  a:\n    runs-on: x\n    permissions: write-all',
      'on: push\njobs:\n  a:\n    runs-on: x\n    permissions:\n      contents: read # actions/checkout',
    ],
    [
      'with a byte order mark and carriage returns',
      '\ufeffon: push\r\njobs:\r\n  a:\r\n    runs-on: x\r\n',
      '\ufeffon: push\r\npermissions:\r\n  contents: read # actions/checkout\r\njobs:\r\n  a:\r\n    runs-on: x\r\n',
    ],
    [
      'with carriage returns alone',
      'on: push\rjobs:\r  a:\r    runs-on: x\r',
      'on: push\rpermissions:\r  contents: read # actions/checkout\rjobs:\r  a:\r    runs-on: x\r',
    ],
    [
      'with tabs in comments, and other characters',
      'on: push\t# \u{1f600}\npermissions:\t# \tä\n    contents: write\t#\tö\njobs:\n  a:\n    runs-on: x\n',
      'on: push\t# \u{1f600}\npermissions:\t# \tä\n    contents: read\t#\tö\njobs:\n  a:\n    runs-on: x\n',
    ],
    [
      'with lines between its parts',
      'name: x\n\non: push\n\n# The jobs\njobs:\n  a:\n    runs-on: x\n',
      'name: x\n\non: push\n\npermissions:\n  contents: read # actions/checkout\n\n# The jobs\njobs:\n  a:\n    runs-on: x\n',
    ],
    [
      'whose head is a comment',
      '# License\njobs:\n    a:\n        runs-on: x\non: push\n',
      '# License\npermissions:\n    contents: read # actions/checkout\njobs:\n    a:\n        runs-on: x\non: push\n',
    ],
    [
      'in braces but for the block',
      'on: push\npermissions: read-all\njobs: { a: { runs-on: x } }\n',
      'on: push\npermissions:\n  contents: read # actions/checkout\njobs: { a: { runs-on: x } }\n',
    ],
    [
      'in braces with the block',
      'on: push\njobs:\n  a: { permissions: read-all, runs-on: x }\n',
      'on: push\njobs:\n  a: { permissions: { contents: read }, runs-on: x } # contents for actions/checkout\n',
    ],
    [
      'with an anchor that nothing uses',
      'on: push\njobs:\n  a: &job\n    permissions: &block\n      contents: write\n    runs-on: x\n',
      'on: push\njobs:\n  a: &job\n    permissions: &block\n      contents: read # actions/checkout\n    runs-on: x\n',
    ],
  ])('%s', async (_, before, after) => {
    const { text, refused } = await fixedText(before, byId({ a: { contents: 'read' } }), USERS);
    expect(refused).toEqual([]);
    expect(text).toBe(after);
  });

  test.each<[string, string, string]>([
    [
      'with a block that another job has too',
      'on: push\njobs:\n  a:\n    permissions: &p\n      contents: write\n    runs-on: x\n  b:\n    permissions: *p\n    runs-on: x\n',
      "3: The block is shared with other parts of the file, by the anchor 'p'.",
    ],
    [
      'with a job that stands for another',
      'on: push\njobs:\n  a: &a\n    permissions: write-all\n    runs-on: x\n  b: *a\n',
      "3: The block is shared with other parts of the file, by the anchor 'a'.",
    ],
    [
      'with a block with an anchor in it',
      'on: push\njobs:\n  a:\n    permissions:\n      contents: &w write\n      issues: *w\n    runs-on: x\n',
      '3: An entry of the block has an anchor, an alias or a tag.',
    ],
    [
      'with a tag',
      'on: push\njobs:\n  a:\n    permissions: !!str read-all\n    runs-on: x\n',
      '3: The block has a tag.',
    ],
    [
      'in braces over lines',
      'on: push\njobs:\n  a:\n    permissions: {\n      contents: write\n      }\n    runs-on: x\n',
      '3: The block is written in braces over several lines.',
    ],
    [
      'in braces',
      '{ on: push, jobs: { a: { runs-on: x } } }',
      '1: The mapping that the block belongs to is written in braces.',
    ],
    [
      'with keys of their own lines',
      'on: push\njobs:\n  a:\n    permissions:\n      ? contents\n      : write\n    runs-on: x\n',
      '3: An entry of the block does not stand on one line of its own.',
    ],
    [
      'with a quoted text that is indented too little',
      'on: push\njobs:\n  a:\n    runs-on: x\n    permissions: {}\n    steps:\n      - run: "a\n  b"\n',
      '1: The file is written in a form in which no block can be placed with certainty.',
    ],
  ])('%s is not changed, and that is said', async (_, before, reason) => {
    expect(await fixedText(before, byId({ a: { contents: 'read' } }), USERS)).toEqual({
      text: before,
      refused: [reason],
    });
  });

  test.each([
    ['is shared', 'permissions: &p\n  contents: write\n', '  other:\n    permissions: *p\n    runs-on: x\n'],
    ['has a tag', 'permissions: !!str write-all\n', ''],
  ])('whose block %s keeps it, and its jobs get blocks of their own', async (_, block, other) => {
    const { text, refused } = await fixedText(`on: push\n${block}${JOB}${other}`, byId({ build: {} }));
    expect(refused).toEqual([]);
    const job = '  build:\n    permissions: {} # no step needs a permission\n    runs-on: x\n';
    expect(text).toBe(`on: push\n${block}jobs:\n${job}${other}`);
  });

  test('that GitHub refuses is not touched', async () => {
    const text = 'on: push\npermissions: write-all\npermissions: read-all\njobs:\n  a:\n    runs-on: x\n';
    expect(await fixedText(text, byId({ a: {} }))).toEqual({ text, refused: [] });
  });

  test('that holds U+2028 or a scalar that looks like a block keeps it', async () => {
    const script =
      '    steps:\n      - run: |\n          permissions:\n            contents: write \u2028\n      - run: "a\n\n          b"\n';
    const { text } = await fixedText(
      `on: push\npermissions: write-all\njobs:\n  a:\n    runs-on: x\n${script}`,
      byId({ a: {} }),
    );
    expect(text).toBe(`on: push\npermissions: {} # no step needs a permission\njobs:\n  a:\n    runs-on: x\n${script}`);
  });
});
