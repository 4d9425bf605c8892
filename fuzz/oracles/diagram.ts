import { callsIn, type Call } from '../../src/report/markdown/call-graph.ts';
import type { Report } from '../../src/model/report.ts';
import { must } from '../target.ts';

const LABEL = String.raw`(?:[A-Za-z0-9 ]|#\d+;)+`;
const NODE = new RegExp(String.raw`^ {2}w(\d+)\["(${LABEL})"\]$`);
const EDGE = new RegExp(String.raw`^ {2}w(\d+) (-->|-\.->)\|"(❌ |⚠️ |❔ )?(${LABEL}(?:, ${LABEL})?)"\| w(\d+)$`);
const COLOUR = /^ {2}linkStyle (\d+) stroke:#d1242f$/;

const SIGNS = { fails: '❌ ', 'may-fail': '⚠️ ', unread: '❔ ', ok: undefined } as const;

/**
 * A diagram shows all calls of a report, or those that are refused: one line for each file, then one for each call, then
 * the colours of those that fail, and nothing else. Each line is one of three forms in which no name can be syntax.
 */
export function checkDiagram(diagram: string, report: Report): void {
  const [first, ...lines] = diagram.trimEnd().split('\n');
  must(first === 'flowchart LR', () => `a diagram begins with ${first}`);
  const nodes = lines.flatMap((line) => NODE.exec(line)?.[2] ?? []);
  const edges = lines.flatMap((line) => [EDGE.exec(line)?.slice(1) ?? []].filter(({ length }) => length > 0));
  const colours = lines.flatMap((line) => COLOUR.exec(line)?.[1] ?? []).map(Number);
  must(
    nodes.length + edges.length + colours.length === lines.length,
    () => `a diagram has more than nodes and calls: ${diagram}`,
  );
  const calls = callsIn(report);
  const refused = calls.filter(({ state }) => state === 'fails' || state === 'may-fail');
  const shown = [calls, refused].find(({ length }) => length === edges.length);
  must(shown !== undefined, () => `a diagram shows ${edges.length} calls: ${diagram}`);
  const files = [...new Set(shown.flatMap(({ from, to }) => [from, to]))];
  must(
    lines.slice(0, files.length).every((line, at) => NODE.exec(line)?.[1] === String(at)) &&
      nodes.length === files.length,
    () => `other nodes: ${diagram}`,
  );
  for (const [at, label] of nodes.entries()) must(tellsOf(label, files[at] ?? ''), () => `${label} is no ${files[at]}`);
  for (const [at, edge] of edges.entries()) checkEdge(edge, shown[at], files);
  const failing = shown.flatMap(({ state }, at) => (state === 'fails' ? [at] : []));
  must(failing.join() === colours.join(), () => `other colours: ${diagram}`);
}

function checkEdge(edge: readonly (string | undefined)[], call: Call | undefined, files: readonly string[]): void {
  const [from, arrow, sign, label = '', to] = edge;
  const isSame =
    call !== undefined &&
    Number(from) === files.indexOf(call.from) &&
    Number(to) === files.indexOf(call.to) &&
    (arrow === '-.->') === (call.state === 'unread') &&
    sign === SIGNS[call.state] &&
    tellsOf(label.split(', ')[0] ?? '', call.jobs[0] ?? '');
  must(isSame, () => `another call: ${edge.join(' ')}`);
}

/** Whether a label shows a name: its letters stand in the name in the same order. What a name hides is written out. */
function tellsOf(label: string, name: string): boolean {
  const shown = label.replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  if (/[^\x20-\x7e]|^\s*$/.test(name)) return true;
  let at = 0;
  for (const char of shown.replaceAll('…', '').replace(/ and [\w-]+ more$/, '')) {
    at = name.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
