import { describe, expect, test } from '@jest/globals';

import type { Report } from '../../src/model/report.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { job, PATH, report, workflow } from './sample.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';

function calling(references: readonly string[], repository: Partial<Report['repository']> = {}): Report {
  const jobs = references.map((uses, index) => job(`job-${index}`, [], { uses }));
  return report([workflow(PATH, jobs)], { repository: { name: 'octo-org/octo-repo', ...repository } });
}

function told(given: Report): string {
  const text = textReport(given, { width: 120, color: false }).replaceAll(/\s+/g, ' ');
  return /- Whether the settings allow .*? may name a tag\./.exec(text)?.[0] ?? '';
}

describe('whether settings allow a call', () => {
  const other = 'octo-org/shared/.github/workflows/build.yml@v1';

  test('is told once for all calls of other repositories, each workflow counted once', () => {
    const many = [
      other,
      other,
      `octo-org/shared/.github/workflows/build.yml@${SHA}`,
      'a/b/.github/workflows/c.yml@main',
    ];
    const text = textReport(calling(many), { width: 120, color: false });
    expect(text.match(/Whether the settings allow/g)).toHaveLength(1);
    expect(told(calling(many))).toContain('Whether the settings allow 3 workflows of other repositories to be called.');
    expect(told(calling([other]))).toContain(
      'Whether the settings allow a workflow of another repository to be called.',
    );
  });

  test('stands in the summary, too', () => {
    const summary = markdownReport(calling([other]));
    expect(summary).toContain('<li>Whether the settings allow a workflow of another repository to be called.');
  });

  test.each([
    './.github/workflows/build.yml',
    '$/.github/workflows/build.yml',
    'Octo-Org/octo-repo/.github/workflows/build.yml@main',
  ])('is no question for %s', (uses) => {
    expect(told(calling([uses]))).toBe('');
  });

  test('may be one for a repository that could be our own, as long as our name is not known', () => {
    expect(told(calling([other], { name: null }))).not.toBe('');
  });

  test('is no question in a file that GitHub refuses', () => {
    const jobs = [job('x', [], { uses: other })];
    expect(told(report([workflow(PATH, jobs, { outcome: 'invalid' })]))).toBe('');
  });

  test.each([
    ['public', 'A public repository cannot call workflows of private or internal ones.'],
    ['internal', 'An internal repository cannot call workflows of private ones'],
    ['private', 'A private or internal repository has to share its workflows.'],
    ['unknown', 'and a public one cannot call these at all.'],
  ] as const)('says what the visibility %s means for it', (visibility, sentence) => {
    expect(told(calling([other], { visibility }))).toContain(sentence);
  });
});
