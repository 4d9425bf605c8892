import { describe, expect, test } from '@jest/globals';

import { check } from '../../src/check.ts';
import { bytesOf, reportOf, UNKNOWN, workflow } from '../helpers/checking.ts';
import { JOBS } from '../helpers/reading.ts';

const A = '.github/workflows/a.yml';

function findings(text: string) {
  return reportOf({ [A]: text }).findings;
}

function ids(text: string): readonly string[] {
  return findings(text).map(({ id }) => id);
}

describe('a file that GitHub refuses', () => {
  test('has a finding for each problem, with its place and what to write', () => {
    expect(findings(`on: push\npermissions:\n  contents: Read\n  metadata: read\n${JOBS}`)).toEqual([
      {
        id: `invalid-workflow:${A}:Unexpected value 'Read':${A}`,
        rule: 'invalid-workflow',
        level: 'error',
        message: "Unexpected value 'Read'",
        hint: 'Allowed here: read, write, none.',
        path: A,
        line: 3,
        column: 13,
        subjects: [{ workflow: A, about: "Unexpected value 'Read'" }],
      },
      {
        id: `invalid-workflow:${A}:Unexpected value 'metadata':${A}`,
        rule: 'invalid-workflow',
        level: 'error',
        message: "Unexpected value 'metadata'",
        hint: 'Every token has `metadata: read`. Remove the line.',
        path: A,
        line: 4,
        column: 3,
        subjects: [{ workflow: A, about: "Unexpected value 'metadata'" }],
      },
    ]);
  });

  test('has no jobs that run, and no contract', () => {
    const [broken] = reportOf({ [A]: workflow('workflow_call', 'none') }).workflows;
    expect(broken).toMatchObject({ outcome: 'invalid', contract: null });
    expect(broken?.jobs.map(({ path, grants }) => [path, grants])).toEqual([[['build'], []]]);
  });
});

describe('the id of a finding', () => {
  const wrong = `permissions:\n  metadata: read\n${JOBS}`;

  test('is the same when lines move', () => {
    expect(ids(`# a comment\n\non: push\n${wrong}`)).toEqual(ids(`on: push\n${wrong}`));
    expect(ids(`\n\non: push\nname: @x\n`)).toEqual(ids('on: push\nname: @x\n'));
  });

  test('tells equal mistakes in one file apart', () => {
    expect(ids(`on: push\n${wrong}    permissions: { metadata: read }\n`)).toEqual([
      `invalid-workflow:${A}:Unexpected value 'metadata':${A}`,
      `invalid-workflow:${A}:Unexpected value 'metadata' (2):${A}`,
    ]);
  });

  test('tells files apart', () => {
    const { findings: both } = reportOf({ [A]: `on: push\n${wrong}`, '.github/workflows/b.yml': `on: push\n${wrong}` });
    expect(new Set(both.map(({ id }) => id)).size).toBe(2);
  });
});

test('bytes that are not UTF-8 are a problem, but no reason for GitHub to refuse a file', () => {
  const odd = new Uint8Array([0x23, 0xff, 0x0a]);
  const report = (text: string) =>
    check([{ path: A, bytes: new Uint8Array([...odd, ...bytesOf(text)]) }], UNKNOWN, {
      toolVersion: '1',
      failOn: 'note',
    });
  const [fine, broken] = [report(workflow('push', '{}')), report(workflow('push', 'none'))];
  expect([fine.workflows[0]?.outcome, fine.workflows[0]?.problems.length, fine.result]).toEqual(['ok', 1, 'pass']);
  expect(broken.workflows[0]?.problems.map(({ code }) => code)).toEqual(['encoding', 'unexpected-value']);
  expect(broken.findings.map(({ message }) => message)).toEqual(["Unexpected value 'none'"]);
});

test('a file that is fine has none', () => {
  expect(findings(workflow('push', '{}'))).toEqual([]);
});
