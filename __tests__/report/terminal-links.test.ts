import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { textReport } from '../../src/report/text/text.ts';
import { tried } from '../helpers/property.ts';
import { hostileReport } from './hostile.ts';
import { finding, PATH, report } from './sample.ts';

const STYLE = { width: 100, color: false };
const LINKS = { files: 'file:///home/me/my%20repository/', hasLines: false, home: 'https://example.com/blob/v1' };

// eslint-disable-next-line no-control-regex
const LINK = /\x1b\]8;;([!-~]*)\x1b\\(.*?)\x1b\]8;;\x1b\\/g;

function linksIn(text: string): readonly (readonly [string | undefined, string | undefined])[] {
  return [...text.matchAll(LINK)].map(([, address, shown]) => [shown, address]);
}

test('places lead to their files, and rules to their pages', () => {
  const given = report([], { findings: [finding({ path: '.github/workflows/a b.yml' })] });
  expect(linksIn(textReport(given, { ...STYLE, links: LINKS }))).toEqual([
    ['.github/workflows/a b.yml:4:14', 'file:///home/me/my%20repository/.github/workflows/a%20b.yml'],
    ['invalid-workflow', 'https://example.com/blob/v1/docs/rules/invalid-workflow.md'],
  ]);
});

test('an editor is told the line, and a page that is nowhere has no link', () => {
  const links = { files: 'vscode://file/home/me/', hasLines: true, home: null };
  expect(linksIn(textReport(report([], { findings: [finding()] }), { ...STYLE, links }))).toEqual([
    [`${PATH}:4:14`, `vscode://file/home/me/${PATH}:4:14`],
  ]);
});

test('what lies elsewhere has no link', () => {
  const given = report([], { findings: [finding({ path: '../policy.yml' })] });
  expect(linksIn(textReport(given, { ...STYLE, links: { ...LINKS, home: null } }))).toEqual([]);
});

test('links change nothing of the text, whatever the names are', () => {
  fc.assert(
    fc.property(hostileReport, (given) => {
      const text = textReport(given, { ...STYLE, links: LINKS });
      expect(text.replaceAll(LINK, '$2')).toBe(textReport(given, STYLE));
    }),
    tried(100),
  );
});
