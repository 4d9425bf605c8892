import { describe, expect, test } from '@jest/globals';

import { callTree } from '../../src/calls/call-tree.ts';
import { loadCalledFiles } from '../../src/calls/called-files.ts';
import type { RepositoryFile } from '../../src/model/called-file.ts';
import type { Platform } from '../../src/model/settings.ts';
import type { ReadWorkflow } from '../../src/model/workflow.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { UNKNOWN } from '../helpers/checking.ts';
import {
  bytesOf,
  call,
  findingsIn,
  FOLDER,
  foundSource,
  job,
  jobIn,
  placeOf,
  problemsIn,
  reportOf,
} from './report-of.ts';
import { rowsOf, workflow, workflowIn } from './report-of.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const GITHUB: Platform = { kind: 'github.com' };
const SERVER: Platform = { kind: 'ghes', version: { major: 3, minor: 17 } };
const BUILD = workflow('workflow_call', undefined, job('build', '{contents: read}'));

describe('which file a call means', () => {
  test.each(['./.github/workflows/build.yml', '$/.github/workflows/build.yml'])(
    '%s: the same checkout',
    async (uses) => {
      const report = await reportOf({ 'ci.yml': workflow('push', 'read-all', call('use', uses)), 'build.yml': BUILD });
      expect(workflowIn(report, 'ci.yml').outcome).toBe('ok');
      expect(jobIn(report, 'ci.yml', 'use', 'build')).toMatchObject({ definedIn: '.github/workflows/build.yml' });
      expect(jobIn(report, 'ci.yml', 'use')).toMatchObject({ uses, grants: [] });
    },
  );

  test.each(['./', '$/'])('%s in another repository: that repository at that commit', async (prefix) => {
    const asked: RepositoryFile[] = [];
    const outer = workflow('workflow_call', undefined, call('deep', `${prefix}.github/workflows/inner.yml`));
    const report = await reportOf(
      {
        'ci.yml': workflow('push', '{issues: write}', call('use', 'other/lib/.github/workflows/outer.yml@v1')),
        // Not this one, though it has the same name.
        'inner.yml': workflow('workflow_call', '{packages: write}', job('wrong')),
      },
      {
        asked,
        called: {
          'other/lib/.github/workflows/outer.yml@v1': foundSource(outer, { commit: SHA }),
          [`other/lib/.github/workflows/inner.yml@${SHA}`]: workflow('workflow_call', undefined, job('leaf')),
        },
      },
    );
    const asks = ({ owner, name, path, ref }: RepositoryFile) => `${owner}/${name}/${path}@${ref}`;
    expect(asked.map(asks)).toEqual([
      'other/lib/.github/workflows/outer.yml@v1',
      `other/lib/.github/workflows/inner.yml@${SHA}`,
    ]);
    expect(workflowIn(report, 'ci.yml').outcome).toBe('ok');
    expect(jobIn(report, 'ci.yml', 'use', 'deep', 'leaf')).toMatchObject({
      definedIn: `other/lib/.github/workflows/inner.yml@${SHA}`,
      declared: { issues: 'write' },
    });
    expect(jobIn(report, 'ci.yml', 'use', 'deep').definedIn).toBe('other/lib/.github/workflows/outer.yml@v1');
  });

  test('without a known commit, the ref stands for it', async () => {
    const report = await reportOf(
      { 'ci.yml': workflow('push', '{}', call('use', 'other/lib/.github/workflows/outer.yml@v1')) },
      {
        called: {
          'other/lib/.github/workflows/outer.yml@v1': workflow('workflow_call', undefined, call('deep', 'inner.yml')),
          'other/lib/.github/workflows/inner.yml@v1': BUILD,
        },
      },
    );
    expect(problemsIn(report, 'ci.yml')).toEqual([
      "other/lib/outer.yml@v1:3:3 Error calling workflow 'other/lib/.github/workflows/inner.yml@v1'. The nested job 'build' is requesting 'contents: read', but is only allowed 'contents: none'.",
    ]);
  });

  test('our own repository with a ref: the file at that ref, never the one in the checkout', async () => {
    const report = await reportOf(
      {
        'ci.yml': workflow('push', '{}', call('use', 'octo/app/.github/workflows/build.yml@main')),
        'build.yml': workflow('workflow_call', undefined, job('new')),
      },
      { called: { 'octo/app/.github/workflows/build.yml@main': workflow('workflow_call', undefined, job('old')) } },
    );
    expect(workflowIn(report, 'ci.yml').jobs.map(({ path, definedIn }) => [...path, definedIn])).toEqual([
      ['use', '.github/workflows/ci.yml'],
      ['use', 'old', 'octo/app/.github/workflows/build.yml@main'],
    ]);
  });

  test('a file is read once, however its owner is written and however many call it', async () => {
    const asked: RepositoryFile[] = [];
    const remote = (owner: string) => `${owner}/lib/.github/workflows/build.yml@v1`;
    await reportOf(
      {
        'a.yml': workflow('push', undefined, call('one', remote('other')), call('two', remote('Other'))),
        'b.yml': workflow('push', undefined, call('three', remote('OTHER'))),
      },
      { asked },
    );
    expect(asked).toHaveLength(1);
  });

  test('a file that leads back to one is not read again, nor is anything of the checkout or without a ref', async () => {
    const asked: RepositoryFile[] = [];
    const lib = (name: string) => `other/lib/.github/workflows/${name}.yml@v1`;
    await reportOf(
      {
        'ci.yml': workflow('push', undefined, call('one', lib('a')), call('two', 'local.yml')),
        'local.yml': workflow('workflow_call', undefined, job('b')),
      },
      {
        asked,
        called: {
          [lib('a')]: workflow('workflow_call', undefined, call('on', lib('b'))),
          [lib('b')]: workflow(
            'workflow_call',
            undefined,
            call('back', lib('a')),
            call('no-ref', 'other/lib/.github/workflows/c.yml'),
          ),
        },
      },
    );
    expect(asked.map(({ owner, path }) => `${owner}/${path.replace(FOLDER, '')}`)).toEqual([
      'other/a.yml',
      'other/b.yml',
    ]);
  });

  test('files that call one another without end are read for a while', async () => {
    const asked: RepositoryFile[] = [];
    const [root] = readFiles([
      { path: 'ci.yml', bytes: bytesOf(workflow('push', undefined, call('on', 'o/r/.github/workflows/w.yml@v1'))) },
    ]);
    const next = (): ReadWorkflow => {
      const uses = `o/r/.github/workflows/w${asked.length}.yml@v1`;
      return readFiles([{ path: 'w.yml', bytes: bytesOf(workflow('workflow_call', undefined, call('on', uses))) }])[0]!;
    };
    await loadCalledFiles([root!], (file) => {
      asked.push(file);
      return Promise.resolve({ kind: 'found', read: next(), commit: null, anyRef: false });
    });
    // The longest chain has nine calls.
    expect(asked.length).toBeGreaterThanOrEqual(9);
    expect(asked.length).toBeLessThan(20);
  });

  test.each([
    ['$/.github/workflows/build.yml', 'ci.yml:5:11 invalid value workflow reference: no version specified'],
    ['./.github/workflows/build.yml', undefined],
  ])('a server and %s', async (uses, problem) => {
    const files = { 'ci.yml': workflow('push', '{contents: read}', call('use', uses)), 'build.yml': BUILD };
    const report = await reportOf(files, { platform: SERVER });
    expect(problemsIn(report, 'ci.yml')).toEqual(problem === undefined ? [] : [problem]);
    expect(workflowIn(report, 'ci.yml').outcome).toBe(problem === undefined ? 'ok' : 'invalid');
    if (problem === undefined) return;
    expect(workflowIn(report, 'ci.yml').problems).toMatchObject([
      {
        code: 'uses-format',
        hint: 'GitHub Enterprise Server 3.17 does not know `$/`. Write `./.github/workflows/build.yml`.',
      },
    ]);
  });

  test('`$/` in a called file breaks its callers on a server', async () => {
    const report = await reportOf(
      {
        'ci.yml': workflow('push', '{contents: read}', call('use', 'mid.yml')),
        'mid.yml': workflow('workflow_call', undefined, call('deep', '$/.github/workflows/build.yml')),
        'build.yml': BUILD,
      },
      { platform: SERVER },
    );
    expect(workflowIn(report, 'ci.yml')).toMatchObject({ outcome: 'startup_failure' });
    expect(problemsIn(report, 'ci.yml')).toEqual([
      'ci.yml:5:11 In .github/workflows/ci.yml (Line: 5, Col: 11): Error from called workflow .github/workflows/mid.yml (Line: 4, Col: 11): invalid value workflow reference: no version specified',
    ]);
  });
});

