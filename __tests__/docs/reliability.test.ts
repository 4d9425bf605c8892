import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The rows of the tables, without their heads. */
const rows = read('docs/reliability.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (what goes wrong|-+) /.test(line));

const named = rows.flatMap((row) => {
  const [, what = '', shownBy = ''] = /^\| (.*?) \|.*\| (`.+")\s*\|$/.exec(row) ?? [];
  return shownBy.split('; ').map((one): [what: string, file: string, title: string] => {
    const [, file = '', title = ''] = /^`(.+?)`: "(.+)"$/.exec(one) ?? [];
    return [what, file, title];
  });
});

test('docs/reliability.md has rows', () => {
  expect(rows.length).toBeGreaterThan(25);
});

test.each(named)('what shows "%s" is there', (_what, file, title) => {
  expect(read(`__tests__/${file}`)).toContain(`'${title}'`);
});
