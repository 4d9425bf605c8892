import { expect, test } from '@jest/globals';

import type { Finding } from '../../src/model/report.ts';
import { previewOf } from '../../src/policy/preview.ts';

const finding = (level: string, rule: string, ...jobs: readonly string[]): Finding =>
  ({
    id: `${rule}-id`,
    rule,
    level,
    message: `${rule} of ${jobs.join()}`,
    hint: 'not shown',
    path: 'ci.yml',
    line: 3,
    column: 5,
    subjects: jobs.map((job) => ({ workflow: 'ci.yml', job: [job] })),
  }) as never;

const briefly = (findings: ReturnType<typeof previewOf>['gone']) =>
  findings.map(({ level, rule, subjects }) => `${level} ${rule} ${subjects.map(({ job }) => job?.join('/')).join()}`);

test('what another policy makes of findings: those that go away, and those that come', () => {
  const now = [finding('error', 'both', 'a', 'b'), finding('error', 'old', 'a'), finding('warning', 'level', 'a')];
  const then = [finding('error', 'both', 'b', 'c'), finding('error', 'level', 'a'), finding('note', 'new', 'd', 'e')];
  const { gone, come } = previewOf(now, then);
  expect(briefly(gone)).toEqual(['error both a', 'error old a', 'warning level a']);
  expect(briefly(come)).toEqual(['error both c', 'error level a', 'note new d,e']);
  expect(gone[1]).toEqual({
    id: 'old-id',
    rule: 'old',
    level: 'error',
    message: 'old of a',
    path: 'ci.yml',
    line: 3,
    column: 5,
    subjects: [{ workflow: 'ci.yml', job: ['a'] }],
  });
  expect(previewOf(now, now)).toEqual({ gone: [], come: [] });
});
