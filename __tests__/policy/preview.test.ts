import { describe, expect, test } from '@jest/globals';

import type { Finding, FindingLevel } from '../../src/model/report.ts';
import { previewOf } from '../../src/policy/preview.ts';

const CI = '.github/workflows/ci.yml';

function finding(level: FindingLevel, ...jobs: readonly string[]): Finding {
  return {
    id: `over-limit:${jobs.join()}`,
    rule: 'over-limit',
    level,
    message: `About ${jobs.join()}`,
    hint: 'Not shown',
    path: CI,
    line: 3,
    column: 5,
    subjects: jobs.map((job) => ({ workflow: CI, job: [job] })),
  };
}

/** What is shown of a finding, with some of its subjects. */
function shown({ hint: _, ...rest }: Finding, ...jobs: readonly string[]): object {
  return { ...rest, subjects: jobs.map((job) => ({ workflow: CI, job: [job] })) };
}

describe('what another policy would change', () => {
  const error = finding('error', 'a', 'b');

  test('is nothing where it finds the same', () => {
    expect(previewOf([error], [error])).toEqual({ gone: [], come: [] });
    expect(previewOf([], [])).toEqual({ gone: [], come: [] });
  });

  test('is what goes and what comes, with the jobs that do', () => {
    expect(previewOf([error], [])).toEqual({ gone: [shown(error, 'a', 'b')], come: [] });
    expect(previewOf([], [error])).toEqual({ gone: [], come: [shown(error, 'a', 'b')] });
    const other = finding('error', 'b', 'c');
    expect(previewOf([error], [other])).toEqual({ gone: [shown(error, 'a')], come: [shown(other, 'c')] });
  });

  test('is another level, too', () => {
    const warning = finding('warning', 'a', 'b');
    expect(previewOf([error], [warning])).toEqual({ gone: [shown(error, 'a', 'b')], come: [shown(warning, 'a', 'b')] });
  });
});
