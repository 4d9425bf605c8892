import type { Report } from '../../model/report.ts';
import { markdownReport } from '../../report/markdown/markdown.ts';
import type { SarifOptions } from '../../report/sarif/sarif-log.ts';
import type { Links } from '../../report/text/terminal-links.ts';
import { textSections } from '../../report/text/text.ts';
import { inChunks } from '../output/in-chunks.ts';
import { jsonText } from '../output/json-text.ts';
import type { Look } from './command.ts';
import type { CommandLineValues } from './option-table.ts';

/** What goes to standard output, and what is to be said of it. */
export interface RenderedReport {
  readonly output: Iterable<string>;
  /** A line with its end, or nothing. */
  readonly said: string;
}

/** How to show a report in each format. */
interface Rendering {
  readonly format: Exclude<NonNullable<CommandLineValues['format']>, 'jsonl'>;
  readonly look: Look;
  readonly links: Links | null;
  readonly sarif: Omit<SarifOptions, 'digest' | 'withSuppressed'>;
}

/** Takes a report and returns it in a format. What can be long is made while it is written. */
export async function renderReport(report: Report, { format, look, links, sarif }: Rendering): Promise<RenderedReport> {
  switch (format) {
    case 'json':
      return { output: jsonText(report), said: '' };
    case 'markdown':
      return { output: [markdownReport(report)], said: '' };
    case 'text':
      return { output: inChunks(textSections(report, { ...look, links })), said: '' };
    case 'sarif': {
      const { sarifText } = await import('../output/sarif-text.ts');
      const { text, cut } = sarifText(report, { ...sarif, withSuppressed: true });
      return { output: text, said: cut === null ? '' : `${cut}\n` };
    }
  }
}
