import { describe, expect, test } from '@jest/globals';

import { checkActionLog } from '../../fuzz/oracles/action-log.ts';
import { checkCsv } from '../../fuzz/oracles/csv.ts';
import { checkEnded } from '../../fuzz/oracles/ended.ts';
import { checkWritten } from '../../fuzz/oracles/files.ts';
import { checkCommand, checkPrinted } from '../../fuzz/oracles/log.ts';
import { checkMarkdown } from '../../fuzz/oracles/markdown.ts';
import { checkPage, checkSameTags } from '../../fuzz/oracles/page.ts';
import { checkPositions } from '../../fuzz/oracles/positions.ts';
import { checkSarif, sarifOf } from '../../fuzz/oracles/sarif.ts';
import { reportWith } from '../../fuzz/seeds/names.ts';
import { checkAuditPage } from '../../fuzz/targets/organization.ts';
import { auditPage } from '../../src/organization/audit-page.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { reportOf } from '../helpers/checking.ts';
import { madeFacts } from '../helpers/audit-facts.ts';

const REPORT = reportWith(['a name']);

/** Two calls, one of which is refused. */
const CALLS = reportOf({
  '.github/workflows/a.yml':
    'on: push\npermissions: {}\njobs:\n  one: { uses: ./.github/workflows/b.yml }\n  two: { uses: ./.github/workflows/c.yml }\n',
  '.github/workflows/b.yml':
    'on: workflow_call\njobs: { x: { runs-on: x, permissions: { contents: write }, steps: [{ run: x }] } }\n',
  '.github/workflows/c.yml': 'on: workflow_call\njobs: { x: { uses: ./.github/workflows/b.yml } }\n',
});

/** What a writer gives is fine as it is. When it is broken, which a function does to it, the oracle says so. */
function oracle(
  check: (given: string) => void,
  fine: string,
  broken: readonly (readonly [what: string, text: string])[],
) {
  test('takes what we write', () => {
    expect(() => check(fine)).not.toThrow();
  });
  test.each(broken)('finds %s', (_, text) => {
    expect(text).not.toBe(fine);
    expect(() => check(text)).toThrow(expect.objectContaining({ name: 'Finding' }));
  });
}

describe('the oracle of summaries', () => {
  const markdown = markdownReport(REPORT);
  const named = '<code>a name';
  const instead = (html: string) => markdown.replace(named, () => `${html}<code>a name`);
  oracle((text) => checkMarkdown(text, REPORT), markdown, [
    ['an element', instead('<script>x</script>')],
    ['a link', instead('<a href="https://example.com">x</a>')],
    ['an image', instead('<img src=x>')],
    ['an attribute', markdown.replace('<p>', '<p onclick="x">')],
    ['a link in Markdown', `${markdown}\n\n[x](https://example.com)\n`],
    ['an image in Markdown', `${markdown}\n\n![x](x.png)\n`],
    ['an address that becomes a link', `${markdown}\n\nhttps://example.com\n`],
    ['a mention', instead('@octocat ')],
    ['a commit', instead("'deadbeef' ")],
    ['a formula', instead('$x$ ')],
    ['a command', `${markdown}\n::error::x\n`],
  ]);

  test('finds tags that are ours, but not those of this report', () => {
    const { tags } = checkPage(markdown);
    const page = checkPage(markdown.replace(named, '<b>x</b><code>a name'));
    expect(() => checkSameTags(markdown, page, tags)).toThrow('other tags');
    expect(() => checkSameTags(markdown, checkPage(markdown), tags)).not.toThrow();
  });
});