describe('how a sentence names a local call', () => {
  const files = { 'ci.yml': workflow('push', '{}', call('use', 'build.yml')), 'build.yml': BUILD };

  test('by repository and commit where both are known', async () => {
    const report = await reportOf(files, { commit: SHA });
    expect(problemsIn(report, 'ci.yml')[0]).toMatch(`'octo/app/.github/workflows/build.yml@${SHA}'`);
  });

  test('a call of another repository stays as written, whatever commit its ref means', async () => {
    const uses = 'Other/lib/.github/workflows/build.yml@v1';
    const ci = workflow('push', '{}', call('use', uses));
    const report = await reportOf({ 'ci.yml': ci }, { called: { [uses]: foundSource(BUILD, { commit: SHA }) } });
    expect(problemsIn(report, 'ci.yml')[0]).toMatch(`Error calling workflow '${uses}'.`);
  });

  test.each([{ repository: null, commit: SHA }, {}])('as written otherwise', async (world) => {
    const report = await reportOf(files, world);
    expect(problemsIn(report, 'ci.yml')[0]).toMatch("workflow './.github/workflows/build.yml'.");
  });
});

describe('a local file that cannot be called', () => {
  test.each(['gone.yml', 'Build.yml'])('%s is not there', async (name) => {
    const report = await reportOf({ 'ci.yml': workflow('push', undefined, call('use', name)), 'build.yml': BUILD });
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    expect(workflowIn(report, 'ci.yml').problems).toMatchObject([
      { code: 'call-not-found', line: 4, column: 11, job: ['use'] },
    ]);
    expect(problemsIn(report, 'ci.yml')[0]).toMatch(
      `error parsing called workflow ".github/workflows/ci.yml" -> "./.github/workflows/${name}": workflow was not found. See https://`,
    );
    expect(findingsIn(report)).toHaveLength(1);
  });

  test('a directory makes the calling file invalid', async () => {
    const report = await reportOf({ 'ci.yml': workflow('push', undefined, call('use', './.github/workflows/dir')) });
    expect(workflowIn(report, 'ci.yml')).toMatchObject({
      outcome: 'invalid',
      problems: [{ code: 'uses-format', line: 4, column: 11 }],
    });
  });

  test.each([
    ['on: push', 1],
    ['on: [push, pull_request]', 1],
    ['on:\n  push:\n    branches: [main]', 2],
  ])('%j has no workflow_call', async (on, line) => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{}', call('use', 'build.yml')),
      'build.yml': `${on}\njobs:\n${job('build')}`,
    });
    expect(problemsIn(report, 'ci.yml')).toEqual([
      `ci.yml:5:11 In .github/workflows/ci.yml (Line: 5, Col: 11): Error from called workflow .github/workflows/build.yml (Line: ${line}, Col: ${line === 1 ? 5 : 3}): workflow_call key is not defined in the referenced workflow.`,
    ]);
    expect(workflowIn(report, 'ci.yml').problems).toMatchObject([{ code: 'call-broken', job: ['use'] }]);
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    expect(workflowIn(report, 'build.yml').outcome).toBe('ok');
  });

  test('without workflow_call, GitHub checks the permissions all the same', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{}', call('use', 'build.yml')),
      'build.yml': workflow('push', '{issues: read}', job('build', '{contents: write}')),
    });
    const codes = workflowIn(report, 'ci.yml').problems.map(({ code }) => code);
    expect(codes).toEqual(['call-broken', 'call-permissions', 'call-permissions']);
  });

  test.each([
    ['YAML', 'on: [workflow_call\njobs: {}\n', 'yaml-syntax'],
    ['an unknown key', `on: workflow_call\nfoo: 1\npermissions: write-all\njobs:\n${job('build')}`, 'unexpected-value'],
    ['an unknown permission', workflow('workflow_call', '{metadata: read}', job('build', 'write-all')), 'unknown'],
    ['no permission at all', `on: workflow_call\npermissions:\njobs:\n${job('build')}`, 'unexpected-value'],
    ['a graph of jobs', workflow('workflow_call', undefined, `${job('build')}    needs: gone\n`), 'needs'],
    [
      'a key that a calling job may not have',
      workflow('workflow_call', undefined, call('deep', 'other.yml', undefined, ['timeout-minutes: 5'])),
      'unexpected-value',
    ],
    [
      'a context that is not available in `if`',
      workflow('workflow_call', undefined, `${job('build')}    if: secrets.X != ''\n`),
      'expression',
    ],
    [
      'a context that is not available in `with`',
      workflow('workflow_call', undefined, call('deep', 'other.yml', undefined, ['with:', '  a: ${{ env.X }}'])),
      'expression',
    ],
  ])('%s is wrong in the called file: nothing else is said of it', async (_, text) => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{}', call('use', 'build.yml', undefined, ['with: {a: 1}'])),
      'build.yml': text,
    });
    const called = workflowIn(report, 'build.yml');
    expect(called.outcome).toBe('invalid');
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    const prefix =
      'In .github/workflows/ci.yml (Line: 5, Col: 11): Error from called workflow .github/workflows/build.yml';
    expect(problemsIn(report, 'ci.yml')).toEqual(
      called.problems.map(
        ({ line, column, message }) => `ci.yml:5:11 ${prefix} (Line: ${line}, Col: ${column}): ${message}`,
      ),
    );
    expect(workflowIn(report, 'ci.yml').jobs.map(({ path }) => path)).toEqual([['use']]);
  });

  test.each([
    ['a key that a calling job may not have', ['timeout-minutes: 5']],
    ['a context that is not available in `if`', ['if: matrix.x']],
    ['a context that is not available in `with`', ['with:', '  a: ${{ env.X }}']],
    ['a reference made by an expression', ['uses: ${{ github.repository }}/.github/workflows/x.yml@v1']],
    ['a malformed reference', ['uses: other/lib/.github/workflows/x.yml']],
    ['a path that leads up', ['uses: ./.github/workflows/../workflows/build.yml']],
  ])('%s in the root: the root itself is invalid, without findings about its calls', async (_, lines) => {
    const own = lines.some((line) => line.startsWith('uses:'));
    const text = `on: push\npermissions: {}\njobs:\n  use:\n${[...(own ? [] : ['uses: ./.github/workflows/build.yml']), ...lines].map((line) => `    ${line}\n`).join('')}`;
    const report = await reportOf({ 'ci.yml': text, 'build.yml': BUILD });
    expect(workflowIn(report, 'ci.yml').outcome).toBe('invalid');
    expect(report.findings.map(({ rule }) => rule)).toEqual(['invalid-workflow']);
    expect(workflowIn(report, 'build.yml').contract?.unmetBy).toEqual([]);
  });

  test('bytes that are not UTF-8 break nothing', async () => {
    const text = workflow('workflow_call', undefined, job('build', '{contents: read}'));
    const bytes = Uint8Array.from([...new TextEncoder().encode(text), 0x23, 0xff, 0x0a]);
    const report = await reportOf(
      { 'ci.yml': workflow('push', 'read-all', call('use', 'other/lib/.github/workflows/build.yml@v1')) },
      {
        called: {
          'other/lib/.github/workflows/build.yml@v1': { kind: 'found', bytes, commit: null, anyRef: false },
        },
      },
    );
    expect(workflowIn(report, 'ci.yml').outcome).toBe('ok');
    expect(rowsOf(jobIn(report, 'ci.yml', 'use', 'build'))).toEqual(['push repository: contents: read']);
  });
});

