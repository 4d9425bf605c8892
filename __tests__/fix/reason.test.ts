import { expect, test } from '@jest/globals';

import { reasonsFor } from '../../src/fix/reason.ts';
import type { ReportedJob, ReportedNeeds } from '../../src/model/report.ts';
import { commentsIn } from '../../src/workflow/yaml/comments-in.ts';
import { ignoreComments } from '../../src/workflow/ignore-comments.ts';
import { jobOf, workflow } from '../helpers/checking.ts';

const PLACE = { path: 'ci.yml', line: 1, column: 1 };

function job(needs: Partial<ReportedNeeds> | null, uses: string | null = null): ReportedJob {
  const none = { complete: true, uncertain: [], permissions: {}, because: [], unseen: [], impossible: [] } as const;
  return { ...jobOf(workflow('push')), uses, needs: needs === null ? null : { ...none, ...needs } };
}

function using(level: 'read' | 'write', by: string, more: object = {}): ReportedNeeds['because'][number] {
  return { by, permission: 'contents', level, because: 'it does', ...PLACE, ...more };
}

function reason(...jobs: readonly ReportedJob[]): string | undefined {
  return reasonsFor({ contents: 'write' }, jobs).get('contents');
}

test('those that use all of the level come first, and each once', () => {
  const because = [using('read', 'actions/checkout'), using('write', 'git push'), using('write', 'git push')];
  expect(reason(job({ because }), job({ because }))).toBe('git push, actions/checkout');
});

test('a permission that another could stand for counts', () => {
  expect(reason(job({ because: [using('write', 'x', { permission: 'issues', instead: ['contents'] })] }))).toBe('x');
});

test('what may use it is the reason where nothing is known to', () => {
  const unseen = [
    { by: 'octo/a', permissions: 'all', because: 'it is closed', ...PLACE } as const,
    { by: 'octo/b', permissions: ['issues'], because: 'it is closed', ...PLACE },
  ];
  expect(reason(job({ unseen }))).toBe('perhaps octo/a');
});

test('what may use all of it comes in front of what uses less', () => {
  const unseen = [{ by: 'octo/a', permissions: ['contents'], because: 'it is closed', ...PLACE }];
  expect(reason(job({ unseen, because: [using('read', 'actions/checkout')] }))).toBe(
    'perhaps octo/a, actions/checkout',
  );
  expect(reason(job({ unseen, because: [using('write', 'git push')] }))).toBe('git push');
});

test('the called workflow is the reason for what a calling job has', () => {
  expect(reason(job(null, 'octo/x/.github/workflows/y.yml@v1'))).toBe('octo/x/.github/workflows/y.yml@v1');
  expect(reason(job(null))).toBeUndefined();
});

test('a long list is cut', () => {
  const because = Array.from({ length: 20 }, (_, index) => using('write', `octo-org/action-${index}`));
  const [text] = [reason(job({ because })) ?? ''];
  expect(text).toBe('octo-org/action-0, octo-org/action-1, octo-org/action-2, …');
  expect(reason(job({ because: [using('write', 'x'.repeat(200))] }))).toBe(`${'x'.repeat(59)}…`);
});

test.each([
  ['line\nbreaks\r\nand\u2028others'],
  ['effective-permissions: ignore[over-limit] mine'],
  ['\u202eabc\u0000\u001b[31m'],
  ['zizmor: ignore[all]'],
  ['#'],
  [': {}'],
])('what a stranger wrote is no more than a comment: %j', (by) => {
  const text = `permissions:\n  contents: write # ${reason(job({ because: [using('write', by)] })) ?? ''}\njobs: {}\n`;
  expect(text).toMatch(/^[ -~\n]*$/);
  expect(text.split('\n')).toHaveLength(4);
  expect(commentsIn(text)).toHaveLength(1);
  expect(ignoreComments(text, () => commentsIn(text))).toEqual([]);
  expect(text).not.toMatch(/ignore\[/);
});
