import type { Page } from '../../__tests__/report/rendered.ts';
import type { Report } from '../../src/model/report.ts';
import { checkDiagram } from './diagram.ts';
import { checkPage } from './page.ts';

const DIAGRAM = /^```mermaid\n([^]*?)^```$/gm;

/** What a summary must not do, whatever names stand in the report. Returns what is shown of it, but for diagrams. */
export function checkMarkdown(markdown: string, report: Report): Page {
  for (const [, diagram = ''] of markdown.matchAll(DIAGRAM)) checkDiagram(diagram, report);
  return checkPage(markdown.replaceAll(DIAGRAM, ''));
}
