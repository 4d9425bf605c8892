import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { check } from '../../src/check.ts';
import { planFix } from '../../src/fix/plan-fix.ts';
import type { ReportedJob, ReportedNeeds } from '../../src/model/report.ts';
import { sourcesOf } from '../fix/suggesting.ts';
import { UNKNOWN } from '../helpers/checking.ts';

const PLACE = { path: '', line: 1, column: 1 };
const CHECKOUT = {
  by: 'actions/checkout',
  permission: 'contents',
  level: 'read',
  because: 'it reads',
  ...PLACE,
} as const;
const RELEASE = {
  by: 'gh release create',
  permission: 'contents',
  level: 'write',
  because: 'it writes',
  ...PLACE,
} as const;

function needing(job: ReportedJob, because: ReportedNeeds['because'], level: 'read' | 'write'): ReportedJob {
  const permissions = { contents: level };
  const needs = { complete: true, uncertain: [], permissions, because, unseen: [], impossible: [] };
  return { ...job, needs, suggested: permissions };
}

test('the example of docs/fix.md is what the fix makes of it', async () => {
  const document = readFileSync(new URL('../../docs/fix.md', import.meta.url), 'utf8');
  const [, yaml = '', diff = ''] = /^```yaml\n(.*?)^```\n\n^```diff\n(.*?)^```$/ms.exec(document) ?? [];
  const sources = sourcesOf(yaml);
  const options = { toolVersion: '1.0.0', failOn: 'error' } as const;
  const report = check(sources, UNKNOWN, options);
  const workflows = report.workflows.map((workflow) => ({
    ...workflow,
    jobs: workflow.jobs.map((job) =>
      job.path[0] === 'release' ? needing(job, [CHECKOUT, RELEASE], 'write') : needing(job, [CHECKOUT], 'read'),
    ),
  }));
  const { changes } = await planFix(
    sources,
    { ...report, workflows },
    { recheck: (files) => Promise.resolve(check(files, UNKNOWN, options)), cannotWrite: () => null },
  );
  // Editors take blanks at the ends of lines out of a document.
  const shown = (text: string) => text.replaceAll(/ +$/gm, '');
  expect(changes.map(({ patch }) => shown(patch))).toEqual([shown(diff)]);
});
