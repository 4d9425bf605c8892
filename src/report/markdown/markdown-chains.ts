import type { Report } from '../../model/report.ts';
import { callsIn, type Call, type CallState } from './call-graph.ts';
import { nameHtml } from './escape-markdown.ts';
import { CALL_SIGNS, flowchart } from './mermaid.ts';
import { once, shortReference } from '../words.ts';
import { number, plural } from '../../words/in-words.ts';

/** A picture of more than these is no help. */
const MOST_FILES = 20;
const MOST_CALLS = 20;

/** The list names more. */
const MOST_LISTED = 100;
const MOST_JOBS = 10;

/** Takes a report and returns which workflow calls which, as a picture where that helps, and as a list. */
export function chainsSection(report: Report): string {
  const calls = callsIn(report);
  const failing = calls.filter(({ state }) => state === 'fails' || state === 'may-fail');
  if (calls.length < 2 && failing.length === 0) return '';
  const shown = [calls, failing].find(isSmall) ?? [];
  const picture = shown.length === 0 ? '' : `\`\`\`mermaid\n${flowchart(shown).join('\n')}\n\`\`\`\n\n`;
  return `### Which workflow calls which\n\n${picture}<p><small>${sentences(calls, shown).join(' ')}</small></p>\n${listHtml(calls)}`;
}

function isSmall(calls: readonly Call[]): boolean {
  return calls.length > 0 && calls.length <= MOST_CALLS && filesIn(calls) <= MOST_FILES;
}

function filesIn(calls: readonly Call[]): number {
  return once(calls.flatMap(({ from, to }) => [from, to])).length;
}

const MEANINGS: Readonly<Record<Exclude<CallState, 'ok'>, string>> = {
  fails: 'GitHub refuses the call, so no job of the run starts.',
  'may-fail': "GitHub refuses the call under one value of the repository's default.",
  unread: 'The called workflow was not read.',
};

function sentences(calls: readonly Call[], shown: readonly Call[]): readonly string[] {
  const signs = (['fails', 'may-fail', 'unread'] as const).filter((kind) => calls.some(({ state }) => state === kind));
  return [
    ...(shown.length > 0 ? ['At each arrow stand the jobs that call.'] : []),
    ...(shown.length < calls.length ? [tooMany(calls, shown)] : []),
    ...signs.map((kind) => `${CALL_SIGNS[kind]}${MEANINGS[kind]}`),
  ];
}

function tooMany(calls: readonly Call[], shown: readonly Call[]): string {
  const instead = shown.length > 0 ? 'shown are those that GitHub refuses' : 'here is a list';
  return `${plural(calls.length, 'call')} between ${plural(filesIn(calls), 'file')} are too many for a picture: ${instead}.`;
}

function listHtml(calls: readonly Call[]): string {
  const items = calls.slice(0, MOST_LISTED).map(({ from, to, jobs, state }) => {
    const names = jobs.slice(0, MOST_JOBS).map(nameHtml).join(', ');
    const more = jobs.length > MOST_JOBS ? ` and ${number(jobs.length - MOST_JOBS)} more` : '';
    return `<li>${CALL_SIGNS[state]}${nameHtml(from)} calls ${nameHtml(shortReference(to))}: ${names}${more}</li>\n`;
  });
  const left = calls.length > MOST_LISTED ? `<li>and ${number(calls.length - MOST_LISTED)} more</li>\n` : '';
  return `<details>\n<summary>${plural(calls.length, 'call')}, as a list</summary>\n<ul>\n${items.join('')}${left}</ul>\n</details>\n`;
}
