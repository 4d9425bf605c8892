/**
 * `node mutation/report.mjs`: adds what runs of `run.mjs` left in `.work` to `results.json`, writes the tables of
 * docs/mutation-testing.md, and prints the survivors that `reasons.json` says nothing about.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';

import { writeParts } from '../scripts/write-parts.mjs';
import { FOLDERS } from './files.mjs';
import { isEndless, isKilled, isLeft, resultsOf, survives } from './results.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
const DOCUMENT = 'docs/mutation-testing.md';
const RESULTS = 'mutation/results.json';
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** A part of a source, by lines and columns from 1. */
function textAt(file, { start, end }) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  return lines.join('\n').slice(start.column - 1);
}

const inOneLine = (text) => text.replaceAll(/\s+/g, ' ');
const short = (text) => (text.length > 90 ? `${text.slice(0, 60)} … ${text.slice(-25)}` : text);

/** `src/a.ts: was → is`: without the line, so that it holds while others move. */
function survivor({ fileName, location, replacement }) {
  const file = path.relative('.', fileName);
  return `${file}: ${short(inOneLine(textAt(file, location)))} → ${short(inOneLine(replacement))}`;
}

const reasons = read('mutation/reasons.json');
const known = new Set(Object.values(reasons).flat());

function outcomeOf(all) {
  const count = (is) => all.filter(is).length;
  const survivors = [...new Set(all.filter(survives).map(survivor))].sort();
  const open = survivors.filter((mutant) => !known.has(mutant));
  for (const mutant of open) console.log(`without a reason: ${mutant}`);
  return {
    killed: count(isKilled),
    endless: count(isEndless),
    survived: count(survives),
    left: count(isLeft),
    survivors: survivors.filter((mutant) => known.has(mutant)),
    open: countedBy(open, (mutant) => mutant.split(': ')[0]),
  };
}

function countedBy(items, keyOf) {
  const counts = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

const results = existsSync(RESULTS) ? read(RESULTS) : {};
for (const folder of FOLDERS) {
  const all = resultsOf(folder);
  if (all.length > 0) results[folder] = outcomeOf(all);
}
writeFileSync(RESULTS, await prettier.format(JSON.stringify(results), { parser: 'json', printWidth: 120 }));

const percent = ({ killed, endless, survived }) =>
  ((100 * (killed + endless)) / (killed + endless + survived)).toFixed(1);
const KINDS = ['killed', 'endless', 'survived', 'left'];
const inAll = Object.fromEntries(
  KINDS.map((kind) => [kind, Object.values(results).reduce((sum, result) => sum + result[kind], 0)]),
);
const rows = [...Object.entries(results), ['all', inAll]].map(
  ([folder, result]) => `| ${folder} | ${KINDS.map((kind) => result[kind]).join(' | ')} | ${percent(result)} % |`,
);
const table = ['| folder | killed | endless | survived | loaded once | score |', '|-|-|-|-|-|-|', ...rows];

const survivors = Object.values(results).flatMap((result) => result.survivors);
const still = new Set(survivors);
const list = Object.entries(reasons).flatMap(([reason, mutants]) => {
  const here = mutants.filter((mutant) => still.has(mutant));
  return here.length === 0 ? [] : ['', reason, '', ...here.map((mutant) => `- \`\` ${mutant} \`\``)];
});
const open = Object.values(results).flatMap((result) => Object.entries(result.open));

const files = open.map(([file, count]) => `| \`${file}\` | ${count} |`);
await writeParts(DOCUMENT, {
  scores: table.join('\n'),
  survivors: list.join('\n').trim(),
  'open survivors': ['| file | survivors |', '|-|-|', ...files].join('\n'),
});

console.log(table.join('\n'));
const without = open.reduce((sum, [, count]) => sum + count, 0);
console.log(`\n${survivors.length} different survivors with a reason, ${without} without one`);
for (const mutant of Object.values(reasons).flat()) {
  if (!still.has(mutant)) console.log(`no longer survives: ${mutant}`);
}
