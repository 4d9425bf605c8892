import { describe, expect, test } from '@jest/globals';

import { check } from '../../src/check.ts';
import type { NewPermission } from '../../src/model/permission.ts';
import type { Report } from '../../src/model/report.ts';
import { permissionsOn } from '../../src/permissions/platform.ts';
import { brief, bytesOf, settingsOf, whenOf, workflow } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';

const ANY: NewPermission = { name: 'brand-new-scope', levels: ['read', 'write'] };
const READ_ONLY: NewPermission = { name: 'brand-new-reading', levels: ['read'] };
const WRITE_ONLY: NewPermission = { name: 'brand-new-writing', levels: ['write'] };
const ALL = [ANY, READ_ONLY, WRITE_ONLY];

const CI = '.github/workflows/ci.yml';

function reportWith(
  newPermissions: readonly NewPermission[],
  texts: string | Readonly<Record<string, string>>,
  known: Known = {},
): Report {
  const files = typeof texts === 'string' ? { [CI]: texts } : texts;
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
  return check(sources, { ...settingsOf(known), newPermissions }, { toolVersion: '1', failOn: 'error' });
}

/** What the one job gets of the new permissions, row by row. */
function newOnes(newPermissions: readonly NewPermission[], text: string, known: Known = {}): readonly string[] {
  const [{ grants } = { grants: [] }] = reportWith(newPermissions, text, known).workflows[0]!.jobs;
  return grants.map((grant) => {
    const levels = Object.fromEntries(
      Object.entries(grant.permissions).filter(([name]) => name.startsWith('brand-new')),
    );
    return `${whenOf(grant)}: ${brief(levels)}`.trim();
  });
}

function problems(newPermissions: readonly NewPermission[], text: string, known: Known = {}): readonly string[] {
  return reportWith(newPermissions, text, known).workflows[0]!.problems.map(
    ({ line, column, code, message, hint = '' }) => `${line}:${column} ${code} ${message} ${hint}`.trim(),
  );
}

describe.each([
  ['github.com', {}],
  ['a server', { ghes: '3.17' }],
  ['a server that was not looked at', { ghes: '4.1' }],
] as const)('on %s, a permission that a policy adds', (_, platform) => {
  const known: Known = { ...platform, visibility: 'public' };

  test('may be written in a file, which is refused without', () => {
    const text = workflow('push', '{ brand-new-scope: write, contents: read }');
    const [withIt, without] = [reportWith([ANY], text, known), reportWith([], text, known)];
    expect(withIt).toMatchObject({ result: 'pass', workflows: [{ outcome: 'ok', problems: [] }] });
    expect(withIt.findings).toEqual([]);
    expect(withIt.workflows[0]!.jobs[0]!.declared).toEqual({ 'brand-new-scope': 'write', contents: 'read' });
    expect(without).toMatchObject({ result: 'fail', workflows: [{ outcome: 'invalid' }] });
    expect(without.findings.map(({ rule }) => rule)).toEqual(['unknown-permission']);
  });

  test('is no level', () => {
    const text = workflow('push', '{ contents: brand-new-scope, brand-new-scope: write }');
    const [read] = reportWith([ANY], text, known).workflows;
    expect(read!.problems.map(({ message }) => message)).toEqual(["Unexpected value 'brand-new-scope'"]);
  });

  test('is in `read-all` and `write-all`, as far as it has the level', () => {
    const rows = (block: string) =>
      newOnes(ALL, workflow('push', block), known).map((row) => row.replace(/^push repository( medium)?:/, '').trim());
    expect(rows('read-all')).toEqual(['brand-new-reading:read brand-new-scope:read']);
    expect(rows('write-all')).toEqual(['brand-new-reading:read brand-new-scope:write brand-new-writing:write']);
    expect(rows('{}')).toEqual(['']);
  });

  test('is in the permissive default, which is not certain, and not in the restricted one', () => {
    const [{ grants } = { grants: [] }] = reportWith(ALL, workflow('push'), { ...known, default: 'write' })
      .workflows[0]!.jobs;
    expect(grants[0]).toMatchObject({
      confidence: 'medium',
      permissions: { 'brand-new-reading': 'read', 'brand-new-scope': 'write', 'brand-new-writing': 'write' },
    });
    expect(grants[0]!.doubts!.join(' ')).toContain("'brand-new-scope', 'brand-new-reading' and 'brand-new-writing'");
    const pullRequest = reportWith(ALL, workflow('pull_request'), { default: 'write', visibility: 'public' });
    const inFork = pullRequest.workflows[0]!.jobs[0]!.grants.find(({ actor }) => actor === 'fork')!;
    expect(inFork.doubts!.join(' ')).toContain(
      "That the permissive default has 'brand-new-scope' and 'brand-new-reading',",
    );
    expect(newOnes(ALL, workflow('push'), { ...known, default: 'read' })).toEqual([expect.not.stringContaining('new')]);
  });

  test('is at most read in a pull request from a fork', () => {
    const rows = newOnes(ALL, workflow('pull_request', 'write-all'), known);
    expect(rows.find((row) => row.includes('fork'))).toMatch(/: brand-new-reading:read brand-new-scope:read$/);
  });

  test('counts where a called workflow asks for more than its caller has', () => {
    const calling = (level: string) => ({
      [CI]: `on: push\npermissions: { brand-new-scope: ${level}, id-token: none }\njobs:\n  call:\n    uses: ./.github/workflows/called.yml\n`,
      '.github/workflows/called.yml': workflow('workflow_call', '{ brand-new-scope: write }'),
    });
    const outcome = (level: string) =>
      reportWith([ANY], calling(level), { ...known, ghes: '3.17' }).workflows.find(({ path }) => path === CI);
    expect(outcome('write')?.outcome).toBe('ok');
    expect(outcome('read')?.outcome).toBe('startup_failure');
    expect(outcome('read')?.problems[0]?.message).toContain("is requesting 'brand-new-scope: write'");
  });
});

