import { describe, expect, test } from '@jest/globals';

import type { Settings } from '../../src/model/settings.ts';
import { check } from '../../src/check.ts';

const SETTINGS: Settings = {
  platform: { kind: 'github.com' },
  repository: null,
  visibility: 'unknown',
  defaultPermissions: { value: 'unknown', source: 'none' },
  forkPullRequests: 'unknown',
};

/** Names that an object has without anybody having written them. */
const INHERITED = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
];

/** Everywhere where a file may choose a key. */
const PLACES: readonly (readonly [string, (key: string) => string])[] = [
  ['a key of the root', (key) => `on: push\n${key}: { polluted: true }\njobs:\n  a:\n    runs-on: x\n`],
  ['an event', (key) => `on:\n  ${key}:\n    polluted: true\njobs:\n  a:\n    runs-on: x\n`],
  ['an event in a list', (key) => `on: [push, ${key}]\njobs:\n  a:\n    runs-on: x\n`],
  ['a filter', (key) => `on:\n  push:\n    ${key}: { polluted: true }\njobs:\n  a:\n    runs-on: x\n`],
  ['a type of activity', (key) => `on:\n  issues:\n    types: [${key}]\njobs:\n  a:\n    runs-on: x\n`],
  [
    'an input',
    (key) => `on:\n  workflow_dispatch:\n    inputs:\n      ${key}: { polluted: true }\njobs:\n  a:\n    runs-on: x\n`,
  ],
  [
    'an input of a call',
    (key) =>
      `on:\n  workflow_call:\n    inputs:\n      ${key}: { type: string }\npermissions: {}\njobs:\n  a:\n    runs-on: x\n`,
  ],
  ['a variable', (key) => `on: push\nenv:\n  ${key}: polluted\njobs:\n  a:\n    runs-on: x\n`],
  ['a permission', (key) => `on: push\npermissions:\n  ${key}: write\n  contents: read\njobs:\n  a:\n    runs-on: x\n`],
  ['the level of a permission', (key) => `on: push\npermissions:\n  contents: ${key}\njobs:\n  a:\n    runs-on: x\n`],
  ['the permissions', (key) => `on: push\npermissions: ${key}\njobs:\n  a:\n    runs-on: x\n`],
  ['a job', (key) => `on: push\njobs:\n  ${key}:\n    runs-on: x\n    permissions: write-all\n  b:\n    runs-on: x\n`],
  ['a need', (key) => `on: push\njobs:\n  a:\n    runs-on: x\n  b:\n    runs-on: x\n    needs: ${key}\n`],
  ['a key of a job', (key) => `on: push\njobs:\n  a:\n    runs-on: x\n    ${key}: { polluted: true }\n`],
  [
    'a key of a step',
    (key) => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: x\n        ${key}: { polluted: true }\n`,
  ],
  [
    'the id of a step',
    (key) => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: x\n        id: ${key}\n`,
  ],
  [
    'a vector of a matrix',
    (key) => `on: push\njobs:\n  a:\n    runs-on: x\n    strategy:\n      matrix:\n        ${key}: [polluted]\n`,
  ],
  [
    'an anchor',
    (key) =>
      `on: push\npermissions: &${key} { contents: read }\njobs:\n  a:\n    runs-on: x\n    permissions: *${key}\n`,
  ],
  ['a tag', (key) => `on: push\nname: !${key} x\njobs:\n  a:\n    runs-on: x\n`],
  ['a context', (key) => `on: push\njobs:\n  a:\n    runs-on: x\n    if: ${key}\n`],
  [
    'a part of a context',
    (key) =>
      `on: push\njobs:\n  a:\n    runs-on: x\n    if: github.${key} || github.event.${key}.polluted || inputs.${key}\n`,
  ],
  [
    'a part in brackets',
    (key) => `on: push\njobs:\n  a:\n    runs-on: x\n    if: github['${key}'] == github.event['${key}']['${key}']\n`,
  ],
  ['a function', (key) => `on: push\njobs:\n  a:\n    runs-on: x\n    if: ${key}()\n`],
  [
    'an object in JSON',
    (key) =>
      `on: push\njobs:\n  a:\n    runs-on: x\n    if: fromJSON('{"${key}":{"polluted":true}}').${key}.polluted\n`,
  ],
];

function everyName(): readonly string[] {
  return Object.getOwnPropertyNames(Object.prototype).sort();
}

describe.each(INHERITED)('%s', (key) => {
  test.each(PLACES)('as %s does no harm', (_, text) => {
    const before = everyName();
    const bytes = new TextEncoder().encode(text(key));
    const report = check([{ path: '.github/workflows/a.yml', bytes }], SETTINGS, { toolVersion: '1', failOn: 'error' });

    expect(everyName()).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const [workflow] = report.workflows;
    // A file is valid and its jobs get something, or it is not and they get nothing.
    expect(workflow?.outcome === 'invalid').toBe(workflow?.jobs.every(({ grants }) => grants.length === 0));
    for (const { declared, grants } of workflow?.jobs ?? []) {
      for (const permissions of [declared ?? {}, ...grants.map((grant) => grant.permissions)]) {
        expect(Object.getPrototypeOf(permissions)).toBe(Object.prototype);
        expect(Object.keys(permissions)).not.toContain(key);
        expect(Object.values(permissions).filter((level) => !['read', 'write', 'none'].includes(level))).toEqual([]);
      }
    }
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
