import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { check } from '../src/check.ts';
import type { CheckOptions } from '../src/check.ts';
import type { Settings } from '../src/model/settings.ts';
import type { WorkflowSource } from '../src/model/source.ts';
import { bytesOf, UNKNOWN, workflow } from './helpers/checking.ts';
import { corpusFiles, hasCorpus } from './helpers/corpus.ts';
import { tried } from './helpers/property.ts';
import { randomSettings, randomWorkflow, workflowText } from './helpers/random-workflow.ts';
import { JOBS } from './helpers/reading.ts';

const OPTIONS: CheckOptions = { toolVersion: '1.2.3', failOn: 'error' };
const FOLDER = '.github/workflows/';

function source(name: string, text: string): WorkflowSource {
  return { path: FOLDER + name, bytes: bytesOf(text) };
}

const BROKEN = `on: push\npermissions: none\n${JOBS}`;

describe('the report of a repository', () => {
  test('says what it was computed with', () => {
    const settings: Settings = {
      platform: { kind: 'ghes', version: { major: 3, minor: 17 } },
      repository: { owner: 'octo-org', name: 'octo-repo' },
      visibility: 'internal',
      defaultPermissions: { value: 'read', source: 'settings' },
      forkPullRequests: 'off',
    };
    expect(check([], settings, OPTIONS)).toEqual({
      schemaVersion: 1,
      tool: { name: 'effective-permissions', version: '1.2.3' },
      repository: {
        name: 'octo-org/octo-repo',
        visibility: 'internal',
        defaultPermissions: { value: 'read', source: 'settings' },
        forkPullRequests: 'off',
        platform: '3.17',
      },
      permissionsTable: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      policy: null,
      workflows: [],
      findings: [],
      suppressed: [],
      result: 'pass',
      gate: { failOn: 'error', report: 'all', beforeMerge: false },
    });
    expect(check([], UNKNOWN, OPTIONS).repository).toEqual({
      name: null,
      visibility: 'unknown',
      defaultPermissions: { value: 'unknown', source: 'none' },
      forkPullRequests: 'unknown',
      platform: 'github.com',
    });
  });

  test('has the workflows by path, whatever order they come in', () => {
    const names = ['b.yml', 'a.yml', 'B.yml', 'a.yaml', 'ä.yml', 'a-b.yml'];
    const report = check(
      names.map((name) => source(name, workflow('push', '{}'))),
      UNKNOWN,
      OPTIONS,
    );
    expect(report.workflows.map(({ path }) => path.slice(FOLDER.length))).toEqual([
      'B.yml',
      'a-b.yml',
      'a.yaml',
      'a.yml',
      'b.yml',
      'ä.yml',
    ]);
  });

  test('has the findings by path, line and column', () => {
    const text = `on: push\npermissions: { zzz: read, aaa: read }\n${JOBS}    permissions: none\n`;
    const { findings } = check([source('b.yml', text), source('a.yml', text)], UNKNOWN, OPTIONS);
    expect(findings.map(({ path, line, column }) => [path.slice(FOLDER.length), line, column])).toEqual([
      ['a.yml', 2, 16],
      ['a.yml', 2, 27],
      ['a.yml', 8, 18],
      ['b.yml', 2, 16],
      ['b.yml', 2, 27],
      ['b.yml', 8, 18],
    ]);
  });

  test('has the jobs and the events as written', () => {
    const jobs = ['z', 'a', 'b'].map((id) => `  ${id}:\n    runs-on: x\n`).join('');
    const [file] = check([source('a.yml', `name: CI\non: [watch, push]\njobs:\n${jobs}`)], UNKNOWN, OPTIONS).workflows;
    expect(file).toMatchObject({ name: 'CI', events: ['watch', 'push'], outcome: 'ok', problems: [], contract: null });
    expect(file?.jobs.map(({ path }) => path)).toEqual([['z'], ['a'], ['b']]);
  });
});

describe('one bad file', () => {
  const fine = source('fine.yml', workflow('push', '{ contents: read }'));

  test.each<readonly [string, WorkflowSource, string]>([
    ['that cannot be read', { path: `${FOLDER}bad.yml`, error: 'EACCES: permission denied' }, 'invalid'],
    ['that is refused', source('bad.yml', BROKEN), 'invalid'],
    ['that is no YAML', source('bad.yml', 'on: [push'), 'invalid'],
    ['that is empty', source('bad.yml', ''), 'invalid'],
    ['that is too large', source('bad.yml', '#'.repeat(1024 * 1024 + 1)), 'invalid'],
    ['that is a bomb', source('bad.yml', 'a: &a [*a]\n'), 'invalid'],
    [
      'whose bytes are odd',
      { path: `${FOLDER}bad.yml`, bytes: new Uint8Array([...bytesOf(workflow('push', '{}')), 0x23, 0xff]) },
      'ok',
    ],
  ])('%s does not hide the others', (_, bad, outcome) => {
    const report = check([bad, fine], UNKNOWN, OPTIONS);
    expect(report.workflows.map(({ path, outcome: found }) => [path.slice(FOLDER.length), found])).toEqual([
      ['bad.yml', outcome],
      ['fine.yml', 'ok'],
    ]);
    expect(report.workflows[1]).toEqual(check([fine], UNKNOWN, OPTIONS).workflows[0]);
    expect(report.result).toBe(outcome === 'invalid' ? 'fail' : 'pass');
    expect(report.findings).toHaveLength(outcome === 'invalid' ? 1 : 0);
  });

  test('two paths may have the same text', () => {
    const { workflows, findings } = check([source('a.yml', BROKEN), source('b.yml', BROKEN)], UNKNOWN, OPTIONS);
    expect(workflows.map(({ problems }) => problems.map(({ path }) => path))).toEqual([
      [`${FOLDER}a.yml`],
      [`${FOLDER}b.yml`],
    ]);
    expect(findings).toHaveLength(2);
  });
});

