import { describe, expect, test } from '@jest/globals';

import { readWorkflow } from '../../src/workflow/read-workflow.ts';

/** What the comments say of each line of all blocks, in their order. */
function reasons(text: string): readonly (string | null)[] {
  const { workflow, problems } = readWorkflow(text);
  expect(problems).toEqual([]);
  return [workflow.permissions, ...workflow.jobs.map(({ permissions }) => permissions)].flatMap((block) =>
    block === null
      ? []
      : [...(block.shorthand === null ? [] : [block.shorthand]), ...block.entries].map(({ comment }) => comment),
  );
}

/** A workflow whose block has these lines. */
function block(lines: string): string {
  return `on: push\npermissions:${lines}\njobs:\n  build:\n    runs-on: x\n`;
}

describe('the comment of a permission', () => {
  test.each<[string, string, readonly (string | null)[]]>([
    ['none', '\n  contents: read', [null]],
    ['beside', '\n  contents: read # to check out', ['to check out']],
    ['beside, with many signs', '\n  contents: read ##  to check out ', ['to check out']],
    ['beside, an empty one', '\n  contents: read #', [null]],
    ['above', '\n  # to check out\n  contents: read', ['to check out']],
    ['above, in two lines', '\n  # to check out\n  #  the code\n  contents: read', ['to check out the code']],
    ['above, indented otherwise', '\n# to check out\n  contents: read', ['to check out']],
    ['above, empty, and beside', '\n  #\n  contents: read # why', ['why']],
    ['above and empty beside', '\n  # why\n  contents: read #', ['why']],
    ['beside rather than above', '\n  # above\n  contents: read # beside', ['beside']],
    ['not over an empty line', '\n  # above\n\n  contents: read', [null]],
    ['not of the line before', '\n  contents: read # one\n  issues: read', ['one', null]],
    ['not of the key above', ' # all of it\n  contents: read', [null]],
    ['behind a value on a line of its own', '\n  contents:\n    read # why', ['why']],
    ['behind a key whose value comes later', '\n  contents: # why\n    read', ['why']],
    ['behind a quoted value', '\n  contents: "read" # why', ['why']],
    ['behind a quoted key', '\n  "contents": read # why', ['why']],
    ['of a flow mapping on one line', ' { contents: read, issues: read } # why', ['why', 'why']],
    ['of a flow mapping on several lines', ' {\n  contents: read, # one\n  # two\n  issues: read }', ['one', 'two']],
    ['of a shorthand', ' read-all # why', ['why']],
    ['of a quoted shorthand', " 'read-all' # why", ['why']],
    [
      'of an alias, not of its anchor',
      '\n  contents: &level read # one\n  issues: *level\n  checks: *level # three',
      ['one', null, 'three'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(reasons(block(lines))).toEqual(expected);
  });

  test('above a shorthand', () => {
    expect(reasons('on: push\n# why\npermissions: read-all\njobs: { a: { runs-on: x } }\n')).toEqual(['why']);
  });

  test('is no line of a script or of a quoted text above', () => {
    const script = (text: string) =>
      `on: push\njobs:\n  build:\n    runs-on: x\n    name: ${text}\n    permissions: read-all\n`;
    expect(reasons(script('|\n      a\n      # not a comment'))).toEqual([null]);
    expect(reasons(script('"a\n      # not a comment"'))).toEqual([null]);
    expect(reasons(script('|\n      a\n    # a comment'))).toEqual(['a comment']);
  });

  test('is no `#` within a value', () => {
    expect(reasons('on: push\npermissions: { contents: read }\nname: "a # b"\njobs: { a: { runs-on: x } }\n')).toEqual([
      null,
    ]);
    expect(
      reasons(`on: push\njobs: { "a": { name: "x # y", permissions: { contents: read }, runs-on: "b # c" } }\n`),
    ).toEqual([null]);
    expect(reasons(block('\n  contents: read#no-comment').replace('read#no-comment', 'read'))).toEqual([null]);
  });

  test.each([
    ['carriage returns and line feeds', '\r\n'],
    ['carriage returns alone', '\r'],
  ])('with %s', (_, end) => {
    expect(reasons(block('\n  # one\n  contents: read\n  issues: read # two').replaceAll('\n', end))).toEqual([
      'one',
      'two',
    ]);
  });

  test('with a byte order mark', () => {
    expect(reasons(`\ufeff${block('\n  contents: read # why')}`)).toEqual(['why']);
  });
});

/** `line:column rules reason first-last` of each ignore comment. */
function ignores(text: string): readonly string[] {
  return readWorkflow(text).workflow.ignoreComments.map(
    ({ line, column, rules, reason, firstLine, lastLine }) =>
      `${line}:${column} [${rules.join()}] ${reason === '' ? '-' : reason} ${firstLine}-${lastLine}`,
  );
}

const IGNORE = '# effective-permissions: ignore[over-limit] why';

describe('an ignore comment', () => {
  test.each([
    [`on: push ${IGNORE}\n`, '1:10 [over-limit] why 1-1'],
    [`${IGNORE}\non: push\n`, '1:1 [over-limit] why 2-2'],
    [`${IGNORE}\n\n# more\non: push\n`, '1:1 [over-limit] why 4-4'],
    [`on: push\n${IGNORE}\n`, '2:1 [over-limit] why 2-2'],
    ['on: push # effective-permissions: ignore[a, b ,c] for two reasons \n', '1:10 [a,b,c] for two reasons 1-1'],
    ['on: push #effective-permissions:ignore[a]why\n', '1:10 [a] why 1-1'],
    ['on: push ## effective-permissions: ignore [a] why\n', '1:10 [a] why 1-1'],
    ['on: push # effective-permissions: ignore[a]\n', '1:10 [a] - 1-1'],
    ['on: push # effective-permissions: ignore why\n', '1:10 [] why 1-1'],
    ['on: push # effective-permissions: ignore[] why\n', '1:10 [] why 1-1'],
    ['on: push # effective-permissions: ignore[a why\n', '1:10 [] [a why 1-1'],
  ])('%j', (text, comment) => {
    expect(ignores(text)).toEqual([comment]);
  });

  test.each([
    'on: push # effective-permissions ignore[a] why\n',
    'on: push # effective-permissions: ignored[a] why\n',
    'on: push # see effective-permissions: ignore[a] why\n',
    'name: "# effective-permissions: ignore[a] why"\n',
    "name: '# effective-permissions: ignore[a] why'\n",
    'name: a# effective-permissions: ignore[a] why\n',
    'name: |\n  # effective-permissions: ignore[a] why\n',
    'name: >-\n\n  a\n  # effective-permissions: ignore[a] why\n  b\n',
    'name: "a\n  # effective-permissions: ignore[a] why\n  b"\n',
  ])('%j is none', (text) => {
    expect(ignores(text)).toEqual([]);
  });

  const jobs = [
    'jobs:', // 1
    '  build:', // 2
    '    runs-on: x', // 3
    '    steps:', // 4
    '    - run: |', // 5
    '        make', // 6
    '', // 7
    '    - uses: a/b@v1', // 8
    '      with: { x: y }', // 9
    '  test:', // 10
    '    permissions: {', // 11
    '      contents: read', // 12
    '    }', // 13
    '    runs-on: x', // 14
  ];
  const beside = (line: number) =>
    ignores(jobs.map((text, index) => (index === line - 1 ? `${text} ${IGNORE}` : text)).join('\n')).map((one) =>
      one.split(' ').at(-1),
    );
  const above = (line: number) => {
    const written = [...jobs.slice(0, line - 1), IGNORE, ...jobs.slice(line - 1)].join('\n');
    return ignores(written).map((one) => one.split(' ').at(-1));
  };

  test.each([
    [1, '1-14'],
    [2, '2-9'],
    [3, '3-3'],
    [4, '4-9'],
    [8, '8-9'],
    [10, '10-14'],
    [12, '12-12'],
  ])('at line %d is about its block', (line, block) => {
    const [first, last] = block.split('-').map(Number);
    expect(beside(line)).toEqual([block]);
    expect(above(line)).toEqual([`${first! + 1}-${last! + 1}`]);
  });

  test('in a script is none, and behind the sign of a script is one', () => {
    expect(ignores(`jobs:\n  a:\n    steps:\n      - run: | ${IGNORE}\n          ${IGNORE}\n`)).toEqual([
      '4:16 [over-limit] why 4-5',
    ]);
  });

  test('in a flow mapping is about its line', () => {
    expect(ignores(`permissions: {\n  contents: read, ${IGNORE}\n  issues: read\n}\n`)).toEqual([
      '2:19 [over-limit] why 2-2',
    ]);
  });

  test.each(['\r\n', '\r'])('with lines that end in %j', (end) => {
    const text = `on: push\n${IGNORE}\njobs:\n  a:\n    runs-on: x\n`.replaceAll('\n', end);
    expect(ignores(text)).toEqual(['2:1 [over-limit] why 3-5']);
  });

  test('behind a byte order mark', () => {
    expect(ignores(`\ufeffon: push ${IGNORE}\n`)).toEqual(['1:11 [over-limit] why 1-1']);
  });

  test('of thousands above one block costs little', () => {
    const text = `${`${IGNORE}\n`.repeat(15_000)}on: push\n`;
    expect(new Set(ignores(text).map((one) => one.split(' ').at(-1)))).toEqual(new Set(['15001-15001']));
  });

  test('of a file that GitHub refuses is read all the same', () => {
    expect(ignores(`on: push ${IGNORE}\njobs: [\n`)).toEqual(['1:10 [over-limit] why 1-1']);
    expect(ignores(`${IGNORE}\n${'x'.repeat(2 ** 20)}`)).toEqual([]);
  });
});
