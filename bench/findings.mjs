// What the rules say of real repositories, FOLDER/OWNER/NAME: how many findings each gets, and a random sample to judge
// by hand: node bench/findings.mjs [FOLDER] [--seed N] [--sample N] [--rule NAME]
import { parseArgs } from 'node:util';
import { CORPUS, draw, reportsOf } from './corpus.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '20261112' },
    sample: { type: 'string', default: '30' },
    rule: { type: 'string' },
  },
});

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const reports = await reportsOf(positionals[0] ?? CORPUS);
const perRepository = [...reports].map(([repository, { findings }]) =>
  findings.map((finding) => ({ repository, ...finding })),
);
const count = (accepts) => perRepository.map((all) => all.filter(accepts).length).sort((a, b) => a - b);
const row = (name, counts) =>
  console.log(
    [name.padEnd(28), ...[0.5, 0.9].map((share) => quantile(counts, share)), counts.at(-1)].join('\t') +
      `\t${counts.reduce((sum, one) => sum + one, 0)}\t${counts.filter((one) => one > 0).length}`,
  );
console.log(`${reports.size} repositories\n`);
console.log(['what'.padEnd(28), 'median', 'p90', 'most', 'all', 'repositories'].join('\t'));
row(
  'all',
  count(() => true),
);
for (const level of ['error', 'warning', 'note'])
  row(
    `  ${level}`,
    count((one) => one.level === level),
  );
const rules = [...new Set(perRepository.flatMap((all) => all.map(({ rule }) => rule)))].sort();
for (const rule of rules)
  row(
    rule,
    count((one) => one.rule === rule),
  );

const all = perRepository.flat();
const candidates = values.rule === undefined ? all : all.filter(({ rule }) => rule === values.rule);
console.log(`\nDrawn with the seed ${values.seed}:`);
for (const [index, one] of draw(candidates, Number(values.sample), Number(values.seed)).entries()) {
  const place = `${one.repository}/${one.path}:${one.line}:${one.column}`;
  console.log(`\n${index + 1}. ${one.level} ${one.rule} ${place}\n   ${one.message}`);
  if (one.hint !== undefined) console.log(`   ${one.hint}`);
}
