import { describe, expect, test } from '@jest/globals';

import { call, job, problemsIn, reportOf, workflow, workflowIn } from './report-of.ts';

const CALLER = '.github/workflows/ci.yml';

/** A called workflow that takes the inputs and secrets of a `workflow_call` mapping in flow style. */
function takes(definition: string): string {
  return `on:\n  workflow_call: ${definition}\njobs:\n${job('build')}`;
}

/** What GitHub says of a call that passes these lines. */
async function problems(definition: string, ...passed: readonly string[]): Promise<readonly string[]> {
  const files = {
    'ci.yml': workflow('push', undefined, call('use', 'build.yml', undefined, passed)),
    'build.yml': takes(definition),
  };
  return problemsIn(await reportOf(files, { defaultPermissions: 'read' }), 'ci.yml');
}

describe('inputs of a call', () => {
  test.each([
    ['nothing is asked', '{}', []],
    ['nothing is passed, nothing is required', '{inputs: {a: {type: string}}}', []],
    ['a required one is passed', '{inputs: {a: {type: string, required: true}}}', ['with: {a: x}']],
    ['GitHub ignores the case of names', '{inputs: {some-input: {type: string}}}', ['with: {Some-Input: x}']],
    ['an expression may be of any type', '{inputs: {a: {type: boolean}}}', ['with:', '  a: ${{ inputs.x }}']],
    ['any literal is a text', '{inputs: {a: {type: string}, b: {type: string}}}', ['with: {a: 1, b: true}']],
    ['nothing is a text, too', '{inputs: {a: {type: string}}}', ['with:', '  a:']],
    ['a number', '{inputs: {a: {type: number}, b: {type: number}}}', ['with: {a: 1.5, b: 0x10}']],
    ['a boolean', '{inputs: {a: {type: boolean}}}', ['with: {a: false}']],
    ['a default of its type', '{inputs: {a: {type: boolean, default: true}, b: {type: number, default: 1}}}', []],
    ['a default that is a text in any case', '{inputs: {a: {type: string, default: 1}}}', []],
    ['a default that an expression makes', '{inputs: {a: {type: number, default: "${{ github.run_id }}"}}}', []],
  ])('%s', async (_, definition, passed) => {
    expect(await problems(definition, ...passed)).toEqual([]);
  });

  test.each([
    [
      'a required one is missing: at `uses`',
      '{inputs: {a: {type: string, required: true}}}',
      [],
      ['ci.yml:4:11 Input a is required, but not provided while calling.'],
    ],
    [
      'a default does not make up for it',
      '{inputs: {a: {type: string, required: true, default: x}}}',
      [],
      ['ci.yml:4:11 Input a is required, but not provided while calling.'],
    ],
    [
      'one that is not declared: at the value, not at the name',
      '{}',
      ['with:', '  foo: bar', '  other: ${{ github.ref }}'],
      [
        'ci.yml:6:12 Invalid input, foo is not defined in the referenced workflow.',
        'ci.yml:7:14 Invalid input, other is not defined in the referenced workflow.',
      ],
    ],
    [
      'literals of the wrong type',
      '{inputs: {a: {type: boolean}, b: {type: number}, c: {type: boolean}, d: {type: number}}}',
      ['with:', '  a: not-a-boolean', "  b: '5'", "  c: 'true'", '  d: true'],
      [
        "ci.yml:6:10 Unexpected value 'not-a-boolean'",
        "ci.yml:7:10 Unexpected value '5'",
        "ci.yml:8:10 Unexpected value 'true'",
        "ci.yml:9:10 Unexpected value 'true'",
      ],
    ],
    [
      'a string literal in `${{ }}` is a literal',
      '{inputs: {a: {type: boolean}}}',
      ['with:', "  a: ${{ 'true' }}"],
      ["ci.yml:6:10 Unexpected value 'true'"],
    ],
    ['nothing is no boolean', '{inputs: {a: {type: boolean}}}', ['with:', '  a:'], ["ci.yml:6:9 Unexpected value ''"]],
    [
      'a default of the wrong type, whether the input is passed or not',
      "{inputs: {a: {type: boolean, default: 'true'}, b: {type: number, default: x}}}",
      ['with: {a: true}'],
      [
        `ci.yml:4:11 In ${CALLER} (Line: 4, Col: 11): Error from called workflow .github/workflows/build.yml (Line: 2, Col: 56): Unexpected value 'true'`,
        `ci.yml:4:11 In ${CALLER} (Line: 4, Col: 11): Error from called workflow .github/workflows/build.yml (Line: 2, Col: 92): Unexpected value 'x'`,
      ],
    ],
    [
      'all at once, in the order of the called file and then of the caller',
      '{inputs: {a: {type: string, required: true}, b: {type: number}}}',
      ['with:', '  z: 1', '  b: x'],
      [
        'ci.yml:4:11 Input a is required, but not provided while calling.',
        "ci.yml:7:10 Unexpected value 'x'",
        'ci.yml:6:10 Invalid input, z is not defined in the referenced workflow.',
      ],
    ],
  ])('%s', async (_, definition, passed, expected) => {
    expect(await problems(definition, ...passed)).toEqual(expected);
  });
});

