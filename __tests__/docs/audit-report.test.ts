import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { CSV_COLUMNS, type CsvTable } from '../../src/report/organization/organization-csv.ts';

const text = readFileSync(new URL('../../docs/audit-report.md', import.meta.url), 'utf8');

describe('docs/audit-report.md says what the columns are', () => {
  const tables = Object.keys(CSV_COLUMNS) as CsvTable[];
  test.each(tables)('of %s', (table) => {
    const [, part = ''] = text.split(`\n\`${table}\`: `);
    const [own = ''] = part.split(/\n`\w+`: /);
    const named = [...own.matchAll(/^\| (`[^|]*?) *\|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? []);
    const everywhere = ['repository', 'branch'];
    const columns = CSV_COLUMNS[table].filter((column) => table === 'permissions' || !everywhere.includes(column));
    expect(named.toSorted()).toEqual(columns.toSorted());
  });
});
