import { expect, test } from '@jest/globals';

import type { RepositoryFile } from '../../src/model/called-file.ts';
import { call, FOLDER, job, reportOf, workflow, workflowIn } from './report-of.ts';

const CALLERS = 500;
const OUTER = 'octo/lib/.github/workflows/outer.yml@v1';
const names = Array.from({ length: CALLERS }, (_, index) => `caller-${String(index).padStart(3, '0')}.yml`);
const called = (asks: string) => ({
  [OUTER]: workflow('workflow_call', undefined, call('one', 'inner.yml'), call('two', 'inner.yml'), job('own')),
  'octo/lib/.github/workflows/inner.yml@v1': workflow('workflow_call', undefined, job('a', asks), job('b')),
});
const files = {
  ...Object.fromEntries(names.map((name) => [name, workflow('push', '{contents: read}', call('x', 'middle.yml'))])),
  'middle.yml': workflow('workflow_call', undefined, call('deep', OUTER)),
};

test('500 callers of one nested chain: every leaf under every root, and one read for each remote file', async () => {
  const asked: RepositoryFile[] = [];
  const report = await reportOf(files, { called: called('{contents: read}'), asked });
  expect(asked.map(({ path }) => path.replace(FOLDER, ''))).toEqual(['outer.yml', 'inner.yml']);
  for (const name of names) {
    const leaves = workflowIn(report, name).jobs.filter(({ uses }) => uses === null);
    expect(leaves.map(({ path }) => path.join('/'))).toEqual([
      'x/deep/one/a',
      'x/deep/one/b',
      'x/deep/two/a',
      'x/deep/two/b',
      'x/deep/own',
    ]);
    expect(leaves.map(({ grants }) => grants.map(({ permissions }) => permissions['contents']))).toEqual(
      leaves.map(() => ['read']),
    );
  }
  expect(report.findings).toEqual([]);
});

test('500 callers that grant too little: each has the problem, and the one place to look at has the finding', async () => {
  const report = await reportOf(files, { called: called('{contents: write}') });
  for (const name of names) {
    const { outcome, problems } = workflowIn(report, name);
    expect(outcome).toBe('startup_failure');
    expect(problems.map(({ job: ids }) => ids?.join('/'))).toEqual(['x/deep/one', 'x/deep/two']);
  }
  // GitHub's places are in another repository; the call in this one that leads there is one job.
  expect(report.findings).toHaveLength(1);
  expect(report.findings[0]).toMatchObject({ path: `${FOLDER}middle.yml`, line: 3 });
  expect(report.findings[0]?.advice?.filter(({ permissions }) => permissions !== undefined)).toHaveLength(CALLERS);
});
