import { describe, expect, test } from '@jest/globals';

import { compare, GATE, INNER, job, own } from './comparing-steps.ts';
import type { Texts } from './comparing-steps.ts';

/** What differs between two texts of the workflow: `name: before -> after`, `null` where nothing is written or shown. */
function differences(before: string, after: string, more: Texts = {}): readonly string[] {
  const { change } = compare({ ...more, [GATE]: before }, { ...more, [GATE]: after });
  return (change?.parts ?? []).map((part) => `${part.name}: ${part.before ?? 'null'} -> ${part.after ?? 'null'}`);
}

/** A job with our step and something more: lines of the job, lines of the workflow. */
function gate(step: string, ofJob = '', ofWorkflow = ''): string {
  return `${ofWorkflow}${job(step).replace('    steps:', `${ofJob}    steps:`)}`;
}

const both = (ofJob: string, ofWorkflow = '') => gate(own(), ofJob, ofWorkflow);

describe('of the step and its job', () => {
  test.each<readonly [string, string, readonly string[]]>([
    [gate(own()), gate(own('', 'if: always()')), ['if: null -> always()']],
    [gate(own('', 'if: always()')), gate(own('', 'if: "${{ always() }}"')), []],
    [gate(own('', 'if: a.b')), gate(own()), ['if: a.b -> null']],
    [
      gate(own('', 'continue-on-error: false')),
      gate(own('', 'continue-on-error: true')),
      ['continue-on-error: false -> true'],
    ],
    [both(''), both('    if: false\n'), ["the job's if: null -> false"]],
    [both(''), both('    continue-on-error: true\n'), ["the job's continue-on-error: null -> true"]],
    [both('    needs: a\n'), both('    needs: a\n'), []],
    [both('    needs: [a, b]\n'), both('    needs: a\n'), []],
    [both(''), both('    needs: a\n'), ["the job's needs: null -> a"]],
    [both('    needs: [a, b]\n'), both('    needs: [a, b, c]\n'), ["the job's needs: a, b -> a, b, c"]],
    [gate(own('policy: "  a.yml "')), gate(own('policy: a.yml')), []],
    [gate(own('policy: "  a.yml "')), gate(own('policy: " b.yml"')), ['with policy: a.yml -> b.yml']],
    [gate(own('policy: "a}}b"')), gate(own('policy: ab')), ['with policy: a}}b -> ab']],
    [
      gate(own('policy: "${{ vars.A }}"')),
      gate(own('policy: "${{ vars.B }}"')),
      ['with policy: ${{ vars.A }} -> ${{ vars.B }}'],
    ],
    [gate(own('policy: "x${{vars.A}}y${{  vars.B }}"')), gate(own('policy: "x${{ vars.A }}y${{ vars.B}}"')), []],
  ])('%s then %s', (before, after, found) => {
    expect(differences(before, after)).toEqual(found);
  });
});

describe('the environment', () => {
  const env = (name: string, value: string, indent = '') => `${indent}env: { ${name}: ${value} }\n`;

  test('counts of the job and the workflow as far as it has power, without its values', () => {
    expect(differences(both(env('PATH', 'a', '    ')), both(env('PATH', 'b', '    ')))).toEqual([
      "the job's env PATH: null -> null",
    ]);
    expect(differences(both('', env('no_proxy', 'a')), both('', env('no_proxy', 'b')))).toEqual([
      "the workflow's env no_proxy: null -> null",
    ]);
    expect(differences(both('', env('X', 'a')), both('', env('X', 'b')))).toEqual([]);
  });

  test.each([own('fail-on: "${{ env.X }}"'), own('fail-on: error', "if: env.X == 'a'")])(
    'all of it where %s asks for it',
    (step) => {
      const of = (value: string) => gate(step, '', env('X', value));
      expect(differences(of('a'), of('b'))).toEqual(["the workflow's env X: null -> null"]);
      expect(differences(gate(step), of('b'))).toEqual(["the workflow's env X: null -> null"]);
    },
  );

  test('what it decides is taken from nowhere, and the rest from the base', () => {
    const step = own('fail-on: "${{ env.X }}", policy: p.yml');
    const of = (value: string) => ({ [GATE]: gate(step, '', env('X', value)) });
    expect(compare(of('a'), of('b')).restored).toEqual(new Map([['fail-on', null]]));
    const other = (more: string) => ({ [GATE]: gate(own('fail-on: "${{ vars.X }}"', more)) });
    expect(compare(other('if: true'), other('if: false')).restored).toEqual(new Map());
  });
});

