import type { Literal } from '@actions/expressions/ast';
import { describe, expect, test } from '@jest/globals';

import { readExpression } from '../../src/workflow/expression.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { JOBS, problemsOf, problemsOfJob, problemsOfStep } from '../helpers/reading.ts';

const NOT_CLOSED =
  'The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.';
const NOT_ALLOWED = 'A template expression is not allowed in this context';
const INSERT_IN_TEXT =
  "The directive 'insert' is not allowed in this context. Directives are not supported for expressions that are embedded within a string. Directives are only supported when the entire value is an expression.";

function unknownName(name: string, position = 1, expression = name): string {
  return `Unrecognized named-value: '${name}'. Located at position ${position} within expression: ${expression}`;
}

describe('an expression that cannot be read', () => {
  test('in a text of several parts is reported by itself, and only the first of them', () => {
    expect(problemsOfStep('run: echo ${{ github.ref }} ${{ foo.bar }} ${{ baz }}')).toEqual([
      `6:14 ${unknownName('foo', 1, 'foo.bar')}`,
    ]);
  });

  test('comes before an expression further on that is not closed', () => {
    expect(problemsOfStep('run: ${{ foo }} ${{')).toEqual([`6:14 ${unknownName('foo')}`]);
  });

  test('leaves its text, which is no value for a place that takes no text', () => {
    expect(problemsOfJob('timeout-minutes: ${{ 1 + 2 }}')).toEqual([
      "5:22 Unexpected symbol: '+'. Located at position 3 within expression: 1 + 2",
      "5:22 Unexpected value '${{ 1 + 2 }}'",
    ]);
  });

  test('as a key leaves its text as the key', () => {
    expect(problemsOf(`on: push\npermissions:\n  \${{ inputs.x }}: read\n${JOBS}`)).toEqual([
      `3:3 ${unknownName('inputs', 1, 'inputs.x')}`,
      "3:3 Unexpected value '${{ inputs.x }}'",
    ]);
    expect(problemsOf(`on: push\nenv:\n  \${{ foo }}: 1\n${JOBS}`)).toEqual([`3:3 ${unknownName('foo')}`]);
  });
});

describe('the form of an expression', () => {
  test.each([
    ['${{ github.ref', [`6:14 ${NOT_CLOSED}`]],
    ["${{ github.ref == 'a }}", [`6:14 ${NOT_CLOSED}`]],
    ['${{ }}', ['6:14 An expression was expected']],
    ['a ${{}} b', ['6:14 An expression was expected']],
    ['${{ insert }} b', [`6:14 ${INSERT_IN_TEXT}`]],
    ['${{ insert }}', ["6:14 Unexpected value '${{ insert }}'"]],
    ['${{ github.ref }', [`6:14 ${NOT_CLOSED}`]],
    ["${{ '}}' }}", []],
    ["${{ format('{0}', 'it''s }}') }}", []],
    ['$ {{ github.ref', []],
    ['}} ${ {{ ', []],
    ['${{github.ref}}', []],
    ['${{ GitHub.Ref }}', []],
    ['${{ toJSON(github', [`6:14 ${NOT_CLOSED}`]],
    [
      '${{ tojson() }}',
      ["6:14 Too few parameters supplied: 'tojson'. Located at position 1 within expression: tojson()"],
    ],
    [
      "${{ contains(github.ref, 'a',) }}",
      ["6:14 Unexpected symbol: ')'. Located at position 26 within expression: contains(github.ref, 'a',)"],
    ],
    ['${{ nosuch() }}', ["6:14 Unrecognized function: 'nosuch'. Located at position 1 within expression: nosuch()"]],
    ['${{ "a" }}', [`6:14 Unexpected symbol: '"a"'. Located at position 1 within expression: "a"`]],
  ])('%s', (text, expected) => {
    expect(problemsOfStep(`run: '${text.replaceAll("'", "''")}'`)).toEqual(expected);
  });

  test('an expression of more than 21000 characters', () => {
    expect(problemsOfStep(`run: \${{ '${'a'.repeat(21_000)}' == github.ref }}`)).toEqual([
      '6:14 Exceeded max expression length 21000',
    ]);
  });
});

