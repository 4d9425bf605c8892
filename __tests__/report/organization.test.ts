import { describe, expect, test } from '@jest/globals';

import type { OrganizationFacts } from '../../src/organization/facts.ts';
import { whoBreaks } from '../../src/organization/who-breaks.ts';
import { organizationCsv } from '../../src/report/organization/organization-csv.ts';
import { organizationMarkdown } from '../../src/report/organization/organization-markdown.ts';
import { organizationText } from '../../src/report/organization/organization-text.ts';
import { displayWidth } from '../../src/report/text/terminal-width.ts';
import { PATH, workflow } from '../helpers/checking.ts';
import { factsOf, linesOf } from '../helpers/organization.ts';
import { csvRows } from './csv-rows.ts';
import { factsWithNames } from './organization.ts';
import { richReport } from './sample.ts';

const LAST = '.github/workflows/last.yml';
const SHARED = `octo-org/shared/${LAST}`;
const caller = (ref: string, block: string) => `on: push\n${block}jobs:\n  call:\n    uses: ${SHARED}@${ref}\n`;

const FACTS = factsOf(
  await linesOf({
    'octo-org/shared': { [LAST]: workflow('workflow_call', '{contents: read}') },
    'octo-org/a': { [PATH]: caller('v1', 'permissions: {contents: read}\n') },
    'octo-org/b': { [PATH]: caller('main', '') },
    'octo-org/c': { [PATH]: caller('v1', 'permissions: write-all\n') },
    'octo-org/issues': { [PATH]: workflow('issue_comment', '{issues: write, contents: write}') },
  }),
);

/** The same facts of very many repositories. */
function many(count: number): OrganizationFacts {
  const repositories = Array.from({ length: count }, (_, index) => {
    const one = FACTS.repositories[index % FACTS.repositories.length]!;
    return { ...one, repository: `octo-org/${'long-name-'.repeat(5)}${index}` };
  });
  return { ...FACTS, repositories };
}

describe('the text', () => {
  test('says who breaks, with the condition where the default is not known', () => {
    const asked = whoBreaks(FACTS, { file: SHARED, permissions: { issues: 'write' } });
    const text = organizationText({ ...FACTS, asked }, { width: 100, color: false });
    expect(text).toContain(`If ${SHARED} asked for issues: write`);
    expect(text).toContain('3 calls: 1 would break, 1 would break if the default is read and 1 would go on.');
    expect(text).toMatch(/octo-org\/b\n?.*breaks if the default is read/);
    expect(text).toContain('ci.yml:2');
  });

  test('tells of errors that were asked not to fail it', () => {
    const finding = {
      id: 'x',
      rule: 'over-limit',
      level: 'error',
      message: 'Too much.',
      path: PATH,
      line: 1,
      subjects: 1,
    } as const;
    const [first, ...others] = FACTS.repositories.map((one) => ({ ...one, result: 'pass' as const, findings: [] }));
    const said = (facts: OrganizationFacts) => organizationText(facts, { width: 200, color: false });
    const sentence = '1 finding is an error: as was asked, it does not fail the audit.';
    expect(said({ ...FACTS, repositories: [{ ...first!, findings: [finding] }, ...others] })).toContain(sentence);
    expect(said({ ...FACTS, repositories: [first!, ...others] })).not.toContain('as was asked');
  });

  test('names what outsiders reach, and what all jobs can write', () => {
    const text = organizationText(FACTS, { width: 100, color: false });
    expect(text).toContain('Somebody without write access can start 1 job so that it can write.');
    expect(text).toMatch(/octo-org\/issues +build of ci.yml +issue_comment +contents, issues/);
    expect(text).toMatch(/contents, issues +1 +1 +1\n/);
  });

  test.each([40, 80, 120])('is no wider than %i columns', (width) => {
    for (const facts of [FACTS, factsWithNames(richReport())]) {
      const lines = organizationText(facts, { width, color: false }).split('\n');
      expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
    }
  });

  test('of nothing does not say that all is well', () => {
    expect(organizationText(factsOf([]), { width: 80, color: false })).toMatch(/^Nothing was audited\./);
  });
});

describe('the summary', () => {
  test.each([5, 200, 5000])('of %i repositories stays within 1 MiB and says what it left out', (count) => {
    const markdown = organizationMarkdown(many(count));
    expect(Buffer.byteLength(markdown)).toBeLessThan(1_048_576);
    expect(markdown.includes('left out here')).toBe(count > 200);
  });

  test.each([20_000, 60_000])('keeps to a limit of %i bytes', (limit) => {
    const markdown = organizationMarkdown(many(500), limit);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(limit);
    expect(markdown).toContain('left out here');
  });

  test('begins with what changed, then with what is not known', () => {
    const titles = [...organizationMarkdown(factsWithNames(richReport())).matchAll(/^### (.*)$/gm)].map(
      ([, title]) => title,
    );
    expect(titles.slice(0, 3)).toEqual([
      '❌ 1 repository is lost and 1 repository could not be read',
      'What changed since the last audit',
      'Nothing is known of these',
    ]);
  });
});

describe('CSV', () => {
  const rowsOf = (table: Parameters<typeof organizationCsv>[1], facts = FACTS) => {
    const [columns, ...rows] = csvRows([...organizationCsv(facts, table)].join(''));
    return rows.map((row) => Object.fromEntries(columns!.map((column, index) => [column, row[index]!])));
  };

  test('has one row for each permission of each group of runs', () => {
    const rows = rowsOf('permissions').filter(({ repository }) => repository === 'octo-org/issues');
    expect(
      rows.map(({ job, events, outsiders, permission, level }) => [job, events, outsiders, permission, level]),
    ).toEqual([
      ['build', 'issue_comment', 'issue_comment', 'contents', 'write'],
      ['build', 'issue_comment', 'issue_comment', 'issues', 'write'],
    ]);
  });

  test('has a row for what is not known, without numbers', () => {
    const facts = factsWithNames(richReport());
    const rows = rowsOf('repositories', facts).filter(({ state }) => state !== 'read');
    expect(rows.map(({ state, workflows, errors }) => [state, workflows, errors])).toEqual([
      ['not-read', '', ''],
      ['lost', '', ''],
    ]);
    expect(rowsOf('permissions', facts).filter(({ state }) => state === 'lost')).toHaveLength(1);
  });

  test('says of calls what becomes of them', () => {
    const asked = whoBreaks(FACTS, { file: SHARED, permissions: { issues: 'write' } });
    const rows = rowsOf('calls', { ...FACTS, asked });
    expect(
      rows.map(({ repository, calls, ref, passes_on, if_it_asked, lacks }) => [
        repository,
        calls,
        ref,
        passes_on,
        if_it_asked,
        lacks,
      ]),
    ).toEqual([
      ['octo-org/a', SHARED, 'v1', 'contents: read', 'breaks', 'issues: write'],
      ['octo-org/b', SHARED, 'main', '', 'breaks-if-read', 'issues: write'],
      ['octo-org/c', SHARED, 'v1', expect.stringContaining('issues: write'), 'fits', ''],
    ]);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('takes %j for no formula', (name) => {
    const facts = { ...FACTS, repositories: [{ ...FACTS.repositories[0]!, repository: name }] };
    expect(rowsOf('repositories', facts)[0]!.repository).toBe(`'${name}`);
  });
});
