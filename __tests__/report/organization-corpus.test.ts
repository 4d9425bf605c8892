import { describe, expect, test } from '@jest/globals';

import { organizationCsv } from '../../src/report/organization/organization-csv.ts';
import { organizationMarkdown } from '../../src/report/organization/organization-markdown.ts';
import { organizationText } from '../../src/report/organization/organization-text.ts';
import { corpusFiles, hasCorpus } from '../helpers/corpus.ts';
import { factsOf, linesOf } from '../helpers/organization.ts';
import { csvRows } from './csv-rows.ts';
import { GITHUB_SYNTAX, rendered } from './rendered.ts';

const whenThere = hasCorpus ? describe : describe.skip;

whenThere('the corpus as an organization', () => {
  const organization: Record<string, Record<string, string>> = {};
  for (const { name, bytes } of corpusFiles()) {
    const [owner = '', repository = '', ...path] = name.split('/');
    const files = (organization[`${owner}/${repository}`] ??= {});
    files[path.join('/')] = new TextDecoder().decode(bytes);
  }

  test('has every level of every report in its CSV, and renders', async () => {
    const lines = await linesOf(organization);
    const facts = factsOf(lines);
    const levels = lines
      .flatMap((line) => ('workflows' in line ? line.workflows : []))
      .flatMap(({ jobs }) => jobs.flatMap(({ grants }) => grants.map(({ permissions }) => permissions)))
      .flatMap((permissions) => Object.entries(permissions).filter(([name]) => name !== 'metadata'));
    const [columns, ...rows] = csvRows([...organizationCsv(facts, 'permissions')].join(''));
    const at = columns!.indexOf('level');
    for (const level of ['read', 'write']) {
      const expected = levels.filter(([, one]) => one === level).length;
      expect([level, rows.filter((row) => row[at] === level).length]).toEqual([level, expected]);
    }
    const { words } = rendered(organizationMarkdown(facts));
    for (const syntax of GITHUB_SYNTAX) expect(words).not.toMatch(syntax);
    expect(organizationText(facts, { width: 80, color: false })).toContain('Shared workflows');
  });
});