describe('white space in an expression', () => {
  // https://learn.microsoft.com/en-us/dotnet/api/system.char.iswhitespace
  test.each(['\t', '\v', '\f', '\r', '\u0085', '\u00a0', '\u1680', '\u2003', '\u2028', '\u202f', '\u205f', '\u3000'])(
    '%j is one for GitHub',
    (space) => {
      const condition = `github.ref${space}==${space}'a${space}b'`;
      expect(problemsOfJob(`if: ${JSON.stringify(condition)}`)).toEqual([]);
      const read = readExpression(`'a${space}b'${space}`, []);
      expect('tree' in read && (read.tree as Literal).literal.coerceString()).toBe(`a${space}b`);
    },
  );

  test.each(['\ufeff', '\u180e', '\u200b', '\0'])('%j is none', (character) => {
    const [problem] = problemsOfJob(`if: ${JSON.stringify(`github.ref ${character}== 'a'`)}`);
    expect(problem).toContain('Unexpected symbol');
  });

  test('stays what it is in the sentence about a mistake', () => {
    expect(problemsOfJob('if: "github.ref\\_= 1 + 2"')).toEqual([
      "5:9 Unexpected symbol: '='. Located at position 12 within expression: github.ref\u00a0= 1 + 2",
    ]);
    expect(problemsOfJob('if: "foo\\_== 1"')).toEqual([`5:9 ${unknownName('foo', 1, 'foo\u00a0== 1')}`]);
  });
});

test.each([
  ["'it''s'", "it's"],
  ["'''a''' ", "'a'"],
  ["'''' ", "'"],
  ["'a''''b'", "a''b"],
])('in the string %s each pair of quotes is one', (written, text) => {
  const read = readExpression(written, []);
  expect('tree' in read && (read.tree as Literal).literal.coerceString()).toBe(text);
});

describe('a text that is one string literal', () => {
  test.each([
    ['a value', `permissions: \${{ 'read-all' }}\n`],
    ['a quoted value', `permissions: "\${{ 'write-all' }}"\n`],
    ['the level of a permission', `permissions:\n  contents: \${{ 'read' }}\n`],
    ['the name of a permission', `permissions:\n  \${{ 'contents' }}: read\n`],
    ['a key of the root', `\${{ 'permissions' }}: read-all\n`],
  ])('is that literal: %s', (_, lines) => {
    const { workflow, problems } = readWorkflow(`on: push\n${lines}${JOBS}`);
    expect(problems).toEqual([]);
    expect(workflow.permissions).not.toBeNull();
  });

  test.each([
    ["${{ 'none' }}", ["2:14 Unexpected value 'none'"]],
    ["${{ 'it''s' }}", ["2:14 Unexpected value 'it's'"]],
    ["${{ '' }}", ["2:14 Unexpected value ''"]],
    ["a${{ 'read-all' }}", [`2:14 ${NOT_ALLOWED}`]],
    ["${{ 'read' }}${{ '-all' }}", [`2:14 ${NOT_ALLOWED}`]],
    ["${{ 'read-all' || 'x' }}", [`2:14 ${NOT_ALLOWED}`]],
    ["${{ ('read-all') }}", [`2:14 ${NOT_ALLOWED}`]],
    ['${{ true }}', [`2:14 ${NOT_ALLOWED}`]],
    ["${{ format('read-{0}', 'all') }}", [`2:14 ${NOT_ALLOWED}`]],
  ])('or is refused like it: %s', (text, expected) => {
    expect(problemsOf(`on: push\npermissions: "${text}"\n${JOBS}`)).toEqual(expected);
  });

  test('two keys that are the same literal are defined twice', () => {
    expect(problemsOf(`on: push\npermissions:\n  contents: read\n  \${{ 'Contents' }}: read\n${JOBS}`)).toEqual([
      "4:3 'Contents' is already defined",
    ]);
  });
});

