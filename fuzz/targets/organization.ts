import { isDeepStrictEqual } from 'node:util';

import { factsWithNames } from '../../__tests__/report/organization.ts';
import { CSV_TABLES } from '../../src/edge/audit/merge-options.ts';
import { auditPage } from '../../src/organization/audit-page.ts';
import type { OrganizationFacts } from '../../src/organization/facts.ts';
import { unpack } from '../../src/organization/packed.ts';
import { organizationCsv } from '../../src/report/organization/organization-csv.ts';
import { organizationMarkdown } from '../../src/report/organization/organization-markdown.ts';
import { organizationText } from '../../src/report/organization/organization-text.ts';
import { checkCsv } from '../oracles/csv.ts';
import { checkPrinted } from '../oracles/log.ts';
import { checkPage, checkSameTags } from '../oracles/page.ts';
import { madeNames, NAME_TEXTS, namesIn, reportWith } from '../seeds/names.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';

let harmless: readonly string[] | null = null;

/** Names of all that strangers may name, in every form of a report about many repositories. */
export const ORGANIZATION: Target = {
  name: 'organization',
  longest: 120,
  seeds: () => NAME_TEXTS,
  generate: madeNames,
  run: (text) => {
    const facts = factsWithNames(reportWith(namesIn(text)));
    const markdown = organizationMarkdown(facts);
    harmless ??= checkPage(organizationMarkdown(factsWithNames(reportWith(['name'])))).tags.toSorted();
    const page = checkPage(markdown);
    // Names are sorted, and what is told of one is not always what is told of another.
    checkSameTags(markdown, { ...page, tags: page.tags.toSorted() }, harmless);
    for (const color of [true, false]) checkPrinted(organizationText(facts, { width: 60, color }));
    for (const table of CSV_TABLES) checkCsv([...organizationCsv(facts, table)].join(''));
    checkAuditPage(auditPage(BUILT, facts), facts);
  },
};

const BUILT = '<script type="application/json">{{facts}}</script>';

/** No name ends the element that holds the facts, or begins a comment in it, and the page finds them as they were. */
export function checkAuditPage(html: string, facts: OrganizationFacts): void {
  const [, json] = /^<script type="application\/json">([^<\u2028\u2029]*)<\/script>$/.exec(html) ?? [];
  must(json !== undefined, () => 'the facts do not stay in their element');
  const found: unknown = unpack(JSON.parse(json) as Parameters<typeof unpack>[0]);
  must(isDeepStrictEqual(found, JSON.parse(JSON.stringify(facts))), () => 'the page finds other facts');
}
