import { describe, expect, test } from '@jest/globals';

import type { RunInput } from '../../../src/policy/gate/compare-step.ts';
import { compare, GATE, INNER, job, own, partsOf } from './comparing-steps.ts';
import type { Texts } from './comparing-steps.ts';

describe('which step is ours', () => {
  test('any reference of our action, in any case and at any version', () => {
    for (const uses of ['o/ep@v1', 'O/Ep@main', 'o/ep/sub@v1']) {
      const head = job(`{ uses: ${uses}, with: { fail-on: never } }`);
      expect(partsOf(compare({ [GATE]: job(own()) }, { [GATE]: head }))).toEqual(['with fail-on']);
    }
    expect(partsOf(compare({ [GATE]: job('{ uses: o/other@v1 }') }, { [GATE]: job(own()) }))).toBeNull();
  });

  test('a folder of the repository', () => {
    const local = { action: null, folder: 'actions/ep' };
    const base = job('{ uses: ./actions/ep/ }');
    const head = job('{ uses: ./actions/ep, with: { fail-on: never } }');
    expect(partsOf(compare({ [GATE]: base }, { [GATE]: head }, local))).toEqual(['with fail-on']);
  });

  test('of several in a job, the one that the runner names', () => {
    const base = { [GATE]: job(own(), own('fail-on: never'), own('fail-on: note', 'id: third')) };
    expect(partsOf(compare(base, base))).toBeNull();
    const swapped = { [GATE]: job(own('fail-on: never'), own(), own('fail-on: note', 'id: third')) };
    for (const step of ['__o_ep', '__o_ep_2']) {
      expect(partsOf(compare(base, swapped, { step }))).toEqual(['with fail-on']);
    }
    expect(partsOf(compare(base, swapped, { step: 'third' }))).toBeNull();
    // One that comes before all others is at the place of the first, and the last one has none.
    const added = { [GATE]: job(own(), own('fail-on: never'), own('fail-on: never'), own('', 'id: third')) };
    expect(partsOf(compare(base, added, { step: '__o_ep_3' }))).toEqual(['moved']);
    expect(compare(base, added, { step: '__o_ep_3' }).restored).toBe('all');
  });

  test('one in a called workflow, with what the callers give', () => {
    const call = (inputs: string): string =>
      `on: pull_request\njobs:\n  outer:\n    uses: ./${INNER}\n    with: { ${inputs} }\n`;
    const inner = job(own('fail-on: "${{ inputs.level }}"')).replace('pull_request', 'workflow_call');
    const base = { [GATE]: call('level: error'), [INNER]: inner };
    expect(partsOf(compare(base, base))).toBeNull();
    const changed = compare(base, { ...base, [GATE]: call('level: never') });
    expect([partsOf(changed), changed.restored]).toEqual([['with level of the job outer'], 'all']);
    const mended = { ...base, [INNER]: inner.replace('fail-on: "${{ inputs.level }}"', '') };
    expect(compare(base, mended).change).toMatchObject({ place: { path: INNER }, job: ['outer', 'check'] });
  });

  test('one in a called workflow of another repository', () => {
    const call = (more: string): string => `on: pull_request\njobs:\n  outer:\n    uses: o/shared/${INNER}@v1\n${more}`;
    const base = { [GATE]: call('') };
    expect(partsOf(compare(base, { [GATE]: call('').replace('@v1', '@v2') }))).toBeNull();
    const changed = compare(base, { [GATE]: call('    with: { level: never }\n') });
    expect([partsOf(changed), changed.restored]).toEqual([['with level of the job outer'], 'all']);
  });
});

