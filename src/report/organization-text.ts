import type { OrganizationFacts } from '../organization/facts.ts';
import { plural } from '../words/in-words.ts';
import { visible } from './escape-terminal.ts';
import { organizationSections } from './organization-sections.ts';
import type { Section, Table } from './organization-table.ts';
import { organizationVerdict } from './organization-verdict.ts';
import { renderPhrase, type Phrase } from './phrase.ts';
import { linesToText, padded, paragraph } from './terminal-lines.ts';
import type { Line, Style } from './terminal-lines.ts';
import { displayWidth, wrapped } from './terminal-width.ts';
import { withoutCommands } from './workflow-command.ts';

const NARROWEST = 40;
const WIDEST = 140;

/** More rows than these are counted. */
const MOST_ROWS = 20;

const GAP = 2;

/** Takes facts, and the width and the colours of what they are shown on, and returns the text for it. */
export function organizationText(
  facts: OrganizationFacts,
  style: { readonly width: number; readonly color: boolean },
): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(style.width)));
  const { kind, text, sentences } = organizationVerdict(facts);
  const lines = [
    ...paragraph(`${text}.`, kind === 'yes' ? 'heading' : 'error', width),
    ...sentences.flatMap((sentence) => paragraph(sentence, 'plain', width)),
    ...organizationSections(facts).flatMap((section) => [[], ...sectionLines(section, width)]),
  ];
  return withoutCommands(linesToText(lines, style.color));
}

function sectionLines({ title, says, tables }: Section, width: number): readonly Line[] {
  return [
    ...paragraph(shown(title), 'heading', width),
    ...says.flatMap((one) => paragraph(shown(one), 'plain', width)),
    ...tables.flatMap((table, index) => [
      ...(index === 0 && says.length === 0 ? [] : [[]]),
      ...tableLines(table, width),
    ]),
  ];
}

function shown(phrase: Phrase): string {
  return renderPhrase(phrase, visible);
}

function tableLines({ columns, rows, csv }: Table, width: number): readonly Line[] {
  const texts = rows.slice(0, MOST_ROWS).map((cells) => cells.map(shown));
  const left = rows.length - texts.length;
  const where = csv === undefined ? '' : `: --format csv --table ${csv} has all`;
  const more = left === 0 ? [] : paragraph(`and ${plural(left, 'more row')}${where}`, 'quiet', width, GAP);
  const widths = columns.map(({ title }, column) =>
    Math.max(...[title, ...texts.map((cells) => cells[column] ?? '')].map(displayWidth)),
  );
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP, GAP);
  const fits = width - before >= Math.min(widths.at(-1) ?? 0, LAST_COLUMN);
  const table = { columns, texts, widths };
  return [...(fits ? gridLines(table, before, width) : stackedLines(table, width)), ...more];
}

/** The last column may be broken into lines, unless it were narrower than this. */
const LAST_COLUMN = 24;

interface Texts extends Pick<Table, 'columns'> {
  readonly texts: readonly (readonly string[])[];
  readonly widths: readonly number[];
}

function gridLines({ columns, texts, widths }: Texts, before: number, width: number): readonly Line[] {
  const row = (cells: readonly string[], style: Style): readonly Line[] => {
    const first = cells.slice(0, -1).map((cell, column) => {
      const size = widths[column] ?? 0;
      const text = columns[column]?.isNumber === true ? aligned(cell, size) : padded(cell, size);
      return `${text}${' '.repeat(GAP)}`;
    });
    const isNumber = columns.at(-1)?.isNumber === true;
    const last = isNumber
      ? [aligned(cells.at(-1) ?? '', widths.at(-1) ?? 0)]
      : wrapped(cells.at(-1) ?? '', width - before);
    const [head = '', ...rest] = last;
    return [
      [{ text: `${' '.repeat(GAP)}${first.join('')}${head}`, style }],
      ...rest.map((line): Line => [{ text: `${' '.repeat(before)}${line}`, style }]),
    ];
  };
  return [
    ...row(
      columns.map(({ title }) => title),
      'quiet',
    ),
    ...texts.flatMap((cells) => row(cells, 'plain')),
  ];
}

/** Where the columns do not fit beside each other: the first one on a line of its own, the others named below it. */
function stackedLines({ columns, texts }: Texts, width: number): readonly Line[] {
  return texts.flatMap((cells) => {
    const [first = '', ...others] = cells;
    const named = others.flatMap((cell, index) => (cell === '' ? [] : [`${columns[index + 1]?.title ?? ''}: ${cell}`]));
    return [...paragraph(first, 'path', width, GAP), ...paragraph(named.join('; '), 'plain', width, 2 * GAP)];
  });
}

function aligned(text: string, size: number): string {
  return `${' '.repeat(Math.max(0, size - displayWidth(text)))}${text}`;
}