describe('the oracle of diagrams', () => {
  const markdown = markdownReport(CALLS);
  const changed = (from: string | RegExp, to: string) => markdown.replace(from, to);
  expect(markdown).toContain('```mermaid\n');
  oracle((text) => checkMarkdown(text, CALLS), markdown, [
    ['a click', changed('flowchart LR\n', 'flowchart LR\n  click w0 "https://example.com"\n')],
    ['a directive', changed('flowchart LR\n', '%%{init: {}}%%\nflowchart LR\n')],
    ['another node', changed('flowchart LR\n', 'flowchart LR\n  w9["x"]\n')],
    ['a label with syntax', changed(/ {2}w0\["/, '  w0["x<b>')],
    ['a label that ends', changed(/ {2}w0\["/, '  w0["x"];  x["')],
    ['another label', changed(/ {2}w0\["[^"]*"/, '  w0["zzz"')],
    ['another call', changed(/\| w(\d)$/m, '| w0')],
    ['a call that is left out', changed(/^ {2}w\d+ -->.*\n/m, '')],
    ['another sign', changed('|"❌ ', '|"')],
    ['another colour', changed(/linkStyle \d/, 'linkStyle 2')],
  ]);
});

describe('the oracle of what is printed', () => {
  const text = textReport(REPORT, { width: 60, color: true });
  oracle(checkPrinted, text, [
    ['a title of the window', `${text}\u001b]0;x\u0007`],
    ['a colour that is none of ours', `${text}\u001b[42m`],
    ['a link that leads elsewhere', `${text}\u001b]8;;javascript:x\u001b\\`],
    ['text that turns', `${text}\u202e`],
    ['a control character', `${text}\b`],
    ['a command', `${text}\n ::add-mask::x`],
    ['an old command', `${text} ##[error]x`],
  ]);
});

describe('the oracle of annotations', () => {
  oracle(checkCommand, '::error file=a,line=1,col=2,title=x::y', [
    ['another command', '::add-mask::x'],
    ['another property', '::error file=a,line=1,col=2,title=x,endLine=3::y'],
    ['two lines', '::error file=a,line=1,col=2,title=x::y\n::debug::z'],
  ]);
});

describe('the oracle of the log of a step', () => {
  const line = (text: string) => checkActionLog([{ kind: 'line', text }]);
  oracle(line, 'all is well', [
    ['a command', 'x\n::stop-commands::x'],
    ['a command at its start', '::stop-commands::x'],
    ['a stack', 'Error: x\n    at f (file.js:1:1)'],
  ]);
});

describe('the oracle of tables', () => {
  oracle(checkCsv, 'a,b\r\nc,"d ""e"""\r\n', [
    ['a formula', 'a,b\r\nc,=1+1\r\n'],
    ['a cell too many', 'a,b\r\nc,d,e\r\n'],
  ]);
});

describe('the oracle of the page of an audit', () => {
  const facts = madeFacts({ repositories: 2, workflows: 1, jobs: 1 });
  const html = auditPage('<script type="application/json">{{facts}}</script>', facts);
  oracle((text) => checkAuditPage(text, facts), html, [
    ['the end of the element', html.replace('</script>', '</script><script></script>')],
    ['a comment', html.replace('"', '"<!--')],
    ['other facts', html.replace(/"owner-?[^"]*"|"octo[^"]*"/, '"other"')],
  ]);
});

describe('the oracle of SARIF', () => {
  const log = sarifOf(REPORT);
  oracle((text) => checkSarif(JSON.parse(text) as typeof log, true), JSON.stringify(log), [
    ['what is no address', JSON.stringify(log).replaceAll(/"uri":"[^"]*"/g, '"uri":"a b"')],
    ['what the schema does not know', JSON.stringify(log).replace('"level":"error"', '"level":"awful"')],
  ]);
});

describe('the oracle of the end of a command', () => {
  const ended =
    (error: string, status = 2) =>
    () =>
      checkEnded({ status, out: '', error });
  test('takes what we write', () => {
    expect(ended('effective-permissions: there is no such folder\n')).not.toThrow();
    expect(ended('', 0)).not.toThrow();
  });
  test.each([
    ['a stack', 'x\n    at f (file.js:1:1)\n', 2],
    ['silence', '', 2],
    ['another status', '', 3],
    ['a command', '::error::x', 2],
  ])('finds %s', (_, error, status) => {
    expect(ended(error, status)).toThrow(expect.objectContaining({ name: 'Finding' }));
  });
});

describe('the oracle of files', () => {
  const before = new Map([['a', '1']]);
  const written = (after: readonly (readonly [string, string])[]) => () =>
    checkWritten(before, new Map(after), (name) => name === 'asked');
  test('takes what was asked for', () => {
    expect(
      written([
        ['a', '1'],
        ['asked', '2'],
      ]),
    ).not.toThrow();
  });
  test.each([
    [
      'a new file',
      [
        ['a', '1'],
        ['b', '2'],
      ] as const,
    ],
    ['a file that is gone', []],
    ['a file that was changed', [['a', '2']] as const],
  ])('finds %s', (_, after) => {
    expect(written(after)).toThrow('was written');
  });
});

describe('the oracle of positions', () => {
  const at = (line: number, column: number) => () => checkPositions('ab\ncd\n', [{ line, column, message: 'x' }]);
  test('takes places in the text', () => {
    expect(at(2, 2)).not.toThrow();
  });
  test.each([
    [0, 1],
    [9, 1],
    [1, 9],
    [1, 0],
    [1.5, 1],
  ])('finds %d:%d', (line, column) => {
    expect(at(line, column)).toThrow('no such place');
  });
});
