import type { OrganizationFacts } from '../../organization/facts.ts';
import type { CsvTable } from '../../report/organization/organization-csv.ts';
import type { CommandWorld } from '../command-line/command.ts';

/** How facts are to be written. */
export interface HowRendered extends Pick<CommandWorld, 'look' | 'script'> {
  readonly table: CsvTable;
}

/** The formats that facts are written in, all but the lines themselves. */
export type FactsFormat = 'text' | 'markdown' | 'csv' | 'html';

/** Writes facts in a format. What only that format needs is loaded here. */
export async function rendered(
  facts: OrganizationFacts,
  format: FactsFormat,
  { table, look, script }: HowRendered,
): Promise<Iterable<string>> {
  switch (format) {
    case 'text': {
      const { organizationText } = await import('../../report/organization/organization-text.ts');
      return [organizationText(facts, look)];
    }
    case 'markdown': {
      const { organizationMarkdown } = await import('../../report/organization/organization-markdown.ts');
      return [organizationMarkdown(facts)];
    }
    case 'csv': {
      const { organizationCsv } = await import('../../report/organization/organization-csv.ts');
      return organizationCsv(facts, table);
    }
    case 'html': {
      const { auditPage } = await import('../../organization/audit-page.ts');
      const { builtPage } = await import('./built-page.ts');
      return [auditPage(builtPage(script), facts)];
    }
  }
}
