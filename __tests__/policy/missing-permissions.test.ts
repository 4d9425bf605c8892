import { describe, expect, test } from '@jest/globals';

import type { Known } from '../helpers/checking.ts';
import { briefly, foundBy, judgementOf, policyFile } from '../helpers/judging.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';

function missing(texts: string | Record<string, string>, known: Known = {}) {
  return foundBy('missing-permissions', texts, known);
}

const steps = '    runs-on: x\n    steps:\n      - uses: actions/checkout@v6\n';

describe('a job to which no block applies', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['one job: at the top of the file', `name: CI\non: push\njobs:\n  a:\n${steps}`, ['ci.yml:1:1 a']],
    [
      'several jobs are one finding',
      `on: push\njobs:\n  a:\n${steps}  b:\n${steps}  c:\n    permissions: {}\n${steps}`,
      ['ci.yml:1:1 a b'],
    ],
    [
      'one of several: at the job',
      `on: push\njobs:\n  a:\n    permissions: {}\n${steps}  b:\n${steps}`,
      ['ci.yml:8:3 b'],
    ],
    ['comments in front are no key', `# about\n\non: push\njobs:\n  a:\n${steps}`, ['ci.yml:3:1 a']],
    [
      'its own block of another job does not help',
      `on: push\njobs:\n  a:\n    permissions: {}\n${steps}  b:\n${steps}`,
      ['ci.yml:8:3 b'],
    ],
    ['an empty block is a block', `on: push\npermissions: {}\njobs:\n  a:\n${steps}`, []],
    ['so is an empty block of the job', `on: push\njobs:\n  a:\n    permissions: {}\n${steps}`, []],
    ['a job that never runs gets nothing', `on: push\njobs:\n  a:\n    if: false\n${steps}`, []],
    [
      'nor does one that waits for it',
      `on: push\njobs:\n  a:\n    if: false\n    permissions: {}\n${steps}  b:\n    needs: a\n${steps}`,
      [],
    ],
    ['the callers of a file that is only called decide', `on: workflow_call\njobs:\n  a:\n${steps}`, []],
    ['with other events they do not', `on: [workflow_call, push]\njobs:\n  a:\n${steps}`, ['ci.yml:1:1 a']],
    ['a file that GitHub refuses has other problems', `on: push\npermissions: none\njobs:\n  a:\n${steps}`, []],
  ])('%s', (_, text, expected) => {
    expect(missing(text).map(briefly)).toEqual(expected);
  });
});

describe('a called workflow', () => {
  const called = `on: workflow_call\njobs:\n  inner:\n${steps}`;
  const caller = (block: string) => `on: push\njobs:\n  call:\n${block}    uses: ./${CALLED}\n`;

  test('is not flagged for what its caller sets', () => {
    expect(missing({ [CI]: caller('    permissions: {}\n'), [CALLED]: called })).toEqual([]);
  });

  test('without a block anywhere, its caller is to write one', () => {
    const [finding, ...others] = missing({ [CI]: caller(''), [CALLED]: called });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ path: CI, line: 1, column: 1, jobs: [['call', 'inner']] });
    expect(finding?.subjects).toEqual([{ workflow: CI, job: ['call', 'inner'], definedIn: CALLED }]);
  });

  test('that has blocks of its own leaves nothing to the default', () => {
    const own = called.replace('  inner:\n', '  inner:\n    permissions: {}\n');
    expect(missing({ [CI]: caller(''), [CALLED]: own })).toEqual([]);
  });

  test('that was not read may have blocks: that is a guess, and never fails a run', () => {
    const text = 'on: push\njobs:\n  call:\n    uses: octo/else/.github/workflows/a.yml@v1\n';
    const policy = [policyFile({ rules: new Map([['missing-permissions', { level: 'error', inProportion: true }]]) })];
    const found = judgementOf(text, { policy }).findings.filter(({ rule }) => rule === 'missing-permissions');
    expect(found.map(({ level }) => level)).toEqual(['warning']);
    expect(found[0]?.message).toContain('could not be read');
    expect(found[0]?.advice?.map(({ permissions }) => permissions)).toEqual([undefined]);
  });
});

