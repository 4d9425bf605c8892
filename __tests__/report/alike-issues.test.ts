import { describe, expect, test } from '@jest/globals';

import { reportOf } from '../helpers/checking.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { foldAlike } from '../../src/report/alike-issues.ts';
import { issuesOf } from '../../src/report/issues.ts';
import { textReport } from '../../src/report/text/text.ts';

const FOLDER = '.github/workflows/';

/** So many workflows without a block, and one with something else. */
function without(count: number, block = '') {
  const names = Array.from({ length: count }, (_, index) => `w${String(index).padStart(3, '0')}.yml`);
  const text = `on: push\n${block}jobs:\n  build:\n    runs-on: x\n    steps: [{ uses: actions/checkout@v6 }]\n`;
  return reportOf({
    ...Object.fromEntries(names.map((name) => [FOLDER + name, text])),
    [`${FOLDER}x.yml`]: 'on: issues\npermissions: { contents: write }\njobs: { x: { runs-on: x } }\n',
  });
}

describe('many workflows of which the same is said', () => {
  test.each(['', 'permissions: read-all\n'])('are told together, and none is left out: %j', (block) => {
    const report = without(60, block);
    expect(report.findings).toHaveLength(61);
    const folded = foldAlike(issuesOf(report));
    expect(folded.map(({ others }) => others.length).sort((a, b) => a - b)).toEqual([0, 59]);
    const text = textReport(report, { width: 100, color: false });
    const markdown = markdownReport(report);
    for (const shown of [text, markdown]) {
      expect(shown).toContain('59 more files');
      for (let index = 0; index < 60; index += 1) expect(shown).toContain(`w${String(index).padStart(3, '0')}`);
    }
    expect(markdown).toContain('61 things to look at');
  });

  test('each with the block to write', () => {
    const text = textReport(without(5), { width: 100, color: false });
    expect(text).toContain('.github/workflows/w004.yml:1 permissions: { contents: read }');
  });

  test('a few are told one by one', () => {
    const folded = foldAlike(issuesOf(without(3)));
    expect(folded.map(({ others }) => others)).toEqual([[], [], [], []]);
  });

  test('those of which something else is said are not among them', () => {
    const report = reportOf(
      Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e']
          .map((name, index) => [
            `${FOLDER}${name}.yml`,
            index === 4
              ? 'on: push\njobs:\n  x: { uses: ./.github/workflows/called.yml }\n'
              : 'on: push\njobs: { x: { runs-on: x } }\n',
          ])
          .concat([
            [
              `${FOLDER}called.yml`,
              'on: workflow_call\njobs: { y: { runs-on: x, permissions: { issues: write } }, z: { runs-on: x } }\n',
            ],
          ]),
      ),
    );
    const missing = foldAlike(issuesOf(report)).filter(({ issue }) => issue.rule === 'missing-permissions');
    expect(missing.map(({ others }) => others.length)).toEqual([3, 0]);
    expect(missing[1]?.issue.message).toContain('the run does not start');
  });
});
