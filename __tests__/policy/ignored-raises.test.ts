import { describe, expect, test } from '@jest/globals';

import { report } from '../../src/check-files.ts';
import { settingsOf } from '../helpers/checking.ts';
import { stateOf } from '../helpers/comparing.ts';
import { judgementOf, turnedOn } from '../helpers/judging.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const IGNORE = '# effective-permissions: ignore[raised-permission] fine';

/** The jobs of raises that an ignore comment excuses, and of those that none does. */
function raised(base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>) {
  const { files, called } = stateOf(head);
  const { findings, suppressed } = report(files, called, settingsOf({ default: 'read', visibility: 'public' }), {
    toolVersion: '1.0.0',
    failOn: 'error',
    comparedWith: stateOf(base),
  });
  const jobs = (all: readonly { readonly rule: string; readonly jobs?: readonly (readonly string[])[] }[]) =>
    all
      .filter(({ rule }) => rule === 'raised-permission')
      .flatMap((one) => one.jobs?.map((path) => path.join('/')) ?? []);
  return { excused: jobs(suppressed), left: jobs(findings) };
}

describe('an ignore comment is about a raise', () => {
  const own = (level: string, [job, block] = ['', '']) => ({
    [CI]: `on: push\npermissions:\n  contents: ${level}\njobs:\n  a: ${job}\n    runs-on: x\n    steps: [{ run: a }]\n  b:\n    permissions: ${block}\n      checks: read\n      contents: ${level}\n    runs-on: x\n    steps: [{ run: b }]\n`,
  });

  test('at the job', () => {
    expect(raised(own('read'), own('write'))).toEqual({ excused: [], left: ['a', 'b'] });
    expect(raised(own('read'), own('write', [IGNORE, '']))).toEqual({ excused: ['a'], left: ['b'] });
  });

  test('at its block', () => {
    expect(raised(own('read'), own('write', ['', IGNORE]))).toEqual({ excused: ['b'], left: ['a'] });
  });

  test('at the calls that lead to it', () => {
    const files = (level: string, comment = '') => ({
      [CI]: `on: push\npermissions: { contents: write }\njobs:\n  x: ${comment}\n    uses: ./${CALLED}\n  y:\n    uses: ./${CALLED}\n`,
      [CALLED]: `on: workflow_call\npermissions:\n  contents: ${level}\njobs:\n  inner:\n    runs-on: x\n    steps: [{ run: a }]\n`,
    });
    const { excused, left } = raised(files('read'), files('write', IGNORE));
    expect(excused).toContain('x/inner');
    expect(left).toContain('y/inner');
    expect(left).not.toContain('x/inner');
  });
});

describe('an ignore comment is about a step of a job', () => {
  const RULE = 'write-to-unpinned-action';
  const COMMENT = `# effective-permissions: ignore[${RULE}] fine`;

  test.each([
    ['at the step', { step: COMMENT }, true],
    ['at the job', { job: COMMENT }, true],
    ['at the block', { block: COMMENT }, true],
    ['at the call', { call: COMMENT }, true],
    ['at a job beside it', { other: COMMENT }, false],
    ['nowhere', {}, false],
  ])('%s', (_, comments, isExcused) => {
    const { step = '', job = '', block = '', call = '', other = '' } = comments as Record<string, string>;
    const texts = {
      [CI]: `on: push\njobs:\n  other: ${other}\n    permissions: {}\n    runs-on: x\n    steps: [{ run: a }]\n  x: ${call}\n    permissions:\n      issues: read\n      contents: write\n    uses: ./${CALLED}\n`,
      [CALLED]: `on: workflow_call\njobs:\n  inner: ${job}\n    name: x\n    permissions: ${block}\n      issues: read\n      contents: write\n    runs-on: x\n    steps:\n      - run: x\n      - uses: octo/a@v1 ${step}\n`,
    };
    const { findings, suppressed } = judgementOf(texts, { policy: turnedOn([], RULE) });
    const isInCall = ({ rule, jobs = [] }: (typeof findings)[number]) =>
      rule === RULE && jobs.some((path) => path.join('/') === 'x/inner');
    expect(suppressed.some(isInCall)).toBe(isExcused);
    expect(findings.some(isInCall)).toBe(!isExcused);
  });
});