describe('ways round', () => {
  const call = (jobs: string): string => `on: pull_request\njobs:\n${jobs}`;
  const job2 = (id: string, level: string, more = ''): string =>
    `  ${id}:\n${more}    uses: ./${INNER}\n    with: { level: ${level} }\n`;
  const inner = job(own('fail-on: "${{ inputs.level }}"')).replace(
    'on: pull_request',
    'on: { workflow_call: { inputs: { level: { type: string, default: error } } } }',
  );
  const base = { [GATE]: call(job2('outer', 'error')), [INNER]: inner };

  test('an expression in a call', () => {
    const by = (text: string): Texts => ({ ...base, [GATE]: call(job2('outer', text)) });
    const changed = compare(by('"${{ vars.LEVEL }}"'), by('"${{ \'never\' }}"'));
    expect(partsOf(changed)).toEqual(['with level of the job outer']);
    expect(compare(by('"${{ vars.LEVEL }}"'), by('"${{vars.LEVEL}}"')).change).toBeNull();
  });

  test('the default of an input', () => {
    const changed = compare(base, { ...base, [INNER]: inner.replace('default: error', 'default: never') });
    expect(partsOf(changed)).toEqual(['the default of the input level']);
    expect(changed.restored).toEqual(new Map([['fail-on', null]]));
  });

  test('a second call of the same file', () => {
    const twice = call(`${job2('outer', 'error', '    name: other\n')}${job2('second', 'never', '    name: outer\n')}`);
    expect(partsOf(compare(base, { ...base, [GATE]: twice }))).toEqual(['moved']);
    expect(partsOf(compare({ ...base, [GATE]: twice }, { ...base, [GATE]: twice }))).toBeNull();
  });

  test("another repository's workflow under another id", () => {
    const remote = (id: string, more = ''): string => `  ${id}:\n    uses: o/shared/${INNER}@v1\n${more}`;
    const milder = '    name: outer\n    with: { level: never }\n';
    const before = { [GATE]: call(remote('outer')) };
    expect(partsOf(compare(before, { [GATE]: call(remote('second', milder)) }))).toEqual(['moved']);
    expect(compare(before, { [GATE]: call(`${remote('outer')}${remote('second')}`) }).change).toBeNull();
  });

  test('needs, also of a call', () => {
    const skipped = '  skipped: { runs-on: x, if: false, steps: [{ run: x }] }\n';
    const waiting = call(`${job2('outer', 'error', '    needs: skipped\n')}${skipped}`);
    expect(partsOf(compare(base, { ...base, [GATE]: waiting }))).toEqual(['needs of the job outer']);
  });

  test.each(['GIT_OBJECT_DIRECTORY', 'node_options', 'HOME', 'https_proxy'])('the variable %s of the job', (name) => {
    const withEnv = job(own()).replace('    steps:', `    env: { ${name}: x, OTHER: x }\n    steps:`);
    expect(partsOf(compare({ [GATE]: job(own()) }, { [GATE]: withEnv }))).toEqual([`the job's env ${name}`]);
  });

  test('an id is none', () => {
    const named = { [GATE]: job(own('', 'id: mine')) };
    expect(compare({ [GATE]: job(own()) }, named, { step: 'mine' }).change).toBeNull();
    expect(compare(named, { [GATE]: job(own()) }).change).toBeNull();
  });
});

describe('what of it counts', () => {
  test('what the base writes is restored, where that is known', () => {
    const base = { [GATE]: job(own('fail-on: warning, policy: "${{ vars.P }}", baseline: b.json')) };
    const head = { [GATE]: job(own('FAIL-ON: never, policy: x.yml, base: main')) };
    const { restored } = compare(base, head);
    expect(restored).toEqual(
      new Map<string, string | null>([
        ['fail-on', 'warning'],
        ['policy', null],
        ['baseline', 'b.json'],
        ['base', null],
      ]),
    );
  });

  test('the values of this run are compared with what the base writes', () => {
    const base = { [GATE]: job(own('fail-on: warning, policy: "${{ vars.P }}"')) };
    const run = (name: string, value: string, fallback = ''): RunInput => ({ name, value, default: fallback });
    const same = [
      run('fail-on', 'warning', 'error'),
      run('policy', 'any.yml'),
      run('summary', 'true', 'true'),
      run('offline', '', 'false'),
      run('github-token', 'secret'),
    ];
    expect(partsOf(compare(base, base, {}, same))).toBeNull();
    // Also where the file that runs is not to be had.
    for (const head of [base, {}]) {
      expect(partsOf(compare(base, head, {}, [run('fail-on', 'never', 'error')]))).toEqual(['with fail-on']);
      expect(partsOf(compare(base, head, {}, [run('offline', 'true', 'false')]))).toEqual(['with offline']);
    }
  });

  test('secrets and the environment are not shown', () => {
    const head = { [GATE]: job(own('github-token: abc', 'env: { A: secret }')) };
    expect(compare({ [GATE]: job(own()) }, head).change?.parts).toEqual([
      { name: 'with github-token', before: null, after: null },
      { name: 'env A', before: null, after: null },
    ]);
  });

  test('a base without such a step anywhere has nothing to loosen', () => {
    expect(compare({ [GATE]: job('{ run: "true" }') }, { [GATE]: job(own('fail-on: never')) })).toEqual({
      change: null,
      restored: new Map(),
    });
    expect(partsOf(compare({ 'other.yml': job(own()) }, { [GATE]: job(own()) }))).toEqual(['moved']);
  });

  test('a comment, another version and another order are no change', () => {
    const base = { [GATE]: job(own('fail-on: error, summary: true')) };
    const head = { [GATE]: job('{ uses: o/ep@v2, with: { summary: "true", fail-on: error } } # mine') };
    expect(partsOf(compare(base, head))).toBeNull();
  });
});

