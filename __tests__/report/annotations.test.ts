import { describe, expect, test } from '@jest/globals';

import type { FindingLevel } from '../../src/model/report.ts';
import { annotations } from '../../src/report/annotations.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { rendered } from './rendered.ts';
import { finding, report, richReport } from './sample.ts';

function findings(level: FindingLevel, count: number) {
  return Array.from({ length: count }, (_, index) =>
    finding({ level, line: index + 1, message: `${level} ${index + 1}` }),
  );
}

describe('annotations', () => {
  test('say what is wrong, where, and what to write', () => {
    expect(annotations(report([], { findings: [finding()] }))).toEqual([
      {
        level: 'error',
        title: 'Invalid workflow',
        message:
          "Unexpected value 'none'\nWrite `permissions: {}` for no permissions.\nSee docs/rules/invalid-workflow.md",
        path: '.github/workflows/ci.yml',
        line: 4,
        column: 14,
      },
    ]);
  });

  test('link to the page of the rule where it is known where that is', () => {
    const home = 'https://github.com/octo-org/effective-permissions/blob/v1';
    const given = report([], {
      findings: [finding()],
      tool: { name: 'effective-permissions', version: '1.0.0', home },
    });
    const page = `${home}/docs/rules/invalid-workflow.md`;
    expect(annotations(given)[0]?.message).toMatch(new RegExp(`\nSee ${page}$`));
    expect(
      rendered(markdownReport(given)).tags.map((tag) =>
        tag.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
      ),
    ).toContain(`<a href="${page}">`);
    expect(textReport(given, { width: 120, color: false }).replaceAll(/\s+/g, '')).toContain(page);
  });

  test('are made for problems that no finding is about', () => {
    expect(annotations(richReport()).map(({ level, path, line }) => [level, path, line])).toEqual([
      ['error', '.github/workflows/bad.yml', 4],
    ]);
  });

  test('put errors first and leave one error to the message that the step failed', () => {
    const given = [...findings('note', 10), ...findings('warning', 10), ...findings('error', 9)];
    const levels = annotations(report([], { findings: given })).map(({ level }) => level);
    expect(levels).toEqual([...Array(9).fill('error'), ...Array(10).fill('warning'), ...Array(10).fill('notice')]);
  });

  test.each([
    ['error', 9, 'and 28 more errors: see the job summary'],
    ['warning', 10, 'and 27 more warnings: see the job summary'],
    ['note', 10, 'and 27 more notes: see the job summary'],
  ] as const)('of level %s are at most %d, and the last says how many more there are', (level, limit, message) => {
    const given = annotations(report([], { findings: findings(level, 36) }));
    expect(given).toHaveLength(limit);
    expect(given.at(-2)?.message).toContain(`${level} ${limit - 1}`);
    expect(given.at(-1)).toMatchObject({ message, line: limit });
  });
});