describe('secrets of a call', () => {
  test.each([
    ['nothing is asked', '{}', []],
    ['a required one is passed', '{secrets: {token: {required: true}}}', ['secrets: {token: x}']],
    ['GitHub ignores the case of names', '{secrets: {token: {required: true}}}', ['secrets: {TOKEN: x}']],
    ['an optional one is left out', '{secrets: {token: {required: false}, other: }}', []],
    ['what `inherit` passes is for the run to say', '{secrets: {token: {required: true}}}', ['secrets: inherit']],
    ['`inherit` to a workflow that declares none', '{}', ['secrets: inherit']],
  ])('%s', async (_, definition, passed) => {
    expect(await problems(definition, ...passed)).toEqual([]);
  });

  test.each([
    [
      'a required one is missing',
      '{secrets: {token: {required: true}}}',
      [],
      ['ci.yml:4:11 Secret token is required, but not provided while calling.'],
    ],
    [
      'one that is not declared: at the value',
      '{secrets: {token: }}',
      ['secrets:', '  foo: ${{ secrets.FOO }}'],
      ['ci.yml:6:12 Invalid secret, foo is not defined in the referenced workflow.'],
    ],
    [
      'inputs come before secrets',
      '{secrets: {token: {required: true}}, inputs: {a: {type: string, required: true}}}',
      [],
      [
        'ci.yml:4:11 Input a is required, but not provided while calling.',
        'ci.yml:4:11 Secret token is required, but not provided while calling.',
      ],
    ],
  ])('%s', async (_, definition, passed, expected) => {
    expect(await problems(definition, ...passed)).toEqual(expected);
  });
});

test('a value that GitHub refuses is a start-up failure of the root, with a finding at the value', async () => {
  const report = await reportOf({
    'ci.yml': workflow('push', undefined, call('use', 'build.yml', undefined, ['with:', '  foo: bar'])),
    'build.yml': takes('{}'),
  });
  expect(workflowIn(report, 'ci.yml')).toMatchObject({
    outcome: 'startup_failure',
    problems: [{ code: 'call-value', job: ['use'], line: 6, column: 12 }],
  });
  expect(report.findings).toMatchObject([
    { rule: 'startup-failure', level: 'error', path: CALLER, line: 6, column: 12, job: ['use'] },
  ]);
});

test('a default of the wrong type harms nobody who does not call the file', async () => {
  const report = await reportOf({ 'build.yml': takes("{inputs: {a: {type: boolean, default: 'true'}}}") });
  expect(workflowIn(report, 'build.yml')).toMatchObject({ outcome: 'ok', problems: [] });
});

test.each([
  ['before', '{permissions: {issues: write}, on: {workflow_call: {inputs: {a: {type: string, required: true}}}}'],
  ['after', '{on: {workflow_call: {inputs: {a: {type: string, required: true}}}}, permissions: {issues: write}'],
])('so is a block that stands %s `on` in its line', async (when, head) => {
  const report = await reportOf({
    'ci.yml': workflow('push', '{}', call('use', 'build.yml')),
    'build.yml': `${head}, jobs: {build: {runs-on: x}}}\n`,
  });
  const codes = workflowIn(report, 'ci.yml').problems.map(({ code }) => code);
  expect(codes.at(when === 'before' ? 0 : -1)).toBe('call-permissions');
  expect(codes.at(when === 'before' ? -1 : 0)).toBe('call-value');
});

test('a default of the wrong type, with what to write', async () => {
  const report = await reportOf({
    'ci.yml': workflow('push', undefined, call('use', 'build.yml')),
    'build.yml': takes("{inputs: {a: {type: boolean, default: 'true'}}}"),
  });
  expect(workflowIn(report, 'ci.yml').problems).toMatchObject([
    { code: 'call-value', hint: 'A default must be of the type of its input.' },
  ]);
});

test.each([
  ['after `on`', `on: {workflow_call: {inputs: {a: {type: string, required: true}}}}\npermissions: {issues: write}\n`],
  ['before `on`', `permissions: {issues: write}\non: {workflow_call: {inputs: {a: {type: string, required: true}}}}\n`],
])('the called block %s is checked in the order in which the called file is written', async (when, head) => {
  const report = await reportOf(
    {
      'ci.yml': workflow('push', undefined, call('use', 'build.yml')),
      'build.yml': `${head}jobs:\n${job('build', '{checks: read}')}`,
    },
    { defaultPermissions: 'read' },
  );
  const codes = workflowIn(report, 'ci.yml').problems.map(({ code }) => code);
  const [value, block, nested] = ['call-value', 'call-permissions', 'call-permissions'];
  expect(codes).toEqual(when === 'after `on`' ? [value, block, nested] : [block, value, nested]);
  expect(workflowIn(report, 'ci.yml').problems.at(-1)?.message).toMatch(/nested job 'build'/);
  expect(workflowIn(report, 'ci.yml').problems.find(({ code }) => code === block)?.message).toMatch(
    /The workflow is requesting/,
  );
});
