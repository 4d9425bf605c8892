import { describe, expect, test } from '@jest/globals';

import { inBase } from '../../src/policy/in-base.ts';
import { CI, excused, found, judged, rule, subject, violation } from './judging.ts';

const BUILD = subject('build', { permission: 'contents', granted: 'write' });
const TEST = subject('test', { permission: 'issues', granted: 'write' });
const WHOLE = rule('startup-failure', { ...violation(BUILD, TEST), isWhole: true });

const at = (line: number, ...subjects: Parameters<typeof violation>) => ({
  ...violation(...subjects),
  cause: `at ${line}`,
  place: { path: CI, line, column: 1 },
});

describe('what the base has, too', () => {
  const isBuild = inBase([{ rule: 'over-limit', level: 'warning', subject: BUILD }], (named) => named);

  test('is existing at the same level and below, and new above it', () => {
    expect((['note', 'warning', 'error'] as const).map((level) => isBuild('over-limit', level, BUILD))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isBuild('over-limit', 'note', TEST)).toBe(false);
    expect(isBuild('missing-permissions', 'note', BUILD)).toBe(false);
  });

  test('comes last', () => {
    const lines = [1, 2, 3, 4, 5, 6];
    const rules = [rule('over-limit', ...lines.map((line) => at(line, line % 2 === 1 ? BUILD : TEST)))];
    const { findings } = judged(rules, { inBase: (_, __, { job }) => job?.[0] === 'build' });
    expect(findings.map(({ line, existing }) => [line, existing])).toEqual([
      [2, undefined],
      [4, undefined],
      [6, undefined],
      [1, true],
      [3, true],
      [5, true],
    ]);
  });

  test('is all of a whole, or nothing of it', () => {
    const existing = (...jobs: readonly string[]) =>
      judged([WHOLE], { inBase: (_, __, { job }) => jobs.includes(job?.[0] ?? '') }).findings.map((one) => [
        one.message,
        one.existing,
      ]);
    const all = 'build contents, test issues';
    expect(existing('build')).toEqual([[all, undefined]]);
    expect(existing('test')).toEqual([[all, undefined]]);
    expect(existing('build', 'test')).toEqual([[all, true]]);
  });

  test('is apart from what is new', () => {
    const { findings } = judged([rule('over-limit', violation(BUILD, TEST))], {
      inBase: (_, __, { job }) => job?.[0] === 'build',
    });
    expect(findings.map(({ message, existing }) => [message, existing])).toEqual([
      ['test issues', undefined],
      ['build contents', true],
    ]);
  });
});

test('a finding is named by what it is about, in one order', () => {
  const { findings } = judged([rule('over-limit', violation(TEST, subject('call/inner'), BUILD))]);
  expect(findings.map(({ id }) => id)).toEqual([
    `over-limit:a cause:${CI} build contents write,${CI} call/inner,${CI} test issues write`,
  ]);
});

describe('what is excused', () => {
  const exception = (reason: string, more = '') => `exceptions: [{ rule: over-limit, reason: ${reason}${more} }]`;

  test('is told by place', () => {
    const rules = [rule('over-limit', at(5, BUILD), at(2, BUILD), at(4, BUILD), at(3, TEST))];
    const { suppressed, findings } = judged(rules, { policies: [exception('why')] });
    expect(findings).toEqual([]);
    expect(suppressed.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });

  test('is so by the policy that is furthest up', () => {
    const rules = [rule('over-limit', violation(BUILD))];
    const policies = [exception('ours'), `may-loosen: { exceptions: true }\n${exception('theirs')}`];
    expect(excused(judged(rules, { policies }))).toEqual(['exception over-limit: build contents (theirs)']);
  });

  test('is remembered where a comment does it', () => {
    const rules = [rule('over-limit', violation(BUILD))];
    expect(judged(rules).ignored).toEqual(new Set());
    const text = 'on: push # effective-permissions: ignore[over-limit] why\njobs:\n  build:\n    runs-on: x\n';
    expect(judged(rules, { text }).ignored.size).toBe(1);
  });

  test('is not, for several reasons, which are all told', () => {
    const policies = [
      'exceptions:\n  - { rule: over-limit, reason: a, expires: 2020-01-01 }\n  - { rule: over-limit, reason: b, expires: 2020-02-02 }',
    ];
    expect(judged([rule('over-limit', violation(BUILD))], { policies }).findings[0]?.hint).toBe(
      'The exception at own.yml:3 ended on 2020-01-01. The exception at own.yml:4 ended on 2020-02-02.',
    );
  });

  test('keeps the mildest level that any of those who excuse it may leave', () => {
    const policies = [exception('a'), `rules: { over-limit: error }\n${exception('b')}`, 'rules: { over-limit: note }'];
    expect(found(judged([rule('over-limit', violation(BUILD))], { policies }))).toEqual([
      'note over-limit: build contents',
    ]);
  });

  test('as a whole keeps the level that the shared policy demands', () => {
    const all = 'exceptions: [{ rule: startup-failure, reason: why }]';
    const policies = [`rules: { startup-failure: error }\n${all}`, 'rules: { startup-failure: note }'];
    expect(found(judged([WHOLE], { policies }))).toEqual(['note startup-failure: build contents, test issues']);
  });
});

test('what differs from a base is nothing to accept for later', () => {
  const judgement = judged([rule('raised-permission', violation(BUILD)), rule('over-limit', violation(TEST))]);
  expect(judgement.findings).toHaveLength(2);
  expect(judgement.identities).toEqual([
    { rule: 'over-limit', workflow: CI, job: 'test', permission: 'issues', granted: 'write' },
  ]);
});
