import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

import { COMMAND_LINE_OPTIONS } from '../../src/edge/command-line/option-table.ts';
import { RULES } from '../../src/policy/rule-table.ts';

interface Contract {
  readonly release: string | null;
  readonly rules: Readonly<Record<string, string>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly options: readonly string[];
  readonly reportFields: readonly string[];
}

interface Script {
  readonly contractOf: (parts: object) => Contract;
  readonly brokenPromises: (before: Contract, now: Contract) => readonly string[];
}

const { contractOf, brokenPromises } = (await import(
  new URL('../../scripts/contract.mjs', import.meta.url).href
)) as Script;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

const NOW = contractOf({
  version,
  rules: RULES,
  options: COMMAND_LINE_OPTIONS,
  action: parse(read('action.yml')),
  reportSchema: JSON.parse(read('report.schema.json')),
});

/** What git prints, or nothing where there is no git, no repository or no such thing. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** The releases that this clone knows, the last one first. A clone may come without tags. */
const tags = git('tag', '--merged', 'HEAD', '--sort=-version:refname', '--list', 'v[0-9]*.[0-9]*.[0-9]*').split('\n');
const earlier = tags.filter((tag) => tag !== '' && tag !== `v${version}`)[0];

describe('the promises of the last release', () => {
  test('are those of released-contract.json, and kept', () => {
    expect(brokenPromises(JSON.parse(read('released-contract.json')), NOW)).toEqual([]);
  });

  (earlier === undefined ? test.skip : test)(`are those of the tag ${earlier}, and kept`, () => {
    expect(brokenPromises(JSON.parse(git('show', `${earlier}:released-contract.json`)), NOW)).toEqual([]);
  });

  test('are written down only when a release is prepared', () => {
    const { release } = JSON.parse(read('released-contract.json')) as Contract;
    expect([null, version]).toContain(release);
  });
});

describe('what breaks a promise', () => {
  const BEFORE: Contract = { ...NOW, release: '1.2.3' };
  const broken = (change: Partial<Contract>, before: Partial<Contract> = {}): readonly string[] =>
    brokenPromises({ ...BEFORE, ...before }, { ...BEFORE, release: '1.3.0', ...change });

  test('nothing, when nothing changes', () => {
    expect(Object.keys(NOW.rules).length).toBeGreaterThan(20);
    expect(NOW.reportFields).toEqual(expect.arrayContaining(['schemaVersion', 'grants', 'unmetBy']));
    expect(broken({})).toEqual([]);
  });

  test('a new rule above a note', () => {
    expect(broken({ rules: { ...BEFORE.rules, brandnew: 'warning' } })).toEqual([
      'The rule brandnew is new and has the level warning. Within a major version it is a note at most.',
    ]);
    expect(broken({ rules: { ...BEFORE.rules, brandnew: 'note', another: 'off' } })).toEqual([]);
  });

  test('a level that rises', () => {
    expect(broken({ rules: { ...BEFORE.rules, 'unresolved-call': 'error' } })).toEqual([
      'The rule unresolved-call rises from note to error. Within a major version no level rises.',
    ]);
    expect(broken({ rules: { ...BEFORE.rules, 'startup-failure': 'note' } })).toEqual([]);
  });

  test.each([
    ['rule', { rules: {} }, { rules: { nowhere: 'note' } }],
    ['input', {}, { inputs: ['nowhere'] }],
    ['output', {}, { outputs: ['nowhere'] }],
    ['option', {}, { options: ['nowhere'] }],
    ['field of the report', {}, { reportFields: ['nowhere'] }],
  ])('a %s that goes', (kind, change, before) => {
    expect(broken(change, before)).toEqual([`The ${kind} nowhere is gone. Within a major version no name goes.`]);
  });

  test.each([
    ['a new major version', '2.0.0', '1.2.3'],
    ['no release before', '1.0.0', null],
    ['a preview', '0.3.0', '0.2.9'],
  ])('not in %s', (_, release, before) => {
    expect(broken({ rules: {}, inputs: [], release }, { release: before })).toEqual([]);
  });
});