test.each([
  ['Build.yml', 'The checkout has no such file. Did you mean ./.github/workflows/build.yml? Capitals count.'],
  [
    '$/.github/workflows/Build.yml',
    'The checkout has no such file. Did you mean $/.github/workflows/build.yml? Capitals count.',
  ],
  ['built.yml', 'The checkout has no such file.'],
])('a call of %s, which is not there, is told the file that differs in capitals alone', async (name, hint) => {
  const report = await reportOf({ 'ci.yml': workflow('push', 'read-all', call('use', name)), 'build.yml': BUILD });
  expect(workflowIn(report, 'ci.yml').problems).toMatchObject([{ code: 'call-not-found', hint }]);
});

test('of two files that differ in capitals alone, the first is meant', async () => {
  const files = {
    'ci.yml': workflow('push', 'read-all', call('use', 'leaf.yml')),
    'LEAF.yml': BUILD,
    'Leaf.yml': BUILD,
  };
  expect(workflowIn(await reportOf(files), 'ci.yml').problems[0]?.hint).toMatch('mean ./.github/workflows/LEAF.yml?');
});

describe('how long chains may be', () => {
  /** `0.yml` calls `1.yml` and so on; the last has a job. */
  function chain(calls: number): Record<string, string> {
    const files = Array.from({ length: calls }, (_, index) => [
      `${index}.yml`,
      workflow(index === 0 ? 'push' : 'workflow_call', undefined, call(`to${index + 1}`, `${index + 1}.yml`)),
    ]);
    return Object.fromEntries([...files, [`${calls}.yml`, workflow('workflow_call', undefined, job('leaf'))]]);
  }

  test.each([
    ['github.com', GITHUB, 9],
    ['a server', SERVER, 3],
  ])('%s', async (_, platform, limit) => {
    const fits = await reportOf(chain(limit), { platform, defaultPermissions: 'read' });
    expect(workflowIn(fits, '0.yml')).toMatchObject({ outcome: 'ok', problems: [] });
    expect(workflowIn(fits, '0.yml').jobs.at(-1)?.path).toHaveLength(limit + 1);

    const tooLong = await reportOf(chain(limit + 1), { platform, defaultPermissions: 'read' });
    expect(workflowIn(tooLong, '0.yml').outcome).toBe('startup_failure');
    expect(problemsIn(tooLong, '0.yml')).toEqual([
      `${limit}.yml:4:11 Nested reusable workflow depth exceeded ${limit}.`,
    ]);
    expect(workflowIn(tooLong, '0.yml').problems).toMatchObject([
      {
        code: 'call-too-deep',
        hint: 'Chains of calls may not be longer. Call the last workflows from further up.',
      },
    ]);
    // The second file starts a chain of its own, which is one shorter.
    expect(workflowIn(tooLong, '1.yml').outcome).toBe('ok');
  });

  test.each([
    ['itself', { 'a.yml': ['a.yml'] }, 'a.yml:4:11'],
    ['one another', { 'a.yml': ['b.yml'], 'b.yml': ['a.yml'] }, 'b.yml:4:11'],
  ])('a file that calls %s', async (_, calls, place) => {
    const files = Object.entries(calls).map(([name, [to]]) => [
      name,
      workflow('[push, workflow_call]', undefined, call('again', to!)),
    ]);
    const report = await reportOf(Object.fromEntries(files), { defaultPermissions: 'read' });
    expect(workflowIn(report, 'a.yml').outcome).toBe('startup_failure');
    expect(problemsIn(report, 'a.yml')).toEqual([`${place} Nested reusable workflow depth exceeded 9.`]);
    expect(workflowIn(report, 'a.yml').problems[0]?.hint).toMatch(/in a circle/);
  });

  test('a circle through our own repository at a ref ends, too', async () => {
    const text = workflow('workflow_call', undefined, call('again', 'octo/app/.github/workflows/a.yml@main'));
    const report = await reportOf({ 'a.yml': text }, { called: { 'octo/app/.github/workflows/a.yml@main': text } });
    expect(problemsIn(report, 'a.yml')).toEqual([
      'octo/app/a.yml@main:4:11 Nested reusable workflow depth exceeded 9.',
    ]);
    // GitHub's place is in no file of this checkout: the finding stands at the call that leads there.
    expect(report.findings.map(placeOf)).toEqual(['a.yml:3:3']);
  });

  test.each([
    ['github.com', GITHUB, 50],
    ['a server', SERVER, 20],
  ])('how many files one run may call on %s', async (_, platform, limit) => {
    const names = Array.from({ length: limit + 1 }, (_one, index) => `called-${index}.yml`);
    const leaf = workflow('workflow_call', undefined, job('leaf'));
    const calls = names.map((name, index) => call(`job-${index}`, name));
    // A file that is called twice counts once.
    const root = (count: number) => workflow('push', undefined, ...calls.slice(0, count), call('again', names[0]!));
    const report = await reportOf(
      {
        ...Object.fromEntries(names.map((name) => [name, leaf])),
        'fits.yml': root(limit),
        'many.yml': root(limit + 1),
      },
      { platform, defaultPermissions: 'read' },
    );
    expect(workflowIn(report, 'fits.yml').outcome).toBe('ok');
    expect(workflowIn(report, 'many.yml').outcome).toBe('startup_failure');
    expect(problemsIn(report, 'many.yml')).toEqual([
      `many.yml:${4 + 2 * limit}:11 too many workflows are referenced, total: ${limit + 1}, limit: ${limit}`,
    ]);
    expect(workflowIn(report, 'many.yml').problems[0]?.hint).toBe(
      'One run may use no more called files. Split the workflow.',
    );
  });

  test('a tree of calls that grows without end is followed for a while', async () => {
    const levels = Array.from({ length: 7 }, (_, level) => {
      const calls = Array.from({ length: 10 }, (_one, index) => call(`to${index}`, `${level + 1}.yml`));
      return [`${level}.yml`, workflow(level === 0 ? 'push' : 'workflow_call', undefined, ...calls)];
    });
    const files = { ...Object.fromEntries(levels), '7.yml': workflow('workflow_call', undefined, job('leaf')) };
    const report = await reportOf(files, { defaultPermissions: 'read' });
    const { outcome, jobs, problems } = workflowIn(report, '0.yml');
    expect(outcome).toBe('unresolved');
    expect(jobs.length).toBeLessThan(10_000);
    expect(problems[0]).toMatchObject({ code: 'call-not-read', message: expect.stringMatching(/more than 5000 jobs/) });
  });

  test.each([
    [4998, 'found'],
    [4999, 'unavailable'],
  ])('what is called after %i jobs', (count, kind) => {
    const ids = Array.from({ length: count }, (_, index) => `j${index}`);
    const texts = {
      'ci.yml': workflow('push', '{}', call('many', 'many.yml'), call('next', 'next.yml')),
      'many.yml': `on: workflow_call\njobs:\n${ids.map((id) => `  ${id}: {runs-on: x}\n`).join('')}`,
      'next.yml': workflow('workflow_call', undefined, job('leaf')),
    };
    const files = readFiles(
      Object.entries(texts).map(([name, text]) => ({ path: FOLDER + name, bytes: bytesOf(text) })),
    );
    const checkout = new Map(files.map((file) => [file.path, file]));
    const [, next] = callTree(files[0]!, { checkout, called: new Map(), settings: UNKNOWN });
    expect(next?.call?.callee.kind).toBe(kind);
  });

  test('a file counts once for each way to name it', async () => {
    const called: Record<string, string> = {};
    const calls = Array.from({ length: 26 }, (_, index) => {
      called[`octo/app/.github/workflows/w${index}.yml@main`] = BUILD;
      return [
        call(`local${index}`, `w${index}.yml`),
        call(`remote${index}`, `octo/app/.github/workflows/w${index}.yml@main`),
      ];
    }).flat();
    const files = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`w${index}.yml`, BUILD]));
    const report = await reportOf({ ...files, 'ci.yml': workflow('push', 'read-all', ...calls) }, { called });
    expect(workflowIn(report, 'ci.yml').problems.map(({ code, job: ids }) => [code, ids?.join()])).toEqual([
      ['call-too-deep', 'local25'],
      ['call-too-deep', 'remote25'],
    ]);
  });
});
