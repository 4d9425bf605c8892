import { changed } from '../__tests__/helpers/random-yaml.ts';
import type { Draw } from './random.ts';
import { withBlocksMoved } from './blocks.ts';

/** What texts are changed with. */
export interface Material {
  /** Another text of which parts are taken. */
  readonly other: string;
  /** Words that the program knows. */
  readonly words: readonly string[];
}

/** Characters that mean something to YAML, to shells, to Markdown, to HTML, to terminals or to runners. */
const MARKS = [
  ...['\n', '\r', '\t', ' ', '  ', ':', ': ', '- ', '#', '"', "'", '`', '\\', '|', '>', '<', '&', '*', '!', '?', '%', '@', ',', ';'],
  ...['{', '}', '[', ']', '(', ')', '$', '${{', '}}', '$(', '${', '<<EOF\n', '/', '.', '..', '~', '=', '==', '&&', '||', '+', '^', '_'],
  ...['::', '##[', '%0A', '-->', '<!--', '<b>', '```', '---', '...', '<<: *a', '&a ', '*a', '!!str ', '0', '-1', '1e999', '0x10'],
  ...['\u0000', '\u0001', '\u001b[31m', '\u001b]8;;x\u0007', '\u007f', '\u0085', '\u00a0', '\u009b', '\u2028', '\u202e', '\u200b', '\ufeff'],
  ...['\ud800', '\udc00', '\u{1f600}', '\u0301', '\ue000', '\uffff', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
] as const; // prettier-ignore

type Change = (text: string, draw: Draw, material: Material) => string;

const bytes: Change = (text, draw) => {
  const at = draw.below(text.length + 1);
  const end = at + 1 + draw.below(draw.pick([1, 2, 4, 16, 64]));
  const char = String.fromCharCode(draw.below(draw.pick([128, 128, 256, 65_536])));
  return draw.pick([
    () => text.slice(0, at) + text.slice(end),
    () => text.slice(0, at) + char + text.slice(at),
    () => text.slice(0, at) + char + text.slice(at + 1),
    () => text.slice(0, at) + draw.pick(MARKS) + text.slice(at),
    () => text.slice(0, at) + draw.pick(MARKS) + text.slice(end),
    () => text.slice(0, end) + text.slice(at),
    () => text.slice(0, at),
    () => text.slice(0, at) + swappedCase(text.slice(at, end)) + text.slice(end),
  ])();
};

function swappedCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}

const lines: Change = (text, draw, { other }) => {
  const all = text.split('\n');
  const at = draw.below(all.length);
  const [own, count] = [all[at] ?? '', draw.pick([1, 1, 2, 4])];
  return draw
    .pick([
      () => all.toSpliced(at, count),
      () => all.toSpliced(at, 0, ...all.slice(at, at + count)),
      () => all.toSpliced(draw.below(all.length), 0, own),
      () => all.toSpliced(at, 1, all[draw.below(all.length)] ?? ''),
      () => all.toSpliced(at, 0, draw.pick(other.split('\n'))),
      () => all.toSpliced(at, 1, `${' '.repeat(draw.pick([1, 2, 4]))}${own}`),
      () => all.toSpliced(at, 1, own.replace(/^ {1,2}/, '')),
    ])()
    .join('\n');
};

/** Words, white space, and each mark by itself. */
const TOKEN = /[\p{L}\p{N}_-]+|\s+|[^]/gu;

const tokens: Change = (text, draw, { other, words }) => {
  const all = text.match(TOKEN) ?? [];
  const at = draw.below(all.length);
  const others = other.match(TOKEN) ?? [''];
  return draw
    .pick([
      () => all.toSpliced(at, 1, draw.pick(words)),
      () => all.toSpliced(at, 0, draw.pick(words)),
      () => all.toSpliced(at, 1, draw.pick(others)),
      () => all.toSpliced(at, 1, all[draw.below(all.length)] ?? ''),
      () => all.toSpliced(at, draw.pick([1, 2, 8])),
    ])()
    .join('');
};

const splice: Change = (text, draw, { other }) => {
  const [from, to] = [draw.below(text.length + 1), draw.below(other.length + 1)];
  return draw.pick([
    () => text.slice(0, from) + other.slice(to),
    () => text.slice(0, from) + other.slice(to, to + 1 + draw.below(200)) + text.slice(from),
  ])();
};

/** The same again and again: what is slow or deep shows itself so. */
const repeated: Change = (text, draw) => {
  const at = draw.below(text.length);
  const part = text.slice(at, at + 1 + draw.below(draw.pick([1, 4, 32])));
  return text.slice(0, at) + part.repeat(draw.pick([2, 8, 64, 512, 2048])) + text.slice(at);
};

const yaml: Change = (text, draw) => changed(text, draw.pick, draw.below);

const blocks: Change = (text, draw, { other }) => withBlocksMoved(text, other, draw);

const CHANGES: readonly Change[] = [
  ...[bytes, bytes, bytes, lines, lines, tokens, tokens, tokens],
  ...[splice, yaml, yaml, blocks, blocks],
];

/** A text with one change or some, which may or may not break it. */
export function mutated(text: string, draw: Draw, material: Material): string {
  let result = draw.oneIn(64) ? repeated(text, draw, material) : text;
  for (let count = draw.pick([1, 1, 1, 2, 3, 6]); count > 0; count--)
    result = draw.pick(CHANGES)(result, draw, material);
  return result;
}
