import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { CSV_TABLES } from '../../src/edge/audit/merge-options.ts';
import { organizationCsv } from '../../src/report/organization/organization-csv.ts';
import { organizationMarkdown } from '../../src/report/organization/organization-markdown.ts';
import { organizationText } from '../../src/report/organization/organization-text.ts';
import { tried } from '../helpers/property.ts';
import { csvRows } from './csv-rows.ts';
import { hostileAndHarmless } from './hostile.ts';
import { factsWithNames } from './organization.ts';
import { GITHUB_SYNTAX, rendered } from './rendered.ts';
import { commandsIn } from './runner-commands.ts';

describe('strangers\u2019 names in a report about many repositories', () => {
  test('make no element of the summary that is not there with harmless names', () => {
    fc.assert(
      fc.property(hostileAndHarmless, (reports) => {
        const [hostile, harmless] = [reports.hostile, reports.harmless].map(factsWithNames);
        const tags = rendered(organizationMarkdown(hostile!)).tags;
        expect(tags.toSorted()).toEqual(rendered(organizationMarkdown(harmless!)).tags.toSorted());
      }),
      tried(12),
    );
  });

  test('leave nothing in the summary that GitHub makes links, mentions or emoji of', () => {
    fc.assert(
      fc.property(hostileAndHarmless, (reports) => {
        const hostile = factsWithNames(reports.hostile);
        const { words } = rendered(organizationMarkdown(hostile));
        for (const syntax of GITHUB_SYNTAX) expect(words).not.toMatch(syntax);
      }),
      tried(12),
    );
  });

  test('are no workflow command, and nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(hostileAndHarmless, fc.integer({ min: 1, max: 200 }), (reports, width) => {
        const hostile = factsWithNames(reports.hostile);
        const text = organizationText(hostile, { width, color: false });
        expect(commandsIn(text)).toEqual([]);
        expect(commandsIn(organizationMarkdown(hostile))).toEqual([]);
        expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/); // eslint-disable-line no-control-regex
      }),
      tried(12),
    );
  });

  test('are no formula of a spreadsheet, and stay in their cell', () => {
    fc.assert(
      fc.property(hostileAndHarmless, (reports) => {
        const hostile = factsWithNames(reports.hostile);
        for (const table of CSV_TABLES) {
          const [columns, ...rows] = csvRows([...organizationCsv(hostile, table)].join(''));
          expect(rows.length).toBeGreaterThan(0);
          for (const row of rows) {
            expect(row).toHaveLength(columns!.length);
            for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
          }
        }
      }),
      tried(12),
    );
  });
});