describe('what is told', () => {
  const run = (name: string, value: string, fallback = ''): RunInput => ({ name, value, default: fallback });

  test('a step at another place, or that is gone', () => {
    const elsewhere = { [GATE]: job('{ run: x }'), 'other.yml': job(own()) };
    expect(compare(elsewhere, { [GATE]: job(own()) })).toEqual({
      change: { place: { path: GATE, line: 6, column: 9 }, job: ['check'], isMoved: true, parts: [] },
      restored: 'all',
    });
    expect(compare(elsewhere, {})).toEqual({
      change: { place: { path: GATE, line: 1, column: 1 }, job: null, isMoved: true, parts: [] },
      restored: 'all',
    });
    // It may be in any job of that file.
    const second = 'on: push\njobs:\n  none: { runs-on: x }\n  two: { runs-on: x, steps: [{ uses: o/ep@v1 }] }\n';
    expect(partsOf(compare({ 'other.yml': second }, {}))).toEqual(['moved']);
  });

  test('an input of this run, with the place of the step where there is one', () => {
    const base = { [GATE]: job(own('fail-on: " warning ", policy: "${{ vars.P }}", base: "  "')) };
    const parts = [{ name: 'with fail-on', before: ' warning ', after: 'never' }];
    const restored = new Map([['fail-on', ' warning ']]);
    expect(compare(base, base, {}, [run('fail-on', ' never ', 'error')])).toEqual({
      change: { place: { path: GATE, line: 6, column: 9 }, job: ['check'], isMoved: false, parts },
      restored,
    });
    expect(compare(base, {}, {}, [run('fail-on', ' never ', 'error')])).toEqual({
      change: { place: { path: GATE, line: 1, column: 1 }, job: null, isMoved: false, parts },
      restored,
    });
    expect(compare(base, base, {}, [run('fail-on', '  ', 'error')]).change?.parts).toEqual([
      { name: 'with fail-on', before: ' warning ', after: null },
    ]);
    for (const same of [run('fail-on', ' warning', 'error'), run('base', ' ', 'main'), run('base', 'main', 'main')]) {
      expect(partsOf(compare(base, base, {}, [same]))).toBeNull();
    }
  });
});

describe('calls of a workflow of another repository that has the step', () => {
  const remote = (id: string, name: string, inputs = ''): string =>
    `  ${id}: { uses: o/${name}/${INNER}@v1, with: { ${inputs} } }\n`;
  const calls = (...jobs: readonly string[]): Texts => ({ [GATE]: `on: pull_request\njobs:\n${jobs.join('')}` });

  test.each<readonly [string, Texts, Texts, readonly string[] | null]>([
    [
      'one that gives something else',
      calls(remote('a', 'x', 'l: 1'), remote('b', 'y', 'l: 2')),
      calls(remote('a', 'x', 'l: 1'), remote('b', 'y', 'l: 3')),
      ['with l of the job b'],
    ],
    ['another version', calls(remote('a', 'x')), calls(remote('a', 'x').replace('@v1', '@v2')), null],
    ['another id', calls(remote('a', 'x')), calls(remote('new', 'X').replace('@v1', '@v2')), ['moved']],
    ['another id, beside others', calls(remote('a', 'x')), calls(remote('new', 'x'), remote('b', 'y')), ['moved']],
    ['another id of another one', calls(remote('a', 'x')), calls(remote('new', 'y')), null],
    ['one more, whatever it gives', calls(remote('a', 'x')), calls(remote('a', 'x'), remote('b', 'x', 'l: 1')), null],
    ['one less', calls(remote('a', 'x'), remote('b', 'x')), calls(remote('b', 'x')), null],
    ['what another one called before', calls(remote('a', 'x'), remote('b', 'y')), calls(remote('b', 'x')), null],
    [
      'a call of a file of the repository',
      calls('  a: { uses: ./b.yml, with: { l: 1 } }\n'),
      calls('  a: { uses: ./b.yml, with: { l: 2 } }\n'),
      null,
    ],
    [
      'the file of the repository that another job called',
      calls('  a: { uses: ./b.yml }\n'),
      calls('  new: { uses: ./b.yml }\n'),
      null,
    ],
    ['a job with steps', calls('  a: { runs-on: x }\n'), calls('  b: { runs-on: x, if: false }\n'), null],
    ['a condition of one with steps', calls('  a: { runs-on: x }\n'), calls('  a: { runs-on: x, if: false }\n'), null],
    ['a workflow that is gone', calls(remote('a', 'x')), {}, null],
    ['a workflow that is new', {}, calls(remote('a', 'x')), null],
  ])('%s', (_, base, head, parts) => {
    expect(partsOf(compare(base, head))).toEqual(parts);
  });
});
