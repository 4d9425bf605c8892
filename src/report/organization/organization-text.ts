import type { OrganizationFacts } from '../../organization/facts.ts';
import { plural } from '../../words/in-words.ts';
import { visible } from '../escape-terminal.ts';
import { organizationSections } from './organization-sections.ts';
import type { Section, Table } from './organization-table.ts';
import { organizationVerdict } from './organization-verdict.ts';
import { renderPhrase, type Phrase } from '../phrase.ts';
import { linesToText, padded, paragraph } from '../text/terminal-lines.ts';
import type { Line, Style } from '../text/terminal-lines.ts';
import { displayWidth, wrapped } from '../text/terminal-width.ts';
import { withoutCommands } from '../workflow-command.ts';

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
  const natural = columns.map(({ title }, column) =>
    Math.max(...[title, ...texts.map((cells) => cells[column] ?? '')].map(displayWidth)),
  );
  const widths = fitted(natural, width - GAP * columns.length);
  return [...(widths === null ? stackedLines(columns, texts, width) : gridLines(columns, texts, widths)), ...more];
}

/** A column is not made narrower than this. */
const NARROWEST_COLUMN = 22;

/** Widths that fit beside each other: the widest column gives way first. `null` where it would be too narrow. */
function fitted(natural: readonly number[], room: number): readonly number[] | null {
  const widths = [...natural];
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0;) {
    const widest = Math.max(...widths);
    const next = Math.max(...widths.filter((one) => one < widest), NARROWEST_COLUMN);
    if (widest <= NARROWEST_COLUMN) return null;
    const cut = Math.min(over, widest - Math.min(next, widest - 1));
    widths[widths.indexOf(widest)] = widest - cut;
    over -= cut;
  }
  return widths;
}

type Texts = readonly (readonly string[])[];

function gridLines(columns: Table['columns'], texts: Texts, widths: readonly number[]): readonly Line[] {
  const row = (cells: readonly string[], style: Style): readonly Line[] => {
    const lines = cells.map((cell, column) => wrapped(cell, widths[column] ?? 1));
    const height = Math.max(1, ...lines.map(({ length }) => length));
    return Array.from({ length: height }, (_, index): Line => {
      const parts = lines.map((own, column) => {
        const size = widths[column] ?? 0;
        const text = own[index] ?? '';
        return columns[column]?.isNumber === true ? aligned(text, size) : padded(text, size);
      });
      return [{ text: ' '.repeat(GAP) + parts.join(' '.repeat(GAP)), style }];
    });
  };
  const titles = columns.map(({ title }) => title);
  return [...row(titles, 'quiet'), ...texts.flatMap((cells) => row(cells, 'plain'))];
}

/** Where the columns do not fit beside each other: the first one on a line of its own, the others named below it. */
function stackedLines(columns: Table['columns'], texts: Texts, width: number): readonly Line[] {
  return texts.flatMap((cells) => {
    const [first = '', ...others] = cells;
    const named = others.flatMap((cell, index) => (cell === '' ? [] : [`${columns[index + 1]?.title ?? ''}: ${cell}`]));
    return [...paragraph(first, 'path', width, GAP), ...paragraph(named.join('; '), 'plain', width, 2 * GAP)];
  });
}

function aligned(text: string, size: number): string {
  return `${' '.repeat(Math.max(0, size - displayWidth(text)))}${text}`;
}
