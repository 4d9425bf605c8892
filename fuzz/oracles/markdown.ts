import { GITHUB_SYNTAX, rendered } from '../../__tests__/report/rendered.ts';
import type { Report } from '../../src/model/report.ts';
import { callsIn } from '../../src/report/markdown/call-graph.ts';
import { must } from '../target.ts';

/** The tags that we write, in full: one with another attribute is none of ours. */
const OURS = [
  /^<\/?(?:h[1-4]|p|b|em|strong|small|sub|br|ul|li|details|summary|table|thead|tbody|tr|td|th|pre|code|mark|blockquote)>$/,
  /^<th scope="(?:row|col)"(?: align="left")?>$/,
  /^<th scope="rowgroup" align="left" valign="top" rowspan="\d+">$/,
  /^<td (?:align="center"|colspan="\d+")>$/,
  /^<pre lang="yaml">$/,
  /^<code class="language-mermaid">$/,
];

/** What a summary must not do, whatever names stand in the report. */
export function checkMarkdown(markdown: string, report: Report): void {
  const page = rendered(markdown);
  const foreign = page.tags.find((tag) => !OURS.some((own) => own.test(tag)));
  must(foreign === undefined, () => `the summary has the tag ${foreign}`);
  for (const [, diagram = ''] of markdown.matchAll(/^```mermaid\n([^]*?)^```$/gm)) checkDiagram(diagram, report);
  const outside = rendered(markdown.replaceAll(/^```mermaid\n[^]*?^```$/gm, '')).words;
  const syntax = GITHUB_SYNTAX.find((one) => one.test(outside));
  must(syntax === undefined, () => `outside of names, GitHub makes something of ${syntax?.exec(outside)?.[0]}`);
}

const LABEL = String.raw`(?:[A-Za-z0-9 ]|#\d+;)+`;
const NODE = new RegExp(String.raw`^ {2}w(\d+)\["${LABEL}"\]$`);
const EDGE = new RegExp(String.raw`^ {2}w(\d+) (?:-->|-\.->)\|"(?:❌ |⚠️ |❔ )?${LABEL}(?:, ${LABEL})?"\| w(\d+)$`);
const COLOUR = /^ {2}linkStyle (\d+) stroke:#d1242f$/;

/** A diagram has one line for each node, then one for each call, then the colours of some, and nothing else. */
function checkDiagram(diagram: string, report: Report): void {
  const [first, ...lines] = diagram.trimEnd().split('\n');
  must(first === 'flowchart LR', () => `a diagram begins with ${first}`);
  const nodes = lines.filter((line) => NODE.test(line));
  const edges = lines.flatMap((line) => EDGE.exec(line)?.slice(1).map(Number) ?? []);
  const colours = lines.flatMap((line) => COLOUR.exec(line)?.slice(1).map(Number) ?? []);
  const count = edges.length / 2;
  must(
    nodes.length + count + colours.length === lines.length,
    () => `a diagram has more than nodes and calls: ${diagram}`,
  );
  must(
    nodes.every((line, at) => NODE.exec(line)?.[1] === String(at)),
    () => `nodes have other numbers: ${diagram}`,
  );
  must(Math.max(-1, ...edges) < nodes.length, () => `a call leads nowhere: ${diagram}`);
  must(Math.max(-1, ...colours) < count, () => `a colour is of no call: ${diagram}`);
  const calls = callsIn(report);
  const refused = calls.filter(({ state }) => state === 'fails' || state === 'may-fail');
  must(
    [calls, refused].some(({ length }) => length === count),
    () => `a diagram shows ${count} calls: ${diagram}`,
  );
}
