import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { ReportedPolicy } from '../../src/model/report.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { hostileName } from './hostile.ts';
import { GITHUB_SYNTAX, rendered } from './rendered.ts';
import { commandsIn } from './runner-commands.ts';
import { finding, report } from './sample.ts';

const POLICY: ReportedPolicy = {
  path: '.github/permissions-policy.yml',
  from: 'base',
  ref: 'main',
  commit: '0123456789abcdef0123456789abcdef01234567',
  extends: ['octo-org/.github/permissions-policy.yml@main'],
  baseline: {
    path: '.github/permissions-baseline.json',
    entries: 3,
    mended: [
      { rule: 'missing-permissions', workflow: '.github/workflows/old.yml', job: 'build' },
      {
        rule: 'over-limit',
        workflow: '.github/workflows/ci.yml',
        job: 'a/b',
        permission: 'contents',
        granted: 'write',
      },
    ],
  },
  notices: [{ path: '.github/permissions-policy.yml', line: 6, column: 5, message: 'The exception ends tomorrow.' }],
  change: {
    files: ['.github/permissions-policy.yml'],
    gone: [
      finding({ rule: 'missing-permissions', level: 'note', message: 'A note.' }),
      finding({ rule: 'over-limit', message: 'Too much.' }),
    ],
    come: [finding({ rule: 'blanket-permissions', level: 'warning', message: 'All of it.' })],
  },
};

function words(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

const text = (policy: ReportedPolicy | null, width = 80) => textReport(report([], { policy }), { width, color: false });
const page = (policy: ReportedPolicy | null) => rendered(markdownReport(report([], { policy })));

describe('how to accept a finding', () => {
  const own = { ...POLICY, path: 'policies/tokens.yml' };
  const shared = { ...POLICY, path: null };

  test.each([
    ['.github/permissions-policy.yml', null],
    ['.github/permissions-policy.yml', shared],
    ['policies/tokens.yml', own],
  ])('names the file to write in: %s', (path, policy) => {
    const given = report([], { policy, findings: [finding()] });
    expect(textReport(given, { width: 120, color: false })).toContain(
      `To accept it, write under exceptions in ${path}:\n         - { rule: invalid-workflow, `,
    );
    expect(rendered(markdownReport(given)).names.join(' ')).toContain(
      `exceptions ${path} - { rule: invalid-workflow, `,
    );
  });
});

describe('a report that was judged by a policy', () => {
  test('says which, where it was read, and what it extends', () => {
    const sentence =
      "Judged by the policy '.github/permissions-policy.yml' of the base 'main' at 0123456789, which extends 'octo-org/.github/permissions-policy.yml@main'. The baseline '.github/permissions-baseline.json' has 3 entries.";
    expect(words(text(POLICY))).toContain(sentence);
    expect(page(POLICY).words).toContain('Judged by the policy');
    expect(text({ ...POLICY, from: 'folder', ref: null, commit: null, extends: [], baseline: null })).toContain(
      "Judged by the policy '.github/permissions-policy.yml'.",
    );
  });

  test('without one in the base says that there is none', () => {
    expect(words(text({ ...POLICY, path: null, extends: [], baseline: null }))).toContain(
      "There is no policy of the base 'main' at 0123456789: each rule has its default level.",
    );
  });

  test('tells of exceptions that end and of entries that are mended', () => {
    const shown = words(text(POLICY));
    expect(shown).toContain('.github/permissions-policy.yml:6: The exception ends tomorrow.');
    expect(shown).toContain(
      "2 entries of the baseline '.github/permissions-baseline.json' are no longer needed: missing-permissions in '.github/workflows/old.yml' job 'build' and over-limit 'contents: write' in '.github/workflows/ci.yml' job 'a/b'. Write the baseline anew (--write-baseline) to drop them.",
    );
  });

  test('begins with a change of the policy and what it would do, worst first', () => {
    const shown = text(POLICY);
    expect(words(shown)).toContain(
      "The policy, or what it excuses, is changed in '.github/permissions-policy.yml'. That counts once it is merged, not here. Then 2 findings would go away and 1 finding would be new:",
    );
    const order = ['Too much.', 'A note.', 'All of it.', 'Judged by'].map((part) => shown.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(markdownReport(report([], { policy: POLICY }))).toContain('### Change of policy');
  });

  test('says when a change has no effect, and nothing when there is none', () => {
    const change = { files: ['a.yml'], gone: [], come: [] };
    expect(words(text({ ...POLICY, change }))).toContain('The findings would stay the same.');
    expect(text({ ...POLICY, change: null })).not.toContain('Change of policy');
    expect(text(null)).not.toContain('Policy');
  });

  test('lets no name become a command, a control character or Markdown', () => {
    const hostile = hostileName.map((name): ReportedPolicy => {
      const found = finding({ message: name, path: name });
      return {
        ...POLICY,
        path: name,
        ref: name,
        extends: [name],
        baseline: { path: name, entries: 1, mended: [{ rule: name, workflow: name, job: name }] },
        notices: [{ path: name, line: 1, column: 1, message: name }],
        change: { files: [name], gone: [found], come: [found] },
      };
    });
    fc.assert(
      fc.property(hostile, (policy) => {
        const plain = text(policy);
        expect(commandsIn(plain)).toEqual([]);
        // eslint-disable-next-line no-control-regex
        expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        const shown = page(policy).words;
        expect(GITHUB_SYNTAX.filter((pattern) => pattern.test(shown))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
