import { describe, expect, test } from '@jest/globals';

import type { CompositeDefinition } from '../../src/model/action.ts';
import type { CompositeCall, CompositeSteps } from '../../src/needs/actions/composite-steps.ts';
import { compositeSteps } from '../../src/needs/actions/composite-steps.ts';
import { readAction } from '../../src/workflow/read-action.ts';

type Given = Readonly<Record<string, string>>;

/** The steps of an action with these inputs (by name, the default or `null`) and steps, as a use makes them. */
function used(steps: string, given: Given = {}, more: Partial<CompositeCall> = {}): CompositeSteps {
  const inputs = 'inputs:\n  token: { default: "${{ github.token }}" }\n  Kind: { default: it\'s }\n  bare:\n';
  const definition = readAction(`${inputs}runs:\n  using: composite\n  steps:\n${steps.replace(/^/gm, '    ')}\n`);
  expect(definition.kind).toBe('composite');
  return compositeSteps(definition as CompositeDefinition, {
    given: new Map(Object.entries(given)),
    env: {},
    folder: null,
    tokenExpressions: [],
    ...more,
  });
}

function script(text: string, given: Given = {}, more: Partial<CompositeCall> = {}): string | undefined {
  return used(`- shell: sh\n  run: ${JSON.stringify(text)}`, given, more).steps[0]?.run?.text;
}

function condition(text: string, given: Given = {}): string | null | undefined {
  return used(`- uses: a/b@v1\n  if: ${JSON.stringify(text)}`, given).steps[0]?.condition;
}

describe('an input', () => {
  test('is what the caller gives, else its default, else nothing', () => {
    const text = 'a ${{ inputs.kind }} ${{ inputs.bare }}. ${{ inputs.other }}.';
    expect(script(text)).toBe("a it's . .");
    expect(script(text, { kind: '', bare: 'b', other: '${{ matrix.x }}' })).toBe('a  b. ${{ matrix.x }}.');
  });

  test('is found however it is written', () => {
    const given = { kind: 'k', 'a b': 'x' };
    expect(script("${{inputs.KIND}} ${{ Inputs['kind'] }} ${{ inputs[ 'a b' ] }} ${{\tinputs . kind }}", given)).toBe(
      'k k x k',
    );
  });

  test('is put in everywhere', () => {
    const { steps } = used(
      `- shell: \${{ inputs.sh }}
  run: x
  working-directory: a/\${{ inputs.folder }}
  continue-on-error: \${{ inputs.may-fail }}
  env: { A: "\${{ inputs.token }}" }
- uses: a/b@v1
  with: { x: "-\${{ inputs.folder }}-" }`,
      { sh: 'bash', folder: 'b', 'may-fail': 'true' },
    );
    expect(steps).toMatchObject([
      { shell: 'bash', workingDirectory: 'a/b', continueOnError: 'true', env: [{ text: '${{ github.token }}' }] },
      { with: [{ name: 'x', text: '-b-' }] },
    ]);
  });

  test('keeps the positions of the file', () => {
    const { steps } = used('- shell: sh\n  run: echo ${{ inputs.kind }}\n  env:\n    A: ${{ inputs.kind }}');
    expect(steps[0]).toMatchObject({
      position: { line: 8, column: 7 },
      run: { position: { line: 9, column: 12 } },
      env: [{ name: 'A', position: { line: 11, column: 12 } }],
    });
  });

  test('within an expression becomes a part of it', () => {
    const text = "${{ inputs.bare || inputs.token || 'inputs.kind' }}";
    expect(script(text)).toBe("${{ '' || github.token || 'inputs.kind' }}");
    expect(script(text, { bare: "a'b", token: 'x-${{ matrix.x }}' })).toBe(
      "${{ 'a''b' || format('{0}', format('x-{0}', matrix.x)) || 'inputs.kind' }}",
    );
    expect(script('${{ fromJSON(inputs.kind).a }}', { kind: '{"a":{}}' })).toBe('${{ fromJSON(inputs.kind).a }}');
  });

  test('is not what only looks like one', () => {
    const text =
      '${{ github.event.inputs.kind }} ${{ inputs.kind.x }} ${{ inputs[matrix.x] }} inputs.kind $inputs.kind';
    expect(script(text)).toBe(text);
  });

  test('has the text as it is, whatever it holds', () => {
    expect(script('${{ inputs.kind }}', { kind: "$& $1 $' `" })).toBe("$& $1 $' `");
    expect(script('${{ inputs.constructor }}${{ inputs.__proto__ }}.')).toBe('.');
  });
});