describe('the result', () => {
  test.each(['error', 'warning', 'note'] as const)('an invalid file fails on %s', (failOn) => {
    expect(check([source('a.yml', BROKEN)], UNKNOWN, { ...OPTIONS, failOn }).result).toBe('fail');
    expect(check([source('a.yml', workflow('push', '{}'))], UNKNOWN, { ...OPTIONS, failOn }).result).toBe('pass');
  });

  test('never fails on never', () => {
    expect(check([source('a.yml', BROKEN)], UNKNOWN, { ...OPTIONS, failOn: 'never' }).result).toBe('pass');
  });
});

/** A report must hold for every text: no exception, a level for each permission, a place for each problem. */
function expectReport(bytes: Uint8Array, settings: Settings): void {
  const report = check([{ path: `${FOLDER}a.yml`, bytes }], settings, OPTIONS);
  const [file] = report.workflows;
  expect(report.workflows).toHaveLength(1);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  for (const { line, column, message } of file!.problems) {
    expect({ message, isPlace: line >= 1 && column >= 1 }).toEqual({ message, isPlace: true });
  }
  for (const { grants } of file!.jobs) {
    for (const { permissions, status } of grants) {
      const levels = Object.entries(permissions).filter(([, level]) => level !== 'read' && level !== 'write');
      expect(levels).toEqual([]);
      expect(permissions.metadata).toBe(status === 'not-run' ? undefined : 'read');
    }
  }
  expect(file!.outcome === 'ok' || report.findings.length > 0 || file!.outcome === 'unresolved').toBe(true);
}

describe('nothing is thrown, whatever the text', () => {
  const SETTINGS: readonly Settings[] = [
    UNKNOWN,
    {
      ...UNKNOWN,
      platform: { kind: 'ghes', version: { major: 3, minor: 4 } },
      defaultPermissions: { value: 'write', source: 'option' },
    },
  ];

  const piece = fc.constantFrom(
    ...[
      'on',
      'push',
      'pull_request',
      'workflow_call',
      'jobs',
      'permissions',
      'contents',
      'id-token',
      'read',
      'write-all',
    ],
    ...[
      'runs-on',
      'uses',
      './.github/workflows/a.yml',
      'needs',
      'if',
      'steps',
      'run',
      'strategy',
      'matrix',
      'with',
      'secrets',
    ],
    ...[
      'a',
      'b',
      '1',
      'null',
      'true',
      '~',
      '__proto__',
      '<<',
      '""',
      "''",
      '"a"',
      "'b'",
      'ä',
      '\u2028',
      '\0',
      '\ufeff',
      '\t',
    ],
    ...[
      ': ',
      ':',
      '- ',
      '-',
      '? ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '|',
      '>-',
      '#',
      ' #',
      '&a ',
      '*a',
      '!!str ',
      '!x ',
      '%',
      '@',
      '`',
      '\\',
    ],
    ...[
      '${{',
      '}}',
      '${{ ',
      ' }}',
      'github.ref',
      "'x'",
      '(',
      ')',
      '&&',
      '==',
      'always()',
      'fromJSON(',
      'insert',
      '---\n',
      '...\n',
    ],
    ...['\n', '\n', '\n', '\n  ', '\n  ', '\n    ', '\n      ', '\r\n', '\r', ' ', '  '],
  );

  test('made of pieces of workflows', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom(...SETTINGS), (pieces, settings) =>
        expectReport(bytesOf(pieces.join('')), settings),
      ),
      tried(1500),
    );
  });

  test('made of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectReport(bytes, UNKNOWN)),
      tried(300),
    );
  });

  test('a workflow in which something was changed', () => {
    fc.assert(
      fc.property(
        randomWorkflow,
        randomSettings,
        fc.nat(),
        fc.nat({ max: 12 }),
        piece,
        (random, settings, at, cut, put) => {
          const text = workflowText(random);
          const place = at % text.length;
          expectReport(bytesOf(text.slice(0, place) + put + text.slice(place + cut)), settings);
        },
      ),
      tried(500),
    );
  });

  (hasCorpus ? test : test.skip)('a real workflow in which something was changed', () => {
    const files = corpusFiles().filter(({ bytes }) => bytes.length < 8000);
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.nat(),
        fc.nat({ max: 40 }),
        fc.array(piece, { maxLength: 3 }),
        ({ bytes }, at, cut, put) => {
          const text = new TextDecoder().decode(bytes);
          const place = at % text.length;
          expectReport(bytesOf(text.slice(0, place) + put.join('') + text.slice(place + cut)), UNKNOWN);
        },
      ),
      tried(400),
    );
  });
});