describe('what to write', () => {
  const advice = (texts: string | Record<string, string>, known: Known = {}) =>
    missing(texts, known).flatMap(({ advice: all = [] }) => all.map(({ line, permissions }) => [line, permissions]));
  const script = (more: string) => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${more}\n`;

  test.each<readonly [string, string, object]>([
    ['a job that checks out begins with reading', `on: push\njobs:\n  a:\n${steps}`, { contents: 'read' }],
    ['scripts without the token may need nothing', script('make'), {}],
    ['a script that is given the token is not known', script('gh pr list ${{ github.token }}'), { contents: 'read' }],
    [
      'nor one with the token in its environment',
      script('gh\n        env:\n          GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}'),
      { contents: 'read' },
    ],
    ['nor one in a workflow with it', `env: { T: '\${{ github.token }}' }\n${script('gh')}`, { contents: 'read' }],
    [
      'an action cannot be seen into',
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: octo/do@v1\n',
      { contents: 'read' },
    ],
  ])('%s', (_, text, block) => {
    expect(advice(text)).toEqual([[1, block]]);
  });

  test('with the restricted default, the block keeps what the job has', () => {
    expect(advice(script('make'), { default: 'read' })).toEqual([[1, { contents: 'read', packages: 'read' }]]);
  });

  const mixed = (called: string) => ({
    [CI]: `on: push\njobs:\n  a:\n${steps}  call:\n    uses: ./${CALLED}\n`,
    [CALLED]: `on: workflow_call\njobs:\n  inner:\n    permissions: ${called}\n${steps}`,
  });

  test('a block at the top must not starve a job that calls', () => {
    expect(advice(mixed('{ contents: write, packages: write }'), { default: 'write' })).toEqual([
      [3, { contents: 'read' }],
    ]);
    const both = {
      ...mixed('{ packages: write }'),
      [CI]: `on: push\njobs:\n  a:\n${steps}  b:\n${steps}  call:\n    uses: ./${CALLED}\n`,
    };
    expect(advice(both, { default: 'write' })).toEqual([
      [1, { contents: 'read' }],
      [11, { packages: 'write' }],
    ]);
  });

  test('where the top gives enough, the calling job needs no block', () => {
    const both = {
      ...mixed('{ contents: read }'),
      [CI]: `on: push\njobs:\n  a:\n${steps}  b:\n${steps}  call:\n    uses: ./${CALLED}\n`,
    };
    expect(advice(both)).toEqual([[1, { contents: 'read' }]]);
  });

  test('following the advice leaves no finding', () => {
    const text = `on: push\njobs:\n  a:\n${steps}`;
    expect(missing(`permissions:\n  contents: read\n${text}`)).toEqual([]);
  });
});

describe('what to write where it is known what the steps use', () => {
  const advice = (text: string, known: Known = {}) =>
    foundBy('missing-permissions', text, { ...known, needsOf: 'real' }).flatMap(({ advice: all = [] }) =>
      all.map(({ text: words, permissions }) => [permissions, words.includes('It holds what the steps use')]),
    );
  const script = (run: string) =>
    `on: push\njobs:\n  a:\n    runs-on: x\n    env: { GH_TOKEN: '\${{ github.token }}' }\n    steps:\n      - run: ${run}\n`;

  test.each<readonly [string, string, Known, readonly unknown[]]>([
    ['is just that', script('gh issue create'), {}, [{ issues: 'write' }, true]],
    ['whatever the default is', script('gh issue create'), { default: 'read' }, [{ issues: 'write' }, true]],
    ['is nothing where they use nothing', script('echo'), { default: 'write' }, [{}, true]],
    ['is a start where they cannot be seen into', script('./unknown.sh'), {}, [{ contents: 'read' }, false]],
  ])('%s', (_, text, known, expected) => {
    expect(advice(text, known)).toEqual([expected]);
  });
});

describe('what it says of the default', () => {
  const text = `on: push\njobs:\n  a:\n${steps}`;
  const message = (known: Known) => missing(text, known)[0]?.message ?? '';

  test('both values while it is not known, and it is certain all the same', () => {
    expect(message({})).toMatch(
      /'read'.*`contents: read` and `packages: read` only.*'write'.*17 permissions to write/s,
    );
    expect(missing(text)[0]).not.toHaveProperty('defaultPermissions');
  });

  test('the one value that is known', () => {
    expect(message({ default: 'read' })).toMatch(/`contents: read` and `packages: read` only\.$/);
    expect(message({ default: 'write' })).toMatch(/^(?!.*'read').*to write, `contents` among them/);
  });
});

test('an ignore comment at one job leaves the others', () => {
  const ignore = '  # effective-permissions: ignore[missing-permissions] is rewritten next week\n';
  const { findings, suppressed } = judgementOf(`on: push\njobs:\n${ignore}  a:\n${steps}  b:\n${steps}`);
  expect(findings.map(briefly)).toEqual(['ci.yml:1:1 b']);
  expect(findings[0]?.message).toContain("the job 'b'");
  expect(findings[0]?.message).not.toContain("'a'");
  expect(suppressed.map(briefly)).toEqual(['ci.yml:1:1 a']);
});