describe('a condition', () => {
  test('has literals in quotes, and expressions as texts', () => {
    expect(condition("inputs.kind == 'x' && inputs.bare")).toBe("'it''s' == 'x' && ''");
    expect(condition('${{ inputs.kind == true }}', { kind: 'true' })).toBe("'true' == true");
    expect(condition("inputs.kind == 'true'", { kind: '${{ github.ref == 1 }}' })).toBe(
      "format('{0}', github.ref == 1) == 'true'",
    );
    expect(condition('startsWith(inputs.kind, 1)', { kind: '${{ github.ref_name }}' })).toBe(
      'startsWith(github.ref_name, 1)',
    );
  });

  test('may be none', () => {
    expect(used('- uses: a/b@v1').steps[0]?.condition).toBeNull();
  });
});

describe('the token', () => {
  const STEP = '- uses: a/b@v1';

  test('is in the inputs that hold it', () => {
    expect(used(STEP).tokenExpressions).toEqual(['inputs.token', 'inputs']);
    expect(used(STEP, { token: 'x', kind: '${{ secrets.GITHUB_TOKEN }}' }).tokenExpressions).toEqual([
      'inputs.kind',
      'inputs',
    ]);
    expect(used(STEP, { token: '${{ secrets.PAT }}' }).tokenExpressions).toEqual([]);
  });

  test('is in what held it outside, which is written in the place of inputs', () => {
    const outside = { tokenExpressions: ['secrets.handed'] };
    const given = { token: '${{ secrets.handed }}' };
    expect(used(STEP, given, outside).tokenExpressions).toEqual(['secrets.handed', 'inputs.token', 'inputs']);
    expect(script('${{ inputs.token }}', given, outside)).toBe('${{ secrets.handed }}');
  });

  test('comes out of a variable of the caller, whatever the action names its own', () => {
    const given = { token: '${{ env.GH_TOKEN }}', kind: '${{ env.NONE }}' };
    const more = { env: { GH_TOKEN: '${{ github.token }}' } };
    expect(script('${{ inputs.token }} ${{ inputs.kind }}', given, more)).toBe('${{ github.token }} ${{ env.NONE }}');
  });
});

describe('the lines of a script', () => {
  function moved(run: string, given: Given): boolean | undefined {
    return used(`- shell: sh\n  run: ${JSON.stringify(run)}`, given).steps[0]?.hasMoreLines;
  }

  test('stay where fewer are put in', () => {
    expect(script('a ${{\n\n inputs.kind }}\nb')).toBe("a it's\n\n\nb");
    expect(moved('a ${{\n\n inputs.kind }}\nb', {})).toBeUndefined();
  });

  test('are those of the file unless more are put in', () => {
    expect(moved('${{ inputs.kind }}\n', { kind: 'make\n' })).toBeUndefined();
    expect(moved('set -e\n${{ inputs.kind }}\nmake\n', { kind: 'a\nb' })).toBe(true);
    expect(script('${{ inputs.kind }}', { kind: 'a\nb\n' })).toBe('a\nb\n');
    expect(moved('${{ inputs.kind }}', { kind: 'a\nb\n' })).toBe(true);
  });

  test('of an action that runs one count, too', () => {
    const step = '- uses: actions/github-script@v8\n  with: { script: "${{ inputs.kind }}" }';
    expect(used(step, { kind: 'a\nb' }).steps[0]?.hasMoreLines).toBe(true);
    expect(used(step, { kind: 'a' }).steps[0]).not.toHaveProperty('hasMoreLines');
  });
});

describe('the folder of the action', () => {
  const PATHS = "${{ github.action_path }}/a ${{ github['action_path'] }} ${{ github.action_path_x }}";

  test('is named where it is in the workspace', () => {
    expect(script(PATHS, {}, { folder: '.github/actions/x' })).toBe(
      './.github/actions/x/a ./.github/actions/x ${{ github.action_path_x }}',
    );
    expect(script('${{ github.action_path }}/a', {}, { folder: '' })).toBe('./a');
    expect(used('- { run: x, shell: sh, env: { A: b } }', {}, { folder: 'x' }).steps[0]?.env).toMatchObject([
      { name: 'GITHUB_ACTION_PATH', text: './x' },
      { name: 'A', text: 'b' },
    ]);
    expect(used('- uses: a/b@v1', {}, { folder: 'x' }).steps[0]?.env).toEqual([]);
  });

  test('is not known where it is elsewhere', () => {
    expect(script(PATHS)).toBe(PATHS);
    expect(used('- { run: x, shell: sh }').steps[0]?.env).toEqual([]);
  });
});