describe('what GitHub would refuse is refused', () => {
  test('a level that the permission does not have', () => {
    expect(problems(ALL, workflow('push', '{ brand-new-reading: write, brand-new-writing: read }'))).toEqual([
      "2:35 unexpected-value Unexpected value 'write' The policy says that 'brand-new-reading' can be: read, none.",
      "2:61 unexpected-value Unexpected value 'read' The policy says that 'brand-new-writing' can be: write, none.",
    ]);
    expect(problems(ALL, workflow('push', '{ brand-new-reading: none, brand-new-writing: none }'))).toEqual([]);
  });

  test.each([
    ['admin', "2:33 unexpected-value Unexpected value 'admin' Allowed here: read, write, none."],
    ['[read]', '2:33 unexpected-sequence A sequence was not expected'],
    ['{ read: true }', '2:33 unexpected-mapping A mapping was not expected'],
    [`"\${{ 'admin' }}"`, "2:33 unexpected-value Unexpected value 'admin' Allowed here: read, write, none."],
  ])('the level %s', (level, problem) => {
    expect(problems([ANY], workflow('push', `{ brand-new-scope: ${level} }`))).toEqual([problem]);
  });

  test('another permission that is not known, and the same one twice', () => {
    expect(
      problems([ANY], workflow('push', '{ brand-new-scope: read, brand-old-scope: read, brand-new-scope: read }')),
    ).toEqual([
      expect.stringMatching(/^2:39 unknown-permission Unexpected value 'brand-old-scope'/),
      expect.stringContaining('already-defined'),
    ]);
  });

  test('what comes to light only then: jobs that wait for each other, no events', () => {
    const circle = `on: push\npermissions: { brand-new-scope: read }\njobs:\n  a:\n    needs: b\n    runs-on: x\n  b:\n    needs: a\n    runs-on: x\n`;
    expect(problems([ANY], circle).join('\n')).toContain('needs');
    expect(problems([ANY], 'on: []\npermissions: { brand-new-scope: read }\njobs: { a: { runs-on: x } }\n')).toEqual([
      '1:1 trigger No event triggers defined in `on`',
    ]);
    expect(reportWith([ANY], circle).workflows[0]?.outcome).toBe('invalid');
    // Bytes that are no UTF-8 are no reason to stop there.
    const bytes = new Uint8Array([...bytesOf(`${circle}# caf`), 0xe9]);
    const [report] = check(
      [{ path: CI, bytes }],
      { ...settingsOf({}), newPermissions: [ANY] },
      { toolVersion: '1', failOn: 'error' },
    ).workflows;
    expect(report?.problems.map(({ code }) => code)).toEqual(['encoding', 'needs']);
    // GitHub looks for no circle where a level is wrong.
    expect(problems([ANY], circle.replace('read', 'admin'))).toEqual([
      "2:33 unexpected-value Unexpected value 'admin' Allowed here: read, write, none.",
    ]);
  });
});

test('none is a level of every permission, whether or not the policy lists it', () => {
  const levelsWith = (levels: NewPermission['levels']) =>
    permissionsOn({ kind: 'github.com', newPermissions: [{ name: 'brand-new-scope', levels }] }).find(
      ({ name }) => name === 'brand-new-scope',
    )?.levels;
  expect(levelsWith(['read'])).toEqual(['none', 'read']);
  expect(levelsWith(['none', 'read'])).toEqual(['none', 'read']);
});

test('a permission that a server lacks and a policy adds is there', () => {
  const text = workflow('push', '{ attestations: write }');
  const known: Known = { ghes: '3.17' };
  expect(problems([], text, known)).toEqual([expect.stringContaining('permission-not-on-server')]);
  expect(problems([{ name: 'attestations', levels: ['read', 'write'] }], text, known)).toEqual([]);
});

test('what our table knows stays as the table says', () => {
  const list: readonly NewPermission[] = [{ name: 'models', levels: ['write'] }];
  const models = (newPermissions: readonly NewPermission[]) =>
    permissionsOn({ kind: 'github.com', newPermissions }).find(({ name }) => name === 'models');
  expect(models(list)).toEqual(models([]));
});

test('tables of several policies and platforms are kept apart', () => {
  const names = (platform: Parameters<typeof permissionsOn>[0]) => permissionsOn(platform).map(({ name }) => name);
  const added = [ANY];
  const server = { kind: 'ghes', version: { major: 3, minor: 17 }, newPermissions: added } as const;
  expect(names({ kind: 'github.com', newPermissions: added })).toEqual(
    [...names({ kind: 'github.com' }), ANY.name].sort(),
  );
  expect(names(server)).toEqual([...names({ ...server, newPermissions: [] }), ANY.name].sort());
  expect(names({ kind: 'github.com', newPermissions: [READ_ONLY] })).not.toContain(ANY.name);
  expect(names({ kind: 'github.com' })).not.toContain(ANY.name);
});