describe('which contexts an expression may use', () => {
  test.each([
    ['if: secrets.TOKEN', [`5:9 ${unknownName('secrets', 1, 'secrets.TOKEN')}`]],
    ['if: ${{ secrets.TOKEN }}', [`5:9 ${unknownName('secrets', 1, 'secrets.TOKEN')}`]],
    ['if: matrix.os', [`5:9 ${unknownName('matrix', 1, 'matrix.os')}`]],
    ['if: env.A', [`5:9 ${unknownName('env', 1, 'env.A')}`]],
    ['if: steps.a.outcome', [`5:9 ${unknownName('steps', 1, 'steps.a.outcome')}`]],
    [
      "if: hashFiles('a')",
      ["5:9 Unrecognized function: 'hashFiles'. Located at position 1 within expression: hashFiles('a')"],
    ],
    [
      'if: github.ref == "a"',
      [`5:9 Unexpected symbol: '"a"'. Located at position 15 within expression: github.ref == "a"`],
    ],
    [
      'if: github.ref ==',
      ["5:9 Unexpected end of expression: '=='. Located at position 12 within expression: github.ref =="],
    ],
    ["if: github.ref == 'a' && always()", []],
    [
      "if: success('a', 'b') || failure(\"a\")",
      ["5:9 Unexpected symbol: '\"a\"'. Located at position 30 within expression: success('a', 'b') || failure(\"a\")"],
    ],
    [
      'if: always(1)',
      ["5:9 Too many parameters supplied: 'always'. Located at position 1 within expression: always(1)"],
    ],
    ['if: inputs.a && vars.b && needs.c.result', []],
    ['if: ""', []],
    ['if:', []],
    ['if: "  "', []],
    ['if: "!cancelled()"', []],
    ['if: true', []],
    [
      'name: ${{ always() }}',
      ["5:11 Unrecognized function: 'always'. Located at position 1 within expression: always()"],
    ],
    ['name: ${{ matrix.os }}', []],
    ['runs-on: ${{ secrets.RUNNER }}', ["5:5 'runs-on' is already defined"]],
    ['env:\n  A: ${{ env.B }}', [`6:10 ${unknownName('env', 1, 'env.B')}`]],
    ['env:\n  A: ${{ secrets.B }}', []],
    [
      'strategy:\n  matrix: ${{ fromJSON(matrix.a) }}',
      [`6:15 ${unknownName('matrix', 10, 'fromJSON(matrix.a)')}`, "6:15 Unexpected value '${{ fromJSON(matrix.a) }}'"],
    ],
  ])('of a job: %s', (lines, expected) => {
    expect(problemsOfJob(lines)).toEqual(expected);
  });

  test.each([
    ['if: secrets.A\nrun: a', [`6:13 ${unknownName('secrets', 1, 'secrets.A')}`]],
    ["run: a\nif: ${{ env.A && steps.b.outcome && hashFiles('c') && failure() }}", []],
    ['run: ${{ secrets.A }} ${{ runner.os }} ${{ job.status }}', []],
    ['uses: ${{ github.repository }}@v1', [`6:15 ${unknownName('github', 1, 'github.repository')}`]],
    ['id: ${{ github.ref }}\nrun: a', [`6:13 ${unknownName('github', 1, 'github.ref')}`]],
    ['run: a\nshell: ${{ matrix.shell }}', [`7:16 ${unknownName('matrix', 1, 'matrix.shell')}`]],
  ])('of a step: %s', (lines, expected) => {
    expect(problemsOfStep(lines)).toEqual(expected);
  });

  test.each([
    ['name: ${{ github.ref }}', [`1:7 ${unknownName('github', 1, 'github.ref')}`]],
    ['run-name: ${{ github.ref }} by ${{ inputs.who }}', []],
    ['concurrency: ${{ needs.a }}', [`1:14 ${unknownName('needs', 1, 'needs.a')}`]],
    ['env:\n  A: ${{ secrets.B }}', []],
    ['env:\n  A: ${{ needs.B }}', [`2:6 ${unknownName('needs', 1, 'needs.B')}`]],
  ])('of a workflow: %s', (lines, expected) => {
    expect(problemsOf(`${lines}\non: push\n${JOBS}`)).toEqual(expected);
  });
});

test('the name of a job stands as written', () => {
  const names = ['Build on ${{ matrix.os }}', '${{ matrix.os }}', "${{ 'Build' }}", 'Build'].map(
    (name) => readWorkflow(`on: push\njobs:\n  build:\n    name: ${name}\n    runs-on: x\n`).workflow.jobs[0]?.name,
  );
  expect(names).toEqual(['Build on ${{ matrix.os }}', '${{ matrix.os }}', 'Build', 'Build']);
});

describe('a text of several parts is read as the call of `format` that GitHub makes of it', () => {
  test.each<[string, (count: number) => string]>([
    ['parentheses', (count) => `${'('.repeat(count)}1${')'.repeat(count)}`],
    ['negations', (count) => `${'!'.repeat(count)}true`],
    ['parts', (count) => `github${'.a'.repeat(count)}`],
    ['functions', (count) => `${'toJSON('.repeat(count)}1${')'.repeat(count)}`],
  ])('%s near the greatest depth', (_, nested) => {
    const errors = Array.from({ length: 20 }, (_, index) => {
      const read = readExpression(`format('a {0} b', ${nested(35 + index)})`, ['github']);
      return 'error' in read;
    });
    expect(errors).toContain(true);
    const found = errors.map((_, index) => problemsOfStep(`run: a \${{ ${nested(35 + index)} }} b`).length > 0);
    expect(found).toEqual(errors);
  });

  test.each<[string, string]>([
    ['many parts', '${{ 1 }}'.repeat(256)],
    ['long parts', `a ${'b'.repeat(15_000)} \${{ '${'c'.repeat(6000)}' }}`],
  ])('%s', (_, text) => {
    expect(problemsOfStep(`run: ${text}`)).toHaveLength(1);
  });
});