describe('inputs', () => {
  const inner = (inputs: string) =>
    job(own('fail-on: "${{ inputs.level }}"')).replace('pull_request', `{ workflow_call: { inputs: { ${inputs} } } }`);
  const outer = (more = '') => `on: pull_request\njobs:\n  outer:\n    uses: ./${INNER}\n${more}`;

  test('their defaults', () => {
    const of = (inputs: string) => ({ [GATE]: outer(), [INNER]: inner(inputs) });
    const parts = (before: string, after: string) => compare(of(before), of(after)).change?.parts ?? [];
    const level = (value: string) => `level: { type: string, default: ${value} }`;
    expect(parts(level('a'), level('b'))).toEqual([
      { name: 'the default of the input level', before: 'a', after: 'b' },
    ]);
    expect(parts('level: { type: string }', `${level('b')}, x: { type: string }`)).toEqual([
      { name: 'the default of the input level', before: null, after: 'b' },
    ]);
    expect(parts('level: { type: string }', 'level: { type: string, required: true }')).toEqual([]);
  });

  test('of a workflow that nobody can call', () => {
    const step = own('fail-on: "${{ inputs.level }}"');
    expect(differences(gate(step), gate(step.replace('level', 'other')))).toEqual([
      'with fail-on: ${{ inputs.level }} -> ${{ inputs.other }}',
    ]);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ['    with: { level: a }\n', '    with: { LEVEL: b }\n', ['with level of the job outer: a -> b']],
    ['    with: { level: a }\n', '    with: { LEVEL: a }\n', []],
    // GitHub refuses what is no scalar.
    ['    with: { level: a }\n', '    with: { level: [b] }\n', ['with level of the job outer: a -> ${{ … }}']],
    ['', '    if: false\n', ['if of the job outer: null -> false']],
    ['    if: a.b\n', '    if: a.b\n', []],
    ['', '    with: { level: "${{ vars.X }}" }\n', ['with level of the job outer: null -> ${{ vars.X }}']],
    ['    needs: [a, b]\n', '    needs: [b, a, c]\n', ['needs of the job outer: a, b -> b, a, c']],
  ])('of a call: %j then %j', (before, after, found) => {
    expect(differences(outer(before), outer(after), { [INNER]: inner('level: { type: string }') })).toEqual(found);
  });
});

describe('what starts it', () => {
  const on = (events: string) => job(own()).replace('on: pull_request', `on: ${events}`);

  test.each<readonly [string, string, readonly string[]]>([
    ['pull_request', '{ pull_request: {} }', []],
    ['pull_request', '{ pull_request: { branches: [main, dev] } }', ['on pull_request:  -> branches: [main, dev]']],
    [
      '{ pull_request: { types: [opened] } }',
      '{ pull_request: { types: [closed], branches-ignore: [x] } }',
      ['on pull_request: types: [opened] -> types: [closed], branches-ignore: [x]'],
    ],
    ['[pull_request, merge_group]', 'pull_request', ['on merge_group:  -> null']],
    ['[push, pull_request_target]', '{ push: { branches: [x] }, pull_request_target: {} }', []],
    ['[push, pull_request_target]', '[push, pull_request]', ['on pull_request_target:  -> null']],
    ['pull_request', '[pull_request, push, merge_group]', []],
  ])('%s then %s', (before, after, found) => {
    expect(differences(on(before), on(after))).toEqual(found);
  });
});
