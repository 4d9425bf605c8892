import type { Explanation } from '../../model/explanation.ts';
import type { ReportedProblem } from '../../model/report.ts';
import { adviceSentence, blockLines, foldAdvice } from '../advice-block.ts';
import { visible } from '../escape-terminal.ts';
import { entryLines, linesToText, paragraph, type Line } from './terminal-lines.ts';
import { withoutCommands } from '../workflow-command.ts';

const INDENT = 2;

/** Takes an explanation and returns the text for a terminal. It holds no control characters but line ends and our colours, and no workflow command. */
export function explanationText(
  explanation: Explanation,
  { width, color }: { readonly width: number; readonly color: boolean },
): string {
  const { run, problems, notes } = explanation;
  const page = run.url === '' ? [] : paragraph(visible(run.url), 'quiet', width);
  const sections: readonly (readonly Line[])[] = [
    [...paragraph(visible(headline(explanation)), 'heading', width), ...page],
    paragraph(CAUSES[explanation.cause], explanation.cause === 'unknown' ? 'warning' : 'error', width),
    ...byPlace(problems).map((same) => problemLines(same, width)),
    notes.flatMap((note) => entryLines([{ label: '-', text: visible(note), style: 'plain' }], 2, width, 0)),
  ];
  const lines = sections.filter(({ length }) => length > 0);
  const all = lines.flatMap((section, index) => (index === 0 ? section : [[], ...section]));
  return withoutCommands(linesToText(all, color));
}

const CAUSES: Readonly<Record<Explanation['cause'], string>> = {
  permissions: 'The cause: permissions.',
  other: 'The cause is something other than permissions.',
  unknown: 'The files do not tell the cause.',
};

function headline({ run, conclusion }: Explanation): string {
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : '';
  const ended = conclusion === null ? 'It has not ended.' : `It ended as ${conclusion}.`;
  const day = run.date.slice(0, 10);
  return `Run ${run.id}${attempt}: ${run.path} on ${run.event}, ${day}, commit ${run.commit}. ${ended}`;
}

/** Problems of one place that follow each other: what mends one of them mostly mends them all. */
function byPlace(problems: readonly ReportedProblem[]): readonly (readonly ReportedProblem[])[] {
  const places: ReportedProblem[][] = [];
  for (const problem of problems) {
    const before = places.at(-1);
    if (before?.[0] !== undefined && placeOf(before[0]) === placeOf(problem)) before.push(problem);
    else places.push([problem]);
  }
  return places;
}

function placeOf({ path, line, column }: ReportedProblem): string {
  return `${path}:${line}:${column}`;
}

function problemLines(same: readonly ReportedProblem[], width: number): readonly Line[] {
  const hints = [...new Set(same.flatMap(({ hint }) => hint ?? []))];
  const all = same.flatMap(({ advice = [] }) => advice);
  const advice = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return [
    ...paragraph(visible(same[0] === undefined ? '' : placeOf(same[0])), 'path', width),
    ...same.flatMap(({ message }) => paragraph(visible(message), 'plain', width, INDENT)),
    ...hints.flatMap((hint) => paragraph(visible(hint), 'quiet', width, INDENT)),
    ...foldAdvice(advice).flatMap((one) => [
      ...entryLines([{ label: '-', text: visible(adviceSentence(one)), style: 'plain' }], 2, width, INDENT),
      ...(one.permissions === undefined ? [] : blockLines(one.permissions)).map((text): Line => [
        { text: ' '.repeat(INDENT + 4) + text, style: 'write' },
      ]),
    ]),
  ];
}
