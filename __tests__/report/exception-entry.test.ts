import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { FoundSubject } from '../../src/model/report.ts';
import { excuser } from '../../src/policy/excuses.ts';
import type { Subject } from '../../src/policy/rule.ts';
import { exceptionEntries } from '../../src/report/exception-entry.ts';
import { tried } from '../helpers/property.ts';
import { policyOf } from '../policy/file/reading-policy.ts';

const CI = '.github/workflows/ci.yml';
const NAMES = [
  'ci',
  'a b',
  '*',
  '[x]',
  '{a,b}',
  '!ci',
  'null',
  'a: b',
  '#1',
  "it's",
  '"',
  '\\',
  'é',
  '\u2028',
  '?',
  ']',
  '-',
];
const WORKFLOWS = NAMES.map((name) => `.github/workflows/${name}.yml`);
const JOBS = [undefined, ['build'], ['deploy'], ['deploy', 'build'], ['deploy', 'build', 'build']];
const PERMISSIONS = [undefined, 'contents', 'id-token', 'packages'];

const ALL: readonly FoundSubject[] = WORKFLOWS.flatMap((workflow) =>
  JOBS.flatMap((job) =>
    PERMISSIONS.map((permission) => ({
      workflow,
      ...(job === undefined ? {} : { job }),
      ...(permission === undefined ? {} : { permission }),
    })),
  ),
);

function full({ workflow, job, permission }: FoundSubject): Subject {
  const named = permission === undefined ? {} : { permission };
  return { workflow, job: job ?? null, definedIn: workflow, ...named, places: [] };
}

/** Whether the offered entries, pasted into a policy, excuse something. */
function excusing(rule: string, subjects: readonly FoundSubject[]): (subject: FoundSubject) => boolean {
  const entries = exceptionEntries(rule, subjects).map((entry) => `  ${entry.replace('reason: …', 'reason: why')}\n`);
  const policy = [policyOf(`version: 1\nexceptions:\n${entries.join('')}`)];
  const { excuse } = excuser({ policy, ignores: [], baseline: [], ignoredInBase: null, today: '2026-11-21' });
  return (subject) => excuse(rule, full(subject), { path: CI, line: 1, column: 1 }).excuses.length > 0;
}

/** What is about a whole file is about each of its jobs, and what names no permission about each of them. */
function isPartOf(subject: FoundSubject, { workflow, job, permission }: FoundSubject): boolean {
  return (
    subject.workflow === workflow &&
    (job === undefined || job.join('/') === subject.job?.join('/')) &&
    (permission === undefined || permission === subject.permission)
  );
}

describe('the entry that is offered for a finding', () => {
  test('is read as part of a policy and excuses what the finding is about, and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...ALL), { minLength: 1, maxLength: 12 }), (subjects) => {
        const isExcused = excusing('over-limit', subjects);
        expect(ALL.filter(isExcused)).toEqual(ALL.filter((one) => subjects.some((subject) => isPartOf(one, subject))));
      }),
      tried(40),
    );
  });

  test('names with each job the permissions of that job alone', () => {
    const subjects = [
      { workflow: CI, job: ['build'], permission: 'contents' },
      { workflow: CI, job: ['deploy'], permission: 'id-token' },
      { workflow: CI, job: ['test'], permission: 'contents' },
    ];
    expect(exceptionEntries('over-limit', subjects)).toEqual([
      '- { rule: over-limit, workflows: ci.yml, jobs: [build, test], permissions: contents, reason: … }',
      '- { rule: over-limit, workflows: ci.yml, jobs: deploy, permissions: id-token, reason: … }',
    ]);
  });

  test('names a permission that nobody knows', () => {
    const one = { workflow: CI, permission: 'brand*new' };
    const isExcused = excusing('unknown-permission', [one]);
    expect([one, { ...one, permission: 'brand-new' }].map(isExcused)).toEqual([true, false]);
  });

  test.each(['unused-exception', 'unused-limit', 'unexplained-ignore'])('is none for %s', (rule) => {
    expect(exceptionEntries(rule, [{ workflow: '.github/permissions-policy.yml' }])).toEqual([]);
  });
});
